import { killWorkers } from '../test/support/worker-kills.ts';

/**
 * `npm run soak:workers [-- KILLS]`: 500 kills unless told otherwise; ends with 1 where a notice was lost or doubled without need. Ctrl+C ends the
 * killing and counts.
 */
const kills = Number(process.argv[2] ?? 500);
if (!Number.isInteger(kills) || kills < 1) {
  process.stderr.write('usage: npm run soak:workers -- [KILLS]\n');
  process.exit(2);
}
let isEnough = false;
process.once('SIGINT', () => { isEnough = true; });
const { stages, failures, mails, duplicates, takenOver, givenUp, faults } = await killWorkers(kills, Math.random, (line) => process.stderr.write(`${line}\n`), () => isEnough);
const table = (counts: Readonly<Record<string, number>>): string => Object.entries(counts).map(([what, count]) => `  ${String(count).padStart(5)}  ${what}\n`).join('');
process.stdout.write(`duban worker killed ${Object.values(stages).reduce((sum, count) => sum + count, 0)} times; when:\n${table(stages)}${takenOver} further attempts at jobs, ${givenUp} given up and made good by a later job\nwhat the mail server did:\n${table(failures)}`
  + `${mails} mails wanted and delivered, ${duplicates} of them once more because the answer was lost, with the same Message-ID\n`);
process.stdout.write(faults.length === 0 ? 'Nothing lost, nothing doubled without need.\n' : `${faults.length} faults:\n${faults.map((fault) => `  ${fault}`).join('\n')}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
