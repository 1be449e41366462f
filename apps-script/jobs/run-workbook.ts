import { changesOfHost, dutiesOf, pendingDeliveries, planRun, runRecord, type DigestHour, type Moment, type RunPlan, type Workbook } from '#core';
import { HostError } from '../host-error.ts';
import { applyChanges } from '../workbook/apply-changes.ts';
import type { GSpreadsheet } from '../workbook/google.ts';
import { openWorkbook } from '../workbook/open-workbook.ts';
import { deliver, type Delivered } from './deliver.ts';
import { DeliveryNotes } from './delivery-notes.ts';
import { noteMishaps } from './mishap-memory.ts';
import type { TimeBudget } from './time-budget.ts';

declare const DUBAN_VERSION: string;
export const HOST = 'apps-script';

export interface RunOutcome {
  readonly writes: number;
  readonly conflicts: number;
  readonly delivered: number;
  readonly undelivered: Delivered['undelivered'];
  readonly hints: number;
  readonly isCopy: boolean;
  /** False where time, quota or a conflict left something for the next run. */
  readonly finished: boolean;
}

const LOCK_WAIT = 5_000;
/** Milliseconds for the rows of the mails that went out. */
const WRITE_UP = 15_000;

/** Runs what must not run twice at once in a spreadsheet; throws a HostError where another run holds the lock. */
export function withDocumentLock<T>(act: () => T): T {
  const lock = LockService.getDocumentLock();
  if (!lock.tryLock(LOCK_WAIT)) throw new HostError('busy', '另一次运行正在进行,请稍后再试');
  try {
    return act();
  } finally {
    lock.releaseLock();
  }
}

/**
 * One supervision run. The plan is written first, so that every mail stands in 通知 before it goes out; then what waits is
 * sent; then a second pass brings the rows up to what was sent. A run cut off anywhere is finished by the next.
 */
export function runWorkbook(spreadsheet: GSpreadsheet, now: Moment, budget: TimeBudget, digests: DigestHour): RunOutcome {
  const notes = new DeliveryNotes();
  const clock = { now, digests };
  const first = pass(spreadsheet, clock, notes, budget, null);
  const outgoing = first.finished
    ? pendingDeliveries(first.workbook, first.plan.notices, notes.entries(), first.plan.clock, HOST)
    : [];
  // The second pass takes about as long as the first, and writes what became of every mail.
  const reserve = budget.elapsed() * 1.25 + WRITE_UP;
  const sent = deliver(spreadsheet, first.workbook, outgoing, notes, now, () => budget.isSpent(reserve));
  const second = sent.changed ? pass(spreadsheet, clock, notes, budget, first.writes) : null;
  const last = second ?? first;
  return {
    writes: first.writes + (second?.writes ?? 0), conflicts: first.conflicts + (second?.conflicts ?? 0),
    delivered: sent.delivered, undelivered: sent.undelivered, hints: last.plan.summary.hints, isCopy: last.workbook.isCopy,
    finished: last.finished && !sent.waiting && first.conflicts + (second?.conflicts ?? 0) === 0,
  };
}

interface Clock { readonly now: Moment; readonly digests: DigestHour }

interface Pass {
  readonly workbook: Workbook;
  readonly plan: RunPlan;
  readonly writes: number;
  readonly conflicts: number;
  readonly finished: boolean;
}

/** Reads, plans and writes. `writesBefore` is null in the pass that mails may follow: the run's record waits for them. */
function pass(spreadsheet: GSpreadsheet, { now, digests }: Clock, notes: DeliveryNotes, budget: TimeBudget, writesBefore: number | null): Pass {
  const { workbook, book } = openWorkbook(spreadsheet);
  if (writesBefore === null) notes.forget((key) => workbook.index.notice.get(key)?.cells.status ?? null, now);
  const plan = planRun(workbook, now, notes.entries(), digests);
  const duties = dutiesOf(workbook, plan.clock.today, HOST);
  const changes = changesOfHost(plan.changes, duties);
  if (duties.plans) noteMishaps(plan.mishaps);
  const outgoing = writesBefore === null && pendingDeliveries(workbook, plan.notices, notes.entries(), plan.clock, HOST).length > 0;
  const record = duties.plans && !outgoing && (changes.length > 0 || (writesBefore ?? 0) > 0)
    ? [runRecord(workbook, plan, {
      version: DUBAN_VERSION, writes: plan.summary.writes + (writesBefore ?? 0), notices: plan.summary.notices, conflicts: 0, ms: budget.elapsed(),
    })]
    : [];
  const applied = applyChanges(book, [...changes, ...record], budget);
  return { workbook, plan, writes: applied.written - (applied.finished ? record.length : 0), conflicts: applied.conflicts.length, finished: applied.finished };
}
