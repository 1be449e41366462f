import { addDays, dayOf, type Day, type Moment } from '../calendar/plain-date.ts';
import { periodOf } from '../appraisal/periods.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { groupOf } from '../lifecycle/status-groups.ts';
import { matchesCondition } from '../policy/match-item.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

export interface FeedbackDue {
  /** The working day by which progress is due. */
  readonly on: Day;
  /** First day of the month that has none, for a monthly cycle. */
  readonly month: Day | null;
}

/** 反馈周期 of an item, else what the regulation's cadence says for its kind; 无 and 阶段 call for nothing by date. */
export function cycleOf(workbook: Workbook, facts: ItemFacts, today: Day): string {
  const own = facts.cells.feedbackCycle;
  if (own !== '') return own;
  const rule = workbook.policy.feedbackCycles.find(({ when }) => matchesCondition(when, facts.cells));
  return rule === undefined ? '无' : workbook.parameters.text(rule.cycleKey, today);
}

/**
 * When progress is next due since the last feedback, else since 下发; null where no cycle runs. A monthly cycle asks for
 * one feedback in every calendar month through which the item is open from its first working day, and is due on the first
 * working day after it (bus 10.4).
 */
export function feedbackDue(workbook: Workbook, facts: ItemFacts, latest: Moment | null, today: Day): FeedbackDue | null {
  const group = groupOf(facts.status);
  if (facts.issuedAt === null || facts.submittedAt !== null || (group !== 'running' && group !== 'returned')) return null;
  const from = latest !== null && latest > facts.issuedAt ? latest : facts.issuedAt;
  const cycle = cycleOf(workbook, facts, today);
  return dueAfter(workbook, dayOf(from), cycle, from === facts.issuedAt, facts);
}

function dueAfter(workbook: Workbook, from: Day, cycle: string, sinceIssue: boolean, facts: ItemFacts): FeedbackDue | null {
  const { calendar } = workbook;
  switch (cycle) {
    case '每日': return { on: calendar.addWorkingDays(from, 1), month: null };
    case '每两个工作日': return { on: calendar.addWorkingDays(from, 2), month: null };
    case '每周': return { on: calendar.nextWorkingDay(addDays(from, 7)), month: null };
    case '每两周': return { on: calendar.nextWorkingDay(addDays(from, 14)), month: null };
    case '每月': {
      const own = periodOf('month', from);
      const owesOwn = sinceIssue && from <= calendar.nextWorkingDay(own.first);
      const owed = owesOwn ? own : periodOf('month', addDays(own.last, 1));
      // A month in which the limit falls is not open through: reminders of the limit do the rest.
      if (facts.current !== null && dayOf(facts.current) <= owed.last) return null;
      return { on: calendar.nextWorkingDay(addDays(owed.last, 1)), month: owed.first };
    }
    default: return null;
  }
}

/**
 * The latest due day up to today, counted on from the first one that passed without feedback: every missed cycle is
 * reminded of once, and an outage spends none.
 */
export function missedCycle(workbook: Workbook, facts: ItemFacts, latest: Moment | null, today: Day): FeedbackDue | null {
  let due = feedbackDue(workbook, facts, latest, today);
  if (due === null || due.on > today) return null;
  const cycle = cycleOf(workbook, facts, today);
  const step = STEP[cycle];
  if (step !== undefined) {
    const behind = Math.floor((today - due.on) / step) * step;
    const later = workbook.calendar.nextWorkingDay(addDays(due.on, behind));
    return later <= today ? { on: later, month: null } : due;
  }
  if (cycle === '每日' || cycle === '每两个工作日') {
    const every = cycle === '每日' ? 1 : 2;
    const passed = workbook.calendar.workingDaysBetween(due.on, today);
    return { on: workbook.calendar.addWorkingDays(due.on, passed - (passed % every)), month: null };
  }
  for (let next = due; next.on <= today; ) {
    due = next;
    const month = periodOf('month', addDays(periodOf('month', due.month!).last, 1));
    if (facts.current !== null && dayOf(facts.current) <= month.last) break;
    next = { on: workbook.calendar.nextWorkingDay(addDays(month.last, 1)), month: month.first };
  }
  return due;
}

const STEP: Readonly<Record<string, number>> = { 每周: 7, 每两周: 14 };
