import { choiceValues, columnsOf, ChangeList, parseSheet, type CellsOf, type RowAppend, type RowIssue, type SheetKey, type Workbook } from '#core';
import type { Field, Filled } from './form.ts';

export interface Read<S extends SheetKey> { readonly cells: Partial<CellsOf<S>>; readonly errors: Readonly<Record<string, string>> }

/** The readers of the workbook read a form too: what a cell would refuse, a field refuses, in the same words. */
export function readFilled<S extends SheetKey>(workbook: Workbook, sheetKey: S, fields: readonly Field[], filled: Filled): Read<S> {
  const columns = columnsOf(sheetKey);
  const texts = Object.fromEntries(fields.map(({ key }) => [key, (filled[key] ?? '').trim()]));
  const issues: RowIssue[] = [];
  const choices = Object.fromEntries(columns.filter(({ type }) => type === 'choice').map((column) => [`${sheetKey}.${column.key}`, choiceValues(sheetKey, column, workbook.policy)]));
  const rows = [columns.map(({ header }) => header), columns.map(({ key }) => (texts[key] ?? '') === '' ? null : texts[key]!)];
  const parsed = parseSheet({ name: '', anchor: sheetKey, columnAnchors: {}, rows: rows.map((cells, index) => ({ ref: index + 1, cells })) }, sheetKey, choices, issues).rows[0];
  const errors: Record<string, string> = {};
  for (const { key, label, required, kind } of fields) {
    const text = texts[key]!;
    if (text === '') {
      if (required) errors[key] = `请填写「${label}」`;
      continue;
    }
    const column = columns.find((candidate) => candidate.key === key);
    const issue = issues.find((candidate) => candidate.row !== null && candidate.column === column?.header);
    if (issue !== undefined) errors[key] = issue.message;
    else if (kind === 'suggest') {
      const problem = unknownName(workbook, sheetKey, key, text);
      if (problem !== null) errors[key] = problem;
    }
  }
  const cells = parsed === undefined ? {} : Object.fromEntries(fields.flatMap(({ key }) => (texts[key] === '' ? [] : [[key, (parsed.cells as Record<string, unknown>)[key]]])));
  return { cells: cells as Partial<CellsOf<S>>, errors };
}

/** A row as a person would have typed it: its id is left to the next run. */
export function rowOf<S extends SheetKey>(sheetKey: S, cells: Partial<CellsOf<S>>): RowAppend {
  const list = new ChangeList();
  list.append(sheetKey, cells, '表单');
  return { ...list.appends[0]!, id: null };
}

function unknownName(workbook: Workbook, sheetKey: SheetKey, key: string, text: string): string | null {
  switch (columnsOf(sheetKey).find((column) => column.key === key)?.type) {
    case 'unit': return workbook.directory.unit(text) === null ? `「单位」表中没有「${text}」:请先登记,或从列表中选` : null;
    case 'person': return workbook.directory.person(text) === null ? `「人员」表中没有「${text}」,或有同名:请先登记,或从列表中选` : null;
    case 'ref': return workbook.index.item.has(text) ? null : `「督办台账」中没有编号「${text}」:请从列表中选`;
    default: return null;
  }
}
