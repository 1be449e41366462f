import { dayOf } from '../calendar/plain-date.ts';
import { splitNames } from '../workbook/names.ts';
import { headerOf, type CellsOf, type ColumnKey } from '../workbook/columns.ts';
import { defaultValue } from '../policy/default-values.ts';
import { matchesCondition } from '../policy/match-item.ts';
import type { Guard, GuardRule, Requirement } from '../policy/guard-schema.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Status } from '../workbook/values.ts';
import { assignmentFault } from './assignment.ts';
import type { Edge } from './edges.ts';
import { pauseInForce } from './pauses.ts';
import { originalLimit } from './limits.ts';
import { groupOf, isKnownStatus } from './status-groups.ts';

/** What keeps an item from taking an edge, and the clause that asks for it; null where nothing does. */
export interface UnmetGuard {
  readonly sentence: string;
  /** null: the edge's own clause. */
  readonly clause: string | null;
}

/** The first of the edge's own guards and of the policy's guard rules that does not hold. */
export function firstUnmet(workbook: Workbook, cells: CellsOf<'items'>, from: Status, edge: Edge): UnmetGuard | null {
  for (const guard of edge.guards) {
    const sentence = unmetGuard(workbook, cells, guard);
    if (sentence !== null) return { sentence, clause: guardClause(workbook, guard) };
  }
  for (const rule of rulesFor(workbook, cells, from, edge.to)) {
    const sentence = unmetRequirement(workbook, cells, rule.require);
    if (sentence !== null) return { sentence, clause: rule.clause };
  }
  return null;
}

function rulesFor(workbook: Workbook, cells: CellsOf<'items'>, from: Status, to: Status): GuardRule[] {
  return workbook.policy.guards.filter((rule) => rule.to.includes(to) && (rule.from?.includes(from) ?? true) && matchesCondition(rule.when, cells));
}

/** Rules of another kind than status (initiators) are told while the item is still a draft, not only when it is filed. */
export function draftHints(workbook: Workbook, cells: CellsOf<'items'>): string[] {
  return workbook.policy.guards.flatMap((rule) => {
    if (rule.require.kind !== 'initiator' || !matchesCondition(rule.when, cells)) return [];
    const sentence = unmetRequirement(workbook, cells, rule.require);
    return sentence === null ? [] : [`${sentence}(${rule.clause})`];
  });
}

function guardClause(workbook: Workbook, guard: Guard): string | null {
  return guard === 'assignable' ? workbook.policy.clauses.assignment : workbook.policy.guardClauses[guard] ?? null;
}

function unmetGuard(workbook: Workbook, cells: CellsOf<'items'>, guard: Guard): string | null {
  switch (guard) {
    // Only a leader's remark leaves unit and time to the supervising office (tax 4.2b).
    case 'dispatch-opinion': return cells.category === '局领导交办' && cells.dispatchOpinion === '' ? '请先填「分办意见」' : null;
    case 'single-lead': return splitNames(cells.leadUnit).length > 1 ? '牵头单位只能有一个,其余请填「协办单位」' : null;
    case 'assignable': return assignmentFault(workbook, cells.leadUnit);
    case 'unit-and-limit':
      if (cells.leadUnit === '') return '请先填「牵头单位」';
      return originalLimit(workbook, cells) === null ? '请先填「要求时限」' : null;
    case 'handler-named': return cells.handler === '' ? '请先填「承办人」' : null;
    case 'result-present': return cells.result === '' ? '请先填「办理结果」' : null;
    case 'return-reason': return cells.returnReason === '' ? '请先填「退办原因」' : null;
    case 'void-reason': return cells.specialReason === '' && cells.remark === '' ? '请先在「特殊原因」或「备注」写明理由' : null;
    case 'children-closed': {
      const open = (workbook.index.childrenOf.get(cells.itemId) ?? []).filter((child) => !isOver(child.cells.status));
      return open.length === 0 ? null : `还有 ${open.length} 件下级事项未办结(${open.slice(0, 3).map((child) => child.cells.itemId).join('、')}):请先办结`;
    }
    case 'office-may-close': return cells.form === '挂牌督办' || cells.form === '总经理督办' ? `${cells.form}须先送分管领导审核` : null;
    case 'leader-may-close': return cells.form === '总经理督办' ? '总经理督办须先送总经理批示' : null;
    case 'general-manager-form': return cells.form === '' || cells.form === '总经理督办' ? null : '只有总经理督办送总经理批示:请由分管领导审核办结';
    case 'approved-pause': return pauseInForce(workbook, cells.itemId) === '暂停' ? null : '暂停须先在「申请审批」获批';
    case 'approved-resume': return pauseInForce(workbook, cells.itemId) === '恢复' ? null : '恢复须先在「申请审批」获批';
  }
}

function isOver(status: string): boolean {
  return isKnownStatus(status) && ['done', 'void'].includes(groupOf(status));
}

