import {
  columnsOf, findSheet, SHEET_KEYS, SHEETS, bindColumns, type Bar, type Cell, type Ground, type RowRef, type RowSnapshot, type Sheet, type SheetKey, type SheetSnapshot,
} from '#core';
import { coveredBy, homeKeyOf, isUnderMerge, repeatMerged, type Merge } from '#google';
import { anchoredColumns, anchoredSheets, homeOf } from './anchors.ts';
import { cellsOf } from './cell-from-google.ts';
import type { GRange, GSheet, GSpreadsheet } from './google.ts';

/** The spreadsheet as it was read, with Google's handles of what lies behind it. */
export interface Book extends Ground {
  readonly spreadsheet: GSpreadsheet;
  readonly sheets: ReadonlyMap<SheetSnapshot, GSheet>;
}

/** Sheets to read, 首页 among them; of a sheet all columns, or the ones named. */
export type Wanted = ReadonlyMap<SheetKey | 'home', ReadonlySet<string> | 'all'>;

/** Headers are looked for in the first 20 rows (contract). */
const HEADER_ROWS = 20;
/** Columns that lie no further apart than this are read in one call with what lies between. */
const GAP = 3;

export function whole(...keys: readonly SheetKey[]): Wanted {
  return new Map(keys.map((key) => [key, 'all']));
}

/**
 * Reads the contract's sheets, or what is asked for, in a number of calls that does not depend on their rows: values and
 * formulas of each, and of a sheet that only grows its head and its last row.
 */
export function readBook(spreadsheet: GSpreadsheet, wanted?: Wanted): Book {
  const sheets = new Map<SheetSnapshot, GSheet>();
  const merges = new Map<SheetSnapshot, readonly Merge[]>();
  const snapshots = contractSheets(spreadsheet, wanted).map(({ key, name, sheet }) => {
    const own = isProtected(key) ? [] : mergesOf(sheet);
    const snapshot = readSheet(key, name, sheet, own, wanted?.get(key) ?? 'all');
    sheets.set(snapshot, sheet);
    merges.set(snapshot, own);
    return snapshot;
  });
  const home = wanted === undefined || wanted.has('home') ? readHome(spreadsheet, snapshots, sheets) : new Map<string, HomePlace>();
  const homeId = wanted === undefined ? homeOf(spreadsheet) : null;
  return {
    spreadsheet, sheets, home,
    snapshot: {
      sheets: snapshots,
      home: home.size === 0 ? null : Object.fromEntries([...home].map(([key, place]) => [key, cellAt(place)])),
      modifiedAt: null,
      isCopy: homeId !== spreadsheet.getId(),
    },
    // A write under a merge would never be seen, and be planned for ever.
    barred(sheet: SheetSnapshot, ref: RowRef, column: number): Bar | null {
      const covered = merges.get(sheet)?.some((merge) => isUnderMerge(merge, Number(ref), column + 1));
      return covered === true ? { reason: 'cell-changed', found: '合并单元格' } : null;
    },
  };
}

/** A sheet with every row, also one of which a run reads its ends alone; undefined where there is none. */
export function readWhole(spreadsheet: GSpreadsheet, key: SheetKey): SheetSnapshot | undefined {
  const found = contractSheets(spreadsheet, new Map([[key, 'all']]))[0];
  return found === undefined ? undefined : anchored({ name: found.name, anchor: key, columnAnchors: {}, rows: readRange(found.sheet.getDataRange(), false) }, found.sheet, key);
}

interface HomePlace { readonly sheet: SheetSnapshot; readonly ref: RowRef; readonly column: number }
interface NamedSheet { readonly key: SheetKey; readonly name: string; readonly sheet: GSheet }

/** The contract's sheets: by name, then by anchor where a name is gone. */
export function contractSheets(spreadsheet: GSpreadsheet, wanted?: Wanted): NamedSheet[] {
  const byName = new Map(spreadsheet.getSheets().map((sheet) => [sheet.getName(), sheet]));
  let anchored: Map<string, GSheet> | null = null;
  return SHEET_KEYS.filter((key) => wanted === undefined || wanted.has(key)).flatMap((key): NamedSheet[] => {
    const { name } = SHEETS[key];
    const own = byName.get(name);
    if (own !== undefined) return [{ key, name, sheet: own }];
    const sheet = (anchored ??= anchoredSheets(spreadsheet)).get(key) ?? similar(byName, key);
    return sheet === undefined ? [] : [{ key, name: sheet.getName(), sheet }];
  });
}

/** A name that differs from the contract's in spaces or width only. */
function similar(byName: ReadonlyMap<string, GSheet>, key: SheetKey): GSheet | undefined {
  const sheets = [...byName.keys()].map((name) => ({ name, anchor: null, columnAnchors: {}, rows: [] }));
  const match = findSheet({ sheets, home: null, modifiedAt: null, isCopy: false }, key);
  return match === undefined ? undefined : byName.get(match.name);
}

/** 首页's named cells, wherever people moved them. */
function readHome(spreadsheet: GSpreadsheet, snapshots: readonly SheetSnapshot[], sheets: Map<SheetSnapshot, GSheet>): Map<string, HomePlace> {
  const places = new Map<string, HomePlace>();
  const byGrid = new Map<number, SheetSnapshot>();
  for (const { key, range } of homeRanges(spreadsheet)) {
    const grid = range.getGridId();
    let snapshot = byGrid.get(grid);
    if (snapshot === undefined) {
      const sheet = range.getSheet();
      const name = sheet.getName();
      snapshot = snapshots.find((candidate) => candidate.name === name) ?? readSheet(null, name, sheet, [], 'all');
      byGrid.set(grid, snapshot);
      sheets.set(snapshot, sheet);
    }
    places.set(key, { sheet: snapshot, ref: range.getRow(), column: range.getColumn() - 1 });
  }
  return places;
}

