import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { Lookup } from '../workbook/by-item.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { RowRef } from '../workbook/snapshot.ts';
import type { DueNotice } from './due-notice.ts';
import { feedbackNotices } from './feedback-notices.ts';
import type { StandingFeedback } from './feedback-rows.ts';
import { requestNotices } from './request-notices.ts';

/** What requests and feedback make due, whatever the status of their items. A day off plans nothing: the next run finds the same. */
export function eventNotices(
  workbook: Workbook, facts: Lookup<ItemFacts>, feedback: readonly StandingFeedback[], requestIds: ReadonlyMap<RowRef, string>, clock: RunClock,
): DueNotice[] {
  if (!workbook.calendar.isWorkingDay(clock.today)) return [];
  const due: DueNotice[] = [];
  for (const item of facts.values()) if (item.requests.length > 0) due.push(...requestNotices(workbook, item, requestIds, clock));
  return [...due, ...feedbackNotices(workbook, facts, feedback, clock)];
}
