import type { sheets_v4 } from '@googleapis/sheets';
import { lastColumnOf, lastRowOf, parseA1, type Area } from '../apps-script/fake/area.ts';
import { ENUMS } from '../apps-script/fake/enums.ts';
import { livingMetadata, type MetadataState } from '../apps-script/fake/developer-metadata.ts';
import type { SheetModel } from '../apps-script/fake/sheet-model.ts';
import { DateSerial, Formula, resultOf, type Stored } from '../apps-script/fake/stored-cell.ts';
import type { WorkbookModel } from '../apps-script/fake/workbook-model.ts';

/** Every error value as the API names its type. */
const ERROR_TYPES: Readonly<Record<string, string>> = { '#REF!': 'REF', '#N/A': 'N_A', '#DIV/0!': 'DIVIDE_BY_ZERO', '#VALUE!': 'VALUE', '#NAME?': 'NAME', '#NUM!': 'NUM', '#NULL!': 'NULL_VALUE', '#ERROR!': 'ERROR' };

/** A request that Google answers with 400. */
export class InvalidArgument extends Error {}

/** The spreadsheet as `spreadsheets.get` tells it; cells of the ranges asked for, and of every sheet where none is. */
export function spreadsheetMessage(book: WorkbookModel, ranges: readonly string[], withCells: boolean): sheets_v4.Schema$Spreadsheet {
  const metadata = livingMetadata(book);
  const types = ENUMS.DeveloperMetadataLocationType;
  const asked = ranges.map((range) => locate(book, range));
  const sheets = book.sheets.filter((sheet) => asked.length === 0 || asked.some((range) => range.sheet === sheet));
  return {
    spreadsheetId: book.id, spreadsheetUrl: `https://docs.google.com/spreadsheets/d/${book.id}/edit`,
    properties: { title: book.name, locale: book.locale, timeZone: book.timeZone },
    developerMetadata: metadata.filter(({ type }) => type === types.SPREADSHEET).map(entryMessage),
    namedRanges: book.namedRanges.flatMap(({ name, place: { sheet, area } }) => (area === null ? [] : [{ name, range: gridRange(sheet, area) }])),
    sheets: sheets.map((sheet) => ({
      properties: {
        sheetId: sheet.id, title: sheet.name, index: book.sheets.indexOf(sheet), sheetType: 'GRID', ...(sheet.hidden ? { hidden: true } : {}),
        gridProperties: { rowCount: sheet.maxRows, columnCount: sheet.maxColumns },
      },
      ...(sheet.merges.length > 0 ? { merges: sheet.merges.flatMap(({ area }) => (area === null ? [] : [gridRange(sheet, area)])) } : {}),
      developerMetadata: metadata.filter(({ type, sheet: own }) => type === types.SHEET && own === sheet).map(entryMessage),
      ...(withCells ? { data: (asked.length === 0 ? [{ sheet, area: wholeOf(sheet) }] : asked.filter((range) => range.sheet === sheet)).map(({ area }) => gridData(sheet, area, metadata)) } : {}),
    })),
  };
}

function gridData(sheet: SheetModel, area: Area, metadata: readonly MetadataState[]): sheets_v4.Schema$GridData {
  const rows: sheets_v4.Schema$RowData[] = [];
  const lastRow = Math.min(lastRowOf(area), sheet.rows.length);
  for (let row = area.row; row <= lastRow; row += 1) {
    const cells = sheet.rows[row - 1]!;
    const values: sheets_v4.Schema$CellData[] = [];
    for (let column = area.column; column <= Math.min(lastColumnOf(area), cells.length); column += 1) values.push(cellMessage(cells[column - 1] ?? null));
    rows.push(values.length === 0 ? {} : { values });
  }
  // Cells that only wear a format come as empty messages.
  if (lastRow < lastRowOf(area)) rows.push({ values: [{}, {}] });
  const { COLUMN } = ENUMS.DeveloperMetadataLocationType;
  return {
    // Zero is left out of JSON.
    ...(area.row > 1 ? { startRow: area.row - 1 } : {}), ...(area.column > 1 ? { startColumn: area.column - 1 } : {}),
    rowData: rows,
    columnMetadata: Array.from({ length: area.columns }, (_, index) => {
      const own = metadata.filter(({ type, sheet: of, place }) => type === COLUMN && of === sheet && place?.area?.column === area.column + index);
      return own.length === 0 ? { pixelSize: 100 } : { pixelSize: 100, developerMetadata: own.map(entryMessage) };
    }),
  };
}

function cellMessage(stored: Stored): sheets_v4.Schema$CellData {
  const effectiveValue = valueMessage(resultOf(stored));
  if (stored instanceof Formula) return { userEnteredValue: { formulaValue: stored.text }, ...(effectiveValue === null ? {} : { effectiveValue: errorOr(effectiveValue) }) };
  return effectiveValue === null ? {} : { userEnteredValue: effectiveValue, effectiveValue };
}

function valueMessage(value: ReturnType<typeof resultOf>): sheets_v4.Schema$ExtendedValue | null {
  if (value === null) return null;
  if (value instanceof DateSerial) return { numberValue: value.serial };
  if (typeof value === 'number') return { numberValue: value };
  return typeof value === 'boolean' ? { boolValue: value } : { stringValue: value };
}

function errorOr(value: sheets_v4.Schema$ExtendedValue): sheets_v4.Schema$ExtendedValue {
  const type = ERROR_TYPES[value.stringValue ?? ''];
  return type === undefined ? value : { errorValue: { type, message: value.stringValue ?? '' } };
}

function entryMessage({ id, key, value, visibility }: MetadataState): sheets_v4.Schema$DeveloperMetadata {
  return { metadataId: id, metadataKey: key, ...(value === null ? {} : { metadataValue: value }), visibility: String(visibility) };
}

function gridRange(sheet: SheetModel, area: Area): sheets_v4.Schema$GridRange {
  return {
    sheetId: sheet.id, ...(area.row > 1 ? { startRowIndex: area.row - 1 } : {}), endRowIndex: lastRowOf(area), ...(area.column > 1 ? { startColumnIndex: area.column - 1 } : {}), endColumnIndex: lastColumnOf(area),
  };
}

function wholeOf(sheet: SheetModel): Area {
  return { row: 1, column: 1, rows: sheet.maxRows, columns: sheet.maxColumns };
}

function locate(book: WorkbookModel, asked: string): { sheet: SheetModel; area: Area } {
  const whole = book.sheet(asked.replace(/^'(.*)'$/, '$1').replaceAll('\'\'', '\''));
  if (whole !== undefined) return { sheet: whole, area: wholeOf(whole) };
  const parsed = parseA1(asked);
  const sheet = parsed?.sheet == null ? undefined : book.sheet(parsed.sheet);
  if (parsed === null || sheet === undefined) throw new InvalidArgument(`Unable to parse range: ${asked}`);
  const { area } = parsed;
  const isBeyond = area.row > sheet.maxRows || area.column > sheet.maxColumns
    || (area.rows !== Infinity && lastRowOf(area) > sheet.maxRows) || (area.columns !== Infinity && lastColumnOf(area) > sheet.maxColumns);
  if (isBeyond) throw new InvalidArgument(`Range (${asked}) exceeds grid limits. Max rows: ${sheet.maxRows}, max columns: ${sheet.maxColumns}`);
  return { sheet, area: { ...area, rows: Math.min(area.rows, sheet.maxRows - area.row + 1), columns: Math.min(area.columns, sheet.maxColumns - area.column + 1) } };
}
