import { addDays, dayFrom, yearOf, type Day } from './plain-date.ts';
import { isWeekend, publishedHolidays } from './published-holidays.ts';

/** One row of 工作日历. */
export interface CalendarEntry { readonly day: Day; readonly type: '休' | '班' }

export interface WorkingCalendar {
  isWorkingDay(d: Day): boolean;
  /**
   * False where neither the package nor the 工作日历 sheet publishes that year: weekends only are assumed
   * (暂按周末推算). A year counts as published by the sheet once both 春节 and 国庆节 stand in it.
   */
  isPublished(d: Day): boolean;
  /** What is missing of a year that the sheet has begun and not finished; none where it is whole, or not begun. */
  missingHolidays(year: number): readonly string[];
  /** The day itself where it is a working day. */
  nextWorkingDay(d: Day): Day;
  /** The day itself where it is a working day. */
  previousWorkingDay(d: Day): Day;
  /** The n-th working day after `d`, which does not count itself; before it where n is negative; `d` where n is 0. */
  addWorkingDays(d: Day, n: number): Day;
  /** Working days after `from` up to and including `to`; where `to` is earlier, the mirrored count, negative. */
  workingDaysBetween(from: Day, to: Day): number;
}

/**
 * The calendar of the published arrangements with the office's own entries laid over them: the sheet wins. Of two
 * entries for one day the later in the list wins.
 */
export function createCalendar(entries: readonly CalendarEntry[]): WorkingCalendar {
  const published = publishedHolidays();
  const exceptions = new Map(published.exceptions);
  const typed = new Map<number, Set<Day>>();
  for (const { day, type } of entries) {
    const works = type === '班';
    if (works === isWeekend(day)) exceptions.set(day, works);
    else exceptions.delete(day);
    if (works) continue;
    const own = typed.get(yearOf(day));
    if (own === undefined) typed.set(yearOf(day), new Set([day]));
    else own.add(day);
  }
  const missingOf = new Map([...typed].filter(([year]) => !published.years.includes(year)).map(([year, off]) => [year, missingIn(year, off)]));
  const spans = publishedSpans([...published.years, ...[...missingOf].filter(([, missing]) => missing.length === 0).map(([year]) => year)]);
  const corrections = correctionSums(exceptions);

  const isWorkingDay = (d: Day): boolean => exceptions.get(d) ?? !isWeekend(d);
  /** Working days up to and including `d`, counted from a fixed day: differences give the days between. */
  const countThrough = (d: Day): number => weekdaysThrough(d) + corrections(d);

  const nextWorkingDay = (d: Day): Day => {
    let found = d;
    while (!isWorkingDay(found)) found = addDays(found, 1);
    return found;
  };
  const previousWorkingDay = (d: Day): Day => {
    let found = d;
    while (!isWorkingDay(found)) found = addDays(found, -1);
    return found;
  };
  // Each jump is as long as the count still missing, so it never passes the goal and ends on a working day.
  const addWorkingDays = (d: Day, n: number): Day => {
    let found = d;
    if (n >= 0) {
      const goal = countThrough(d) + n;
      for (let missing = n; missing > 0; missing = goal - countThrough(found)) found = addDays(found, missing);
    } else {
      const goal = countThrough(addDays(d, -1)) + n;
      for (let missing = -n; missing > 0; missing = countThrough(addDays(found, -1)) - goal) found = addDays(found, -missing);
    }
    return found;
  };

  return {
    isWorkingDay,
    missingHolidays: (year) => missingOf.get(year) ?? WHOLE,
    isPublished: (d) => spans.some((span) => d >= span.first && d <= span.last),
    nextWorkingDay,
    previousWorkingDay,
    addWorkingDays,
    workingDaysBetween: (from, to) => to >= from
      ? countThrough(to) - countThrough(from)
      : countThrough(addDays(to, -1)) - countThrough(addDays(from, -1)),
  };
}

const WHOLE: readonly string[] = [];
/** 春节 lies between 21 January and 20 February, its holiday from the eve on; it has more working days off than this. */
const FEW_DAYS = 3;

/** Which of the two long holidays the days off of a year don't hold yet: offices type a year in several goes, and may leave out its weekends. */
function missingIn(year: number, off: ReadonlySet<Day>): string[] {
  const [first, last, national] = [dayFrom(year, 1, 20), dayFrom(year, 2, 28), dayFrom(year, 10, 1)];
  if (first === null || last === null || national === null) return ['春节', '国庆节'];
  const spring = [...off].filter((day) => day >= first && day <= last).length;
  const isNationalOff = [0, 1, 2].every((days) => isWeekend(addDays(national, days)) || off.has(addDays(national, days)));
  return [...(spring < FEW_DAYS ? ['春节'] : []), ...(isNationalOff ? [] : ['国庆节'])];
}

interface Span { readonly first: Day; last: Day }

/** Runs of published years as days, latest first: today's dates are found at the first comparison. */
function publishedSpans(years: readonly number[]): Span[] {
  const spans: Span[] = [];
  for (const year of [...years].sort((a, b) => a - b)) {
    const first = dayFrom(year, 1, 1);
    const last = dayFrom(year, 12, 31);
    if (first === null || last === null) continue;
    const before = spans.at(-1);
    if (before !== undefined && before.last + 1 === first) before.last = last;
    else spans.push({ first, last });
  }
  return spans.reverse();
}

/** Mondays to Fridays up to and including `d`, counted from Monday 1969-12-29. */
function weekdaysThrough(d: Day): number {
  const days = d + 3;
  const weeks = Math.floor(days / 7);
  return weeks * 5 + Math.min(days - weeks * 7 + 1, 5);
}

/** How many working days the exceptions add (make-up days) or take (holidays) up to and including a day. */
function correctionSums(exceptions: ReadonlyMap<Day, boolean>): (d: Day) => number {
  const days = [...exceptions.keys()].sort((a, b) => a - b);
  const sums = [0];
  let sum = 0;
  for (const day of days) {
    sum += exceptions.get(day) === true ? 1 : -1;
    sums.push(sum);
  }
  return (d) => {
    let low = 0;
    let high = days.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (days[middle]! <= d) low = middle + 1;
      else high = middle;
    }
    return sums[low]!;
  };
}
