import { addDays, dayOf, formatDay, formatLimit, formatMoment, weekday, type Day, type Moment } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { goLiveOf } from '../lifecycle/go-live.ts';
import type { LightState } from '../lifecycle/lights.ts';
import { groupOf } from '../lifecycle/status-groups.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import { matchesCondition } from '../policy/match-item.ts';
import type { NoticeRule } from '../policy/schema.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { addressed, isNews, type DueNotice } from './due-notice.ts';
import { feedbackMoment, isMissing, itemWords, missedChase, orderedChase, reportMoment, reviewNotices } from './item-moments.ts';
import { titleFor } from './recipients.ts';
import { rulesByEvent, type ItemRule } from './rules-by-event.ts';
import { askOf } from './words.ts';

/**
 * The notices of one item that are due on the day of the run, from state alone. On days off there are none: a lead day
 * that falls on one moves to the working day before, all others wait for the next, so that no step is spent by a
 * holiday and none is skipped by an outage. Nothing is due for a moment before the item's first sight.
 */
export function dueNotices(workbook: Workbook, facts: ItemFacts, light: LightState, latestFeedback: Moment | null, clock: RunClock): DueNotice[] {
  if (!workbook.calendar.isWorkingDay(clock.today)) return [];
  const group = groupOf(facts.status);
  if (group === 'review') return reviewNotices(workbook, facts, clock);
  if (group !== 'running' && group !== 'returned') return [];
  const due: DueNotice[] = [];
  for (const rule of rulesByEvent(workbook.policy).item) {
    if (!matchesCondition(rule.when, facts.cells)) continue;
    const moment = momentOf(workbook, rule, facts, light, latestFeedback, clock);
    if (moment === null || isSuppressed(workbook, rule, facts, clock)) continue;
    const late = lateWords(workbook, rule, light, clock);
    for (const notice of addressed(workbook, rule, facts, moment, {
      line: lineFor(workbook, facts, light, rule, late, latestFeedback, clock), details: detailsFor(workbook, rule, facts), ...(late === '' ? {} : { subject: `${rule.type}(逾期发出)` }),
    })) if (!wasToldBefore(workbook, notice)) due.push(notice);
  }
  return due;
}

/** What a predecessor was told of an item isn't told to his successor again: he gets one list of what he takes over. */
function wasToldBefore(workbook: Workbook, { key, recipient }: DueNotice): boolean {
  return workbook.directory.predecessorsOf(recipient).some((name) => workbook.index.notice.has(`${key.slice(0, -recipient.length)}${name}`));
}

/** What identifies the moment in the notice's key; null where it isn't due. */
function momentOf(workbook: Workbook, rule: ItemRule, facts: ItemFacts, light: LightState, latestFeedback: Moment | null, clock: RunClock): string | null {
  const { calendar } = workbook;
  const { today } = clock;
  const { toldFrom } = facts;
  const goLive = goLiveOf(workbook);
  switch (rule.moment.at) {
    case 'issue': return facts.issuedAt !== null && dayOf(facts.issuedAt) >= toldFrom ? 'issue' : null;
    case 'returned': return facts.status === '已退办' && isNews(facts, facts.statusAt, clock) ? `returned/${formatMoment(facts.statusAt)}` : null;
    case 'chase-missed': return missedChase(workbook, facts, clock);
    case 'feedback-due': return feedbackMoment(workbook, facts, latestFeedback, rule.moment.past === true, clock);
    case 'report': return reportMoment(workbook, facts, rule.moment, clock);
    case 'ordered': return orderedChase(workbook, facts, clock);
    case 'lead': case 'due': case 'overdue': case 'weekly': break;
  }
  const limit = chasedLimit(facts, light);
  if (limit === null) return null;
  const last = dayOf(limit);
  const overdue = clock.now > limit;
  if (overdue && goLive !== null && last < goLive) return null;
  switch (rule.moment.at) {
    case 'lead': {
      const lead = workbook.parameters.number(rule.moment.leadKey, today);
      if (lead === null || overdue) return null;
      const from = leadDay(workbook, last, lead, rule.moment.unit);
      const dueDay = calendar.previousWorkingDay(last);
      return today >= from && today < dueDay && from >= toldFrom && !(rule.unlessInspected && wasInspected(workbook, facts, last))
        ? `lead/${formatLimit(limit)}` : null;
    }
    case 'due': {
      const on = calendar.previousWorkingDay(last);
      return !overdue && today >= on && on >= toldFrom ? `due/${formatLimit(limit)}` : null;
    }
    case 'overdue': {
      const on = calendar.nextWorkingDay(addDays(last, 1));
      return overdue && on >= toldFrom && (rule.missing === undefined || isMissing(workbook, facts, rule.missing)) ? `overdue/${formatLimit(limit)}` : null;
    }
    case 'weekly': {
      const monday = addDays(today, -((weekday(today) + 6) % 7));
      const first = calendar.nextWorkingDay(monday);
      // Any later day of the week makes up for a first one without a run.
      return overdue && today >= first && first > calendar.nextWorkingDay(addDays(last, 1)) && first >= toldFrom ? `weekly/${formatDay(monday)}` : null;
    }
  }
}

