import { addDays, at, dayOf, endOfDay, type Day, type Moment } from './plain-date.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/** A limit computed by a rule. */
export interface ComputedLimit {
  readonly limit: Moment;
  /** The day off on which the count ended before it rolled to the next working day; null where it did not roll. */
  readonly rolledFrom: Day | null;
  /** True where a day from the start through the limit lies in a year without a published calendar: 暂按周末推算. */
  readonly provisional: boolean;
}

/** So many working days from a day; the day itself counts only where `startCounts`. 民法典 201: by default it doesn't. */
export function limitAfterWorkingDays(cal: WorkingCalendar, start: Day, count: number, startCounts: boolean): ComputedLimit {
  if (count <= 0) return rolled(cal, start, start, true);
  const last = cal.addWorkingDays(startCounts ? addDays(start, -1) : start, count);
  return { limit: endOfDay(last), rolledFrom: null, provisional: isProvisional(cal, start, last) };
}

/** So many calendar days from a day; where `rolls`, a last day off moves to the next working day (民法典 203). */
export function limitAfterDays(
  cal: WorkingCalendar, start: Day, count: number, startCounts: boolean, rolls: boolean,
): ComputedLimit {
  return rolled(cal, start, addDays(start, Math.max(0, startCounts ? count - 1 : count)), rolls);
}

/** So many hours from a moment, by the clock. */
export function limitAfterHours(cal: WorkingCalendar, start: Moment, hours: number): ComputedLimit {
  const limit = at(dayOf(start), 0, start - at(dayOf(start), 0) + Math.round(hours * 60));
  return { limit, rolledFrom: null, provisional: isProvisional(cal, dayOf(start), dayOf(limit)) };
}

/** The end of the same day, or of the next working day where it is a day off. */
export function limitSameWorkingDay(cal: WorkingCalendar, start: Moment): ComputedLimit {
  return rolled(cal, dayOf(start), dayOf(start), true);
}

function rolled(cal: WorkingCalendar, start: Day, last: Day, rolls: boolean): ComputedLimit {
  const final = rolls ? cal.nextWorkingDay(last) : last;
  return { limit: endOfDay(final), rolledFrom: final === last ? null : last, provisional: isProvisional(cal, start, final) };
}

function isProvisional(cal: WorkingCalendar, start: Day, last: Day): boolean {
  // A step of 365 days leaves out no year.
  for (let day = start; day < last; day = addDays(day, 365)) if (!cal.isPublished(day)) return true;
  return !cal.isPublished(last);
}
