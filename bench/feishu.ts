import { randomInt } from 'node:crypto';
import { startVitest } from 'vitest/node';

/**
 * `npm run soak:feishu [-- RUNS SEED]`: a Feishu base under so many random faults (default 1 000), every scenario on a base, and the calls of
 * a run over 100, 1 000 and 10 000 items, printed. Ends with 1 where one of them breaks.
 */
const [runs, seed] = [process.argv[2] ?? '1000', process.argv[3] ?? String(randomInt(2 ** 31))];
if (![runs, seed].every((text) => /^\d+$/.test(text))) {
  process.stderr.write('usage: npm run soak:feishu -- [RUNS] [SEED]\n');
  process.exit(2);
}
process.stdout.write(`seed ${seed}\n`);
Object.assign(process.env, { DUBAN_FEISHU_RUNS: runs, DUBAN_SEED: seed, DUBAN_FEISHU_EVERY: '1', DUBAN_FEISHU_SIZES: '100,1000,10000' });
const vitest = await startVitest('test', ['test/feishu/faults.test.ts', 'test/feishu/mirror-scenarios.test.ts', 'test/feishu/calls.test.ts'], { run: true, watch: false, globalSetup: [] });
await vitest.close();
