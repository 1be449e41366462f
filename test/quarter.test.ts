import { expect, it } from 'vitest';
import { playQuarter } from './quarter/play.ts';
import { recountQuarter } from './quarter/recount.ts';

// `npm run soak:quarter` plays the whole quarter.
it('five weeks with holidays, outages and restarts: every notice due was told exactly once, on its working day', async () => {
  const { faults, counted } = recountQuarter(await playQuarter({ from: '2026-09-14', to: '2026-10-16', matters: 24, seed: 3, schedule: ['0 7 * * *', '0 14 * * *'] }));
  expect(faults).toEqual([]);
  expect(Object.values(counted).every((count) => count > 0), JSON.stringify(counted)).toBe(true);
});
