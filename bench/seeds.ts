import { randomInt } from 'node:crypto';
import { startVitest } from 'vitest/node';

/** `npm run soak:seeds [-- ROUNDS SEED]`: the properties over new random worlds each round; ends with 1 at the first that one breaks, and names its seed. */
const [rounds, first] = [Number(process.argv[2] ?? 20), process.argv[3] === undefined ? randomInt(2 ** 31) : Number(process.argv[3])];
if (![rounds, first].every(Number.isInteger) || rounds < 1) {
  process.stderr.write('usage: npm run soak:seeds -- [ROUNDS] [SEED]\n');
  process.exit(2);
}
for (let round = 0; round < rounds && !process.exitCode; round++) {
  const seed = first + round;
  process.env['DUBAN_SEED'] = String(seed);
  const vitest = await startVitest('test', ['test/invariants.test.ts', 'test/histories.test.ts', 'test/edges.test.ts', 'test/history-chain.test.ts'], {
    run: true, watch: false, reporters: ['dot'], globalSetup: [],
  });
  await vitest.close();
  process.stdout.write(`seed ${String(seed)} (${String(round + 1)}/${String(rounds)}): ${process.exitCode ? 'broken' : 'held'}\n`);
}
