import { bindColumns, columnsOf, DAY_FORMAT, MOMENT_FORMAT, type LocatedSheet, type RenderedValue, type SheetKey } from '#core';
import { BATCH_MARK, COLUMN_ANCHOR, SENDER_MARK, SENDER_MARK_ID } from './anchor-names.ts';
import type { CellContent, SheetRequest } from './requests.ts';

const VALUE = 'userEnteredValue';
const VALUE_AND_FORMAT = 'userEnteredValue,userEnteredFormat.numberFormat';

/** Where appended rows go. */
export interface Tail {
  /** 1-based row that the first of them becomes. */
  readonly at: number;
  readonly maxRows: number;
  /** Whether a row of data lies above, whose looks they take. */
  readonly afterData: boolean;
}

interface Column { readonly place: number; readonly formatted: boolean; readonly cells: ReadonlyMap<number, RenderedValue> }
interface Block { readonly row: number; readonly column: number; readonly formatted: boolean; readonly lines: RenderedValue[][] }

/** A cell's content in the API's words. Text is text, whatever it begins with. */
export function cellData(value: string | number | null): CellContent {
  if (value === null) return {};
  return { userEnteredValue: typeof value === 'number' ? { numberValue: value } : { stringValue: value } };
}

/** Requests that write the located cells of a sheet, neighbours together, and none between them; a column that comes back gets its anchor with its header. */
export function cellRequests(sheetId: number, located: LocatedSheet): SheetRequest[] {
  const limits = limitPlaces(located);
  const columns = new Map<number, Map<number, RenderedValue>>();
  for (const [ref, cells] of located.cells) {
    for (const [place, value] of cells) {
      const column = columns.get(place) ?? new Map<number, RenderedValue>();
      columns.set(place, column);
      column.set(Number(ref), value);
    }
  }
  return [...blocksOf([...columns].map(([place, cells]) => ({ place, cells, formatted: limits.has(place) }))).map((block) => update(sheetId, block)), ...returningAnchors(sheetId, located)];
}

/** By it the column is found when people move or rename it. */
export function anchorRequest(sheetId: number, key: SheetKey, column: string, place: number): SheetRequest {
  return { createDeveloperMetadata: { developerMetadata: {
    metadataKey: COLUMN_ANCHOR, metadataValue: `${key}.${column}`, visibility: 'DOCUMENT',
    location: { dimensionRange: { sheetId, dimension: 'COLUMNS', startIndex: place, endIndex: place + 1 } },
  } } };
}

/** The program writes into a header row only where it brings a column back. */
function returningAnchors(sheetId: number, { key, sheet, headerRow, cells, columns }: LocatedSheet): SheetRequest[] {
  const headers = key === null ? undefined : cells.get(sheet.rows[headerRow]!.ref);
  return headers === undefined ? [] : Object.entries(columns).flatMap(([column, place]) => (headers.has(place) ? [anchorRequest(sheetId, key!, column, place)] : []));
}

/**
 * Requests that insert rows and fill them. Insertion moves what a person may have typed there in the meantime; writing
 * into rows thought to be free would cover it.
 */
export function appendRequests(sheetId: number, located: LocatedSheet, tail: Tail): SheetRequest[] {
  const count = located.appended.length;
  const limits = limitPlaces(located);
  const room: SheetRequest = tail.at > tail.maxRows
    ? { appendDimension: { sheetId, dimension: 'ROWS', length: count } }
    : { insertDimension: { range: { sheetId, dimension: 'ROWS', startIndex: tail.at - 1, endIndex: tail.at - 1 + count }, inheritFromBefore: tail.afterData } };
  const places = [...new Set(located.appended.flatMap((row) => [...row.keys()]))];
  const columns = places.map((place): Column => ({
    place, formatted: limits.has(place),
    cells: new Map(located.appended.map((row, index) => [tail.at + index, row.get(place) ?? { value: null, format: null }])),
  }));
  return [room, ...blocksOf(columns).map((block) => update(sheetId, block))];
}

