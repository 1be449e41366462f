import { dayOf, formatLimit, isEndOfDay, MINUTES_PER_DAY, type Moment } from '../calendar/plain-date.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { shown } from '../workbook/issue.ts';
import { splitNames } from '../workbook/names.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Status } from '../workbook/values.ts';
import { draftHints } from './guards.ts';
import { judgeStatus } from './judge-edit.ts';
import { isNamedByUnit, isUnitsWord, namedByUnit, originalLimit, PROVISIONAL } from './limits.ts';
import { correctedLimit, correctedUnit } from './corrections.ts';
import { issueHints, reviewHints, rollUpHints } from './item-hints.ts';
import { movedLimits } from './moved-limits.ts';
import { openedMove } from './opened-edges.ts';
import { bearsOtherMatter } from './reused-id.ts';
import { handedInAt } from './submission.ts';
import { evaluateRequests, TO_COMPLETE, type RequestState } from './requests.ts';
import { groupOf, isIssued, isKnownStatus, isSubmitted } from './status-groups.ts';

/** Everything the program holds true of one item at a run, derived from its row, its 底账 row and its requests. */
export interface ItemFacts {
  readonly id: string;
  readonly row: ParsedRow<'items'>;
  readonly cells: CellsOf<'items'>;
  readonly baseline: ParsedRow<'baseline'> | null;
  readonly firstSeen: Moment;
  /** 生效状态: the status the program stands by. */
  readonly status: Status;
  readonly statusAt: Moment;
  readonly statusClause: string;
  /** Why 状态 is put back to the status the program stands by; null where it is left as it is. */
  readonly statusUndone: string | null;
  /** True where a decided request moved the status in this run: the cell follows. */
  readonly statusOpened: boolean;
  readonly issuedAt: Moment | null;
  readonly signedAt: Moment | null;
  readonly original: Moment | null;
  readonly basis: string;
  readonly limitClause: string;
  readonly provisional: boolean;
  readonly current: Moment | null;
  readonly chase: Moment | null;
  readonly assessed: Moment | null;
  readonly extensionCount: number;
  readonly extensionClause: string;
  readonly pausedMinutes: number;
  readonly requests: readonly RequestState[];
  /** First 上报办结时间; what is measured against 考核时限. */
  readonly submittedAt: Moment | null;
  /** True where that time was inferred in this run, not typed: lateness that rests on it is 待认定. */
  readonly submittedInferred: boolean;
  readonly closedAt: Moment | null;
  readonly late: boolean;
  /** 超期天数, null when not late. */
  readonly daysLate: number | null;
  readonly onTime: '是' | '否' | '';
  /** The unit that answers for it: the lead, or in a relay the last unit (tax 4.4). */
  readonly unit: string;
  /** False for children and items before the policy's effective date: they are shown, not counted. */
  readonly counted: boolean;
  readonly hints: readonly string[];
}

const NO_REQUESTS: readonly RequestState[] = [];

