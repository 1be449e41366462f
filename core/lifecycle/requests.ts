import { limitAfterWorkingDays } from '../calendar/deadline.ts';
import { dayOf, formatLimit, type Moment } from '../calendar/plain-date.ts';
import { matchesCondition } from '../policy/match-item.ts';
import type { ApprovalRule } from '../policy/schema.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { compareText } from '../workbook/directory.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { RequestResult, Role } from '../workbook/values.ts';

/** What the program makes of one row of 申请审批. */
export interface RequestState {
  readonly row: ParsedRow<'requests'>;
  readonly outcome: RequestResult;
  /** How many of its kind the item has had, this one included; 0 where it was not admitted. */
  readonly ordinal: number;
  readonly approverNow: string;
  readonly nextStep: string;
  readonly replyDue: Moment | null;
  readonly clause: string;
  readonly hint: string;
  readonly appliedAt: Moment | null;
  /** When the last level decided; null while pending. */
  readonly decidedAt: Moment | null;
  /** The limit that an approved 延期 or 重定时限 grants. */
  readonly granted: Moment | null;
}

export interface LimitHistory {
  readonly original: Moment;
  /** First 催办通知 that went out, for the cut-off before-chase. */
  readonly firstChase: Moment | null;
}

/**
 * Evaluates an item's requests in the order of application, so that each is judged by the limit in force at its time.
 * `limits` is null where only outcomes matter, not admissibility by date; `stamp` stands in for times that people left blank.
 */
export function evaluateRequests(workbook: Workbook, itemId: string, limits: LimitHistory | null, stamp: Moment | null): readonly RequestState[] {
  const rows = workbook.index.requestsOf.get(itemId);
  if (rows === undefined) return [];
  const item = workbook.index.item.get(itemId)?.cells ?? null;
  const ordered = [...rows].sort((a, b) => (a.cells.appliedAt ?? stamp ?? Infinity) - (b.cells.appliedAt ?? stamp ?? Infinity) || compareText(a.cells.requestId, b.cells.requestId));
  const counts = new Map<string, number>();
  let limitInForce = limits?.original ?? null;
  const states: RequestState[] = [];
  for (const row of ordered) {
    const state = evaluateOne(workbook, item, row, limits, limitInForce, counts.get(row.cells.type) ?? 0, stamp);
    if (state.outcome !== '不予受理') counts.set(row.cells.type, state.ordinal);
    if (state.outcome === '已批准' && row.cells.type === '延期' && state.granted !== null) limitInForce = state.granted;
    states.push(state);
  }
  return states;
}

function evaluateOne(
  workbook: Workbook, item: CellsOf<'items'> | null, row: ParsedRow<'requests'>,
  limits: LimitHistory | null, limitInForce: Moment | null, before: number, stamp: Moment | null,
): RequestState {
  const { cells } = row;
  const rule = item === null ? undefined
    : workbook.policy.approvals.find((candidate) => candidate.type === cells.type && matchesCondition(candidate.when, item));
  const clause = rule?.clause ?? workbook.policy.clauses.handling;
  const appliedAt = cells.appliedAt ?? stamp;
  const base = {
    row, ordinal: before + 1, approverNow: '', nextStep: '', clause, hint: '', appliedAt, decidedAt: null, granted: null,
    replyDue: rule === undefined || appliedAt === null ? null : replyDue(workbook, rule, appliedAt),
  };
  if (item === null) return { ...base, ordinal: 0, outcome: '审批中', hint: `没有事项「${cells.itemId}」:请核对「事项编号」` };
  if (rule === undefined) {
    return { ...base, ordinal: 0, outcome: '审批中', hint: cells.type === '' ? '请选择「类型」' : '', nextStep: cells.type === '' ? '' : '由督办部门处理' };
  }
  const refusal = settledRefusal(cells, rule, refusalOf(workbook, rule, cells, appliedAt, limits, limitInForce, before));
  if (refusal !== null) return { ...base, ordinal: 0, outcome: '不予受理', hint: refusal, nextStep: '', replyDue: null };
  const incomplete = missingOf(cells);
  if (incomplete !== null) return { ...base, outcome: '审批中', hint: incomplete, nextStep: '补全申请' };
  return { ...base, ...decide(workbook, item, rule, cells, stamp) };
}

