import { expect, it } from 'vitest';
import { killRuns } from './support/kill-runs.ts';

it('a run killed at any moment is finished by the next as if nothing had happened', async () => {
  // Spread evenly over the run, so that every stage is met without luck; `npm run soak:kill` draws 100 moments.
  let drawn = 0;
  const spread = (): number => (drawn++ % 6) / 6;
  const { stages, differences } = await killRuns(6, spread, () => undefined);
  expect(differences).toEqual([]);
  expect(stages['some sent'] + stages['all sent, not saved'] + stages['nothing sent']).toBeGreaterThan(0);
});
