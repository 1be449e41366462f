import { columnsOf, type SheetKey } from '../workbook/columns.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { STATUSES, type Status } from '../workbook/values.ts';
import { edgeBetween, nextStatuses, type Edge, type Guard } from './edges.ts';
import { originalLimit } from './limits.ts';
import { evaluateRequests } from './requests.ts';
import { groupOf, isIssued } from './status-groups.ts';

/** One hand edit of one cell, as the program first sees it. */
export interface Edit {
  /** Who did it, where the host knows (never in an .xlsx). */
  readonly actor: string | null;
  readonly sheet: SheetKey;
  readonly row: ParsedRow<'items'> | null;
  readonly column: string;
  readonly before: string;
  readonly after: string;
}

/** accept: it becomes effective. refuse: it stays in the cell but never becomes effective. restore: the cell is put back. */
export type Verdict =
  | { readonly verdict: 'accept'; readonly because: string }
  | { readonly verdict: 'refuse' | 'restore'; readonly because: string; readonly message: string };

/**
 * The one judge of hand edits. Automation's columns are put back; a status becomes effective only along an edge of the
 * policy whose guards hold (regulations/summary.md, section 2); a limit typed after 下发 is no extension; all else is
 * people's own.
 */
export function judgeEdit(workbook: Workbook, edit: Edit): Verdict {
  const column = columnsOf(edit.sheet).find((candidate) => candidate.key === edit.column);
  const own = { verdict: 'accept', because: workbook.policy.clauses.handling } as const;
  if (column === undefined) return own;
  if (column.editor === 'A') {
    return { verdict: 'restore', because: '工作簿约定', message: `「${column.header}」由程序填写,手工改动已还原` };
  }
  if (edit.sheet !== 'items' || edit.row === null) return own;
  if (edit.column === 'status') return judgeStatus(workbook, edit.row, edit.before, edit.after);
  if (edit.column === 'deadlineSet' && isKnownStatus(edit.row.cells.status) && isIssued(edit.row.cells.status)) {
    return {
      verdict: 'refuse', because: workbook.policy.clauses.issue,
      message: '下发后改「要求时限」不改变时限:需要延长请在「申请审批」提出延期',
    };
  }
  return own;
}

/** Judges a change of 状态 from the status the program stands by. */
export function judgeStatus(workbook: Workbook, row: ParsedRow<'items'>, before: string, after: string): Verdict {
  const { policy } = workbook;
  if (after === '') {
    return { verdict: 'refuse', because: policy.clauses.handling, message: `状态被清空:仍按「${before}」办理,请重新选择` };
  }
  if (!isKnownStatus(before) || !isKnownStatus(after)) {
    return { verdict: 'refuse', because: policy.clauses.handling, message: `不认识的状态「${after}」:仍按「${before}」办理,请从下拉中选择` };
  }
  const edge = edgeBetween(policy.id, policy.statuses, before, after);
  if (edge === null) {
    const next = nextStatuses(policy.id, policy.statuses, before);
    const remedy = next.length === 0 ? '此状态不再变更' : `可改为${next.join('、')}`;
    return { verdict: 'refuse', because: policy.clauses.handling, message: `不能由「${before}」直接改为「${after}」,仍按「${before}」办理:${remedy}` };
  }
  const missing = edge.guards.map((guard) => unmetGuard(workbook, row, guard)).find((sentence) => sentence !== null);
  if (missing !== undefined) {
    return { verdict: 'refuse', because: clauseOfEdge(workbook, edge), message: `改为「${after}」未生效:${missing}` };
  }
  return { verdict: 'accept', because: clauseOfEdge(workbook, edge) };
}

export function isKnownStatus(text: string): text is Status {
  return (STATUSES as readonly string[]).includes(text);
}

function clauseOfEdge(workbook: Workbook, edge: Edge): string {
  const { clauses } = workbook.policy;
  switch (groupOf(edge.to)) {
    case 'before': return clauses.intake;
    case 'void': return clauses.intake;
    case 'running': return edge.to === '已下发' ? clauses.issue : clauses.handling;
    case 'returned': case 'paused': case 'review': return clauses.handling;
    case 'done': return edge.to === '已归档' ? clauses.archive : clauses.closing;
  }
}

function unmetGuard(workbook: Workbook, row: ParsedRow<'items'>, guard: Guard): string | null {
  const { cells } = row;
  switch (guard) {
    // Only a leader's remark leaves unit and time to the supervising office (tax 4.2b).
    case 'dispatch-opinion': return cells.category === '局领导交办' && cells.dispatchOpinion === '' ? '请先填「分办意见」' : null;
    case 'unit-and-limit':
      if (cells.leadUnit === '') return '请先填「牵头单位」';
      return originalLimit(workbook, cells, cells.issuedAt ?? cells.receivedAt) === null ? '请先填「要求时限」' : null;
    case 'handler-named': return cells.handler === '' ? '请先填「承办人」' : null;
    case 'result-present': return cells.result === '' ? '请先填「办理结果」' : null;
    case 'return-reason': return cells.returnReason === '' ? '请先填「退办原因」' : null;
    case 'children-closed': {
      const open = (workbook.index.childrenOf.get(cells.itemId) ?? [])
        .filter((child) => !isKnownStatus(child.cells.status) || !['done', 'void'].includes(groupOf(child.cells.status)));
      return open.length === 0 ? null : `还有 ${open.length} 件下级事项未办结(${open.slice(0, 3).map((child) => child.cells.itemId).join('、')})`;
    }
    case 'office-may-close': return cells.form === '挂牌督办' || cells.form === '总经理督办' ? `${cells.form}须先送分管领导审核` : null;
    case 'leader-may-close': return cells.form === '总经理督办' ? '总经理督办须先送总经理批示' : null;
    case 'general-manager-form': return cells.form === '' || cells.form === '总经理督办' ? null : '只有总经理督办送总经理批示';
    case 'approved-pause': return hasApproved(workbook, cells.itemId, '暂停') ? null : '暂停须先在「申请审批」获批';
    case 'approved-resume': return hasApproved(workbook, cells.itemId, '恢复') ? null : '恢复须先在「申请审批」获批';
  }
}

function hasApproved(workbook: Workbook, itemId: string, type: '暂停' | '恢复'): boolean {
  return evaluateRequests(workbook, itemId, null, null).some((state) => state.row.cells.type === type && state.outcome === '已批准');
}
