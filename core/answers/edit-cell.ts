import { dayOf, type Moment } from '../calendar/plain-date.ts';
import { columnsFilledBy } from '../lifecycle/fillers.ts';
import { judgeEdit } from '../lifecycle/judge-edit.ts';
import { ChangeList } from '../plan/change-list.ts';
import { columnsOf, type ColumnKey } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { refused, type Answer } from './answer.ts';
import { readTyped } from './read-typed.ts';
import { showCell } from './show-cell.ts';

export interface CellEdit {
  readonly itemId: string;
  /** Key of a column of 督办台账. */
  readonly column: string;
  /** What the person saw in the cell, as showCell shows it. */
  readonly seen: string;
  readonly text: string;
  readonly by: string;
}

/**
 * One cell of an item as a person fills it where the host knows who acts: read like a cell, judged like an edit of the sheet,
 * and refused where the cell no longer holds what the person saw.
 */
export function editCell(workbook: Workbook, { itemId, column: key, seen, text, by }: CellEdit, now: Moment): Answer {
  const row = workbook.index.item.get(itemId);
  if (row === undefined) return refused(`没有事项「${itemId}」,或编号重复`);
  const column = columnsOf('items').find((candidate) => candidate.key === key);
  if (column === undefined) return refused(`没有这一列「${key}」`);
  const columnKey = column.key as ColumnKey<'items'>;
  if (!columnsFilledBy(workbook, row.cells, by).includes(columnKey)) {
    return refused(column.editor === 'A' ? `「${column.header}」由程序填写,不能改` : `「${by}」无权填写此事项的「${column.header}」`);
  }
  const stands = row.cells[columnKey];
  const before = showCell(column.type, stands);
  const standing = workbook.index.baseline.get(itemId)?.cells.effectiveStatus ?? '';
  if (before !== seen) return refused(`「${column.header}」刚被别人改为「${before}」,没有写入:请看过后再改`);
  const typed = readTyped(workbook, 'items', key, text);
  if (typed.kind === 'refused') return typed;
  const after = showCell(column.type, typed.value);
  if (after === before) return { kind: 'done', changes: [] };
  const from = key === 'status' ? standing || before || '拟立项' : before;
  const verdict = judgeEdit(workbook, { actor: by, sheet: 'items', row, column: key, before: from, after, on: dayOf(now) });
  if (verdict.verdict !== 'accept' && after !== from) return refused(verdict.message);
  const changes = new ChangeList();
  if (!changes.want(workbook.sheets.items, row, itemId, columnKey, typed.value, verdict.because)) return refused(`「${column.header}」里是公式,请在表里改`);
  return { kind: 'done', changes: changes.all() };
}
