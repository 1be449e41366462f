import { dayOf, formatLimit, formatMoment, type Day } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { goLiveOf, isBeforeGoLive } from '../lifecycle/go-live.ts';
import { isIssued } from '../lifecycle/status-groups.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { EventCondition } from '../policy/appraisal-rules.ts';
import { matchesCondition } from '../policy/match-item.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** That an event happened to an item, when, and in what words. */
export interface Occurrence {
  readonly on: Day;
  readonly detail: string;
}

/**
 * Whether and when an event happened to an item (expo 12.2, tax 5, logistics 13, bus 15.3), from its facts alone. Nothing
 * happens to rows that are shown but not counted, nor before 启用日; being late waits while an extension is pending.
 */
export function occurrenceOf(workbook: Workbook, facts: ItemFacts, condition: EventCondition, clock: RunClock): Occurrence | null {
  if (!facts.counted || facts.unit === '' || !matchesCondition(condition.when, facts.cells)) return null;
  const found = findEvent(workbook, facts, condition, clock);
  if (found === null) return null;
  const goLive = goLiveOf(workbook);
  return goLive !== null && found.on < goLive ? null : found;
}

function findEvent(workbook: Workbook, facts: ItemFacts, condition: EventCondition, clock: RunClock): Occurrence | null {
  switch (condition.on) {
    case 'first-extension': return extension(workbook, facts, 1, condition.basisKey);
    case 'second-extension': return extension(workbook, facts, 2, condition.basisKey);
    case 'unfinished': return facts.extensionCount < 2 ? lateness(facts) : null;
    case 'unfinished-twice-extended': return facts.extensionCount >= 2 ? lateness(facts) : null;
    case 'late-or-poor': return lateness(facts) ?? poorness(facts);
    case 'chase-missed': return chaseMissed(facts, clock);
    case 'consequence': return isMarked(facts) ? { on: clock.today, detail: '认定造成不良后果' } : null;
    case 'serious': {
      return isMarked(facts) && isVeryLate(workbook, facts, condition, clock) ? { on: clock.today, detail: `迟办${facts.daysLate}天,认定情节较重` } : null;
    }
  }
}

/** The n-th extension that was applied for in full and admitted; by parameter only once it is approved. */
function extension(workbook: Workbook, facts: ItemFacts, nth: 1 | 2, basisKey: string | undefined): Occurrence | null {
  for (const { row, ordinal, outcome, appliedAt, decidedAt } of facts.requests) {
    if (row.cells.type !== '延期' || ordinal !== nth || outcome === '不予受理' || appliedAt === null) continue;
    if (row.cells.reason === '' || row.cells.requestedLimit === null) continue;
    const approved = basisKey !== undefined && workbook.parameters.text(basisKey, dayOf(appliedAt)) === 'approved';
    if (approved && (outcome !== '已批准' || decidedAt === null)) continue;
    const when = approved ? decidedAt! : appliedAt;
    return { on: dayOf(when), detail: `${formatMoment(when)}第${nth === 1 ? '一' : '二'}次延期${approved ? '获批' : '申请'}` };
  }
  return null;
}

function lateness(facts: ItemFacts): Occurrence | null {
  if (!facts.late || facts.assessed === null || facts.requests.some((request) => request.row.cells.type === '延期' && request.outcome === '审批中')) return null;
  const result = facts.submittedAt === null ? '尚未上报' : `${formatLimit(facts.submittedAt)}上报`;
  return { on: dayOf(facts.assessed), detail: `时限${formatLimit(facts.assessed)},${result}` };
}

function poorness(facts: ItemFacts): Occurrence | null {
  const defects = facts.cells.defectCount ?? 0;
  return defects > 0 && facts.submittedAt !== null ? { on: dayOf(facts.submittedAt), detail: `不符合要求${defects}处` } : null;
}

function chaseMissed(facts: ItemFacts, clock: RunClock): Occurrence | null {
  if (facts.chase === null || !isIssued(facts.status) || (facts.submittedAt ?? clock.now) <= facts.chase) return null;
  return { on: dayOf(facts.chase), detail: `未按催办时限${formatLimit(facts.chase)}办结` };
}

/**
 * tax 5: whether an item is late enough to be thought serious, which only the supervising unit may find. The threshold is a
 * suggestion (parameter); blank: none.
 */
export function isVeryLate(workbook: Workbook, facts: ItemFacts, condition: EventCondition, clock: RunClock): boolean {
  if (facts.daysLate === null || condition.thresholdKey === undefined || isBeforeGoLive(workbook, facts.assessed)) return false;
  const threshold = workbook.parameters.number(condition.thresholdKey, clock.today);
  return threshold !== null && facts.daysLate >= threshold;
}

function isMarked(facts: ItemFacts): boolean {
  return facts.cells.badConsequence === '是';
}
