import { dayOf, type Moment } from '../calendar/plain-date.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { corrections } from './corrections.ts';
import { originalLimit } from './limits.ts';
import { pausesOf, shiftByPause } from './pauses.ts';
import { evaluateRequests, type RequestState } from './requests.ts';

export interface MovedLimits {
  readonly current: Moment | null;
  readonly chase: Moment | null;
  readonly assessed: Moment | null;
  readonly count: number;
  /** Minutes for which the clock stood. */
  readonly paused: number;
  readonly clause: string;
}

/** What moves a limit: an approved 延期 sets it, a pause that is over and an extension of the 上级事项 move it on. */
interface Move {
  readonly at: number;
  readonly clause: string;
  /** Whether it counts for the assessment of what was handed in at `submittedAt`. */
  readonly counts: boolean;
  apply(limit: Moment): Moment;
}

/** 现行时限, 催办时限 and 考核时限 from what was granted; 催办时限 never counts for the assessment (bus 11.4). */
export function movedLimits(
  workbook: Workbook, item: CellsOf<'items'>, original: Moment | null, requests: readonly RequestState[], submittedAt: Moment | null, stamp: Moment,
): MovedLimits {
  const { clauses } = workbook.policy;
  // Nearly all items: nothing was ever asked for.
  if (requests.length === 0 && (item.parentId === '' || !workbook.index.requestsOf.has(item.parentId))) {
    return { current: original, chase: null, assessed: original, count: 0, paused: 0, clause: clauses.handling };
  }
  const pauses = pausesOf(requests);
  const moves: Move[] = pauses.map((pause): Move => ({ at: pause.to, clause: clauses.handling, counts: true, apply: (limit) => shiftByPause(workbook, limit, pause) }));
  moves.push(...shiftsOfParent(workbook, item.parentId, submittedAt, stamp));
  const correctedAt = corrections(requests, 'limit').at(-1)?.decidedAt ?? null;
  let chase: Moment | null = null;
  let count = 0;
  for (const request of requests) {
    const { granted } = request;
    if (granted === null) continue;
    if (request.row.cells.type === '重定时限') chase = granted;
    if (request.row.cells.type !== '延期') continue;
    count += 1;
    const counts = submittedAt === null || (request.appliedAt !== null && request.appliedAt <= submittedAt);
    const at = request.decidedAt ?? stamp;
    // What was granted against a wrong limit never shortens the right one.
    const outdated = correctedAt !== null && at <= correctedAt;
    moves.push({ at, clause: request.clause, counts, apply: (limit) => (outdated && limit > granted ? limit : granted) });
  }
  moves.sort((a, b) => a.at - b.at);
  let current = original;
  let assessed = original;
  let clause = clauses.handling;
  for (const move of moves) {
    if (current !== null) current = move.apply(current);
    if (assessed !== null && move.counts) assessed = move.apply(assessed);
    clause = move.clause;
  }
  // From the first day on, not from the submission: an item must not become late backwards by being handed in (latenessBase).
  if (original !== null && workbook.parameters.text('latenessBase', dayOf(submittedAt ?? stamp)) === 'original') {
    assessed = pauses.reduce((limit, pause) => shiftByPause(workbook, limit, pause), original);
  }
  return { current, chase, assessed, count, paused: pauses.reduce((sum, pause) => sum + (pause.to - pause.from), 0), clause };
}

/**
 * Nodes after an extended task follow by the same span where the policy says so (platform 2c, parameter shiftChildren); a node
 * that was due or handed in before the extension was decided stays.
 */
function shiftsOfParent(workbook: Workbook, parentId: string, submittedAt: Moment | null, stamp: Moment): Move[] {
  if (!workbook.index.requestsOf.has(parentId) || workbook.parameters.choice('shiftChildren', dayOf(stamp)) !== '是') return [];
  const parent = workbook.index.item.get(parentId)?.cells;
  const original = workbook.index.baseline.get(parentId)?.cells.deadlineOriginal ?? (parent === undefined ? null : originalLimit(workbook, parent)?.limit ?? null);
  if (original === null) return [];
  const limits = { original, firstChase: null, receivedAt: null };
  return evaluateRequests(workbook, parentId, limits, stamp).flatMap((request): Move[] => {
    const { shift } = request;
    const at = request.decidedAt ?? stamp;
    if (shift <= 0 || (submittedAt !== null && submittedAt <= at)) return [];
    return [{ at, clause: request.clause, counts: true, apply: (limit) => (limit < at ? limit : (limit + shift) as Moment) }];
  });
}
