import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, day, dayFrom, dayFromSerial, daysInMonth, dayOf, endOfDay, epochOf, formatDay, formatLimit, formatMoment, isEndOfDay, moment, momentFromEpoch, momentFromSerial, serialOfDay, serialOfMoment, weekday, type Day } from './plain-date.ts';

describe('a date from year, month and day', () => {
  it.each([
    [1900, 1, 1], [9999, 12, 31], [2026, 1, 31], [2026, 3, 31], [2026, 4, 30], [2026, 5, 31], [2026, 6, 30], [2026, 7, 31], [2026, 8, 31],
    [2026, 9, 30], [2026, 10, 31], [2026, 11, 30], [2026, 2, 28], [2028, 2, 29], [2000, 2, 29], [2100, 2, 28],
  ])('%d-%d-%d exists', (year, month, date) => {
    expect(formatDay(dayFrom(year, month, date)!)).toBe([year, month, date].map((part) => String(part).padStart(2, '0')).join('-'));
  });

  it.each([
    ['before 1900', 1899, 12, 31], ['after 9999', 10000, 1, 1], ['month 0', 2026, 0, 1], ['month 13', 2026, 13, 1], ['day 0', 2026, 3, 0],
    ['January 32', 2026, 1, 32], ['April 31', 2026, 4, 31], ['June 31', 2026, 6, 31], ['September 31', 2026, 9, 31], ['November 31', 2026, 11, 31],
    ['February 29 of a common year', 2026, 2, 29], ['February 29 of a century', 2100, 2, 29], ['February 30', 2028, 2, 30],
    ['half a year', 2026.5, 1, 1], ['half a month', 2026, 1.5, 1], ['half a day', 2026, 1, 1.5], ['what is no number', Number.NaN, 1, 1],
  ])('%s does not', (_name, year, month, date) => {
    expect(dayFrom(year, month, date)).toBeNull();
  });

  it('a month of 400 years has as many days as lie before the next', () => {
    for (let year = 1999; year < 2401; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        const next = month === 12 ? dayFrom(year + 1, 1, 1)! : dayFrom(year, month + 1, 1)!;
        expect(next - dayFrom(year, month, 1)!).toBe(daysInMonth(year, month));
      }
    }
  });
});

describe('constants', () => {
  it.each(['', '2026-3-01', '2026-02-30', '报2026-03-01', '2026-03-01 ', '2026-03-01 09:00'])('%j is no date', (text) => {
    expect(() => day(text)).toThrow(`not a date: ${text}`);
  });

  it.each(['', '2026-03-01', '2026-03-01 9:00', '2026-03-01 09:00:00', '于2026-03-01 09:00'])('%j is no moment', (text) => {
    expect(() => moment(text)).toThrow(`not a moment: ${text}`);
  });

  it('a T may stand between date and hour', () => {
    expect(moment('2026-03-01T09:05')).toBe(at(day('2026-03-01'), 9, 5));
  });
});

describe('the count of days', () => {
  it('is that of the calendar, whatever the century', () => {
    fc.assert(fc.property(fc.integer({ min: dayFrom(1900, 1, 1)!, max: dayFrom(9999, 12, 31)! }), (value) => {
      const date = new Date(value * 86_400_000);
      expect(formatDay(value as Day)).toBe(date.toISOString().slice(0, 10));
      expect(day(formatDay(value as Day))).toBe(value);
      expect(weekday(value as Day)).toBe(date.getUTCDay());
    }));
  });

  it.each(['1900-02-28', '1900-03-01', '1999-12-31', '2000-02-29', '2000-12-31', '2099-12-31', '2100-02-28', '2100-03-01', '2400-02-29'])('%s reads back as itself', (text) => {
    expect(formatDay(day(text))).toBe(text);
    expect(day(text)).toBe(Date.parse(text) / 86_400_000);
  });
});

describe('limits', () => {
  it('a limit of a day is its last minute, and is read as the day', () => {
    expect(endOfDay(day('2026-03-13'))).toBe(moment('2026-03-13 23:59'));
    expect([moment('2026-03-13 23:59'), moment('2026-03-13 23:58'), moment('2026-03-13 00:00')].map(isEndOfDay)).toEqual([true, false, false]);
    expect([moment('2026-03-13 23:59'), moment('2026-03-13 09:05')].map(formatLimit)).toEqual(['2026-03-13', '2026-03-13 09:05']);
    expect([dayOf(moment('1969-12-31 23:59')), formatMoment(moment('1969-12-31 23:59'))]).toEqual([-1, '1969-12-31 23:59']);
  });
});

describe('other counts', () => {
  it('a spreadsheet counts from 1899-12-30, the hour as a fraction', () => {
    expect(serialOfDay(day('2026-03-13'))).toBe(46094);
    expect(formatDay(dayFromSerial(46094.75))).toBe('2026-03-13');
    expect(serialOfMoment(moment('2026-03-13 18:00'))).toBe(46094.75);
    expect(formatMoment(momentFromSerial(46094.75))).toBe('2026-03-13 18:00');
    // 0.1 day less a hair, as a spreadsheet stores 02:24.
    expect(formatMoment(momentFromSerial(46094.099999))).toBe('2026-03-13 02:24');
  });

  it('an instant is eight hours behind Shanghai', () => {
    const instant = Date.parse('2026-03-13T16:05:59Z');
    expect(formatMoment(momentFromEpoch(instant))).toBe('2026-03-14 00:05');
    expect(epochOf(moment('2026-03-14 00:05'))).toBe(Date.parse('2026-03-13T16:05:00Z'));
  });
});
