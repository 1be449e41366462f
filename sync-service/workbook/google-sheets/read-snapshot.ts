import type { sheets_v4 } from '@googleapis/sheets';
import {
  bindColumns, SHEETS, type Bar, type Cell, type Ground, type RowRef, type RowSnapshot, type Sheet, type SheetKey, type SheetSnapshot, type WorkbookSnapshot,
} from '#core';
import { COLUMN_ANCHOR, coveredBy, homeKeyOf, isUnderMerge, repeatMerged, type Merge } from '#google';
import { StoreError } from '../store.ts';
import { cellFromApi } from './cell-from-api.ts';
import type { SheetsApi } from './client.ts';
import { columnRangesOf, DATA_FIELDS, HEADER_ROWS, rangesOf, sheetsOfRun, STRUCTURE_FIELDS, structureOf, wholeRangeOf, type GridSheet, type Structure } from './structure.ts';

/** A spreadsheet in memory: the snapshot for core, and what writing into it needs. */
export interface LoadedWorkbook extends Ground {
  readonly spreadsheetId: string;
  readonly structure: Structure;
  readonly snapshot: WorkbookSnapshot;
  /** The grid behind each sheet, its size as of this reading. */
  readonly grids: ReadonlyMap<SheetSnapshot, GridSheet>;
}

/** Sheets to look at again, 首页 among them; of a sheet all columns, or the ones named. */
export type Wanted = ReadonlyMap<SheetKey | 'home', ReadonlySet<string> | 'all'>;

/** Google's words for a range whose sheet was renamed, or that lies beyond a grid that shrank, since the structure was read. */
const MOVED = /Unable to parse range|exceeds grid limits/i;
const MOST_READINGS = 4;

/**
 * Reads what a run needs, in two calls however many rows there are: where the sheets are, then their cells. One more where
 * people moved or renamed a sheet in between. `rows`: `every` also of the sheets that only grow. Throws a StoreError.
 */
export async function loadWorkbook(api: SheetsApi, spreadsheetId: string, rows: 'needed' | 'every' = 'needed'): Promise<LoadedWorkbook> {
  for (let reading = 1; ; reading += 1) {
    const structure = structureOf(await api.get(spreadsheetId, [], STRUCTURE_FIELDS));
    const sheets = sheetsOfRun(structure);
    try {
      const read = await readData(api, spreadsheetId, sheets.flatMap((sheet) => (rows === 'every' ? [wholeRangeOf(sheet)] : rangesOf(sheet))));
      const blind = rows === 'every' ? [] : sheets.filter((sheet) => isEndUnseen(sheet, read.sheets.find(({ properties }) => properties?.sheetId === sheet.id)));
      const whole = blind.length === 0 ? null : await readData(api, spreadsheetId, blind.map(wholeRangeOf));
      return assemble(spreadsheetId, structure, { ...read, sheets: [...read.sheets.filter(({ properties }) => !blind.some(({ id }) => id === properties?.sheetId)), ...whole?.sheets ?? []] }, null);
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'refused' || !MOVED.test(error.message) || reading === MOST_READINGS) throw error;
    }
  }
}

/** The columns asked for as they are now, in one call; a sheet whose columns moved meanwhile is read whole by a second one. */
export async function reloadWorkbook(api: SheetsApi, seen: LoadedWorkbook, wanted: Wanted): Promise<LoadedWorkbook> {
  const { structure, spreadsheetId } = seen;
  const ranges = rangesWanted(seen, wanted);
  try {
    const now = assemble(spreadsheetId, structure, await readData(api, spreadsheetId, ranges), seen);
    if (now.snapshot.sheets.every((sheet) => sheet.anchor === null || placesOf(sheet, wanted.get(sheet.anchor)).join() === placesOf(sheetOf(seen, sheet.anchor), wanted.get(sheet.anchor)).join())) return now;
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'refused' || !MOVED.test(error.message)) throw error;
  }
  return loadWorkbook(api, spreadsheetId);
}

/** The ranges of a part of a spreadsheet, by its places when it was read. */
export function rangesWanted(seen: LoadedWorkbook, wanted: Wanted): string[] {
  return [...seen.grids].flatMap(([snapshot, grid]) => {
    const columns = grid.key === null ? undefined : wanted.get(grid.key);
    if (wanted.has('home') && [...seen.home.values()].some(({ sheet }) => sheet === snapshot)) return rangesOf(grid);
    if (columns === undefined || grid.key === null) return [];
    return columns === 'all' || (SHEETS[grid.key] as Sheet).tailOnly === true ? rangesOf(grid) : columnRangesOf(grid, placesOf(snapshot, columns));
  });
}

interface Read { readonly sheets: readonly sheets_v4.Schema$Sheet[]; readonly namedRanges: readonly sheets_v4.Schema$NamedRange[] }

async function readData(api: SheetsApi, spreadsheetId: string, ranges: readonly string[]): Promise<Read> {
  if (ranges.length === 0) return { sheets: [], namedRanges: [] };
  const { sheets = [], namedRanges = [] } = await api.get(spreadsheetId, ranges, DATA_FIELDS);
  return { sheets, namedRanges };
}

