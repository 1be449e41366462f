import { describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import { addDays, day, formatDay, type Day } from './plain-date.ts';
import { createCalendar, type CalendarEntry } from './working-calendar.ts';
import { publishedHolidays } from './published-holidays.ts';

const calendar = createCalendar([]);
/** Days around the published years, with some before the first and after the last of them. */
const days = fc.integer({ min: day('2003-01-01'), max: day('2029-12-31') }).map((value) => value as Day);
const counts = fc.integer({ min: 0, max: 400 });

test.each([
  ['the Spring Festival of 2026 is off', '2026-02-17', false],
  ['the Saturday before it is worked', '2026-02-14', true],
  ['the Saturday after it is worked', '2026-02-28', true],
  ['the Sunday before National Day is worked', '2026-09-20', true],
  ['National Day is off', '2026-10-01', false],
  ['an ordinary Monday is worked', '2026-03-02', true],
  ['an ordinary Saturday is off', '2026-03-07', false],
])('%s', (_name, date, works) => {
  expect(calendar.isWorkingDay(day(date))).toBe(works);
});

test.each([
  ['logistics-11: three working days before the limit', '2026-02-25', -3, '2026-02-13'],
  ['logistics-11: two working days before the limit', '2026-02-25', -2, '2026-02-14'],
  ['logistics-11: one working day before the limit', '2026-02-25', -1, '2026-02-24'],
  ['logistics-12: the first working day after the limit', '2026-02-13', 1, '2026-02-14'],
  ['no days leave even a day off where it is', '2026-03-07', 0, '2026-03-07'],
])('%s', (_name, from, count, expected) => {
  expect(formatDay(calendar.addWorkingDays(day(from), count))).toBe(expected);
});

describe('published years', () => {
  it('run without a gap and end before a year that nobody has published', () => {
    const { years } = publishedHolidays();
    const last = years.at(-1)!;
    expect(years).toEqual(Array.from({ length: last - 2003 }, (_, index) => 2004 + index));
    expect(calendar.isPublished(day(`${last}-12-31`))).toBe(true);
    expect(calendar.isPublished(day(`${last + 1}-01-01`))).toBe(false);
    expect(calendar.isPublished(day('2003-12-31'))).toBe(false);
  });

  it('an unpublished year assumes weekends only', () => {
    expect(calendar.isWorkingDay(day('2033-10-03'))).toBe(true);
    expect(calendar.isWorkingDay(day('2033-10-01'))).toBe(false);
  });

  const off = (...dates: string[]): CalendarEntry[] => dates.map((date) => ({ day: day(date), type: '休' }));
  /** 春节 and 国庆节 of a year, working days alone: 2033-10-01 and -02 are a weekend. */
  const whole = (year: number): CalendarEntry[] => [...off(`${year}-01-31`, `${year}-02-01`, `${year}-02-02`), ...off(`${year}-10-01`, `${year}-10-02`, `${year}-10-03`)];

  it.each<[string, readonly CalendarEntry[], readonly string[]]>([
    ['whole with 春节 and 国庆节, in any order', [...whole(2033)].reverse(), []],
    ['whole where weekends are left out', off('2033-01-31', '2033-02-01', '2033-02-02', '2033-10-03'), []],
    ['half typed with its first day', off('2033-01-03'), ['春节', '国庆节']],
    ['half typed up to 春节', off('2033-01-03', '2033-01-31', '2033-02-01', '2033-02-02', '2033-02-03', '2033-02-04'), ['国庆节']],
    ['half typed in the middle of 国庆节', off('2034-02-20', '2034-02-21', '2034-02-22', '2034-10-02'), ['国庆节']],
    ['half typed from its end', off('2033-10-03', '2033-10-04', '2033-01-31', '2033-02-01'), ['春节']],
    ['not begun with a 班 alone', [{ day: day('2033-10-08'), type: '班' }], []],
  ])('a year of the sheet is %s', (_name, entries, missing) => {
    const year = entries[0]!.day < day('2034-01-01') ? 2033 : 2034;
    const own = createCalendar(entries);
    expect(own.missingHolidays(year)).toEqual(missing);
    expect(own.isPublished(day(`${year}-03-01`))).toBe(missing.length === 0 && entries[0]!.type === '休');
    expect(own.missingHolidays(2026)).toEqual([]);
  });

  it('years that the sheet publishes in any order hold from their first day to their last, and none between', () => {
    const own = createCalendar([...whole(2036), ...whole(2033), ...whole(2034)]);
    const asked = ['2032-12-31', '2033-01-01', '2033-12-31', '2034-01-01', '2034-12-31', '2035-01-01', '2035-12-31', '2036-01-01', '2036-12-31', '2037-01-01'];
    expect(asked.filter((text) => own.isPublished(day(text)))).toEqual(['2033-01-01', '2033-12-31', '2034-01-01', '2034-12-31', '2036-01-01', '2036-12-31']);
  });

  it('a 休 entry past the last year that has dates publishes nothing', () => {
    expect(createCalendar([{ day: addDays(day('9999-12-31'), 300), type: '休' }]).isPublished(day('9999-12-31'))).toBe(false);
  });
});

describe('the sheet wins over the package', () => {
  const own = createCalendar([
    { day: day('2026-02-14'), type: '休' }, { day: day('2026-02-17'), type: '班' }, { day: day('2026-03-03'), type: '休' },
  ]);

  it('makes a make-up day free, a holiday worked and an ordinary day free', () => {
    expect(['2026-02-14', '2026-02-17', '2026-03-03'].map((date) => own.isWorkingDay(day(date)))).toEqual([false, true, false]);
  });

  it('counts with its own days', () => {
    expect(formatDay(own.addWorkingDays(day('2026-02-13'), 2))).toBe('2026-02-24');
  });

  it('counts every day as it answers for it, whatever the entries', () => {
    const entry = fc.record({ day: fc.integer({ min: day('2026-01-01'), max: day('2027-06-30') }).map((value) => value as Day), type: fc.constantFrom('休' as const, '班' as const) });
    fc.assert(fc.property(fc.array(entry, { maxLength: 60 }), days, fc.integer({ min: 0, max: 90 }), (entries, from, length) => {
      const mine = createCalendar(entries);
      let counted = 0;
      for (let step = 1; step <= length; step++) if (mine.isWorkingDay(addDays(from, step))) counted++;
      expect(mine.workingDaysBetween(from, addDays(from, length))).toBe(counted);
    }));
  });
});

describe('working-day arithmetic', () => {
  it('lands on working days', () => {
    fc.assert(fc.property(days, fc.integer({ min: -400, max: 400 }).filter((n) => n !== 0), (from, n) => {
      expect(calendar.isWorkingDay(calendar.addWorkingDays(from, n))).toBe(true);
    }));
  });

  it('grows with the start and with the count', () => {
    fc.assert(fc.property(days, fc.nat(40), counts, (from, later, n) => {
      expect(calendar.addWorkingDays(addDays(from, later), n)).toBeGreaterThanOrEqual(calendar.addWorkingDays(from, n));
      expect(calendar.addWorkingDays(from, n + 1)).toBeGreaterThan(calendar.addWorkingDays(from, n));
    }));
  });

  it('adds up: n days and then m days are n+m days', () => {
    fc.assert(fc.property(days, counts, counts, (from, n, m) => {
      expect(calendar.addWorkingDays(calendar.addWorkingDays(from, n), m)).toBe(calendar.addWorkingDays(from, n + m));
      expect(calendar.addWorkingDays(calendar.addWorkingDays(from, -n), -m)).toBe(calendar.addWorkingDays(from, -n - m));
    }));
  });

  it('undoes itself: the days between the start and the result are the days added', () => {
    fc.assert(fc.property(days, fc.integer({ min: -400, max: 400 }), (from, n) => {
      expect(calendar.workingDaysBetween(from, calendar.addWorkingDays(from, n))).toBe(n);
    }));
  });

  it('finds the nearest working day on either side, itself where it is one', () => {
    fc.assert(fc.property(days, (from) => {
      const next = calendar.nextWorkingDay(from);
      const previous = calendar.previousWorkingDay(from);
      expect(calendar.isWorkingDay(next) && calendar.isWorkingDay(previous)).toBe(true);
      expect(next === from).toBe(calendar.isWorkingDay(from));
      for (let between = addDays(previous, 1); between < next; between = addDays(between, 1)) {
        expect(calendar.isWorkingDay(between)).toBe(false);
      }
    }));
  });
});
