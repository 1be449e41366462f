import { limitAfterWorkingDays } from '../calendar/deadline.ts';
import { dayOf, type Moment } from '../calendar/plain-date.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { ItemFacts } from './item-facts.ts';
import { groupOf } from './status-groups.ts';

/**
 * 审核期限 of an item under review: so many working days from when it was handed in, where the policy sets a clock. It binds the
 * office alone, or the whole chain where the parameter reviewClock says so (expo 9.8.4, company 6.7).
 */
export function reviewDue(workbook: Workbook, facts: ItemFacts, clock: RunClock): Moment | null {
  if (facts.submittedAt === null || groupOf(facts.status) !== 'review') return null;
  if (facts.status !== '待审核' && workbook.parameters.choice('reviewClock', clock.today) !== '全程') return null;
  const days = workbook.parameters.number('reviewWorkdays', clock.today);
  return days === null ? null : limitAfterWorkingDays(workbook.calendar, dayOf(facts.submittedAt), days, false).limit;
}
