import { dayOf, type Moment } from '../calendar/plain-date.ts';
import { approvalRule } from '../lifecycle/requests.ts';
import { columnsFilledBy } from '../lifecycle/fillers.ts';
import { groupOf, isKnownStatus } from '../lifecycle/status-groups.ts';
import { ChangeList } from '../plan/change-list.ts';
import { assignIds } from '../plan/ids.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { refused, type Answer } from './answer.ts';
import { readTyped } from './read-typed.ts';

/** What a unit asks for on an item from a screen; decisions follow the chain of the regulation. */
export interface Asking {
  readonly itemId: string;
  readonly by: string;
  readonly type: '延期' | '暂停' | '恢复' | '协调' | '非职责退回';
  readonly reason: string;
  readonly workDone: string;
  /** 申请时限 as typed; only for 延期. */
  readonly limit: string;
}

/** Files a request (platform-s4a), by somebody of the item's units. The same request that waits already is not filed twice. */
export function fileRequest(workbook: Workbook, asking: Asking, now: Moment): Answer {
  const { itemId, by, type } = asking;
  const row = workbook.index.item.get(itemId);
  if (row === undefined) return refused(`没有事项「${itemId}」`);
  const status = workbook.index.baseline.get(itemId)?.cells.effectiveStatus ?? row.cells.status;
  if (!columnsFilledBy(workbook, row.cells, by).includes('progress')) return refused(`「${by}」不承办此事项,不能申请${type}`);
  if (!isKnownStatus(status) || !['running', 'returned', 'paused'].includes(groupOf(status))) return refused(`事项${status || '拟立项'},不能申请${type}`);
  if (approvalRule(workbook, row.cells, type, 1) === undefined) return refused(`本制度没有「${type}」申请`);
  if (asking.reason.trim() === '') return refused('请写明原因');
  const limit = readTyped(workbook, 'requests', 'requestedLimit', type === '延期' ? asking.limit : '');
  if (limit.kind === 'refused') return limit;
  if (type === '延期' && limit.value === null) return refused('申请延期请填写「申请时限」');
  const reason = asking.reason.trim();
  const open = (workbook.index.requestsOf.get(itemId) ?? []).filter(({ cells }) => cells.type === type && (cells.outcome === '' || cells.outcome === '审批中'));
  if (open.some(({ cells }) => cells.applicant === by && cells.reason === reason && (cells.requestedLimit ?? null) === limit.value)) return { kind: 'done', changes: [] };
  if (open.length > 0) return refused(`已有待批的${type}申请 ${open[0]!.cells.requestId}`.trim());
  const requestId = assignIds('SQ', workbook.sheets.requests.rows.map(({ cells }) => cells.requestId), ['new'], dayOf(now)).get('new')!;
  const changes = new ChangeList();
  changes.append('requests', {
    requestId, itemId, type, applicant: by, appliedAt: now, reason, workDone: asking.workDone.trim(), requestedLimit: limit.value as Moment | null,
  }, workbook.policy.clauses.handling);
  return { kind: 'done', changes: changes.all() };
}
