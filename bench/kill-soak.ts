import { killRuns } from '../test/support/kill-runs.ts';

/** `npm run soak:kill [-- KILLS]`: 100 kills unless told otherwise; ends with 1 where a killed run left a trace. */
const kills = Number(process.argv[2] ?? 100);
if (!Number.isInteger(kills) || kills < 1) {
  process.stderr.write('usage: npm run soak:kill -- [KILLS]\n');
  process.exit(2);
}
const { stages, differences } = await killRuns(kills, Math.random, (line) => process.stderr.write(`${line}\n`));
process.stdout.write(`${kills} runs killed; how far they had come:\n${Object.entries(stages).map(([stage, count]) => `  ${String(count).padStart(4)}  ${stage}`).join('\n')}\n`);
process.stdout.write(differences.length === 0
  ? 'Every next run finished the work: same data sheets, same mails, nothing left to do.\n'
  : `${differences.length} differences from an undisturbed run:\n${differences.map((line) => `  ${line}`).join('\n')}\n`);
process.exitCode = differences.length === 0 ? 0 : 1;
