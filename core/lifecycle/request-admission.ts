import { limitAfterWorkingDays } from '../calendar/deadline.ts';
import { dayOf, formatLimit, type Moment } from '../calendar/plain-date.ts';
import type { ApprovalRule } from '../policy/schema.ts';
import { headerOf, type CellsOf, type ColumnKey } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Status } from '../workbook/values.ts';
import { groupOf } from './status-groups.ts';

/** What the admission of a request is judged by. */
export interface AdmissionContext {
  readonly limitInForce: Moment | null;
  /** First 催办通知 that went out, for the cut-off before-chase. */
  readonly firstChase: Moment | null;
  /** 签收, else 下发: what the two days of coordination run from. */
  readonly receivedAt: Moment | null;
  readonly status: Status | null;
  /** How many of its kind were admitted before. */
  readonly before: number;
}

/**
 * Why a request is not admitted; null where it is. Admission is decided once: what was approved stays admitted, and what was
 * refused although decided stays refused, so that no later parameter moves an issued limit.
 */
export function refusalOf(workbook: Workbook, rule: ApprovalRule, cells: CellsOf<'requests'>, appliedAt: Moment | null, context: AdmissionContext): string | null {
  if (cells.outcome === '已批准') return null;
  const refusal = freshRefusal(workbook, rule, cells, appliedAt, context);
  if (refusal !== null || cells.outcome !== '不予受理') return refusal;
  // What was filed in another status than it may be is filed anew; no reason given later admits it.
  if (rule.during !== undefined) return notNow(rule, rule.during);
  // A reason given later admits what came too late, never what was one too many.
  if (cells.decision1 !== '' && cells.hint.includes(ONE_TOO_MANY)) return `${cells.type}次数已满时提出,${ONE_TOO_MANY}(${rule.clause})`;
  if (cells.overrideReason !== '') return null;
  return cells.decision1 === '' ? null : `此前已不予受理:确需受理请填「特批理由」(${rule.clause})`;
}

const ONE_TOO_MANY = '不再受理';

function isDuring(status: Status, during: readonly Status[] | 'issued'): boolean {
  return during === 'issued' ? groupOf(status) !== 'before' : during.includes(status);
}

function notNow(rule: ApprovalRule, during: readonly Status[] | 'issued'): string {
  const when = during === 'issued' ? '下发后' : `${during.join('、')}时`;
  return `${rule.type}只能在事项${when}提出${rule.duringAsk === undefined ? '' : `:${rule.duringAsk}`}(${rule.duringClause ?? rule.clause})`;
}

/** The cut-off, the largest number, the items that are not to be extended, the statuses in which it may be filed. */
function freshRefusal(workbook: Workbook, rule: ApprovalRule, cells: CellsOf<'requests'>, appliedAt: Moment | null, context: AdmissionContext): string | null {
  const { clause } = rule;
  const on = appliedAt === null ? null : dayOf(appliedAt);
  const largest = rule.maxKey === undefined || on === null ? null : workbook.parameters.number(rule.maxKey, on);
  // The number knows no exception in the text (expo 9.5); a date does, with a reason that is on record.
  if (largest !== null && context.before >= largest) {
    return `已延期 ${context.before} 次,${ONE_TOO_MANY}(${clause})`;
  }
  if (rule.during !== undefined && cells.outcome === '' && context.status !== null && !isDuring(context.status, rule.during)) {
    return notNow(rule, rule.during);
  }
  if (cells.overrideReason !== '' || on === null) return null;
  if (rule.overrideOnly === true) return `原则上不予延期:确需延期由${rule.levels.flat().join('、')}填「特批理由」(${clause})`;
  const cutoff = rule.cutoffKey === undefined ? 'any' : workbook.parameters.text(rule.cutoffKey, on);
  if (cutoff === 'before-deadline' && context.limitInForce !== null && appliedAt! > context.limitInForce) {
    return `申请时已过时限 ${formatLimit(context.limitInForce)},不予受理,按催办处理(${clause})`;
  }
  if (cutoff === 'before-chase' && context.firstChase !== null && appliedAt! > context.firstChase) {
    return `催办通知发出后提出,不予受理(${clause})`;
  }
  const due = claimDue(workbook, rule, context.receivedAt);
  if (due !== null && appliedAt! > due && workbook.parameters.choice('lateClaim', on) === '视为已接受') {
    return `${lateClaim(due)},视为已接受(${clause})`;
  }
  return null;
}

/** A claim after its time that is dealt with all the same is flagged. */
export function claimFlag(workbook: Workbook, rule: ApprovalRule, appliedAt: Moment | null, receivedAt: Moment | null): string {
  const due = claimDue(workbook, rule, receivedAt);
  return due === null || appliedAt === null || appliedAt <= due ? '' : `${lateClaim(due)},照常处理并注明(${rule.clause})`;
}

/** By when coordination or 非本单位职责 should be claimed: so many working days after receipt (expo 9.3, company 6.3). */
function claimDue(workbook: Workbook, rule: ApprovalRule, receivedAt: Moment | null): Moment | null {
  if (rule.claimWorkdaysKey === undefined || receivedAt === null) return null;
  const days = workbook.parameters.number(rule.claimWorkdaysKey, dayOf(receivedAt));
  return days === null ? null : limitAfterWorkingDays(workbook.calendar, dayOf(receivedAt), days, false).limit;
}

function lateClaim(due: Moment): string {
  return `应在 ${formatLimit(due)} 前提出,已逾期`;
}

/** What is missing in a request before it can be decided; null where nothing is. */
export function missingOf(rule: ApprovalRule, cells: CellsOf<'requests'>): string | null {
  const wanted: ColumnKey<'requests'>[] = ['reason', ...(rule.requires ?? [])];
  const missing = wanted.filter((column) => cells[column] === '' || cells[column] === null);
  if (missing.length === 0) return null;
  return `请填${missing.map((column) => `「${headerOf('requests', column)}」`).join('、')}(${rule.clause})`;
}

/** When the reply is due: from the application, or from the level before where each level has its own days (company 6.4). */
export function replyDue(workbook: Workbook, rule: ApprovalRule, appliedAt: Moment, reachedAt: Moment | null): Moment | null {
  if (rule.replyWorkdaysKey === undefined) return null;
  const days = workbook.parameters.number(rule.replyWorkdaysKey, dayOf(appliedAt));
  if (days === null) return null;
  const perLevel = workbook.parameters.choice('replyClock', dayOf(appliedAt)) === '每级';
  return limitAfterWorkingDays(workbook.calendar, dayOf(perLevel && reachedAt !== null ? reachedAt : appliedAt), days, false).limit;
}