function unmetRequirement(workbook: Workbook, cells: CellsOf<'items'>, require: Requirement): string | null {
  switch (require.kind) {
    case 'filled': {
      const missing = require.columns.filter((column) => !isFilled(workbook, cells, column));
      return missing.length === 0 ? null : `请先填${missing.map((column) => `「${headerOf('items', column)}」`).join('、')}`;
    }
    case 'one-filled':
      return require.columns.some((column) => isFilled(workbook, cells, column)) ? null
        : `请先填${require.columns.map((column) => `「${headerOf('items', column)}」`).join('或')}:${require.ask}`;
    case 'report-attached': return cells.reportRequired === '是' && !isAttached(workbook, cells, '报告') ? '须书面报告:请先在「附件」列明报告' : null;
    case 'attached': {
      const missing = require.words.filter((word) => !isAttached(workbook, cells, word));
      if (missing.length === 0 || (require.orElse !== undefined && isFilled(workbook, cells, require.orElse))) return null;
      return `请先在「附件」列明${missing.join('、')}${require.orElse === undefined ? '' : `,或填「${headerOf('items', require.orElse)}」`}`;
    }
    case 'initiator': {
      const allowed = cells.sourceType === '' ? require.byCategory[cells.category] : require.bySource[cells.sourceType];
      if (allowed === undefined || cells.initiatorUnit === '') return null;
      const names = allowed.map((name) => (name === '牵头单位' ? cells.leadUnit : name));
      return names.includes(cells.initiatorUnit) ? null : `「${cells.sourceType || cells.category}」应由${names[0] || '牵头单位'}发起,现填「${cells.initiatorUnit}」`;
    }
    case 'consulted': return unanswered(workbook, cells);
    case 'head-reviewed':
      return reviewedResult(workbook, cells.itemId) !== null ? null : '「进展反馈」里还没有经负责人审阅的「结果」:请负责人审阅';
    case 'rectification-named': {
      const open = (workbook.index.feedbackOf.get(cells.itemId) ?? []).find((row) => row.cells.needsRectification === '是' && row.cells.rectification === '');
      return open === undefined ? null : `反馈 ${open.cells.feedbackId} 需整改而没有「整改措施」:请补填`;
    }
    case 'one-final-node': {
      if (cells.nodeType !== '最终节点' || cells.parentId === '') return null;
      const other = (workbook.index.childrenOf.get(cells.parentId) ?? [])
        .find((row) => row.cells.itemId !== cells.itemId && row.cells.nodeType === '最终节点' && !['', '拟立项', '已撤销'].includes(row.cells.status));
      return other === undefined ? null : `同一任务只能有一个最终节点,已有 ${other.cells.itemId}:请改为其他节点类型`;
    }
    case 'never': {
      const { unless } = require;
      const on = cells.submittedAt ?? cells.issuedAt ?? cells.receivedAt;
      return unless !== undefined && on !== null && workbook.parameters.choice(unless.key, dayOf(on)) === unless.is ? null : require.ask;
    }
  }
}

/** Named in 附件 of the item or of one of its 办结 requests. */
function isAttached(workbook: Workbook, cells: CellsOf<'items'>, word: string): boolean {
  if (cells.attachments.includes(word)) return true;
  return (workbook.index.requestsOf.get(cells.itemId) ?? []).some((row) => row.cells.type === '办结' && row.cells.attachments.includes(word));
}

/** Filled by the item, or by the default that its unit, the limit rules or the policy give. */
export function isFilled(workbook: Workbook, cells: CellsOf<'items'>, column: ColumnKey<'items'>): boolean {
  const value = cells[column];
  if (value !== '' && value !== null) return true;
  const unit = workbook.directory.unit(cells.leadUnit);
  switch (column) {
    case 'deadlineSet': return originalLimit(workbook, cells) !== null;
    case 'leaderInCharge': return (unit?.leaderInCharge ?? '') !== '';
    case 'dutyPerson': return cells.handler !== '' || (unit?.dutyPerson ?? '') !== '';
    default: return defaultValue(workbook.policy, cells, column) !== '';
  }
}

function unanswered(workbook: Workbook, cells: CellsOf<'items'>): string | null {
  if (cells.specialReason !== '') return null;
  const asked = (workbook.index.requestsOf.get(cells.itemId) ?? []).filter((row) => row.cells.type === '征求意见');
  if (asked.length === 0) return '请先在「申请审批」向有关部门征求意见,或填「特殊原因」说明不征求的理由';
  const open = asked.filter((row) => row.cells.decision1 === '' && row.cells.opinion1 === '');
  return open.length === 0 ? null : `${open.map((row) => row.cells.otherUnit || row.cells.requestId).join('、')}还没有答复意见,确需提交请填「特殊原因」`;
}

/** The latest 结果 of an item that its unit's head has reviewed; null where there is none. */
export function reviewedResult(workbook: Workbook, itemId: string): CellsOf<'feedback'> | null {
  let latest: CellsOf<'feedback'> | null = null;
  for (const { cells } of workbook.index.feedbackOf.get(itemId) ?? []) {
    if (cells.type !== '结果' || cells.headReviewed !== '是') continue;
    if (latest === null || (cells.headReviewedAt ?? 0) >= (latest.headReviewedAt ?? 0)) latest = cells;
  }
  return latest;
}
