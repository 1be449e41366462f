import { join } from 'node:path';
import { parseSheet, parseWorkbook, SHEET_KEYS, SHEETS, type Cell, type PolicyId, type SheetKey, type Workbook, type WorkbookSnapshot } from '#core';
import { POLICIES } from '#policies';
import type { SimOptions } from './fake/driver.ts';
import { Sim } from './fake/sim.ts';

/** Built by test/apps-script/build-once.ts before the first test. */
export const DIST = join(process.cwd(), 'apps-script', 'dist');

/** A blank spreadsheet with the bundle in it. */
export function blankOffice(options: SimOptions = {}): Sim {
  const sim = new Sim(options);
  sim.loadBundle(DIST);
  sim.open();
  return sim;
}

/** A spreadsheet that the menu item 初始化/修复 has set up. */
export function office(policy: PolicyId = 'tax', options: SimOptions = {}): Sim {
  const sim = blankOffice(options);
  sim.call('setUpOrRepair');
  const answer = sim.googleScriptRun('submitForm', 'policy', { policy }) as { ok: boolean; message: string };
  if (!answer.ok) throw new Error(answer.message);
  return sim;
}

/** Contract columns of a sheet by their place in the fake. */
export function placeOf(key: SheetKey, column: string): number {
  return SHEETS[key].columns.findIndex((candidate) => candidate.key === column);
}

/** Adds people's rows of raw cells by contract key, after the last row. */
export function addRows(sim: Sim, key: SheetKey, rows: readonly Readonly<Record<string, Cell>>[]): void {
  const sheet = sim.spreadsheet.sheet(SHEETS[key].name);
  const at = sheet.lastRow() + 1;
  const missing = at + rows.length - 1 - sheet.maxRows;
  if (missing > 0) sheet.insertRows(sheet.maxRows + 1, missing, 'before');
  sim.spreadsheet.putRaw(SHEETS[key].name, `A${at}`, rows.map((row) => SHEETS[key].columns.map((column) => row[column.key] as string | number | null)));
}

/** A hand edit of the row whose id column holds `id`, as the cell keeps it. */
export function setCell(sim: Sim, key: SheetKey, id: string, column: string, value: Cell): void {
  const { name, id: idColumn } = SHEETS[key];
  const grid = sim.spreadsheet.cells(name);
  const row = grid.findIndex((cells) => cells[placeOf(key, idColumn!)] === id);
  if (row < 0) throw new Error(`no row ${id} in ${name}`);
  sim.spreadsheet.sheet(name).write(row + 1, placeOf(key, column) + 1, value as string | number | null);
}

/** The contract's sheets as core reads them, straight from the fake. */
export function snapshotOf(sim: Sim): WorkbookSnapshot {
  return {
    sheets: SHEET_KEYS.filter((key) => sim.spreadsheet.names().includes(SHEETS[key].name)).map((key) => ({
      name: SHEETS[key].name, anchor: key, columnAnchors: {}, rows: sim.spreadsheet.cells(SHEETS[key].name).map((cells, index) => ({ ref: index + 1, cells: cells })),
    })),
    home: null, modifiedAt: null, isCopy: false,
  };
}

export function workbookOf(sim: Sim): Workbook {
  const { workbook, issues } = parseWorkbook(snapshotOf(sim), POLICIES);
  if (workbook === null) throw new Error(issues.map((issue) => issue.message).join('\n'));
  return workbook;
}

/** Typed rows of one sheet. */
export function rowsOf(sim: Sim, key: SheetKey): Readonly<Record<string, unknown>>[] {
  const { sheets } = snapshotOf(sim);
  return parseSheet(sheets.find((sheet) => sheet.anchor === key), key, {}, []).rows.map(({ cells }) => Object.fromEntries(SHEETS[key].columns.map(({ key: column }) => [column, (cells as Readonly<Record<string, unknown>>)[column]])));
}
