import { dayOf, type Moment } from '../calendar/plain-date.ts';
import { judgeEdit } from '../lifecycle/judge-edit.ts';
import { evaluateRequests } from '../lifecycle/requests.ts';
import { ChangeList } from '../plan/change-list.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { refused, type Answer } from './answer.ts';

export interface Decision {
  readonly requestId: string;
  readonly by: string;
  readonly decision: '同意' | '不同意' | '转报';
  readonly opinion: string;
  /** 批准时限; null leaves it as it stands. */
  readonly limit: Moment | null;
}

/** Decides the level at which a request waits (platform-s4b: approval by phone). Refused where it does not wait for this person. */
export function decideRequest(workbook: Workbook, { requestId, by, decision, opinion, limit }: Decision, now: Moment): Answer {
  const sheet = workbook.sheets.requests;
  const row = sheet.rows.find(({ cells }) => cells.requestId === requestId);
  if (row === undefined) return refused(`没有申请「${requestId}」`);
  const state = evaluateRequests(workbook, row.cells.itemId, null, now).find((candidate) => candidate.row === row);
  const settled = row.cells.outcome !== '' && row.cells.outcome !== '审批中' ? row.cells.outcome : state?.outcome;
  if (state === undefined || settled !== '审批中') return refused(`申请「${requestId}」${settled ?? ''},不再审批`);
  const level = Math.min(state.passed + 1, 3) as 1 | 2 | 3;
  const verdict = judgeEdit(workbook, { actor: by, sheet: 'requests', row, column: `decision${level}`, before: row.cells[`decision${level}`], after: decision, on: dayOf(now) });
  if (verdict.verdict !== 'accept') return refused(verdict.message);
  const changes = new ChangeList();
  changes.want(sheet, row, requestId, `approver${level}`, by, state.clause);
  changes.want(sheet, row, requestId, `opinion${level}`, opinion, state.clause);
  changes.want(sheet, row, requestId, `decidedAt${level}`, now, state.clause);
  if (limit !== null) changes.want(sheet, row, requestId, 'grantedLimit', limit, state.clause);
  // Last: a write cut off before it has decided nothing.
  changes.want(sheet, row, requestId, `decision${level}`, decision, state.clause);
  return { kind: 'done', changes: changes.all() };
}
