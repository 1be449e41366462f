import { killServe } from '../test/support/serve-kills.ts';

/**
 * `npm run soak:serve [-- KILLS]`: 500 kills unless told otherwise; ends with 1 where a notice was lost or doubled without need. Ctrl+C ends the
 * killing and counts.
 */
const kills = Number(process.argv[2] ?? 500);
if (!Number.isInteger(kills) || kills < 1) {
  process.stderr.write('usage: npm run soak:serve -- [KILLS]\n');
  process.exit(2);
}
let isEnough = false;
process.once('SIGINT', () => { isEnough = true; });
const { stages, failures, mails, duplicates, faults } = await killServe(kills, Math.random, (line) => process.stderr.write(`${line}\n`), () => isEnough);
const table = (counts: Readonly<Record<string, number>>): string => Object.entries(counts).map(([what, count]) => `  ${String(count).padStart(5)}  ${what}\n`).join('');
process.stdout.write(`duban serve killed ${Object.values(stages).reduce((sum, count) => sum + count, 0)} times; how far it had come:\n${table(stages)}what the mail server did:\n${table(failures)}`
  + `${mails} mails wanted and delivered, ${duplicates} of them once more because the answer was lost, with the same Message-ID\n`);
process.stdout.write(faults.length === 0 ? 'Nothing lost, nothing doubled without need.\n' : `${faults.length} faults:\n${faults.map((fault) => `  ${fault}`).join('\n')}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
