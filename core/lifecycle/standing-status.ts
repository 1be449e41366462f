import { withBasis } from '../workbook/basis.ts';
import type { Moment } from '../calendar/plain-date.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Status } from '../workbook/values.ts';
import { judgeStatus, type PassedStatus } from './judge-edit.ts';
import { openedMove } from './opened-edges.ts';
import { evaluateRequests } from './requests.ts';
import { isKnownStatus } from './status-groups.ts';

type Waiting = ReadonlyMap<ParsedRow<'requests'>, string>;

export interface StandingStatus {
  readonly status: Status;
  readonly at: Moment;
  readonly because: string;
  /** The status it had at the last run, where it changed since; null where it did not, and at first sight. */
  readonly changedFrom: Status | null;
  /** The status before this run's requests: what a legal hand change made of the one at the last run. */
  readonly byHand: Status;
  /** What it passed since the last run on the way to where it stands, in order. */
  readonly passed?: readonly PassedStatus[];
  /** True where a filed or decided request moved it: the cell follows. */
  readonly opened?: boolean;
  /** What its requests could not do yet. */
  readonly waiting: Waiting | null;
  /** When a 办结 was filed that handed it in. */
  readonly filedAt?: Moment | null;
  /** Why a refused change is put back (editMode strict). */
  readonly undone?: string;
}

/** 生效状态: what the program stands by, from the status at the last run, this run's requests and what people typed since. */
export function judgedStatus(
  workbook: Workbook, row: ParsedRow<'items'>, baseline: ParsedRow<'baseline'> | null, clock: RunClock, hints: string[],
): StandingStatus {
  if (baseline === null) {
    const status = isKnownStatus(row.cells.status) ? row.cells.status : '拟立项';
    return { status, at: clock.stamp, because: workbook.policy.clauses.intake, changedFrom: null, byHand: status, waiting: null };
  }
  const stood = baseline.cells.effectiveStatus;
  const before: Status = isKnownStatus(stood) ? stood : '拟立项';
  const at = baseline.cells.statusAt ?? baseline.cells.firstSeen ?? clock.stamp;
  // Where the whole column was deleted nobody changed a status: it is written back.
  const isGone = row.cells.status === '' && workbook.sheets.items.header?.restored.includes('status') === true;
  const raw = isGone || (row.cells.status === '' && before === '拟立项') ? before : row.cells.status;
  const { moved, waiting } = standingAfterRequests(workbook, row, baseline.cells, before, at, raw, clock);
  if (moved !== null) return moved;
  const standing: StandingStatus = { status: before, at, because: workbook.policy.clauses.handling, changedFrom: null, byHand: before, waiting };
  if (raw === before) return isGone ? { ...standing, opened: true } : standing;
  const verdict = judgeStatus(workbook, row, before, raw);
  if (verdict.verdict === 'accept' && isKnownStatus(raw)) return { ...standing, status: raw, byHand: raw, at: clock.stamp, because: verdict.because, changedFrom: before, passed: passedBy(verdict) };
  const refusal = verdict.verdict === 'accept' ? '' : verdict.message;
  const strict = workbook.parameters.text('editMode', clock.today) === 'strict' && !workbook.editedLately.has(row.cells.itemId);
  if (!strict) hints.push(withBasis(refusal, verdict.because));
  return { ...standing, because: verdict.because, ...(strict ? { undone: refusal } : {}) };
}

interface AfterRequests {
  readonly moved: StandingStatus | null;
  readonly waiting: Waiting | null;
}
const UNMOVED: AfterRequests = { moved: null, waiting: null };

/** Where the item's requests have moved it; null where they have not, or where people chose another legal status meanwhile. */
function standingAfterRequests(
  workbook: Workbook, row: ParsedRow<'items'>, recorded: CellsOf<'baseline'>, before: Status, at: Moment, raw: string, clock: RunClock,
): AfterRequests {
  const id = row.cells.itemId;
  if (id === '' || !workbook.index.requestsOf.has(id)) return UNMOVED;
  const verdict = raw === before ? null : judgeStatus(workbook, row, before, raw);
  const byHand = verdict?.verdict === 'accept' && isKnownStatus(raw) ? raw : before;
  const limits = {
    original: recorded.deadlineOriginal, firstChase: firstChase(workbook, id),
    receivedAt: row.cells.signedAt ?? recorded.signedAt ?? row.cells.issuedAt ?? recorded.issuedAt,
  };
  const move = openedMove(workbook, row.cells, byHand, evaluateRequests(workbook, id, limits, clock.stamp, byHand));
  const { waiting } = move;
  // What people typed stands, or is left to be judged.
  if (move.status === byHand) return { moved: null, waiting };
  const since = move.at === null || move.at > clock.stamp ? clock.stamp : move.at;
  const moment = since < at ? at : since;
  const filedAt = move.filedAt === null || move.filedAt > clock.stamp ? null : move.filedAt;
  const passed = verdict?.verdict === 'accept' ? [...passedBy(verdict), { status: byHand, because: verdict.because }] : [];
  return { waiting, moved: { status: move.status, at: moment, because: move.because, changedFrom: before, byHand, passed, waiting, opened: raw !== move.status, filedAt } };
}

function passedBy({ passed }: { readonly passed?: PassedStatus }): readonly PassedStatus[] {
  return passed === undefined ? [] : [passed];
}

/** When the first 催办通知 of an item went out; null where none did. */
export function firstChase(workbook: Workbook, id: string): Moment | null {
  let first: Moment | null = null;
  for (const row of workbook.index.chasesOf.get(id) ?? []) {
    if (row.cells.sentAt !== null && (first === null || row.cells.sentAt < first)) first = row.cells.sentAt;
  }
  return first;
}
