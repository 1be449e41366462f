import { choiceValues } from '../workbook/looks.ts';
import { columnsOf, type SheetKey } from '../workbook/columns.ts';
import type { RowIssue } from '../workbook/issue.ts';
import { parseSheet } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { refused, type Answer } from './answer.ts';

export type Typed = { readonly kind: 'value'; readonly value: string | number | null } | Extract<Answer, { kind: 'refused' }>;

/**
 * Reads what a person typed for one column with the readers of the workbook: what a cell would refuse is refused, in the same
 * words. A blank text is a blank cell. Names must stand in 单位 or 人员.
 */
export function readTyped(workbook: Workbook, sheetKey: SheetKey, columnKey: string, text: string): Typed {
  const column = columnsOf(sheetKey).find(({ key }) => key === columnKey);
  if (column === undefined) return refused(`没有这一列「${columnKey}」`);
  const typed = text.trim();
  if (typed === '') return { kind: 'value', value: null };
  const issues: RowIssue[] = [];
  const choices = column.type === 'choice' ? { [`${sheetKey}.${columnKey}`]: choiceValues(sheetKey, column, workbook.policy) } : {};
  const columns = columnsOf(sheetKey);
  const rows = [{ ref: 1, cells: columns.map(({ header }) => header) }, { ref: 2, cells: columns.map(({ key }) => (key === columnKey ? typed : null)) }];
  const parsed = parseSheet({ name: '', anchor: sheetKey, columnAnchors: {}, rows }, sheetKey, choices, issues).rows[0];
  const issue = issues.find(({ row }) => row !== null);
  if (issue !== undefined) return refused(issue.message);
  const value = (parsed?.cells as Readonly<Record<string, string | number | null>> | undefined)?.[columnKey] ?? null;
  const unknown = typeof value === 'string' ? unknownName(workbook, column.type, value) : null;
  return unknown === null ? { kind: 'value', value } : refused(unknown);
}

function unknownName(workbook: Workbook, type: string, name: string): string | null {
  switch (type) {
    // Some regulations let people answer for an item in a unit's place: whether this one does is for judgeEdit to say.
    case 'unit': return workbook.directory.unit(name) === null && workbook.directory.person(name) === null ? `「单位」表中没有「${name}」:请先登记,或从列表中选` : null;
    case 'person': return workbook.directory.person(name) === null ? `「人员」表中没有「${name}」,或有同名:请先登记,或从列表中选` : null;
    case 'ref': return workbook.index.item.has(name) ? null : `「督办台账」中没有编号「${name}」:请从列表中选`;
    default: return null;
  }
}