/** What a call answered, as a workbook. `seen`: an earlier reading, where only a part was read again. */
export function assemble(spreadsheetId: string, structure: Structure, read: Read, seen: LoadedWorkbook | null): LoadedWorkbook {
  const grids = new Map<SheetSnapshot, GridSheet>();
  const merges = new Map<SheetSnapshot, readonly Merge[]>();
  const byId = new Map<number, SheetSnapshot>();
  for (const answer of read.sheets) {
    const known = structure.sheets.find(({ id }) => id === (answer.properties?.sheetId ?? 0));
    if (known === undefined) continue;
    const grid = { ...known, rowCount: answer.properties?.gridProperties?.rowCount ?? known.rowCount, columnCount: answer.properties?.gridProperties?.columnCount ?? known.columnCount };
    const own = isProtected(known.key) ? [] : (answer.merges ?? []).map(mergeOf);
    const earlier = seen === null ? undefined : [...seen.grids].find(([, { id }]) => id === known.id)?.[0];
    const snapshot = sheetSnapshot(grid, answer.data ?? [], own, earlier?.firstFree ?? 0);
    grids.set(snapshot, grid);
    merges.set(snapshot, own);
    byId.set(known.id, snapshot);
  }
  const home = new Map(read.namedRanges.flatMap(({ name, range }) => {
    const key = homeKeyOf(name ?? '');
    const sheet = byId.get(range?.sheetId ?? 0);
    return key === null || sheet === undefined ? [] : [[key, { sheet, ref: (range?.startRowIndex ?? 0) + 1, column: range?.startColumnIndex ?? 0 }] as const];
  }));
  return {
    spreadsheetId, structure, grids, home,
    snapshot: {
      sheets: [...grids.keys()], modifiedAt: null, isCopy: structure.home !== spreadsheetId,
      home: home.size === 0 ? null : Object.fromEntries([...home].map(([key, { sheet, ref, column }]) => [key, sheet.rows[ref - 1]?.cells[column] ?? null])),
    },
    // A write under a merge would never be seen, and be planned for ever.
    barred(sheet: SheetSnapshot, ref: RowRef, column: number): Bar | null {
      return merges.get(sheet)?.some((merge) => isUnderMerge(merge, Number(ref), column + 1)) === true ? { reason: 'cell-changed', found: '合并单元格' } : null;
    },
  };
}

function sheetSnapshot({ title, key }: GridSheet, data: readonly sheets_v4.Schema$GridData[], merges: readonly Merge[], leastFree: number): SheetSnapshot {
  const cells = new Map<number, Cell[]>();
  const columnAnchors: Record<string, number> = {};
  let width = 0;
  let last = 0;
  for (const block of data) {
    const { startRow, startColumn, rowData, columnMetadata } = block;
    rowData?.forEach(({ values }, index) => {
      const ref = (startRow ?? 0) + index + 1;
      if (values === undefined) return;
      for (let offset = 0; offset < values.length; offset += 1) {
        const cell = cellFromApi(values[offset]!);
        if (cell === null) continue;
        let row = cells.get(ref);
        if (row === undefined) cells.set(ref, row = []);
        const place = (startColumn ?? 0) + offset;
        while (row.length < place) row.push(null);
        row[place] = cell;
        width = Math.max(width, row.length);
        last = Math.max(last, ref);
      }
    });
    columnMetadata?.forEach(({ developerMetadata }, offset) => {
      for (const { metadataKey, metadataValue } of developerMetadata ?? []) {
        const [sheetKey, columnKey = ''] = metadataKey === COLUMN_ANCHOR ? (metadataValue ?? '').split('.') : [];
        if (sheetKey === key && !(columnKey in columnAnchors)) columnAnchors[columnKey] = (startColumn ?? 0) + offset;
      }
    });
  }
  // Of a sheet that only grows its middle was not read: its rows are no list from the top.
  const isTail = key !== null && (SHEETS[key] as Sheet).tailOnly === true;
  const rows: RowSnapshot[] = isTail
    ? [...cells].sort(([a], [b]) => a - b).map(([ref, own]) => ({ ref, cells: own }))
    : Array.from({ length: last }, (_, index) => ({ ref: index + 1, cells: cells.get(index + 1) ?? [] }));
  repeatMerged(rows, merges);
  return { name: title, anchor: key, columnAnchors, rows, firstFree: Math.max(width, leastFree), covered: coveredBy(merges) };
}

/** True where the rows that a growing sheet ends with may lie between what was read of it. */
function isEndUnseen(sheet: GridSheet, read: sheets_v4.Schema$Sheet | undefined): boolean {
  if (rangesOf(sheet).length === 1) return false;
  const tail = read?.data?.find(({ startRow }) => (startRow ?? 0) >= HEADER_ROWS);
  return (tail?.rowData ?? []).every(({ values }) => (values ?? []).every((cell) => cellFromApi(cell) === null));
}

/** 0-based places of the columns asked for, in order. */
function placesOf(sheet: SheetSnapshot | undefined, columns: ReadonlySet<string> | 'all' | undefined): number[] {
  if (sheet?.anchor == null || columns === undefined || columns === 'all') return [];
  const binding = bindColumns(sheet, sheet.anchor, []);
  return binding === null ? [] : [...columns].flatMap((column) => binding.columns[column] ?? []).sort((a, b) => a - b);
}

function sheetOf(workbook: LoadedWorkbook, key: SheetKey): SheetSnapshot | undefined {
  return workbook.snapshot.sheets.find((sheet) => sheet.anchor === key);
}

function mergeOf({ startRowIndex, endRowIndex, startColumnIndex, endColumnIndex }: sheets_v4.Schema$GridRange): Merge {
  return { row: (startRowIndex ?? 0) + 1, lastRow: endRowIndex ?? 0, column: (startColumnIndex ?? 0) + 1, lastColumn: endColumnIndex ?? 0 };
}

function isProtected(key: SheetKey | null): boolean {
  return key !== null && (SHEETS[key] as Sheet).protected === true;
}
