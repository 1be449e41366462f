import { addDays, dayOf, formatDay, formatLimit, weekday, type Day, type Moment } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { LightState } from '../lifecycle/lights.ts';
import { groupOf } from '../lifecycle/status-groups.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import { matchesCondition } from '../policy/match-item.ts';
import type { NoticeRule } from '../policy/schema.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { recipientsFor, titleFor } from './recipients.ts';

/** A notice that an item's state makes due today. Its key is the same however often it is planned. */
export interface DueNotice {
  readonly key: string;
  readonly rule: NoticeRule;
  readonly facts: ItemFacts;
  readonly recipient: string;
  readonly copy: readonly string[];
  readonly subject: string;
  readonly line: string;
}

/**
 * The notices of one item that are due on the day of the run, from state alone. On days off there are none: a lead day
 * that falls on one moves to the working day before, all others wait for the next, so that no step is spent by a
 * holiday and none is skipped by an outage. Nothing is due for a moment before the item's first sight.
 */
export function dueNotices(workbook: Workbook, facts: ItemFacts, light: LightState, clock: RunClock): DueNotice[] {
  if (!workbook.calendar.isWorkingDay(clock.today)) return [];
  const group = groupOf(facts.status);
  if (group !== 'running' && group !== 'returned') return [];
  const due: DueNotice[] = [];
  for (const rule of workbook.policy.notices) {
    if (!matchesCondition(rule.when, facts.cells)) continue;
    const moment = momentOf(workbook, rule, facts, light, clock);
    if (moment === null || isSuppressed(workbook, rule, facts, clock)) continue;
    const copy = recipientsFor(workbook, facts, rule.copy ?? []);
    for (const recipient of recipientsFor(workbook, facts, rule.to)) {
      due.push({
        key: [rule.type, facts.id, moment, recipient].join('/'), rule, facts, recipient, copy: copy.filter((name) => name !== recipient),
        subject: `${rule.type}:${facts.id} ${titleFor(facts)}`,
        line: lineFor(facts, light, rule),
      });
    }
  }
  return due;
}

/** What identifies the moment in the notice's key; null where it isn't due. */
function momentOf(workbook: Workbook, rule: NoticeRule, facts: ItemFacts, light: LightState, clock: RunClock): string | null {
  const { calendar } = workbook;
  const { today } = clock;
  const firstSeen = dayOf(facts.firstSeen);
  if (rule.moment.at === 'issue') {
    return facts.issuedAt !== null && dayOf(facts.issuedAt) >= firstSeen ? 'issue' : null;
  }
  const limit = chasedLimit(facts, light);
  if (limit === null) return null;
  const last = dayOf(limit);
  const overdue = clock.now > limit;
  switch (rule.moment.at) {
    case 'lead': {
      const lead = workbook.parameters.number(rule.moment.leadKey, today);
      if (lead === null || overdue) return null;
      const from = leadDay(workbook, last, lead, rule.moment.unit);
      const dueDay = calendar.previousWorkingDay(last);
      return today >= from && today < dueDay && from >= firstSeen && !(rule.unlessInspected && wasInspected(workbook, facts, last))
        ? `lead/${formatLimit(limit)}` : null;
    }
    case 'due': {
      const on = calendar.previousWorkingDay(last);
      return !overdue && today >= on && on >= firstSeen ? `due/${formatLimit(limit)}` : null;
    }
    case 'overdue': {
      const on = calendar.nextWorkingDay(addDays(last, 1));
      return overdue && on >= firstSeen ? `overdue/${formatLimit(limit)}` : null;
    }
    case 'weekly': {
      const monday = addDays(today, -((weekday(today) + 6) % 7));
      const first = calendar.nextWorkingDay(monday);
      return overdue && today === first && first > calendar.nextWorkingDay(addDays(last, 1)) && first >= firstSeen ? `weekly/${formatDay(monday)}` : null;
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
  if (facts.current === null || clock.now <= facts.current || (group !== 'running' && group !== 'returned' && group !== 'review')) return null;
  const rule = workbook.policy.notices.find((candidate) => candidate.unlessInspected === true && matchesCondition(candidate.when, facts.cells));
  if (rule === undefined || wasInspected(workbook, facts, dayOf(facts.current))) return null;
  return `限期前没有督导记录:请补作督导并登记「督查记录」(${rule.clause})`;
}

/** A pending extension or a result silences a chaser; by parameter any feedback does (expo 9.6). */
function isSuppressed(workbook: Workbook, rule: NoticeRule, facts: ItemFacts, clock: RunClock): boolean {
  if (rule.suppressible !== true) return false;
  if (facts.requests.some((request) => request.row.cells.type === '延期' && request.outcome === '审批中')) return true;
  return workbook.parameters.text('chaseSuppressedBy', clock.today) === 'any-feedback'
    && (workbook.index.feedbackOf.get(facts.id)?.length ?? 0) > 0;
}

/** One line of a mail: the light, the item, its limit, how far, what to do, and the article. */
function lineFor(facts: ItemFacts, light: LightState, rule: NoticeRule): string {
  const until = chasedLimit(facts, light);
  const chase = until === light.limit || until === null ? '' : `,催办时限 ${formatLimit(until)}`;
  const limit = light.limit === null ? '' : `,时限 ${formatLimit(light.limit)}${chase}`;
  const distance = light.daysLeft === null ? '' : facts.daysLate !== null ? `,已超期 ${facts.daysLate} 天` : light.daysLeft === 0 ? ',今天到期' : `,剩 ${light.daysLeft} 天`;
  return `【${light.light}】${facts.id} ${titleFor(facts)}(${facts.unit}${limit}${distance})。${rule.ask}(${rule.clause})`;
}
