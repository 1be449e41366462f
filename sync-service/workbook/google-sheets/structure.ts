import type { sheets_v4 } from '@googleapis/sheets';
import { findSheet, HOME_SHEET_NAME, SHEET_KEYS, SHEETS, type Sheet, type SheetKey } from '#core';
import { BATCH_MARK, columnLetters, HOME_ANCHOR, homeKeyOf, SENDER_MARK, SHEET_ANCHOR } from '#google';

/** What of a spreadsheet tells where to read: no cells. */
export const STRUCTURE_FIELDS = 'properties(title,timeZone),namedRanges(name,range),developerMetadata(metadataKey,metadataValue),'
  + 'sheets(properties(sheetId,title,sheetType,gridProperties(rowCount,columnCount)),developerMetadata(metadataKey,metadataValue))';
/** Of the requested ranges all that a run looks at, as it stood at one moment: a column's anchors and its cells can't come apart. */
export const DATA_FIELDS = 'namedRanges(name,range),sheets(properties(sheetId,gridProperties(rowCount,columnCount)),merges,'
  + 'data(startRow,startColumn,rowData(values(userEnteredValue(formulaValue),effectiveValue)),columnMetadata(developerMetadata(metadataKey,metadataValue))))';

/** Headers are looked for in the first 20 rows (contract). */
export const HEADER_ROWS = 20;
/** How many rows of the grid's end are read of a sheet that only grows: its last row lies above the blank ones that Google keeps there. */
const TAIL_ROWS = 1_500;

export interface GridSheet {
  readonly id: number;
  readonly title: string;
  /** The contract's sheet that this one is; null for people's own, and for 首页. */
  readonly key: SheetKey | null;
  readonly rowCount: number;
  readonly columnCount: number;
}

export interface Structure {
  readonly title: string;
  readonly timeZone: string;
  /** The spreadsheet that this one was set up as; null where it never was. */
  readonly home: string | null;
  /** Whether an earlier write left its mark. */
  readonly isMarked: boolean;
  /** Which machine sends its mails, and until when; null where none ever did. */
  readonly sender: string | null;
  readonly sheets: readonly GridSheet[];
  /** Sheets with named cells of 首页. */
  readonly homeSheets: ReadonlySet<number>;
}

/** The contract's sheets are known by name, then by anchor, then by a name that differs in spaces or width, as to the script inside Google. */
export function structureOf({ properties, developerMetadata, sheets = [], namedRanges }: sheets_v4.Schema$Spreadsheet): Structure {
  const grids = sheets.filter((sheet) => sheet.properties?.sheetType === 'GRID');
  const titled = grids.map(({ properties: own, developerMetadata: marks }) => ({
    id: own?.sheetId ?? 0, title: own?.title ?? '', rowCount: own?.gridProperties?.rowCount ?? 0, columnCount: own?.gridProperties?.columnCount ?? 0,
    anchor: marks?.find(({ metadataKey }) => metadataKey === SHEET_ANCHOR)?.metadataValue ?? null,
  }));
  const keys = new Map<number, SheetKey>();
  for (const key of SHEET_KEYS) {
    const found = titled.find(({ title }) => title === SHEETS[key].name) ?? titled.find(({ id, anchor }) => anchor === key && !keys.has(id)) ?? titled.find(({ title }) => title === similarName(titled, key));
    if (found !== undefined && !keys.has(found.id)) keys.set(found.id, key);
  }
  return {
    title: properties?.title ?? '', timeZone: properties?.timeZone ?? '',
    home: developerMetadata?.find(({ metadataKey }) => metadataKey === HOME_ANCHOR)?.metadataValue ?? null,
    isMarked: developerMetadata?.some(({ metadataKey }) => metadataKey === BATCH_MARK) ?? false,
    sender: developerMetadata?.find(({ metadataKey }) => metadataKey === SENDER_MARK)?.metadataValue ?? null,
    sheets: titled.map(({ id, title, rowCount, columnCount }) => ({ id, title, rowCount, columnCount, key: keys.get(id) ?? null })),
    homeSheets: new Set((namedRanges ?? []).flatMap(({ name, range }) => (homeKeyOf(name ?? '') === null ? [] : [range?.sheetId ?? 0]))),
  };
}

function similarName(sheets: readonly { readonly title: string }[], key: SheetKey): string | undefined {
  return findSheet({ sheets: sheets.map(({ title }) => ({ name: title, anchor: null, columnAnchors: {}, rows: [] })), home: null, modifiedAt: null, isCopy: false }, key)?.name;
}

/** What a whole run reads: the contract's sheets and 首页; where one of them is missing, every sheet, since it may go by another name. */
export function sheetsOfRun({ sheets, homeSheets }: Structure): GridSheet[] {
  const known = new Set(sheets.map(({ key }) => key));
  const isComplete = SHEET_KEYS.every((key) => known.has(key));
  return sheets.filter(({ id, key, title }) => !isComplete || key !== null || title === HOME_SHEET_NAME || homeSheets.has(id));
}

export function wholeRangeOf(sheet: GridSheet): string {
  return quoted(sheet);
}

/** Ranges that hold what a run needs of a sheet: all of it; of one that only grows, its head and its end. */
export function rangesOf(sheet: GridSheet): string[] {
  const isTailEnough = sheet.key !== null && (SHEETS[sheet.key] as Sheet).tailOnly === true;
  const tail = sheet.rowCount - TAIL_ROWS + 1;
  return isTailEnough && tail > HEADER_ROWS + 1 ? [headOf(sheet), `${quoted(sheet)}!A${tail}:${columnLetters(sheet.columnCount - 1)}`] : [quoted(sheet)];
}

/** The head of a sheet, and below it the columns of some 0-based places; neighbours together. */
export function columnRangesOf(sheet: GridSheet, places: readonly number[]): string[] {
  if (sheet.rowCount <= HEADER_ROWS) return [quoted(sheet)];
  return [headOf(sheet), ...spansOf(places).map(([from, to]) => `${quoted(sheet)}!${columnLetters(from)}${HEADER_ROWS + 1}:${columnLetters(to)}`)];
}

function headOf(sheet: GridSheet): string {
  return `${quoted(sheet)}!A1:${columnLetters(sheet.columnCount - 1)}${HEADER_ROWS}`;
}

function quoted({ title }: GridSheet): string {
  return `'${title.replaceAll('\'', '\'\'')}'`;
}

/** Columns that lie no further apart than this are read with what lies between. */
const GAP = 3;

function spansOf(places: readonly number[]): [number, number][] {
  const spans: [number, number][] = [];
  for (const place of [...places].sort((a, b) => a - b)) {
    const span = spans.at(-1);
    if (span !== undefined && place - span[1] <= GAP) span[1] = Math.max(span[1], place);
    else spans.push([place, place]);
  }
  return spans;
}
