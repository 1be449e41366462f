import { dayOf, formatDay, type Moment } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { groupOf } from '../lifecycle/status-groups.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import { matchesCondition } from '../policy/match-item.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { outsiderHints } from './outsiders.ts';
import { rulesByEvent } from './rules-by-event.ts';

const NONE: readonly string[] = [];

/** What an open item still owes by its reminders: a plan, an explanation, a chaser in time; and whom a check keeps out. */
export function noticeHints(workbook: Workbook, facts: ItemFacts, firstChase: Moment | null, clock: RunClock): readonly string[] {
  const group = groupOf(facts.status);
  if (group !== 'running' && group !== 'returned') return NONE;
  return [...missingPlan(workbook, facts, clock), ...overdueHints(workbook, facts, firstChase, clock), ...outsiderHints(workbook, facts)];
}

/** No plan some working days after 下发: neither 下步计划 nor an attachment nor a part of the work stands for one (bus 10.1). */
function missingPlan(workbook: Workbook, facts: ItemFacts, clock: RunClock): string[] {
  const clause = workbook.policy.clauses.missingPlan;
  if (clause === undefined || facts.issuedAt === null || !facts.counted || facts.cells.attachments !== '') return [];
  const within = workbook.parameters.number('planWorkdays', clock.today);
  if (within === null || workbook.calendar.workingDaysBetween(dayOf(facts.issuedAt), clock.today) < within) return [];
  if ((workbook.index.childrenOf.get(facts.id)?.length ?? 0) > 0) return [];
  if ((workbook.index.feedbackOf.get(facts.id) ?? []).some(({ cells }) => cells.nextPlan !== '')) return [];
  return [`缺落实计划:请在「进展反馈」填下步计划、附计划或分解节点(${clause})`];
}

/** After the limit: the explanation that is due (company 6.3), and a chaser that is not out in its own time (logistics 12). */
function overdueHints(workbook: Workbook, facts: ItemFacts, firstChase: Moment | null, clock: RunClock): string[] {
  if (!facts.late || facts.current === null || dayOf(facts.current) < facts.toldFrom) return [];
  const hints: string[] = [];
  for (const rule of rulesByEvent(workbook.policy).item) {
    if (rule.moment.at !== 'overdue' || (rule.answerWorkdaysKey === undefined && rule.withinWorkdaysKey === undefined) || !matchesCondition(rule.when, facts.cells)) continue;
    const days = workbook.parameters.number(rule.answerWorkdaysKey ?? rule.withinWorkdaysKey!, clock.today);
    if (days === null) continue;
    const until = workbook.calendar.addWorkingDays(dayOf(facts.current), days);
    if (clock.today <= until) continue;
    if (rule.answerWorkdaysKey !== undefined) {
      const isGiven = (workbook.index.feedbackOf.get(facts.id) ?? []).some(({ cells }) => cells.type === '逾期说明');
      if (!isGiven) hints.push(`缺逾期说明:应于 ${formatDay(until)} 前填报(${rule.clause})`);
    } else if (firstChase === null) hints.push(`催办通知应于 ${formatDay(until)} 前发出,尚未发出:请在「通知」签发(${rule.clause})`);
    else if (dayOf(firstChase) > until) hints.push(`催办通知逾期发出:应于 ${formatDay(until)} 前,${formatDay(dayOf(firstChase))} 才发出(${rule.clause})`);
  }
  return hints;
}
