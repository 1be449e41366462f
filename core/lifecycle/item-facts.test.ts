import { describe, expect, it } from 'vitest';
import { day, endOfDay, moment } from '../calendar/plain-date.ts';
import { lateDays } from './item-facts.ts';

describe('days late', () => {
  it.each([
    ['2026-03-14 00:00', 1], ['2026-03-14 23:59', 1], ['2026-03-16 08:00', 3],
  ])('of a limit by the day are calendar days: handed in %s is %d', (measured, days) => {
    expect(lateDays(endOfDay(day('2026-03-13')), moment(measured))).toBe(days);
  });

  it.each([
    ['2026-03-13 15:01', 0.01], ['2026-03-13 15:14', 0.01], ['2026-03-13 15:15', 0.02], ['2026-03-14 03:00', 0.5], ['2026-03-14 15:00', 1], ['2026-03-14 15:01', 1.01],
  ])('of a limit by the hour have two decimals, rounded up: handed in %s is %d', (measured, days) => {
    expect(lateDays(moment('2026-03-13 15:00'), moment(measured))).toBe(days);
  });
});
