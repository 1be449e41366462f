import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { day, dayFrom, weekday, yearOf, type Day } from './plain-date.ts';

/**
 * The holidays and make-up days that the State Council published, from the data file of `chinese-days`.
 *
 * The package's functions are not used: they go through local dates and answer for the day before west of Greenwich,
 * and they call every weekday of a year that was never published a working day.
 */
export interface PublishedHolidays {
  /** Days on which the arrangement departs from the week: a weekday off is false, a weekend day worked is true. */
  readonly exceptions: ReadonlyMap<Day, boolean>;
  /** Years with an arrangement, ascending. */
  readonly years: readonly number[];
}

let cached: PublishedHolidays | null = null;

/** The published arrangements; read once and kept. */
export function publishedHolidays(): PublishedHolidays {
  cached ??= readPublished(published.holidays, published.workdays);
  return cached;
}

function readPublished(holidays: Readonly<Record<string, string>>, workdays: Readonly<Record<string, string>>): PublishedHolidays {
  const exceptions = new Map<Day, boolean>();
  const years: number[] = [];
  for (const text of Object.keys(holidays)) {
    const off = day(text);
    if (!isWeekend(off)) exceptions.set(off, false);
    // New Year's Day may be arranged with the year before, so a year counts as published by its National Day.
    if (off === dayFrom(yearOf(off), 10, 1)) years.push(yearOf(off));
  }
  for (const text of Object.keys(workdays)) {
    const worked = day(text);
    if (isWeekend(worked)) exceptions.set(worked, true);
    else exceptions.delete(worked);
  }
  return { exceptions, years: years.sort((a, b) => a - b) };
}

export function isWeekend(value: Day): boolean {
  const name = weekday(value);
  return name === 0 || name === 6;
}