/** Columns whose number format carries meaning: a limit with an hour must show it, one without must not show 00:00. */
function limitPlaces(located: LocatedSheet): ReadonlySet<number> {
  if (located.key === null) return new Set();
  const binding = bindColumns(located.sheet, located.key, []);
  return new Set(columnsOf(located.key).flatMap((column) => (column.type === 'limit' ? [binding?.columns[column.key] ?? -1] : [])));
}

/** Runs of rows of each column, joined with the same runs of the column to its left. */
function blocksOf(columns: readonly Column[]): Block[] {
  const blocks: Block[] = [];
  let open: Block[] = [];
  let last: Column | null = null;
  for (const column of [...columns].sort((a, b) => a.place - b.place)) {
    const runs = runsOf(column);
    const joins = last?.place === column.place - 1 && last.formatted === column.formatted
      && runs.length === open.length && runs.every((run, index) => run.row === open[index]!.row && run.lines.length === open[index]!.lines.length);
    if (joins) runs.forEach((run, index) => run.lines.forEach((line, offset) => open[index]!.lines[offset]!.push(line[0]!)));
    else {
      blocks.push(...runs);
      open = runs;
    }
    last = column;
  }
  return blocks;
}

function runsOf({ place, formatted, cells }: Column): Block[] {
  const runs: Block[] = [];
  for (const row of [...cells.keys()].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run !== undefined && run.row + run.lines.length === row) run.lines.push([cells.get(row)!]);
    else runs.push({ row, column: place, formatted, lines: [[cells.get(row)!]] });
  }
  return runs;
}

function update(sheetId: number, { row, column, formatted, lines }: Block): SheetRequest {
  return { updateCells: {
    start: { sheetId, rowIndex: row - 1, columnIndex: column },
    rows: lines.map((line) => ({ values: line.map((rendered) => (formatted ? withFormat(rendered) : cellData(rendered.value))) })),
    fields: formatted ? VALUE_AND_FORMAT : VALUE,
  } };
}

function withFormat({ value, format }: RenderedValue): CellContent {
  const numberFormat = format === 'datetime' || format === 'any' ? { type: 'DATE_TIME', pattern: MOMENT_FORMAT } : { type: 'DATE', pattern: DAY_FORMAT };
  return { ...cellData(value), userEnteredFormat: { numberFormat } };
}

/** Leaves a call's own mark in the spreadsheet; `isMarked`: an earlier call's is there to be replaced. */
export function markRequest(mark: string, isMarked: boolean): SheetRequest {
  return isMarked
    ? { updateDeveloperMetadata: { dataFilters: [{ developerMetadataLookup: { metadataKey: BATCH_MARK, locationType: 'SPREADSHEET' } }], developerMetadata: { metadataValue: mark }, fields: 'metadataValue' } }
    : { createDeveloperMetadata: { developerMetadata: { metadataKey: BATCH_MARK, metadataValue: mark, visibility: 'DOCUMENT', location: { spreadsheet: true } } } };
}

/** Puts a mark in the place of the one that was seen; refused as a whole where another stands there by now. */
export function claimRequests(seen: string | null, mark: string): SheetRequest[] {
  const taken = seen === null ? [] : [{ deleteDeveloperMetadata: { dataFilter: { developerMetadataLookup: { metadataKey: SENDER_MARK, metadataValue: seen, locationType: 'SPREADSHEET' as const } } } }];
  return [...taken, { createDeveloperMetadata: { developerMetadata: { metadataId: SENDER_MARK_ID, metadataKey: SENDER_MARK, metadataValue: mark, visibility: 'DOCUMENT', location: { spreadsheet: true } } } }];
}

/** The row after the last one with content in a contract column. */
export function tailOf(located: LocatedSheet, key: SheetKey, maxRows: number): Tail {
  const places = Object.values(bindColumns(located.sheet, key, [])?.columns ?? {});
  const { rows } = located.sheet;
  let last = rows.length - 1;
  while (last > located.headerRow && places.every((place) => (rows[last]!.cells[place] ?? null) === null)) last -= 1;
  return { at: Number(rows[last]!.ref) + 1, maxRows, afterData: last > located.headerRow };
}
