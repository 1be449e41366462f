import { dayOf, formatLimit, isEndOfDay, MINUTES_PER_DAY, type Day, type Moment } from '../calendar/plain-date.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { shown } from '../workbook/issue.ts';
import { splitNames } from '../workbook/names.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Status } from '../workbook/values.ts';
import { draftHints } from './guards.ts';
import { isNamedByUnit, isUnitsWord, namedByUnit, originalLimit, PROVISIONAL, type OriginalLimit } from './limits.ts';
import { correctedLimit, correctedMoment, freshCorrection, limitHint, submissionVoidUntil } from './corrections.ts';
import { isBeforeGoLive, toldFrom } from './go-live.ts';
import { intakeHint, severalUnitsHint } from './intake-hints.ts';
import { issueHints, reviewHints } from './item-hints.ts';
import type { PassedStatus } from './judge-edit.ts';
import { movedLimits } from './moved-limits.ts';
import { bearsOtherMatter } from './reused-id.ts';
import { firstChase, judgedStatus, type StandingStatus } from './standing-status.ts';
import { standingUnit } from './standing-unit.ts';
import { handedInAt } from './submission.ts';
import { evaluateRequests, TO_COMPLETE, type RequestState } from './requests.ts';
import { measureOf, redoneAt } from './rework.ts';
import { groupOf, isIssued, isKnownStatus, isSubmitted } from './status-groups.ts';
import { sealedProvisional, sealedUnit } from '../plan/seal.ts';

/** Everything the program holds true of one item at a run, derived from its row, its 底账 row and its requests. */
export interface ItemFacts {
  readonly id: string;
  readonly row: ParsedRow<'items'>;
  readonly cells: CellsOf<'items'>;
  readonly baseline: ParsedRow<'baseline'> | null;
  readonly firstSeen: Moment;
  /** The first day whose moments are told to anybody. */
  readonly toldFrom: Day;
  /** True where 考核时限 lies before 启用日: the item is shown, and counted in no rate. */
  readonly dueBeforeGoLive: boolean;
  /** 生效状态: the status the program stands by. */
  readonly status: Status;
  readonly statusAt: Moment;
  readonly statusClause: string;
  /** The statuses it passed since the last run on the way to this one. */
  readonly statusPassed: readonly PassedStatus[];
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
  /** The limit that was issued, where the publication of its year's holidays moves it in this run; else null. */
  readonly movedFrom: Moment | null;
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
  /** The lead unit that 印 remembers from 下发 on; '' before. */
  readonly accountedUnit: string;
  /** False for children and items before the policy's effective date: they are shown, not counted. */
  readonly counted: boolean;
  readonly hints: readonly string[];
}