function replyDue(workbook: Workbook, rule: ApprovalRule, appliedAt: Moment): Moment | null {
  if (rule.replyWorkdaysKey === undefined) return null;
  const on = dayOf(appliedAt);
  const days = workbook.parameters.number(rule.replyWorkdaysKey, on);
  return days === null ? null : limitAfterWorkingDays(workbook.calendar, on, days, false).limit;
}

function missingOf(cells: CellsOf<'requests'>): string | null {
  if (cells.reason === '') return '请填「原因」';
  if (cells.type === '延期' && cells.requestedLimit === null) return '请填「申请时限」';
  return null;
}

/** The cut-off and the largest number (e.g. bus 11.3: before expiry; expo 9.5: two). */
function refusalOf(
  workbook: Workbook, rule: ApprovalRule, cells: CellsOf<'requests'>, appliedAt: Moment | null,
  limits: LimitHistory | null, limitInForce: Moment | null, before: number,
): string | null {
  if (cells.overrideReason !== '' || appliedAt === null) return null;
  const on = dayOf(appliedAt);
  const largest = rule.maxKey === undefined ? null : workbook.parameters.number(rule.maxKey, on);
  if (largest !== null && before >= largest) return `已延期 ${before} 次,不再受理(${rule.clause})`;
  const cutoff = rule.cutoffKey === undefined ? 'any' : workbook.parameters.text(rule.cutoffKey, on);
  if (cutoff === 'before-deadline' && limitInForce !== null && appliedAt > limitInForce) {
    return `申请时已过时限 ${formatLimit(limitInForce)},不予受理,按催办处理(${rule.clause})`;
  }
  if (cutoff === 'before-chase' && limits?.firstChase != null && appliedAt > limits.firstChase) {
    return `催办通知发出后提出,不予受理(${rule.clause})`;
  }
  return null;
}

/**
 * Admission is decided once: what was approved stays admitted, and what was refused although decided stays refused, so that
 * no later parameter moves an issued limit.
 */
function settledRefusal(cells: CellsOf<'requests'>, rule: ApprovalRule, refusal: string | null): string | null {
  if (cells.outcome === '已批准') return null;
  if (refusal !== null || cells.outcome !== '不予受理' || cells.decision1 === '' || cells.overrideReason !== '') return refusal;
  return `此前已不予受理:确需受理请填「特批理由」(${rule.clause})`;
}

type Decision = Pick<RequestState, 'outcome' | 'approverNow' | 'nextStep' | 'decidedAt' | 'granted'>;

function decide(workbook: Workbook, item: CellsOf<'items'>, rule: ApprovalRule, cells: CellsOf<'requests'>, stamp: Moment | null): Decision {
  const steps = [
    { decision: cells.decision1, at: cells.decidedAt1 },
    { decision: cells.decision2, at: cells.decidedAt2 },
    { decision: cells.decision3, at: cells.decidedAt3 },
  ];
  let needed = rule.levels.length;
  for (let level = 0; level < needed && level < steps.length; level += 1) {
    const { decision, at } = steps[level]!;
    if (decision === '不同意') return { outcome: '已驳回', approverNow: '', nextStep: '', decidedAt: at ?? stamp, granted: null };
    if (decision === '转报') needed = Math.max(needed, level + 2);
    else if (decision !== '同意') {
      const roles = rule.levels[Math.min(level, rule.levels.length - 1)] ?? [];
      const names = roles.flatMap((role) => holders(workbook, item, role));
      const who = names.length > 0 ? names.join('、') : roles.join('、');
      return { outcome: '审批中', approverNow: who, nextStep: `请${who}填写${['一', '二', '三'][level]!}级结论`, decidedAt: null, granted: null };
    }
  }
  const last = steps[Math.min(needed, steps.length) - 1]!;
  return { outcome: '已批准', approverNow: '', nextStep: '', decidedAt: last.at ?? stamp, granted: cells.grantedLimit ?? cells.requestedLimit };
}

/** Who holds a role for an item: the leader named on it or its unit, else everybody with the role. */
export function holders(workbook: Workbook, item: CellsOf<'items'>, role: Role): readonly string[] {
  const unit = workbook.directory.unit(item.leadUnit);
  if (role === '分管领导') {
    const named = item.leaderInCharge !== '' ? item.leaderInCharge : unit?.leaderInCharge ?? '';
    if (named !== '') return [named];
  }
  if (role === '督办领导' && item.supervisingLeader !== '') return [item.supervisingLeader];
  if (role === '单位负责人' && unit !== null && unit.head !== '') return [unit.head];
  return workbook.directory.withRole(role).map((person) => person.name);
}