/** The limit that reminders and chasers go by: 现行时限, or 催办时限 once a leader set a later one (bus 11.4). */
function chasedLimit(facts: ItemFacts, light: LightState): Moment | null {
  if (groupOf(facts.status) !== 'running' || facts.chase === null || light.limit === null) return light.limit;
  return facts.chase > light.limit ? facts.chase : light.limit;
}

function leadDay(workbook: Workbook, last: Day, lead: number, unit: 'workday' | 'day'): Day {
  const { calendar } = workbook;
  return unit === 'day' ? calendar.previousWorkingDay(addDays(last, -lead)) : calendar.addWorkingDays(last, -lead);
}

function wasInspected(workbook: Workbook, facts: ItemFacts, last: Day): boolean {
  return (workbook.index.inspectionsOf.get(facts.id) ?? []).some(({ cells }) => cells.date !== null && cells.date <= last);
}

/** A hint where the limit has passed and the policy wants a 督查记录 from before it (tax 4.5a); null otherwise. */
export function missingInspection(workbook: Workbook, facts: ItemFacts, clock: RunClock): string | null {
  const group = groupOf(facts.status);
  if (facts.current === null || clock.now <= facts.current || dayOf(facts.current) < facts.toldFrom || (group !== 'running' && group !== 'returned' && group !== 'review')) return null;
  const rule = workbook.policy.notices.find((candidate) => candidate.unlessInspected === true && matchesCondition(candidate.when, facts.cells));
  if (rule === undefined || wasInspected(workbook, facts, dayOf(facts.current))) return null;
  return `限期前没有督导记录:请补作督导并登记「督查记录」(${rule.clause})`;
}

/** A pending extension or a result silences a chaser; by parameter any feedback does (expo 9.6). */
function isSuppressed(workbook: Workbook, rule: NoticeRule, facts: ItemFacts, clock: RunClock): boolean {
  if (rule.suppressible !== true) return false;
  if (facts.requests.some((request) => request.row.cells.type === '延期' && request.outcome === '审批中')) return true;
  return workbook.parameters.text('chaseSuppressedBy', clock.today) === 'any-feedback'
    && (facts.cells.progress !== '' || (workbook.index.feedbackOf.get(facts.id)?.length ?? 0) > 0);
}

/** Where a chaser goes out after its own time limit: until when it should have gone (logistics 12); '' otherwise. */
function lateWords(workbook: Workbook, rule: ItemRule, light: LightState, clock: RunClock): string {
  if (rule.withinWorkdaysKey === undefined || light.limit === null) return '';
  const within = workbook.parameters.number(rule.withinWorkdaysKey, clock.today);
  if (within === null) return '';
  const until = workbook.calendar.addWorkingDays(dayOf(light.limit), within);
  return clock.today > until ? `逾期发出:应在 ${formatDay(until)} 前发出。` : '';
}

/** The chaser's letter names who bears which responsibility (expo 12.1). */
function detailsFor(workbook: Workbook, rule: ItemRule, facts: ItemFacts): string[] {
  const clause = workbook.policy.clauses.responsibility;
  if (clause === undefined || rule.type !== '催办通知') return [];
  const { cells } = facts;
  return [[
    `第一责任人 ${workbook.directory.unit(facts.unit)?.head || facts.unit}`, `直接责任人 ${cells.handler}`,
    `协办 ${cells.coUnits || '无'}`, `督办 ${workbook.policy.supervisingUnit}`,
  ].join('、') + `(${clause})`];
}

/** One line of a mail: the light, the item, its limit, how far, what to do, and the article. */
function lineFor(workbook: Workbook, facts: ItemFacts, light: LightState, rule: ItemRule, late: string, latestFeedback: Moment | null, clock: RunClock): string {
  const until = chasedLimit(facts, light);
  const chase = until === light.limit || until === null ? '' : `,催办时限 ${formatLimit(until)}`;
  const limit = light.limit === null ? '' : `,时限 ${formatLimit(light.limit)}${chase}`;
  // Against the limit that the line names, whatever 考核时限 says (latenessBase).
  const distance = light.daysLeft === null ? '' : light.daysLeft > 0 ? `,剩 ${light.daysLeft} 天` : light.daysLeft === 0 ? ',今天到期' : `,已超期 ${facts.daysLate ?? -light.daysLeft} 天`;
  const answer = answerDay(workbook, rule, light, clock);
  const own = itemWords(workbook, rule, facts, latestFeedback, clock);
  return `【${light.light}】${facts.id} ${titleFor(facts)}(${facts.unit}${limit}${distance})。${late}${own}${askOf(workbook, rule, clock.today)}${answer}(${rule.clause})`;
}

function answerDay(workbook: Workbook, rule: ItemRule, light: LightState, clock: RunClock): string {
  if (rule.answerWorkdaysKey === undefined || light.limit === null) return '';
  const days = workbook.parameters.number(rule.answerWorkdaysKey, clock.today);
  return days === null ? '' : `请于 ${formatDay(workbook.calendar.addWorkingDays(dayOf(light.limit), days))} 前填报。`;
}