/** One for all: of 100 000 items nearly none has any. */
const NO_REQUESTS: readonly RequestState[] = [];
const NONE_PASSED: readonly PassedStatus[] = [];
const NO_HINTS: readonly string[] = [];

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
  const signedAt = cells.signedAt ?? recorded?.signedAt ?? (isTakenUp(standing) ? standing.at : null);
  const settled = isFixed(recorded, status) ? recorded : null;
  const fixed = fixedLimit(workbook, row, recorded, settled);

  const receivedAt = signedAt ?? issuedAt;
  const requests = !workbook.index.requestsOf.has(id) ? NO_REQUESTS
    : evaluateRequests(workbook, id, { original: fixed?.limit ?? null, firstChase: firstChase(workbook, id), receivedAt }, clock.stamp, standing.byHand)
      .map((request) => waitingFor(request, standing.waiting?.get(request.row)));
  const correction = wasIssued(status, issuedAt) ? freshCorrection(requests, 'limit', recorded === null) : null;
  const limit = (correction === null ? null : correctedLimit(correction)) ?? fixed?.limit ?? null;
  const basis = correction === null || limit === null ? fixed?.basis ?? '' : correctedBasis(workbook, cells, correction, limit);
  if (limit !== null) lateEditHint(cells, limit, requests, hints);
  const unit = standingUnit(workbook, cells, sealedUnit(recorded?.seal ?? ''), requests, standing, recorded?.statusAt ?? null, recorded === null);
  if (unit.hint !== '') hints.push(unit.hint);
  const submission = firstSubmission(workbook, cells, recorded, standing, requests.length === 0 ? null : submissionVoidUntil(requests), hints);
  const moved = movedLimits(workbook, cells, limit, requests, submission.at, clock.stamp);
  const closedAt = closingOf(status, recorded, standing, requests, submission.at);

  const { assessed, done } = measureOf(workbook, cells, status, standing.at, submission.at, moved.assessed, clock);
  const clockRuns = isIssued(status) && (groupOf(status) !== 'paused' || submission.at !== null);
  const late = clockRuns && assessed !== null && (done === null ? submission.at !== null && cells.onTime === '否' : done > assessed);
  const daysLate = !late ? null : done === null ? cells.daysLate : lateDays(assessed, done);

  if (bearsOtherMatter(cells, recorded?.title ?? '', requests)) {
    hints.push(`此编号原为「${shown(recorded!.title)}」:若是另一件事,请恢复原行,新事项另起一行、编号留空;若是更名,请在「申请审批」提出更正(更正字段填「督办事项」)`);
  }
  if (groupOf(status) === 'before') {
    const missing = cells.title === '' ? null : intakeHint(workbook, cells, status);
    if (missing !== null) hints.push(missing);
    for (const hint of draftHints(workbook, cells)) hints.push(hint);
  }
  const crowded = groupOf(status) === 'done' || groupOf(status) === 'void' ? null : severalUnitsHint(workbook, cells);
  if (crowded !== null) hints.push(crowded);
  if (status === '已下发') for (const hint of issueHints(workbook, cells)) hints.push(hint);
  if (groupOf(status) === 'review') for (const hint of reviewHints(workbook, cells)) hints.push(hint);
  if (limit !== null && issuedAt !== null && limit < issuedAt) hints.push(`时限 ${formatLimit(limit)} 早于下发时间:请核对`);
  if (cells.receivedAt !== null && cells.deadlineSet !== null && cells.deadlineSet < cells.receivedAt) hints.push(`要求时限 ${formatLimit(cells.deadlineSet)} 早于收受时间:请核对`);

  return {
    id, row, cells, baseline,
    firstSeen: recorded?.firstSeen ?? clock.now, toldFrom: toldFrom(workbook, recorded?.firstSeen ?? clock.now),
    dueBeforeGoLive: isBeforeGoLive(workbook, moved.assessed),
    status, statusAt: standing.at, statusClause: standing.because, statusPassed: standing.passed ?? NONE_PASSED, statusUndone: standing.undone ?? null, statusOpened: standing.opened === true,
    issuedAt, signedAt,
    original: limit, basis,
    limitClause: correction?.clause ?? fixed?.clause ?? workbook.policy.clauses.handling,
    provisional: basis.includes(PROVISIONAL), movedFrom: correction === null ? fixed?.movedFrom ?? null : null,
    current: moved.current, chase: moved.chase, assessed,
    extensionCount: moved.count, extensionClause: moved.clause, pausedMinutes: moved.paused,
    requests,
    submittedAt: submission.at, submittedInferred: submission.inferred, closedAt,
    late, daysLate,
    onTime: onTimeOf(cells, submission.at, late, clockRuns, status, standing.at, clock),
    unit: answeringUnit(cells, unit.lead), accountedUnit: unit.accounted,
    counted: (cells.rowType === '' || cells.rowType === '事项') && !beforeEffect(workbook, issuedAt ?? cells.receivedAt),
    hints: hints.length === 0 ? NO_HINTS : hints,
  };
}

/** Whether its unit took it up since the last run, and be it on the way to a later status: that is when it was signed for. */
function isTakenUp({ changedFrom, passed = NONE_PASSED, status }: StandingStatus): boolean {
  if (changedFrom === null) return false;
  const way = [changedFrom, ...passed.map((step) => step.status), status];
  return way.some((step, index) => step === '已下发' && way[index + 1] === '办理中');
}

/** Once issued, the limit is what 底账 recorded then: no later parameter, calendar or hand edit moves it. */
function fixedLimit(
  workbook: Workbook, row: ParsedRow<'items'>, recorded: CellsOf<'baseline'> | null, settled: Settled | null,
): { limit: Moment; basis: string; clause: string; movedFrom?: Moment } | null {
  const { cells } = row;
  if (settled === null) {
    const open = originalLimit(workbook, cells);
    return open !== null && isNamedByUnit(workbook, cells, recorded) ? namedByUnit(workbook, open) : open;
  }
  const limit = settled.deadlineOriginal;
  const later = publishedLater(workbook, cells, settled);
  if (later !== null) return { ...later, movedFrom: limit };
  return { limit, basis: standingBasis(workbook, cells, limit), clause: workbook.policy.clauses.issue };
}

/**
 * An issued limit that a rule counted on weekends alone moves once its year's holidays are published, and only ever later:
 * the unit never loses a day that it was given (contract, Calendar).
 */
function publishedLater(workbook: Workbook, cells: CellsOf<'items'>, settled: Settled): OriginalLimit | null {
  if (!sealedProvisional(settled.seal)) return null;
  const counted = originalLimit(workbook, cells);
  return counted !== null && counted.computed && !counted.provisional && counted.limit > settled.deadlineOriginal ? counted : null;
}

/** A request that can't do yet what it opens says what it waits for, and stays open until then. */
function waitingFor(request: RequestState, sentence: string | undefined): RequestState {
  return sentence === undefined ? request : { ...request, nextStep: TO_COMPLETE, hint: sentence };
}

