import { dayOf, type Day, type Moment } from '../calendar/plain-date.ts';
import { createDirectory } from '../workbook/directory.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** The clock of a run: when it is, and the stamp for edits whose own time nobody knows. */
export interface RunClock {
  readonly now: Moment;
  readonly today: Day;
  /** The earlier of now and the last change of the workbook: an edit found now happened no later than that. */
  readonly stamp: Moment;
}

export function runClock(workbook: Workbook, now: Moment): RunClock {
  const stamp = workbook.modifiedAt !== null && workbook.modifiedAt < now ? workbook.modifiedAt : now;
  return { now, today: dayOf(now), stamp };
}

/** The workbook as it stands on a day: who is in office, what units are called. */
export function workbookOn(workbook: Workbook, on: Day): Workbook {
  return { ...workbook, directory: createDirectory(workbook.sheets.units, workbook.sheets.people, on) };
}
