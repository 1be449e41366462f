import { expect, it } from 'vitest';
import { backOffMinutes, MAX_ATTEMPTS } from './delivery.ts';

it.each([[0, 15], [1, 15], [2, 30], [3, 60], [4, 120], [7, 960], [8, 1440], [100, 1440]])('after %d failed attempts a mail waits %d minutes', (attempts, minutes) => {
  expect(backOffMinutes(attempts)).toBe(minutes);
});

it('the attempts of a mail fit into one working day', () => {
  let minutes = 0;
  for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt += 1) minutes += backOffMinutes(attempt);
  expect(minutes).toBeLessThanOrEqual(8 * 60);
});