type Settled = CellsOf<'baseline'> & { readonly deadlineOriginal: Moment };

/** Not where the item goes back to be dispatched: then its limit is to be set anew (tax 4.3). */
function isFixed(recorded: CellsOf<'baseline'> | null, status: Status): recorded is Settled {
  return recorded !== null && recorded.deadlineOriginal !== null && isKnownStatus(recorded.effectiveStatus) && wasIssued(recorded.effectiveStatus, recorded.issuedAt)
    && groupOf(status) !== 'before';
}

function lateEditHint(cells: CellsOf<'items'>, limit: Moment, requests: readonly RequestState[], hints: string[]): void {
  const typed = cells.remarkDeadline ?? cells.deadlineSet;
  if (typed === null || typed === limit) return;
  hints.push(limitHint(requests, cells.remarkDeadline === null ? 'deadlineSet' : 'remarkDeadline', limit) ?? `下发时定的时限是 ${formatLimit(limit)},之后改填 ${formatLimit(typed)} 不生效:需要延长请在「申请审批」提出延期`);
}

/** Where an issued limit came from: derived anew where the row still yields it, else what its cell says since. */
function standingBasis(workbook: Workbook, cells: CellsOf<'items'>, limit: Moment): string {
  const derived = originalLimit(workbook, cells);
  if (derived?.limit === limit) return isUnitsWord(cells.deadlineBasis) ? namedByUnit(workbook, derived).basis : derived.basis;
  const basis = cells.deadlineBasis.replace(PROVISIONAL, '') || '下发时已定';
  return workbook.calendar.isPublished(dayOf(limit)) ? basis : `${basis}${PROVISIONAL}`;
}

/** For 时限依据: the limit stands by a decision, unless the row yields the same by now. */
function correctedBasis(workbook: Workbook, cells: CellsOf<'items'>, { row }: RequestState, limit: Moment): string {
  if (originalLimit(workbook, cells)?.limit === limit) return standingBasis(workbook, cells, limit);
  return `更正申请${row.cells.requestId === '' ? '' : ` ${row.cells.requestId}`}${workbook.calendar.isPublished(dayOf(limit)) ? '' : PROVISIONAL}`;
}

/** 办结日期: of the step that closed it, unless a 更正 names another; none where a 更正 took the closing back. */
function closingOf(
  status: Status, recorded: CellsOf<'baseline'> | null, standing: StandingStatus, requests: readonly RequestState[], submittedAt: Moment | null,
): Moment | null {
  if (groupOf(status) !== 'done' || status === '阶段性办毕') return null;
  const correction = freshCorrection(requests, 'closing', recorded === null);
  const { changedFrom } = standing;
  return (correction === null ? null : correctedMoment(correction)) ?? recorded?.closedAt
    ?? (changedFrom !== null && groupOf(changedFrom) !== 'done' ? standing.at : submittedAt);
}

/** Whether an item has a limit that was issued, be it that the item was struck out since. */
function wasIssued(status: Status, issuedAt: Moment | null): boolean {
  return isIssued(status) || (groupOf(status) === 'void' && issuedAt !== null);
}

function firstSubmission(
  workbook: Workbook, cells: CellsOf<'items'>, recorded: CellsOf<'baseline'> | null, standing: StandingStatus, voidUntil: Moment | null, hints: string[],
): { at: Moment | null; inferred: boolean } {
  const valid = (at: Moment | null): Moment | null => (at !== null && voidUntil !== null && at <= voidUntil ? null : at);
  const first = valid(recorded?.firstSubmittedAt ?? null);
  const typed = valid(cells.submittedAt);
  if (first !== null && (cells.returnReason !== '' || typed === null)) return { at: first, inferred: false };
  if (typed !== null) return { at: typed, inferred: false };
  if (cells.submittedAt !== null) hints.push('状态更正后,原「上报办结时间」不再作数:请清空,再次上报时由程序补填');
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
    // A later step of the review has a later status time: what the redo was worth then stands in 是否按时.
    const redone = redoneAt(cells, status, statusAt, submittedAt, clock);
    if (redone === null ? cells.onTime === '否' : redone > cells.returnDue) return '否';
  }
  return submittedAt === null || status === '已退办' ? '' : '是';
}

function answeringUnit(cells: CellsOf<'items'>, leadUnit: string): string {
  if (cells.handling !== '依次传办') return leadUnit;
  return splitNames(cells.coUnits).at(-1) ?? leadUnit;
}

function beforeEffect(workbook: Workbook, start: Moment | null): boolean {
  if (start === null) return false;
  const effective = workbook.parameters.day('effectiveFrom', dayOf(start));
  return effective !== null && dayOf(start) < effective;
}
