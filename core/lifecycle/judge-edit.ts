import { archiveRefusal } from '../archive/checklist.ts';
import type { Day } from '../calendar/plain-date.ts';
import { workbookOn } from '../plan/moment-of-run.ts';
import { wordingOf } from '../policy/wording.ts';
import { CONTRACT } from '../workbook/basis.ts';
import { columnsOf, type SheetKey } from '../workbook/columns.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Status } from '../workbook/values.ts';
import { assignmentFault } from './assignment.ts';
import { edgeBetween, nextStatuses, wayBetween, type Edge } from './edges.ts';
import { firstUnmet } from './guards.ts';
import { moverFault } from './movers.ts';
import { decisionFault, rightFault } from './rights.ts';
import { groupOf, isIssued, isKnownStatus } from './status-groups.ts';

/** One hand edit of one cell, as the program first sees it. */
export interface Edit {
  /** Who did it, where the host knows (never in an .xlsx). */
  readonly actor: string | null;
  readonly sheet: SheetKey;
  /** The row of 督办台账 or 申请审批 that was edited; null for other sheets. */
  readonly row: ParsedRow<'items'> | ParsedRow<'requests'> | null;
  readonly column: string;
  readonly before: string;
  readonly after: string;
  /** The day of the edit, for substitutes; absent: nobody stands in. */
  readonly on?: Day;
}

/**
 * accept: it becomes effective; `passed` is the status on its way where it took two edges. refuse: it stays in the cell but
 * never becomes effective. restore: the cell is put back.
 */
export type Verdict =
  | { readonly verdict: 'accept'; readonly because: string; readonly passed?: PassedStatus }
  | { readonly verdict: 'refuse' | 'restore'; readonly because: string; readonly message: string };

/** A status that a change went through, and the clause of the edge to it. */
export interface PassedStatus {
  readonly status: Status;
  readonly because: string;
}

/**
 * The one judge of hand edits. Automation's columns are put back, and so is what the editor has no right to; a status
 * becomes effective only along an edge of the policy whose guards hold (regulations/summary.md, section 2), or along two that
 * pass over nobody's decision; a limit typed after 下发 is no extension; all else is people's own. Where the day is given, it
 * says so in the office's words.
 */
export function judgeEdit(read: Workbook, edit: Edit): Verdict {
  const verdict = judge(read, edit);
  return verdict.verdict === 'accept' || edit.on === undefined ? verdict
    : { ...verdict, message: wordingOf(read.parameters, edit.on)(verdict.message) };
}

function judge(read: Workbook, edit: Edit): Verdict {
  const workbook = edit.on === undefined ? read : workbookOn(read, edit.on);
  const column = columnsOf(edit.sheet).find((candidate) => candidate.key === edit.column);
  const own = { verdict: 'accept', because: workbook.policy.clauses.handling } as const;
  if (column === undefined) return own;
  // Scores and sanctions that people write themselves begin with blank cells, which the next run completes.
  if (column.editor === 'A' && !((edit.sheet === 'scores' || edit.sheet === 'sanctions') && edit.before === '')) {
    return { verdict: 'restore', because: CONTRACT, message: `「${column.header}」由程序填写,手工改动已还原` };
  }
  const denied = edit.actor === null ? null : rightFault(workbook, edit, edit.actor);
  if (denied !== null) return { verdict: 'restore', because: denied.clause, message: `${denied.sentence},改动已还原(${denied.clause})` };
  if (isRequest(edit)) {
    const fault = edit.actor === null ? null : decisionFault(workbook, edit.row, edit.column, edit.actor, edit.on ?? null);
    return fault === null ? own : { verdict: 'refuse', because: fault.clause, message: `${fault.sentence}(${fault.clause})` };
  }
  return isItem(edit) ? judgeItem(workbook, edit, edit.row) ?? own : own;
}

function isRequest(edit: Edit): edit is Edit & { readonly row: ParsedRow<'requests'> } {
  return edit.sheet === 'requests' && edit.row !== null;
}

function isItem(edit: Edit): edit is Edit & { readonly row: ParsedRow<'items'> } {
  return edit.sheet === 'items' && edit.row !== null;
}

function judgeItem(workbook: Workbook, edit: Edit, row: ParsedRow<'items'>): Verdict | null {
  const { clauses } = workbook.policy;
  switch (edit.column) {
    case 'status': return judgeStatus(workbook, row, edit.before, edit.after, edit.actor, edit.on);
    case 'leadUnit': {
      const fault = assignmentFault(workbook, edit.after);
      return fault === null ? null : { verdict: 'refuse', because: clauses.assignment, message: `${fault}(${clauses.assignment})` };
    }
    case 'deadlineSet':
      if (!isKnownStatus(row.cells.status) || !isIssued(row.cells.status)) return null;
      return { verdict: 'refuse', because: clauses.issue, message: '下发后改「要求时限」不改变时限:需要延长请在「申请审批」提出延期' };
    default: return null;
  }
}

/** Judges a change of 状态 from the status the program stands by; by whom, where the host knows. */
export function judgeStatus(
  workbook: Workbook, row: ParsedRow<'items'>, before: string, after: string, actor: string | null = null, on: Day | null = null,
): Verdict {
  const { policy } = workbook;
  if (after === '') {
    return { verdict: 'refuse', because: policy.clauses.handling, message: `状态被清空:仍按「${before}」办理,请重新选择` };
  }
  if (!isKnownStatus(before) || !isKnownStatus(after)) {
    return { verdict: 'refuse', because: policy.clauses.handling, message: `不认识的状态「${after}」:仍按「${before}」办理,请从下拉中选择` };
  }
  const judge = (from: Status, edge: Edge, way = ''): Verdict => judgeEdge(workbook, row, from, edge, actor, on, `改为「${after}」未生效:${way}`);
  const edge = edgeBetween(policy.id, policy.statuses, before, after);
  if (edge !== null) return judge(before, edge);
  const way = wayBetween(policy.id, policy.statuses, before, after);
  if (way === null) {
    const next = nextStatuses(policy.id, policy.statuses, before);
    const remedy = next.length === 0 ? '此状态不再变更' : `可改为${next.join('、')}`;
    return { verdict: 'refuse', because: policy.clauses.handling, message: `不能由「${before}」直接改为「${after}」,仍按「${before}」办理:${remedy}` };
  }
  const [first, second] = way;
  const onTheWay = judge(before, first, `须先经「${first.to}」,`);
  if (onTheWay.verdict !== 'accept') return onTheWay;
  const verdict = judge(first.to, second);
  return verdict.verdict === 'accept' ? { ...verdict, passed: { status: first.to, because: onTheWay.because } } : verdict;
}

function judgeEdge(
  workbook: Workbook, row: ParsedRow<'items'>, from: Status, edge: Edge, actor: string | null, on: Day | null, refused: string,
): Verdict {
  const mover = actor === null ? null : moverFault(workbook, row.cells, edge, actor, on);
  if (mover !== null) return { verdict: 'refuse', because: mover.clause, message: `${refused}${mover.sentence}(${mover.clause})` };
  const because = clauseOfEdge(workbook, edge);
  const incomplete = edge.to === '已归档' ? archiveRefusal(workbook, row.cells.itemId) : null;
  if (incomplete !== null) return { verdict: 'refuse', because, message: `${refused}${incomplete}` };
  const unmet = firstUnmet(workbook, row.cells, from, edge);
  if (unmet === null) return { verdict: 'accept', because };
  const clause = unmet.clause ?? because;
  return { verdict: 'refuse', because: clause, message: `${refused}${unmet.sentence}(${clause})` };
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
