import { playQuarter } from '../test/quarter/play.ts';
import { recountQuarter } from '../test/quarter/recount.ts';

/** `npm run soak:quarter [-- MATTERS SEED]`: 13 weeks, 200 matters, seed 1 unless told otherwise; ends with 1 where the recount finds a fault. */
const [matters, seed] = [Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 1)];
if (![matters, seed].every(Number.isInteger) || matters < 20) {
  process.stderr.write('usage: npm run soak:quarter -- [MATTERS (20 or more)] [SEED]\n');
  process.exit(2);
}
const started = performance.now();
const { faults, counted } = recountQuarter(await playQuarter({ from: '2026-08-17', to: '2026-11-13', matters, seed, schedule: ['0 7-19 * * *'] }));
const { runs, outageDays, restarts, duties, nextDay, digests, letters, notices } = counted;
process.stdout.write(`2026-08-17 to 2026-11-13, ${String(matters)} matters, seed ${String(seed)}: ${String(runs)} runs, ${String(restarts)} restarts, ${String(outageDays)} days of outage, ${((performance.now() - started) / 1000).toFixed(0)} s\n`
  + `${String(duties)} duties counted from the diary (${String(nextDay)} seen after their day's digest, told on the next working day); ${String(notices)} rows of 通知, ${String(digests)} digests, ${String(letters)} letters sent\n`);
process.stdout.write(faults.length === 0
  ? 'Every notice due was sent exactly once, on its working day.\n'
  : `${String(faults.length)} faults:\n${faults.map((fault) => `  ${fault}`).join('\n')}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
