import { addDays, dayOf, formatDay, formatLimit, formatMoment, yearOf, civilDate, type Moment } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { reviewDue } from '../lifecycle/review-clock.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import { matchesCondition } from '../policy/match-item.ts';
import type { NoticeMoment } from '../policy/schema.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { addressed, isNews, workdaysBefore, type DueNotice } from './due-notice.ts';
import { missedCycle } from './feedback-cycle.ts';
import { feedbackFaults, feedbackType } from './feedback-rows.ts';
import { titleFor } from './recipients.ts';
import { rulesByEvent, type ItemRule } from './rules-by-event.ts';
import { askOf } from './words.ts';

/** The first working day after a 催办时限 that passed without a result (logistics 13). */
export function missedChase(workbook: Workbook, facts: ItemFacts, clock: RunClock): string | null {
  const { chase } = facts;
  return chase !== null && clock.now > chase && dayOf(chase) >= facts.toldFrom && facts.submittedAt === null ? `chase-missed/${formatLimit(chase)}` : null;
}

/** The cycle that passed without feedback; `past`: only after its day. Never for a cycle that ended before the first sight. */
export function feedbackMoment(workbook: Workbook, facts: ItemFacts, latest: Moment | null, past: boolean, clock: RunClock): string | null {
  const due = missedCycle(workbook, facts, latest, past ? addDays(clock.today, -1) : clock.today);
  return due === null || due.on < facts.toldFrom ? null : `feedback/${formatDay(due.on)}`;
}

/** Before and after 报告期限, until a result, an explanation or a feedback with 附件 was given (company 7.3). */
export function reportMoment(workbook: Workbook, facts: ItemFacts, moment: Extract<NoticeMoment, { at: 'report' }>, clock: RunClock): string | null {
  const due = facts.cells.reportDue;
  if (due === null || dayOf(due) < facts.toldFrom || wasReported(workbook, facts)) return null;
  if (moment.stage === 'overdue') return clock.now > due ? `report-overdue/${formatLimit(due)}` : null;
  const lead = moment.leadKey === undefined ? null : workbook.parameters.number(moment.leadKey, clock.today);
  if (lead === null || clock.now > due) return null;
  const from = workdaysBefore(workbook, dayOf(due), lead);
  return clock.today >= from && from >= facts.toldFrom ? `report-lead/${formatLimit(due)}` : null;
}

function wasReported(workbook: Workbook, facts: ItemFacts): boolean {
  return facts.submittedAt !== null || (workbook.index.feedbackOf.get(facts.id) ?? []).some(({ cells }) => {
    const type = feedbackType(workbook, facts, cells);
    return type === '结果' || type === '逾期说明' || (type === '进展' && cells.attachments !== '');
  });
}

/** A chase that a person registered in 督查记录 today or on a day off before it: one a day and item, however many rows (platform 2). */
export function orderedChase(workbook: Workbook, facts: ItemFacts, clock: RunClock): string | null {
  let latest = null;
  for (const { cells } of workbook.index.inspectionsOf.get(facts.id) ?? []) {
    if (cells.method !== '催办' || cells.date === null || cells.date > clock.today || cells.date < facts.toldFrom) continue;
    if (latest === null || cells.date > latest) latest = cells.date;
  }
  return latest === null || latest < clock.today - 31 ? null : `ordered/${formatDay(latest)}`;
}

/** Whether somebody still owes the item its feedback, or the submission (提报) of what was fed back (platform 6). */
export function isMissing(workbook: Workbook, facts: ItemFacts, what: 'feedback' | 'submission'): boolean {
  const given = (workbook.index.feedbackOf.get(facts.id) ?? []).filter(({ cells }) => feedbackFaults(workbook, cells).length === 0);
  if (what === 'feedback') return given.length === 0;
  return given.length > 0 && given.every(({ cells }) => cells.submission === '');
}

/** What the line of a moment says beside the limit. */
export function itemWords(workbook: Workbook, rule: ItemRule, facts: ItemFacts, latest: Moment | null, clock: RunClock): string {
  const { cells } = facts;
  const open = cells.confidentiality !== '保密';
  switch (rule.moment.at) {
    case 'returned': return `${open && cells.returnReason !== '' ? `退办原因:${cells.returnReason};` : ''}${cells.returnDue === null ? '' : `退办期限 ${formatLimit(cells.returnDue)}。`}`;
    case 'chase-missed': return facts.chase === null ? '' : `催办时限 ${formatLimit(facts.chase)} 已过,仍未办结。`;
    case 'feedback-due': {
      const due = missedCycle(workbook, facts, latest, clock.today);
      if (due === null) return '';
      return due.month === null ? `应于 ${formatDay(due.on)} 反馈。` : `缺${yearOf(due.month) === yearOf(clock.today) ? '' : `${yearOf(due.month)}年`}${civilDate(due.month).month}月反馈。`;
    }
    case 'report': return cells.reportDue === null ? '' : `报告期限 ${formatLimit(cells.reportDue)}。`;
    default: return '';
  }
}

/** Whoever reviews is told when a result arrives at his step, and again before 审核期限. */
export function reviewNotices(workbook: Workbook, facts: ItemFacts, clock: RunClock): DueNotice[] {
  return rulesByEvent(workbook.policy).review.flatMap((rule) => {
    if (rule.moment.status !== facts.status || !matchesCondition(rule.when, facts.cells)) return [];
    const due = reviewDue(workbook, facts, clock);
    const until = due === null ? '' : `,审核期限 ${formatLimit(due)}`;
    const line = `${facts.id} ${titleFor(facts)}(${facts.unit}${until})。${askOf(workbook, rule, clock.today)}(${rule.clause})`;
    if (rule.moment.stage === 'arrived') {
      return isNews(facts, facts.statusAt, clock) ? addressed(workbook, rule, facts, `arrived/${formatMoment(facts.statusAt)}`, { line }) : [];
    }
    const lead = workbook.parameters.number('clockLeadWorkdays', clock.today) ?? 0;
    if (due === null || clock.now > due) return [];
    const from = workdaysBefore(workbook, dayOf(due), lead);
    return clock.today >= from && from > dayOf(facts.statusAt) && from >= facts.toldFrom ? addressed(workbook, rule, facts, `review/${formatLimit(due)}`, { line }) : [];
  });
}
