import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as sheetjs from '@e965/xlsx';
import { isError, isFormula, SHEETS, type Cell, type SheetKey } from '#core';
import { POLICIES } from '#policies';
import { createWorkbook } from '../../sync-service/workbook/xlsx/create/create-workbook.ts';
import { openXlsxStore } from '../../sync-service/workbook/xlsx/store.ts';
import type { Rows } from '../google/plain-book.ts';
import type { ContractWorkbook } from '../store-contract.ts';

/** An .xlsx of the contract; people edit it with SheetJS, which keeps cells and names and little else, and of a hidden property no Chinese. */
export async function xlsxContractWorkbook(rows: Rows): Promise<ContractWorkbook> {
  const folder = mkdtempSync(join(tmpdir(), 'duban-contract-'));
  const file = join(folder, 'contract.xlsx');
  writeFileSync(file, await createWorkbook({ policy: POLICIES.tax, parameters: [], sample: null, identity: { id: 'contract', home: file } }));
  const edit = (key: SheetKey, change: (grid: Cell[][]) => Cell[][]): void => {
    const book = sheetjs.read(readFileSync(file), { cellFormula: true });
    const { name } = SHEETS[key];
    book.Sheets[name] = sheetOf(change(gridOf(book.Sheets[name]!)));
    writeFileSync(file, sheetjs.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
  };
  for (const [key, own] of Object.entries(rows) as [SheetKey, readonly Readonly<Record<string, Cell>>[]][]) {
    edit(key, ([head]) => [head!, ...own.map((row) => SHEETS[key].columns.map((column) => row[column.key] ?? null))]);
  }
  return {
    store: openXlsxStore(file, { editorPatienceMs: 0 }), breakdowns: [],
    edit(key, change) {
      edit(key, change);
      return Promise.resolve();
    },
    insertColumn(key, place, header) {
      edit(key, (grid) => grid.map((row, index) => [...row.slice(0, place), index === 0 ? header : null, ...row.slice(place)]));
      return Promise.resolve();
    },
    close() {
      rmSync(folder, { recursive: true });
      return Promise.resolve();
    },
  };
}

function gridOf(sheet: sheetjs.WorkSheet): Cell[][] {
  const { e } = sheetjs.utils.decode_range(sheet['!ref'] ?? 'A1');
  return Array.from({ length: e.r + 1 }, (_, r) => Array.from({ length: e.c + 1 }, (_, c) => {
    const own = sheet[sheetjs.utils.encode_cell({ r, c })] as sheetjs.CellObject | undefined;
    const value = own === undefined || own.t === 'z' ? null : own.t === 'e' ? { error: own.w ?? '#ERROR!' } : own.v as string | number | boolean;
    return own?.f === undefined ? value : { formula: own.f, value };
  }));
}

function sheetOf(grid: readonly (readonly Cell[])[]): sheetjs.WorkSheet {
  const sheet: sheetjs.WorkSheet = { '!ref': sheetjs.utils.encode_range({ s: { r: 0, c: 0 }, e: { r: grid.length - 1, c: Math.max(...grid.map((row) => row.length)) - 1 } }) };
  grid.forEach((row, r) => row.forEach((cell, c) => {
    if (cell !== null) sheet[sheetjs.utils.encode_cell({ r, c })] = cellObject(cell);
  }));
  return sheet;
}

const ERROR_CODES: Readonly<Record<string, number>> = { '#DIV/0!': 7 };

function cellObject(cell: Exclude<Cell, null>): sheetjs.CellObject {
  if (isFormula(cell)) return { ...cell.value === null ? { t: 'z' } : cellObject(cell.value), f: cell.formula };
  if (isError(cell)) return { t: 'e', v: ERROR_CODES[cell.error]!, w: cell.error };
  return typeof cell === 'number' ? { t: 'n', v: cell } : typeof cell === 'boolean' ? { t: 'b', v: cell } : { t: 's', v: cell };
}
