import { dayOf, type Moment } from '../calendar/plain-date.ts';
import { columnsFilledBy } from '../lifecycle/fillers.ts';
import { judgeEdit } from '../lifecycle/judge-edit.ts';
import { ChangeList } from '../plan/change-list.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { refused, type Answer } from './answer.ts';

/** Hands in an item's result for review (上报办结), by somebody of its units: judged as the change of 状态 that it is. */
export function handIn(workbook: Workbook, { itemId, by, result }: { readonly itemId: string; readonly by: string; readonly result: string }, now: Moment): Answer {
  const row = workbook.index.item.get(itemId);
  if (row === undefined) return refused(`没有事项「${itemId}」`);
  if (!columnsFilledBy(workbook, row.cells, by).includes('result')) return refused(`「${by}」不承办此事项,不能上报办结`);
  const said = result.trim();
  const before = workbook.index.baseline.get(itemId)?.cells.effectiveStatus || row.cells.status;
  if (before === '待审核' && row.cells.result === said) return { kind: 'done', changes: [] };
  if (said === '') return refused('请写明办理结果');
  // Judged with the result in place: the guard asks for it.
  const filled = { ...row, cells: Object.create(row.cells, { result: { value: said, enumerable: true } }) as CellsOf<'items'> };
  const verdict = judgeEdit(workbook, { actor: by, sheet: 'items', row: filled, column: 'status', before, after: '待审核', on: dayOf(now) });
  if (verdict.verdict !== 'accept') return refused(verdict.message);
  const sheet = workbook.sheets.items;
  const changes = new ChangeList();
  const { handling } = workbook.policy.clauses;
  changes.want(sheet, row, itemId, 'result', said, handling);
  if (row.cells.submittedAt === null) changes.want(sheet, row, itemId, 'submittedAt', now, handling);
  // Last: a write cut off before it has handed in nothing.
  changes.want(sheet, row, itemId, 'status', '待审核', verdict.because);
  return { kind: 'done', changes: changes.all() };
}
