import { describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import { dayOf, day, formatDay, formatLimit, moment, type Day } from './plain-date.ts';
import { createCalendar, type CalendarEntry } from './working-calendar.ts';
import { limitAfterDays, limitAfterHours, limitAfterWorkingDays, limitSameWorkingDay, type ComputedLimit } from './deadline.ts';

const calendar = createCalendar([]);
/** New Year, 春节 and 国庆节 of a year. */
const published = (year: number): CalendarEntry[] => ['01-01', '02-05', '02-06', '02-07', '02-08', '02-09', '10-01', '10-02', '10-03'].map((date) => ({ day: day(`${String(year)}-${date}`), type: '休' }));
const workdays = (start: string, count: number): ComputedLimit => limitAfterWorkingDays(calendar, day(start), count, false);
const days = (start: string, count: number): ComputedLimit => limitAfterDays(calendar, day(start), count, false, true);

test.each([
  ['bus-12.1a', 'seven working days over the Spring Festival with two make-up Saturdays', workdays('2026-02-12', 7), '2026-02-28'],
  ['bus-12.1b', 'two working days over Qingming', workdays('2026-04-02', 2), '2026-04-07'],
  ['bus-12.1b', 'the same leg in calendar days that do not roll', limitAfterDays(calendar, day('2026-04-02'), 2, false, false), '2026-04-04'],
  ['bus-12.1d', 'three working days over National Day', workdays('2026-09-29', 3), '2026-10-09'],
  ['bus-12.1e', 'the end of the day of delivery', limitSameWorkingDay(calendar, moment('2026-03-02 10:00')), '2026-03-02'],
  ['bus-12.2', 'counted from delivery to the department, not from receipt', workdays('2026-03-04', 7), '2026-03-13'],
  ['logistics-12', 'two working days after a limit missed before the Spring Festival', workdays('2026-02-13', 2), '2026-02-24'],
  ['expo-9.3c', 'two working days before the holiday', workdays('2026-02-12', 2), '2026-02-14'],
  ['expo-9.3c', 'two working days over the holiday', workdays('2026-02-13', 2), '2026-02-24'],
  ['expo-9.8.4', 'three working days over National Day end on a make-up Saturday', workdays('2026-09-30', 3), '2026-10-10'],
  ['expo-10.3.2', 'fourteen days that end in the Spring Festival', days('2026-02-06', 14), '2026-02-24'],
  ['expo-10.3.2', 'fourteen days', days('2026-03-02', 14), '2026-03-16'],
  ['company-6.3e', 'two working days over Labour Day', workdays('2026-04-30', 2), '2026-05-07'],
  ['company-6.4d', 'two working days over the Dragon Boat Festival', workdays('2026-06-17', 2), '2026-06-22'],
  ['company-6.7d', 'three working days with a make-up Saturday', workdays('2026-02-13', 3), '2026-02-25'],
  ['company-7.3.2', 'five working days with a make-up Saturday', workdays('2026-09-28', 5), '2026-10-10'],
  ['tax-3.1a', 'seven days that end in the Spring Festival', days('2026-02-10', 7), '2026-02-24'],
  ['tax-3.1a', 'seven days', days('2026-03-02', 7), '2026-03-09'],
  ['tax-3.1a', 'seven days with the start counted end on a Sunday and roll', limitAfterDays(calendar, day('2026-03-02'), 7, true, true), '2026-03-09'],
  ['tax-3.3a', 'fifteen days that end on Labour Day', days('2026-04-17', 15), '2026-05-06'],
])('%s: %s', (_clause, _name, computed, expected) => {
  expect(formatLimit(computed.limit)).toBe(expected);
  expect(computed.provisional).toBe(false);
});

describe('a last day off', () => {
  it('is named when the limit rolls', () => {
    expect(formatDay(days('2026-02-10', 7).rolledFrom!)).toBe('2026-02-17');
    expect(days('2026-03-02', 7).rolledFrom).toBeNull();
  });

  it('stays where the policy does not roll', () => {
    expect(formatLimit(limitAfterDays(calendar, day('2026-02-10'), 7, false, false).limit)).toBe('2026-02-17');
  });

  it('moves a same-day limit to the next working day', () => {
    const computed = limitSameWorkingDay(calendar, moment('2026-05-01 09:00'));
    expect([formatLimit(computed.limit), formatDay(computed.rolledFrom!)]).toEqual(['2026-05-06', '2026-05-01']);
  });
});

describe('the start', () => {
  it('is the first day where it counts', () => {
    expect(formatLimit(limitAfterWorkingDays(calendar, day('2026-03-02'), 3, true).limit)).toBe('2026-03-04');
  });

  it('that counts but is a day off leaves the count to the next working day', () => {
    expect(formatLimit(limitAfterWorkingDays(calendar, day('2026-03-07'), 1, true).limit)).toBe('2026-03-09');
  });

  it('with a count of zero is the limit, or the next working day', () => {
    expect(formatLimit(workdays('2026-03-07', 0).limit)).toBe('2026-03-09');
    expect(formatLimit(limitAfterDays(calendar, day('2026-03-02'), 0, true, true).limit)).toBe('2026-03-02');
  });
});

test('hours run by the clock over midnight', () => {
  expect(formatLimit(limitAfterHours(calendar, moment('2026-03-20 18:00'), 24).limit)).toBe('2026-03-21 18:00');
  expect(formatLimit(limitAfterHours(calendar, moment('2026-03-20 18:00'), 0.5).limit)).toBe('2026-03-20 18:30');
});

describe('a year without a published calendar', () => {
  test.each([
    ['working days that cross into it', workdays('2026-12-30', 3), true],
    ['working days that end before it', workdays('2026-12-29', 2), false],
    ['calendar days that cross into it', days('2026-12-25', 10), true],
    ['hours that cross into it', limitAfterHours(calendar, moment('2026-12-31 20:00'), 6), true],
    ['hours that end before it', limitAfterHours(calendar, moment('2026-12-31 20:00'), 3), false],
    ['a same-day limit in it', limitSameWorkingDay(calendar, moment('2027-03-01 10:00')), true],
    ['a limit that starts before the first published year', workdays('2003-12-30', 5), true],
  ])('makes %s provisional: %#', (_name, computed, provisional) => {
    expect(computed.provisional).toBe(provisional);
  });

  it('is no longer provisional once the sheet publishes it', () => {
    const own = createCalendar(published(2027));
    const computed = limitAfterWorkingDays(own, day('2026-12-30'), 3, false);
    expect([formatLimit(computed.limit), computed.provisional]).toEqual(['2027-01-05', false]);
  });

  it('between two published years is not skipped', () => {
    const own = createCalendar(published(2030));
    expect(limitAfterDays(own, day('2026-06-01'), 1400, false, false).provisional).toBe(true);
  });
});

test('a limit in working days is never before its start and always ends on a working day', () => {
  fc.assert(fc.property(fc.integer({ min: day('2004-01-01'), max: day('2027-12-31') }), fc.nat(60), fc.boolean(), (value, count, startCounts) => {
    const start = value as Day;
    const { limit } = limitAfterWorkingDays(calendar, start, count, startCounts);
    expect(dayOf(limit)).toBeGreaterThanOrEqual(start);
    expect(calendar.isWorkingDay(dayOf(limit))).toBe(true);
  }));
});