/** Derives the facts of one item. Pure; its cost does not depend on the size of the workbook. */
export function itemFacts(workbook: Workbook, row: ParsedRow<'items'>, id: string, clock: RunClock): ItemFacts {
  const { cells } = row;
  const baseline = workbook.index.baseline.get(id) ?? null;
  const hints: string[] = [];
  const standing = judgedStatus(workbook, row, baseline, clock, hints);
  const { status } = standing;
  const recorded = baseline?.cells ?? null;

  const stood = standing.changedFrom;
  const issuedAt = cells.issuedAt ?? recorded?.issuedAt ?? (stood !== null && !isIssued(stood) && isIssued(status) ? standing.at : null);
  const signedAt = cells.signedAt ?? recorded?.signedAt ?? (stood === '已下发' && status === '办理中' ? standing.at : null);
  const settled = isFixed(recorded, status) ? recorded : null;
  const fixed = fixedLimit(workbook, row, recorded, settled, issuedAt ?? clock.stamp);

  const receivedAt = signedAt ?? issuedAt;
  const requests = !workbook.index.requestsOf.has(id) ? NO_REQUESTS
    : evaluateRequests(workbook, id, { original: fixed?.limit ?? null, firstChase: firstChase(workbook, id), receivedAt }, clock.stamp, standing.byHand)
      .map((request) => waitingFor(request, standing.waiting?.get(request.row)));
  const corrected = requests.length === 0 ? null : correctedLimit(requests);
  const limit = corrected ?? fixed?.limit ?? null;
  if (corrected === null && fixed !== null && settled !== null) lateEditHint(cells, fixed.limit, hints);
  const submission = firstSubmission(workbook, cells, recorded, standing, hints);
  const moved = movedLimits(workbook, cells, limit, requests, submission.at, clock.stamp);
  const closedAt = recorded?.closedAt ?? (groupOf(status) !== 'done' || status === '阶段性办毕' ? null
    : stood !== null && groupOf(stood) !== 'done' ? standing.at : submission.at);

  const measured = submission.at ?? clock.now;
  const clockRuns = isIssued(status) && (groupOf(status) !== 'paused' || submission.at !== null);
  const late = clockRuns && moved.assessed !== null && measured > moved.assessed;
  const daysLate = late ? lateDays(moved.assessed, measured) : null;

  if (bearsOtherMatter(cells, recorded?.title ?? '', requests)) {
    hints.push(`此编号原为「${shown(recorded!.title)}」:若是另一件事,请恢复原行,新事项另起一行、编号留空;若是更名,请在「申请审批」提出更正(更正字段填「督办事项」)`);
  }
  if (groupOf(status) === 'before') for (const hint of draftHints(workbook, cells)) hints.push(hint);
  if (status === '已下发') for (const hint of issueHints(workbook, cells)) hints.push(hint);
  if (groupOf(status) === 'review') for (const hint of reviewHints(workbook, cells)) hints.push(hint);
  if (isIssued(status) && groupOf(status) !== 'done' && workbook.index.childrenOf.has(id)) for (const hint of rollUpHints(workbook, id, cells)) hints.push(hint);
  if (groupOf(status) === 'before' && fixed === null && cells.title !== '' && status !== '拟立项') hints.push('没有时限:请填「要求时限」,否则不能下发');
  if (fixed !== null && issuedAt !== null && fixed.limit < issuedAt) hints.push(`时限 ${formatLimit(fixed.limit)} 早于下发时间:请核对`);
  if (cells.receivedAt !== null && cells.deadlineSet !== null && cells.deadlineSet < cells.receivedAt) hints.push(`要求时限 ${formatLimit(cells.deadlineSet)} 早于收受时间:请核对`);

  return {
    id, row, cells, baseline,
    firstSeen: recorded?.firstSeen ?? clock.now,
    status, statusAt: standing.at, statusClause: standing.because, statusUndone: standing.undone ?? null, statusOpened: standing.opened === true,
    issuedAt, signedAt,
    original: limit, basis: fixed?.basis ?? '', limitClause: fixed?.clause ?? workbook.policy.clauses.handling,
    provisional: fixed?.basis.includes(PROVISIONAL) ?? false,
    current: moved.current, chase: moved.chase, assessed: moved.assessed,
    extensionCount: moved.count, extensionClause: moved.clause, pausedMinutes: moved.paused,
    requests,
    submittedAt: submission.at, submittedInferred: submission.inferred, closedAt,
    late, daysLate,
    onTime: onTimeOf(cells, submission.at, late, clockRuns, status, standing.at, clock),
    unit: (requests.length === 0 ? null : correctedUnit(requests)) ?? answeringUnit(cells),
    counted: (cells.rowType === '' || cells.rowType === '事项') && !beforeEffect(workbook, issuedAt ?? cells.receivedAt),
    hints,
  };
}

type Waiting = ReadonlyMap<ParsedRow<'requests'>, string>;

interface StandingStatus {
  readonly status: Status;
  readonly at: Moment;
  readonly because: string;
  /** The status it had at the last run, where it changed since; null where it did not, and at first sight. */
  readonly changedFrom: Status | null;
  /** The status before this run's requests: what a legal hand change made of the one at the last run. */
  readonly byHand: Status;
  /** True where a filed or decided request moved it: the cell follows. */
  readonly opened?: boolean;
  /** What its requests could not do yet. */
  readonly waiting: Waiting | null;
  /** When a 办结 was filed that handed it in. */
  readonly filedAt?: Moment | null;
  /** Why a refused change is put back (editMode strict). */
  readonly undone?: string;
}

