import { formatLimit, type Moment } from '../calendar/plain-date.ts';
import { matchesCondition } from '../policy/match-item.ts';
import type { ApprovalRule } from '../policy/schema.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { compareText } from '../workbook/directory.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { RequestResult, Status } from '../workbook/values.ts';
import { correctionFault } from './corrections.ts';
import { claimFlag, missingOf, refusalOf, replyDue } from './request-admission.ts';
import { readChain, type ChainState } from './request-chain.ts';

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
  /** Minutes by which an approved 延期 moved the limit in force. */
  readonly shift: number;
  /** How many levels have agreed or forwarded. */
  readonly passed: number;
  /** True from the run that first finds it complete until its outcome is recorded, and while what it opens waits for something. */
  readonly fresh: boolean;
  /** The same for each level that decides. */
  readonly advanced: boolean;
}

/** What the admissibility of an item's requests depends on. */
export interface LimitHistory {
  readonly original: Moment | null;
  /** First 催办通知 that went out, for the cut-off before-chase. */
  readonly firstChase: Moment | null;
  readonly receivedAt: Moment | null;
}

/** 下一步 of a request that lacks something. */
export const TO_COMPLETE = '补全申请';

/**
 * Evaluates an item's requests in the order of application, so that each is judged by the limit in force at its time.
 * `limits` is null where only outcomes matter, not admissibility by date; `stamp` stands in for times that people left
 * blank; `status` is the one the program stands by before the run.
 */
export function evaluateRequests(
  workbook: Workbook, itemId: string, limits: LimitHistory | null, stamp: Moment | null, status: Status | null = null,
): readonly RequestState[] {
  const rows = workbook.index.requestsOf.get(itemId);
  if (rows === undefined) return [];
  const item = workbook.index.item.get(itemId)?.cells ?? null;
  const ordered = [...rows].sort((a, b) => (a.cells.appliedAt ?? stamp ?? Infinity) - (b.cells.appliedAt ?? stamp ?? Infinity) || compareText(a.cells.requestId, b.cells.requestId));
  const counts = new Map<string, number>();
  let limitInForce = limits?.original ?? null;
  const states: RequestState[] = [];
  for (const row of ordered) {
    const state = evaluateOne(workbook, item, row, { limits, limitInForce, before: counts.get(row.cells.type) ?? 0, stamp, status });
    if (state.outcome !== '不予受理') counts.set(row.cells.type, state.ordinal);
    if (state.outcome === '已批准' && row.cells.type === '延期' && state.granted !== null) limitInForce = state.granted;
    states.push(state);
  }
  return states;
}

interface Evaluation {
  readonly limits: LimitHistory | null;
  readonly limitInForce: Moment | null;
  readonly before: number;
  readonly stamp: Moment | null;
  readonly status: Status | null;
}

function evaluateOne(workbook: Workbook, item: CellsOf<'items'> | null, row: ParsedRow<'requests'>, evaluation: Evaluation): RequestState {
  const { cells } = row;
  const { limits, limitInForce, before, stamp, status } = evaluation;
  const rule = item === null ? undefined : approvalRule(workbook, item, cells.type, before + 1);
  const clause = rule?.clause ?? workbook.policy.clauses.handling;
  const appliedAt = cells.appliedAt ?? stamp;
  const base: RequestState = {
    row, outcome: '审批中', ordinal: before + 1, approverNow: '', nextStep: '', clause, hint: '', appliedAt, decidedAt: null, granted: null,
    shift: 0, passed: 0, fresh: false, advanced: false, replyDue: null,
  };
  if (item === null) return { ...base, ordinal: 0, hint: `没有事项「${cells.itemId}」:请核对「事项编号」` };
  if (rule === undefined) {
    return { ...base, ordinal: 0, hint: cells.type === '' ? '请选择「类型」' : '', nextStep: cells.type === '' ? '' : '由督办部门处理' };
  }
  const receivedAt = limits?.receivedAt ?? null;
  const refusal = refusalOf(workbook, rule, cells, appliedAt, { limitInForce, firstChase: limits?.firstChase ?? null, receivedAt, status, before });
  if (refusal !== null) return { ...base, ordinal: 0, outcome: '不予受理', hint: refusal };
  if (cells.type === '办结' && wasSentBack(workbook, cells, status)) {
    const fresh = cells.nextStep === TO_COMPLETE;
    return { ...base, outcome: '已驳回', fresh, advanced: fresh, decidedAt: cells.decidedAt3 ?? cells.decidedAt2 ?? cells.decidedAt1 ?? stamp };
  }
  const incomplete = cells.outcome === '已批准' ? null : missingOf(rule, cells) ?? (cells.type === '更正' ? correctionFault(workbook, cells) : null);
  if (incomplete !== null) return { ...base, hint: incomplete, nextStep: TO_COMPLETE, replyDue: appliedAt === null ? null : replyDue(workbook, rule, appliedAt, null) };
  const chain = readChain(workbook, item, rule, cells, stamp);
  const fresh = cells.outcome === '' || cells.nextStep === TO_COMPLETE || cells.outcome !== chain.outcome;
  const flag = claimFlag(workbook, rule, appliedAt, receivedAt);
  return {
    ...base, ...chain,
    nextStep: chain.outcome === '已批准' && cells.type === '限期整改' ? rectificationStep(workbook, cells.itemId, chain) : chain.nextStep,
    hint: [flag, chain.hint].filter((text) => text !== '').join('；'),
    shift: cells.type === '延期' && chain.granted !== null && limitInForce !== null ? chain.granted - limitInForce : 0,
    fresh, advanced: fresh || levelOf(cells.nextStep) !== levelOf(chain.nextStep),
    replyDue: appliedAt === null ? null : replyDue(workbook, rule, appliedAt, chain.reachedAt),
  };
}

/**
 * A 办结 that was sent back is over: the redo is filed anew. So is one that is first seen together with an item that is sent back
 * already: nothing at first sight moves a status, and the next run would find it 审批中 on an item that is 已退办.
 */
function wasSentBack(workbook: Workbook, { outcome, nextStep, itemId }: CellsOf<'requests'>, status: Status | null): boolean {
  if (outcome === '已驳回') return true;
  if (status !== '已退办') return false;
  return outcome === '审批中' ? nextStep !== TO_COMPLETE : outcome === '' && !workbook.index.baseline.has(itemId);
}

/** The level that 下一步 asks: 一, 二 or 三. */
function levelOf(nextStep: string): string {
  return /(.)级结论$/.exec(nextStep)?.[1] ?? '';
}

/** What an order of rectification still waits for: a feedback with what was done, since it was given (logistics 7.5). */
function rectificationStep(workbook: Workbook, itemId: string, { granted, decidedAt }: ChainState): string {
  const done = (workbook.index.feedbackOf.get(itemId) ?? [])
    .some(({ cells }) => cells.rectification !== '' && cells.at !== null && (decidedAt === null || cells.at >= decidedAt));
  return done || granted === null ? '' : `${formatLimit(granted)} 前整改并反馈`;
}

/** The rule by which a request of an item is decided; undefined where the regulation knows none. */
export function approvalRule(workbook: Workbook, item: CellsOf<'items'>, type: string, nth: number): ApprovalRule | undefined {
  return workbook.policy.approvals.find((rule) => rule.type === type && (rule.nth === undefined || rule.nth === nth) && matchesCondition(rule.when, item));
}
