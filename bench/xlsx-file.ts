import { writeFile } from 'node:fs/promises';
import exceljs from 'exceljs';
import { columnsOf, SHEET_KEYS, SHEETS, type Change, type RowAppend, type SheetKey } from '#core';
import { createWorkbook } from '../sync-service/workbook/xlsx/create/create-workbook.ts';
import { openXlsxStore } from '../sync-service/workbook/xlsx/store.ts';
import { ledgerRows, MemoryLedger, POLICY } from './ledger.ts';

/** Small sheets beside an item sheet of `items` rows, as a day in the middle of a year leaves them. */
function settledRows(items: number): RowAppend[] {
  const ledger = new MemoryLedger(ledgerRows({ items, notices: items / 10, scores: items / 10, history: 0 }));
  ledger.settle();
  return ledger.appends();
}

/** Writes a settled workbook of so many items. */
export async function writeLedgerFile(path: string, items: number): Promise<void> {
  await writeFile(path, await createWorkbook({ policy: POLICY, parameters: [], sample: null, identity: { id: 'bench', home: path } }));
  const store = openXlsxStore(path);
  await store.apply(await store.read(), settledRows(items));
}

/** One changed cell in a hundred rows, and 500 new rows. */
export function editsOf(items: readonly { readonly ref: string | number; readonly cells: readonly unknown[] }[]): Change[] {
  const columns = columnsOf('items');
  const idPlace = columns.findIndex((column) => column.key === 'itemId');
  const remarkPlace = columns.findIndex((column) => column.key === 'remark');
  const changes: Change[] = [];
  for (let index = 1; index < items.length; index += 100) {
    const { ref, cells } = items[index]!;
    const before = cells[remarkPlace];
    changes.push({
      kind: 'cell', sheet: 'items', row: { id: String(cells[idPlace]), ref }, column: 'remark', before: typeof before === 'string' ? before : null,
      after: `核对 ${index}`, because: '',
    });
  }
  for (let index = 0; index < 500; index += 1) {
    const id = `DB-2026-N${index}`;
    changes.push({ kind: 'append', sheet: 'items', id, because: '', values: { itemId: id, title: `新增事项 ${index}`, leadUnit: '第1科', status: '拟立项' } });
  }
  return changes;
}

/** Sheets that only a program has; an office that works by formulas keeps all the others itself. */
const PROGRAMS_OWN: ReadonlySet<SheetKey> = new Set(['baseline', 'history', 'runs', 'parameters', 'rankings']);

/** What a user would write instead: the same tables, lights and days by NETWORKDAYS, a page of COUNTIFS a unit. */
export async function writeFormulaFile(path: string, items: number): Promise<void> {
  const book = new exceljs.stream.xlsx.WorkbookWriter({ filename: path });
  const sheet = book.addWorksheet(SHEETS.items.name);
  const columns = columnsOf('items');
  const letter = new Map(columns.map((column, index) => [column.key, lettersOf(index)]));
  const rows = settledRows(items);
  sheet.addRow(columns.map((column) => column.header)).commit();
  let number = 1;
  for (const { sheet: key, values } of rows) {
    if (key !== 'items') continue;
    number += 1;
    const limit = `${letter.get('deadlineCurrent')!}${number}`;
    const left = `${letter.get('daysLeft')!}${number}`;
    const status = `${letter.get('status')!}${number}`;
    const row = columns.map((column) => {
      if (column.key === 'daysLeft') return { formula: `NETWORKDAYS(DATE(2026,3,16),${limit})-1` };
      if (column.key === 'light') return { formula: `IF(${status}="已归档","完",IF(${left}<0,"红",IF(${left}<=3,"黄","绿")))` };
      return values[column.key] ?? null;
    });
    sheet.addRow(row).commit();
  }
  sheet.commit();
  const summary = book.addWorksheet('统计');
  const range = (key: string): string => `${SHEETS.items.name}!$${letter.get(key)!}$2:$${letter.get(key)!}$${number}`;
  for (let unit = 1; unit <= 24; unit += 1) {
    summary.addRow([`第${unit}科`, ...['绿', '黄', '红', '完'].map((light) => ({ formula: `COUNTIFS(${range('leadUnit')},"第${unit}科",${range('light')},"${light}")` }))]).commit();
  }
  summary.commit();
  for (const key of SHEET_KEYS) {
    if (key === 'items' || PROGRAMS_OWN.has(key)) continue;
    const other = book.addWorksheet(SHEETS[key].name);
    other.addRow(columnsOf(key).map((column) => column.header)).commit();
    for (const row of rows) if (row.sheet === key) other.addRow(columnsOf(key).map((column) => row.values[column.key] ?? null)).commit();
    other.commit();
  }
  await book.commit();
}

function lettersOf(index: number): string {
  return (index >= 26 ? String.fromCharCode(64 + Math.floor(index / 26)) : '') + String.fromCharCode(65 + (index % 26));
}
