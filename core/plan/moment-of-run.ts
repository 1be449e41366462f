import { dayOf, MINUTES_PER_DAY, type Day, type Moment } from '../calendar/plain-date.ts';
import { createDirectory } from '../workbook/directory.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** The clock of a run: when it is, and the stamp for edits whose own time nobody knows. */
export interface RunClock {
  readonly now: Moment;
  readonly today: Day;
  /** The earlier of now and the last change of the workbook: an edit found now happened no later than that. */
  readonly stamp: Moment;
  /** False in the hours before the digests go out (`digestTime`), for a run that nobody started. */
  readonly digestsDue: boolean;
}

/**
 * When the digests of the day may go out: `at-once`, for a run that a person started and that has no later one behind it;
 * `from-digest-time`, for a host that runs by itself and comes back at that hour.
 */
export type DigestHour = 'at-once' | 'from-digest-time';

export function runClock(workbook: Workbook, now: Moment, digests: DigestHour): RunClock {
  const stamp = workbook.modifiedAt !== null && workbook.modifiedAt < now ? workbook.modifiedAt : now;
  return { now, today: dayOf(now), stamp, digestsDue: digests === 'at-once' || now >= digestMoment(workbook, dayOf(now)) };
}

/** The moment of a day before which no digest goes out of itself. */
export function digestMoment({ parameters }: Workbook, on: Day): Moment {
  return (on * MINUTES_PER_DAY + parameters.number('digestTime', on)!) as Moment;
}

/** The workbook as it stands on a day: who is in office, what units are called. */
export function workbookOn(workbook: Workbook, on: Day): Workbook {
  return { ...workbook, directory: createDirectory(workbook.sheets.units, workbook.sheets.people, on) };
}