function judgedStatus(
  workbook: Workbook, row: ParsedRow<'items'>, baseline: ParsedRow<'baseline'> | null, clock: RunClock, hints: string[],
): StandingStatus {
  const seen = row.cells.status === '' ? '拟立项' : row.cells.status;
  if (baseline === null) {
    const status = isKnownStatus(seen) ? seen : '拟立项';
    return { status, at: clock.stamp, because: workbook.policy.clauses.intake, changedFrom: null, byHand: status, waiting: null };
  }
  const stood = baseline.cells.effectiveStatus;
  const before: Status = isKnownStatus(stood) ? stood : '拟立项';
  const at = baseline.cells.statusAt ?? baseline.cells.firstSeen ?? clock.stamp;
  const raw = row.cells.status === '' && before === '拟立项' ? before : row.cells.status;
  const { moved, waiting } = standingAfterRequests(workbook, row, before, at, raw, clock);
  if (moved !== null) return moved;
  const standing = { status: before, at, changedFrom: null, byHand: before, waiting };
  if (raw === before) return { ...standing, because: workbook.policy.clauses.handling };
  const verdict = judgeStatus(workbook, row, before, raw);
  if (verdict.verdict === 'accept' && isKnownStatus(raw)) return { ...standing, status: raw, byHand: raw, at: clock.stamp, because: verdict.because, changedFrom: before };
  const refusal = verdict.verdict === 'accept' ? '' : verdict.message;
  const strict = workbook.parameters.text('editMode', clock.today) === 'strict';
  if (!strict) hints.push(refusal);
  return { ...standing, because: verdict.because, ...(strict ? { undone: refusal } : {}) };
}

interface AfterRequests {
  readonly moved: StandingStatus | null;
  readonly waiting: Waiting | null;
}
const UNMOVED: AfterRequests = { moved: null, waiting: null };

/** Where the item's requests have moved it; null where they have not, or where people chose another legal status meanwhile. */
function standingAfterRequests(
  workbook: Workbook, row: ParsedRow<'items'>, before: Status, at: Moment, raw: string, clock: RunClock,
): AfterRequests {
  const id = row.cells.itemId;
  if (id === '' || !workbook.index.requestsOf.has(id)) return UNMOVED;
  const byHand = raw !== before && isKnownStatus(raw) && judgeStatus(workbook, row, before, raw).verdict === 'accept' ? raw : before;
  const recorded = workbook.index.baseline.get(id)?.cells;
  const limits = {
    original: recorded?.deadlineOriginal ?? null, firstChase: firstChase(workbook, id),
    receivedAt: row.cells.signedAt ?? recorded?.signedAt ?? row.cells.issuedAt ?? recorded?.issuedAt ?? null,
  };
  const move = openedMove(workbook, row.cells, byHand, evaluateRequests(workbook, id, limits, clock.stamp, byHand));
  if (move === null) return UNMOVED;
  const { waiting } = move;
  // What people typed stands unless it is no legal change: then the cell follows the request, or is left to be judged.
  if (move.status === byHand && (byHand === raw || raw !== before)) return { moved: null, waiting };
  const since = move.at === null || move.at > clock.stamp ? clock.stamp : move.at;
  const moment = since < at ? at : since;
  const filedAt = move.filedAt === null || move.filedAt > clock.stamp ? null : move.filedAt;
  return { waiting, moved: { status: move.status, at: moment, because: move.because, changedFrom: before, byHand, waiting, opened: raw !== move.status, filedAt } };
}

/** Once issued, the limit is what 底账 recorded then: no later parameter, calendar or hand edit moves it. */
function fixedLimit(
  workbook: Workbook, row: ParsedRow<'items'>, recorded: CellsOf<'baseline'> | null, settled: Settled | null, issuedAt: Moment,
): { limit: Moment; basis: string; clause: string } | null {
  const { cells } = row;
  if (settled === null) {
    const open = originalLimit(workbook, cells, issuedAt);
    return open !== null && isNamedByUnit(workbook, cells, recorded) ? namedByUnit(workbook, open) : open;
  }
  const limit = settled.deadlineOriginal;
  return { limit, basis: standingBasis(workbook, cells, limit, issuedAt), clause: workbook.policy.clauses.issue };
}

/** A request that can't do yet what it opens says what it waits for, and stays open until then. */
function waitingFor(request: RequestState, sentence: string | undefined): RequestState {
  return sentence === undefined ? request : { ...request, nextStep: TO_COMPLETE, hint: sentence };
}

type Settled = CellsOf<'baseline'> & { readonly deadlineOriginal: Moment };

/** Not where the item goes back to be dispatched: then its limit is to be set anew (tax 4.3). */
function isFixed(recorded: CellsOf<'baseline'> | null, status: Status): recorded is Settled {
  return recorded !== null && recorded.deadlineOriginal !== null && wasIssued(recorded) && groupOf(status) !== 'before';
}