function readSheet(key: SheetKey | null, name: string, sheet: GSheet, merges: readonly Merge[], columns: ReadonlySet<string> | 'all'): SheetSnapshot {
  const withFormulas = key === null || !isProtected(key);
  const rows = key !== null && (SHEETS[key] as Sheet).tailOnly === true ? readEnds(sheet)
    : key === null || columns === 'all' ? readRange(sheet.getDataRange(), withFormulas) : readColumns(key, name, sheet, columns, withFormulas);
  repeatMerged(rows, merges);
  // The head is always read over the sheet's whole width.
  const firstFree = rows[0]?.cells.length ?? 0;
  return anchored({ name, anchor: key, columnAnchors: {}, rows, firstFree, covered: coveredBy(merges) }, sheet, key);
}

function readRange(range: GRange, withFormulas: boolean): RowSnapshot[] {
  const values = range.getValues() as unknown[][];
  const formulas = withFormulas ? range.getFormulas() : null;
  return values.map((row, index) => ({ ref: index + 1, cells: cellsOf(row, formulas?.[index]) }));
}

/** The head of a sheet whole, and below it the columns asked for. */
function readColumns(key: SheetKey, name: string, sheet: GSheet, wanted: ReadonlySet<string>, withFormulas: boolean): RowSnapshot[] {
  const lastRow = sheet.getLastRow();
  const width = sheet.getLastColumn();
  if (lastRow <= HEADER_ROWS || width === 0) return readRange(sheet.getDataRange(), withFormulas);
  const rows = readRange(sheet.getRange(1, 1, HEADER_ROWS, width), withFormulas);
  const binding = bindColumns(anchored({ name, anchor: key, columnAnchors: {}, rows }, sheet, key), key, []);
  const places = [...wanted].flatMap((column) => binding?.columns[column] ?? []).sort((a, b) => a - b);
  const count = lastRow - HEADER_ROWS;
  for (let index = 0; index < count; index += 1) rows.push({ ref: HEADER_ROWS + 1 + index, cells: [] });
  for (const [from, to] of spansOf(places)) {
    const read = readRange(sheet.getRange(HEADER_ROWS + 1, from + 1, count, to - from + 1), withFormulas);
    read.forEach(({ cells }, index) => {
      const target = rows[HEADER_ROWS + index]!.cells as Cell[];
      while (target.length < from) target.push(null);
      for (const cell of cells) target.push(cell);
    });
  }
  return rows;
}

function spansOf(places: readonly number[]): [number, number][] {
  const spans: [number, number][] = [];
  for (const place of places) {
    const span = spans.at(-1);
    if (span !== undefined && place - span[1] <= GAP) span[1] = place;
    else spans.push([place, place]);
  }
  return spans;
}

function readEnds(sheet: GSheet): RowSnapshot[] {
  const lastRow = sheet.getLastRow();
  const width = sheet.getLastColumn();
  if (lastRow === 0 || width === 0) return [];
  const rows = readRange(sheet.getRange(1, 1, Math.min(HEADER_ROWS, lastRow), width), false);
  if (lastRow <= HEADER_ROWS) return rows;
  const [last] = readRange(sheet.getRange(lastRow, 1, 1, width), false);
  return [...rows, { ref: lastRow, cells: last!.cells }];
}

/** With the anchors of its columns, asked for only where headers don't tell: each costs a call. */
function anchored(snapshot: SheetSnapshot, sheet: GSheet, key: SheetKey | null): SheetSnapshot {
  if (key === null || snapshot.rows.slice(0, HEADER_ROWS).some(({ cells }) => columnsOf(key).every(({ header }) => cells.includes(header)))) return snapshot;
  const binding = bindColumns(snapshot, key, []);
  if (binding !== null && columnsOf(key).every((column) => column.key in binding.columns)) return snapshot;
  return { ...snapshot, columnAnchors: anchoredColumns(sheet, key) };
}

function isProtected(key: SheetKey): boolean {
  return (SHEETS[key] as Sheet).protected === true;
}

function mergesOf(sheet: GSheet): Merge[] {
  return sheet.getDataRange().getMergedRanges().map((range) => ({
    row: range.getRow(), lastRow: range.getLastRow(), column: range.getColumn(), lastColumn: range.getLastColumn(),
  }));
}

function homeRanges(spreadsheet: GSpreadsheet): { key: string; range: GRange }[] {
  return spreadsheet.getNamedRanges().flatMap((named) => {
    const key = homeKeyOf(named.getName());
    const range = key === null ? null : rangeOf(named);
    return key === null || range === null ? [] : [{ key, range }];
  });
}

/** Null where the name's cells were deleted. */
function rangeOf(named: GoogleAppsScript.Spreadsheet.NamedRange): GRange | null {
  try {
    return named.getRange();
  } catch {
    return null;
  }
}

function cellAt({ sheet, ref, column }: HomePlace): Cell {
  return sheet.rows[Number(ref) - 1]?.cells[column] ?? null;
}
