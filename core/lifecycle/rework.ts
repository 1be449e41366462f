import { dayOf, type Moment } from '../calendar/plain-date.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Status } from '../workbook/values.ts';
import { isSubmitted } from './status-groups.ts';

/** What an item is measured by: against which limit, and when it was done. */
export interface Measure {
  readonly assessed: Moment | null;
  /** When it was done, or now while it is not; null where no time tells: of a redo 是否按时 and 超期天数 still know. */
  readonly done: Moment | null;
}

/**
 * How a return for rework counts (expo-9.9, tax-5.0a; parameter reworkRestartsClock). 否: the first submission is measured, and
 * the redo by 退办期限 apart. 是: 退办期限 takes the limit's place. 续计: what was returned was never done, the days run on.
 */
export function measureOf(
  workbook: Workbook, cells: CellsOf<'items'>, status: Status, statusAt: Moment, submittedAt: Moment | null, assessed: Moment | null, clock: RunClock,
): Measure {
  const reading = submittedAt === null || cells.returnReason === '' ? '否' : workbook.parameters.choice('reworkRestartsClock', dayOf(submittedAt));
  if (reading === '续计') return { assessed, done: redoneAt(cells, status, statusAt, submittedAt, clock) };
  if (reading === '是' && cells.returnDue !== null) return { assessed: cells.returnDue, done: redoneAt(cells, status, statusAt, submittedAt, clock) };
  // Handed in at a time that nobody wrote down: it is not late by now.
  return { assessed, done: submittedAt ?? (isSubmitted(status) ? null : clock.now) };
}

/** When what was returned came in again: now while it has not; null once a later step of the review has a later status time. */
export function redoneAt(cells: CellsOf<'items'>, status: Status, statusAt: Moment, submittedAt: Moment | null, clock: RunClock): Moment | null {
  if (!isSubmitted(status)) return clock.now;
  if (cells.submittedAt !== null && submittedAt !== null && cells.submittedAt > submittedAt) return cells.submittedAt;
  return status === '待审核' ? statusAt : null;
}