function lateEditHint(cells: CellsOf<'items'>, limit: Moment, hints: string[]): void {
  const typed = cells.remarkDeadline ?? cells.deadlineSet;
  if (typed === null || typed === limit) return;
  hints.push(`下发时定的时限是 ${formatLimit(limit)},之后改填 ${formatLimit(typed)} 不生效:需要延长请在「申请审批」提出延期`);
}

/** Where an issued limit came from: derived anew where the row still yields it, else what its cell says since. */
function standingBasis(workbook: Workbook, cells: CellsOf<'items'>, limit: Moment, issuedAt: Moment): string {
  const derived = originalLimit(workbook, cells, issuedAt);
  if (derived?.limit === limit) return isUnitsWord(cells.deadlineBasis) ? namedByUnit(workbook, derived).basis : derived.basis;
  const basis = cells.deadlineBasis.replace(PROVISIONAL, '') || '下发时已定';
  return workbook.calendar.isPublished(dayOf(limit)) ? basis : `${basis}${PROVISIONAL}`;
}

function wasIssued({ effectiveStatus, issuedAt }: CellsOf<'baseline'>): boolean {
  if (!isKnownStatus(effectiveStatus)) return false;
  return isIssued(effectiveStatus) || (groupOf(effectiveStatus) === 'void' && issuedAt !== null);
}

function firstSubmission(
  workbook: Workbook, cells: CellsOf<'items'>, recorded: CellsOf<'baseline'> | null, standing: StandingStatus, hints: string[],
): { at: Moment | null; inferred: boolean } {
  const first = recorded?.firstSubmittedAt ?? null;
  if (first !== null && (cells.returnReason !== '' || cells.submittedAt === null)) return { at: first, inferred: false };
  if (cells.submittedAt !== null) return { at: cells.submittedAt, inferred: false };
  if (!isSubmitted(standing.status)) return { at: null, inferred: false };
  if (standing.changedFrom !== null && !isSubmitted(standing.changedFrom)) {
    const at = handedInAt(workbook, cells, standing.filedAt ?? null);
    return at === null || at > standing.at ? { at: standing.at, inferred: true } : { at, inferred: false };
  }
  hints.push('已上报或办结而没有「上报办结时间」:请补填,否则不能判定是否按时');
  return { at: null, inferred: false };
}

/** Calendar days past the limit; for a limit with an hour, days with two decimals, rounded up. */
export function lateDays(assessed: Moment, measured: Moment): number {
  if (isEndOfDay(assessed)) return dayOf(measured) - dayOf(assessed);
  return Math.ceil(((measured - assessed) / MINUTES_PER_DAY) * 100 - 1e-9) / 100;
}

function onTimeOf(
  cells: CellsOf<'items'>, submittedAt: Moment | null, late: boolean, clockRuns: boolean, status: Status, statusAt: Moment, clock: RunClock,
): '是' | '否' | '' {
  if (!clockRuns) return '';
  if (late) return '否';
  if (cells.returnReason !== '' && cells.returnDue !== null) {
    const retyped = cells.submittedAt !== null && submittedAt !== null && cells.submittedAt > submittedAt ? cells.submittedAt : null;
    // A later step of the review has a later status time: what the redo was worth then stands in 是否按时.
    const redone = !isSubmitted(status) ? clock.now : retyped ?? (status === '待审核' ? statusAt : null);
    if (cells.onTime === '否' || (redone !== null && redone > cells.returnDue)) return '否';
  }
  return submittedAt === null || status === '已退办' ? '' : '是';
}

function answeringUnit(cells: CellsOf<'items'>): string {
  if (cells.handling !== '依次传办') return cells.leadUnit;
  return splitNames(cells.coUnits).at(-1) ?? cells.leadUnit;
}

function beforeEffect(workbook: Workbook, start: Moment | null): boolean {
  if (start === null) return false;
  const effective = workbook.parameters.day('effectiveFrom', dayOf(start));
  return effective !== null && dayOf(start) < effective;
}

function firstChase(workbook: Workbook, id: string): Moment | null {
  let first: Moment | null = null;
  for (const row of workbook.index.chasesOf.get(id) ?? []) {
    if (row.cells.sentAt !== null && (first === null || row.cells.sentAt < first)) first = row.cells.sentAt;
  }
  return first;
}
