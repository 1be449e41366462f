import { parameterDefinitions, type ParameterDefinition, type Policy, type RowAppend } from '#core';
import { parameterRule } from '#google';
import { HOST } from '../jobs/run-workbook.ts';
import { applyChanges } from '../workbook/apply-changes.ts';
import { readBook, whole } from '../workbook/read-book.ts';
import type { GRequest, GSpreadsheet } from '../workbook/google.ts';
import { TimeBudget } from '../jobs/time-budget.ts';
import { send, type Layout } from './data-sheet.ts';

/** Adds the parameters that 制度参数 lacks, each with its value's rule. This host plans and sends in a workbook that it sets up. */
export function ensureParameters(spreadsheet: GSpreadsheet, policy: Policy, layout: Layout): number {
  const present = new Set(keysOf(layout));
  const missing = parameterDefinitions(policy).filter(({ key }) => !present.has(key));
  const rows = missing.map((parameter): RowAppend => ({ kind: 'append', sheet: 'parameters', id: null, because: parameter.key, values: {
    label: parameter.label, key: parameter.key, value: valueOf(parameter), unit: parameter.unit === '' ? null : parameter.unit,
    clause: parameter.clause === '' ? null : parameter.clause, inText: parameter.inText ? '是' : '否', note: parameter.note === '' ? null : parameter.note,
  } }));
  if (rows.length === 0) return 0;
  SpreadsheetApp.flush();
  applyChanges(readBook(spreadsheet, whole('parameters')), rows, new TimeBudget());
  addRules(spreadsheet, policy, layout);
  return rows.length;
}

/** The keys of 制度参数 in the order of their rows. */
export function keysOf({ sheet, headerRow, places }: Layout): string[] {
  const rows = sheet.getLastRow() - headerRow;
  return rows < 1 ? [] : (sheet.getRange(headerRow + 1, places['key']! + 1, rows, 1).getValues() as unknown[][]).map(([key]) => String(key)).filter((key) => key !== '');
}

function valueOf(parameter: ParameterDefinition): string | number | null {
  if (parameter.key === 'plannerHost' || parameter.key === 'senderHost') return HOST;
  return parameter.value === '' ? null : parameter.value;
}

function addRules(spreadsheet: GSpreadsheet, policy: Policy, { sheet, headerRow, places }: Layout): void {
  const types = new Map(parameterDefinitions(policy).map(({ key, type }) => [key, type]));
  const keys = (sheet.getRange(headerRow + 1, places['key']! + 1, sheet.getLastRow() - headerRow, 1).getValues() as unknown[][]).map(([key]) => String(key));
  const sheetId = sheet.getSheetId();
  send(spreadsheet, keys.flatMap((key, index): GRequest[] => {
    const type = types.get(key);
    const rule = type === undefined ? null : parameterRule(type);
    const range = { sheetId, startRowIndex: headerRow + index, endRowIndex: headerRow + index + 1, startColumnIndex: places['value']!, endColumnIndex: places['value']! + 1 };
    const isNumber = type?.kind === 'integer' || type?.kind === 'number';
    return [
      ...(rule === null ? [] : [{ setDataValidation: { range, rule } }]),
      // A number typed into a cell of text would not satisfy its rule.
      ...(isNumber ? [{ repeatCell: { range, cell: { userEnteredFormat: { numberFormat: { type: 'NUMBER', pattern: '0.###' } } }, fields: 'userEnteredFormat.numberFormat' } }] : []),
    ];
  }));
}
