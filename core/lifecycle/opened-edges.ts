import type { Moment } from '../calendar/plain-date.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Status } from '../workbook/values.ts';
import { correctedThing } from './corrections.ts';
import { edgeBetween } from './edges.ts';
import { firstUnmet } from './guards.ts';
import { TO_COMPLETE, type RequestState } from './requests.ts';
import { isKnownStatus } from './status-groups.ts';

export interface OpenedMove {
  readonly status: Status;
  readonly because: string;
  /** When the request that moved it last was decided or filed; null where no time is known. */
  readonly at: Moment | null;
  /** When a 办结 was filed that moved it to 待审核; null where none did. */
  readonly filedAt: Moment | null;
  /** What a request could not do yet, and why. */
  readonly waiting: ReadonlyMap<ParsedRow<'requests'>, string>;
}

/**
 * The status to which an item's requests have moved it: automation follows an edge that a filed or decided request opened, as far
 * as the guards let it; the standing one where none did. An edge is opened once, by a request whose outcome (or level) isn't
 * recorded yet, so that nobody's later hand change is undone; one that waits for something stays open until it is there.
 */
export function openedMove(workbook: Workbook, cells: CellsOf<'items'>, standing: Status, requests: readonly RequestState[]): OpenedMove {
  let status = standing;
  let because = '';
  let at: Moment | null = null;
  let filedAt: Moment | null = null;
  const waiting = new Map<ParsedRow<'requests'>, string>();
  const follow = (to: Status, request: RequestState): boolean => {
    const edge = edgeBetween(workbook.policy.id, workbook.policy.statuses, status, to);
    if (edge === null) return false;
    const unmet = firstUnmet(workbook, cells, status, edge);
    if (unmet !== null) {
      waiting.set(request.row, `还不能转为「${to}」:${unmet.sentence}(${unmet.clause ?? request.clause})`);
      return false;
    }
    status = to;
    because = request.clause;
    if (to === '待审核') filedAt = request.appliedAt;
    at = to === '待审核' || to === '协调中' ? request.appliedAt : request.decidedAt;
    return true;
  };
  for (const request of requests) {
    const { type } = request.row.cells;
    switch (type) {
      case '暂停': if (request.fresh && request.outcome === '已批准') follow('已暂停', request); break;
      case '恢复': if (request.fresh && request.outcome === '已批准' && status === '已暂停') follow('办理中', request); break;
      case '协调': case '分歧协调': case '非职责退回': followClaim(request, status, follow); break;
      case '更正': {
        const to = request.row.cells.correctedTo;
        if (request.fresh && request.outcome === '已批准' && correctedThing(request.row.cells) === 'status' && isKnownStatus(to) && workbook.policy.statuses.includes(to)) {
          status = to;
          because = request.clause;
          at = request.decidedAt;
        }
        break;
      }
      default: break;
    }
  }
  const completion = requests.filter((request) => request.row.cells.type === '办结' && request.outcome !== '不予受理').at(-1);
  if (completion !== undefined) followCompletion(completion, () => status, follow);
  return { status, because, at, filedAt, waiting };
}

/** Filed: the item is 协调中. Decided: back to work, or to the office where it wasn't the unit's own (tax 4.3). */
function followClaim(request: RequestState, status: Status, follow: (to: Status, request: RequestState) => boolean): void {
  if (!request.fresh) return;
  if (request.nextStep === TO_COMPLETE) return;
  if (request.outcome === '审批中') follow('协调中', request);
  else if (request.outcome === '已批准' && request.row.cells.type === '非职责退回') follow('待分办', request);
  else if (status === '协调中') follow('办理中', request);
}

const REVIEW_STEPS: readonly Status[] = ['待审核', '分管领导审核', '总经理批示'];

/** 办结 goes up the review one level at a time; what its levels have passed is never taken back but by 退办. */
function followCompletion(request: RequestState, statusNow: () => Status, follow: (to: Status, request: RequestState) => boolean): void {
  const status = statusNow();
  if (request.outcome === '已驳回') {
    if (request.fresh) follow('已退办', request);
    return;
  }
  if (status === '办理中' || status === '已退办') {
    if (!request.fresh || !follow('待审核', request)) return;
  }
  if (!request.advanced) return;
  // The level that approves closes it: its own step is the one before.
  const reached = request.outcome === '已批准' ? request.passed - 1 : request.passed;
  for (let step = REVIEW_STEPS.indexOf(statusNow()) + 1; step <= reached; step += 1) {
    if (!follow(REVIEW_STEPS[step]!, request)) return;
  }
  if (request.outcome === '已批准') follow('已办结', request);
}
