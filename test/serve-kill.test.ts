import { expect, it } from 'vitest';
import { killServe } from './support/serve-kills.ts';

it('duban serve killed while a failing server takes its mails: nothing lost, nothing doubled without need', async () => {
  // A fixed spread of chances, so that failures of every kind come; `npm run soak:serve` draws 500 kills.
  let drawn = 0;
  const { stages, faults, failures, mails } = await killServe(2, () => (drawn++ * 0.37) % 1, () => undefined);
  expect(faults).toEqual([]);
  expect(stages['while sending'] + stages['after a whole run']).toBeGreaterThan(0);
  expect(Object.values(failures).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
  expect(mails).toBeGreaterThan(0);
});
