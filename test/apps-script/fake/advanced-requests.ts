import { fieldPaths, paintCell, validationFromApi } from './advanced-cells.ts';
import { apiError } from './api-error.ts';
import type { Area } from './area.ts';
import { addMetadata } from './developer-metadata.ts';
import { ENUMS } from './enums.ts';
import { NotFaked } from './exception.ts';
import { addProtection, mayEdit, PROTECTED_MESSAGE } from './protection.ts';
import type { SheetModel } from './sheet-model.ts';
import type { WorkbookModel } from './workbook-model.ts';

type Schema<K extends keyof Request> = NonNullable<Request[K]>;
type Request = GoogleAppsScript.Sheets.Schema.Request;
type Response = GoogleAppsScript.Sheets.Schema.Response;
type GridRange = GoogleAppsScript.Sheets.Schema.GridRange;
type DimensionRange = GoogleAppsScript.Sheets.Schema.DimensionRange;
type Handlers = { readonly [K in keyof Request]?: (context: Context, request: Schema<K>) => Response };

const METHOD = 'spreadsheets.batchUpdate';

/** On what and for whom requests are carried out: an execution of a script, or a caller of the HTTP double. */
export interface Writing {
  readonly world: { readonly book: WorkbookModel };
  readonly caller: { readonly effectiveUser: string };
  charge(name: string, units: number): void;
}

/** One request of a batch: where errors point to. */
class Context {
  readonly run: Writing;
  readonly where: string;
  constructor(run: Writing, where: string) {
    this.run = run;
    this.where = where;
  }

  error(message: string): Error { return apiError(METHOD, `Invalid ${this.where}: ${message}`); }

  sheet(id = 0): SheetModel {
    const sheet = this.run.world.book.sheets.find((candidate) => candidate.id === id);
    if (sheet === undefined) throw this.error(`No grid with id: ${id}`);
    return sheet;
  }

  /** 0-based and half open; an end left out is that of the grid. */
  area(range: GridRange = {}): { sheet: SheetModel; area: Area } {
    const sheet = this.sheet(range.sheetId);
    const { startRowIndex = 0, startColumnIndex = 0, endRowIndex = sheet.maxRows, endColumnIndex = sheet.maxColumns } = range;
    if (endRowIndex > sheet.maxRows || endColumnIndex > sheet.maxColumns || endRowIndex <= startRowIndex || endColumnIndex <= startColumnIndex) throw this.error('Range exceeds grid limits.');
    return { sheet, area: { row: startRowIndex + 1, column: startColumnIndex + 1, rows: endRowIndex - startRowIndex, columns: endColumnIndex - startColumnIndex } };
  }

  lines(range: DimensionRange = {}): { sheet: SheetModel; columns: boolean; at: number; count: number } {
    const sheet = this.sheet(range.sheetId);
    const columns = range.dimension === 'COLUMNS';
    const { startIndex = 0, endIndex = columns ? sheet.maxColumns : sheet.maxRows } = range;
    return { sheet, columns, at: startIndex + 1, count: endIndex - startIndex };
  }

  writable(range: GridRange | undefined): { sheet: SheetModel; area: Area } {
    const found = this.area(range);
    if (!mayEdit(this.run.world.book, found.sheet, found.area, this.run.caller.effectiveUser)) throw this.error(PROTECTED_MESSAGE);
    return found;
  }
}

const HANDLERS: Handlers = {
  updateCells(context, { range, start, rows = [], fields = '' }) {
    const from = range ?? { sheetId: start?.sheetId, startRowIndex: start?.rowIndex ?? 0, startColumnIndex: start?.columnIndex ?? 0,
      endRowIndex: (start?.rowIndex ?? 0) + rows.length, endColumnIndex: (start?.columnIndex ?? 0) + Math.max(...rows.map(({ values = [] }) => values.length)) };
    const { sheet, area } = context.writable(from);
    const paths = fieldPaths(fields);
    context.run.charge('Sheets.Spreadsheets.batchUpdate', area.rows * area.columns);
    // Where a range is larger than the rows given, the rest of it is cleared.
    for (let r = 0; r < area.rows; r++) {
      for (let c = 0; c < area.columns; c++) {
        const cell = rows[r]?.values?.[c];
        if (cell !== undefined || range !== undefined) paintCell(context.run, sheet, { row: area.row + r, column: area.column + c, rows: 1, columns: 1 }, cell ?? {}, paths);
      }
    }
    return {};
  },
  repeatCell(context, { range, cell = {}, fields = '' }) {
    const { sheet, area } = context.writable(range);
    paintCell(context.run, sheet, area, cell, fieldPaths(fields));
    return {};
  },
  setDataValidation(context, { range, rule }) {
    const { sheet, area } = context.writable(range);
    sheet.validations.set(area, rule === undefined ? undefined : validationFromApi(rule));
    return {};
  },
  appendDimension(context, { sheetId, dimension, length = 0 }) {
    const sheet = context.sheet(sheetId);
    if (dimension === 'COLUMNS') sheet.insertColumns(sheet.maxColumns + 1, length, 'before');
    else sheet.insertRows(sheet.maxRows + 1, length, 'before');
    return {};
  },
  insertDimension(context, { range, inheritFromBefore = false }) {
    const { sheet, columns, at, count } = context.lines(range);
    const inherit = inheritFromBefore ? 'before' : 'after';
    if (columns) sheet.insertColumns(at, count, inherit);
    else sheet.insertRows(at, count, inherit);
    return {};
  },
  deleteDimension(context, { range }) {
    const { sheet, columns, at, count } = context.lines(range);
    if (columns) sheet.deleteColumns(at, count);
    else sheet.deleteRows(at, count);
    return {};
  },
  updateDimensionProperties(context, { range, properties = {}, fields = '' }) {
    const { sheet, columns, at, count } = context.lines(range);
    const area = columns ? { row: 1, rows: 1, column: at, columns: count } : { row: at, rows: count, column: 1, columns: 1 };
    for (const path of fieldPaths(fields)) {
      if (path === 'pixelSize') (columns ? sheet.columnWidths : sheet.rowHeights).set(area, properties.pixelSize);
      else if (path === 'hiddenByUser' && columns) sheet.hiddenColumns.set(area, properties.hiddenByUser === true ? true : undefined);
      else throw new NotFaked(`updateDimensionProperties ${path}`);
    }
    return {};
  },
  updateSheetProperties(context, { properties = {}, fields = '' }) {
    const sheet = context.sheet(properties.sheetId);
    const grid = properties.gridProperties ?? {};
    for (const path of fieldPaths(fields)) {
      switch (path) {
        case 'title': sheet.name = properties.title ?? sheet.name; break;
        case 'hidden': sheet.hidden = properties.hidden ?? false; break;
        case 'gridProperties.frozenRowCount': sheet.frozenRows = grid.frozenRowCount ?? 0; break;
        case 'gridProperties.frozenColumnCount': sheet.frozenColumns = grid.frozenColumnCount ?? 0; break;
        case 'gridProperties.hideGridlines': sheet.hiddenGridlines = grid.hideGridlines ?? false; break;
        default: throw new NotFaked(`updateSheetProperties ${path}`);
      }
    }
    return {};
  },
  addProtectedRange(context, { protectedRange = {} }) {
    const { sheet, area } = context.area(protectedRange.range);
    const state = addProtection(context.run.world.book, sheet, area);
    state.description = protectedRange.description ?? '';
    state.warningOnly = protectedRange.warningOnly ?? false;
    state.domainEdit = protectedRange.editors?.domainUsersCanEdit ?? false;
    if (protectedRange.editors?.users !== undefined) state.editors = new Set(protectedRange.editors.users);
    state.unprotected = (protectedRange.unprotectedRanges ?? []).map((range) => sheet.follow(context.area(range).area));
    return { addProtectedRange: { protectedRange } };
  },
  createDeveloperMetadata(context, { developerMetadata = {} }) {
    const { location = {}, metadataId, metadataKey = '', metadataValue, visibility } = developerMetadata;
    if (visibility !== 'DOCUMENT' && visibility !== 'PROJECT') throw context.error('Visibility must be specified.');
    const types = ENUMS.DeveloperMetadataLocationType;
    const entry = { key: metadataKey, value: metadataValue ?? null, visibility: ENUMS.DeveloperMetadataVisibility[visibility] };
    const { book } = context.run.world;
    if (metadataId !== undefined && book.metadata.some(({ id }) => id === metadataId)) throw context.error(`Developer metadata with id ${metadataId} already exists.`);
    if (location.spreadsheet === true) addMetadata(book, { type: types.SPREADSHEET, sheet: null, place: null }, entry, metadataId);
    else if (location.dimensionRange === undefined) addMetadata(book, { type: types.SHEET, sheet: context.sheet(location.sheetId), place: null }, entry);
    else {
      const { sheet, columns, at, count } = context.lines(location.dimensionRange);
      if (count !== 1) throw context.error('DimensionRange must have length 1.');
      const area = columns ? { row: 1, rows: Infinity, column: at, columns: 1 } : { row: at, rows: 1, column: 1, columns: Infinity };
      addMetadata(book, { type: columns ? types.COLUMN : types.ROW, sheet, place: sheet.follow(area) }, entry);
    }
    return {};
  },
  deleteDeveloperMetadata(context, { dataFilter = {} }) {
    const { developerMetadataLookup: lookup = {}, ...rest } = dataFilter;
    if (Object.keys(rest).length > 0 || lookup.locationType !== 'SPREADSHEET' || lookup.metadataKey === undefined || lookup.metadataValue === undefined) throw new NotFaked(`deleteDeveloperMetadata by ${JSON.stringify(dataFilter)}`);
    const { book } = context.run.world;
    book.metadata = book.metadata.filter(({ key, value, type }) => type !== ENUMS.DeveloperMetadataLocationType.SPREADSHEET || key !== lookup.metadataKey || value !== lookup.metadataValue);
    return {};
  },
  updateDeveloperMetadata(context, { dataFilters = [], developerMetadata = {}, fields = '' }) {
    const lookups = dataFilters.map(({ developerMetadataLookup: lookup = {}, ...rest }) => {
      if (Object.keys(rest).length > 0 || lookup.locationType !== 'SPREADSHEET') throw new NotFaked(`updateDeveloperMetadata by ${JSON.stringify(dataFilters)}`);
      return lookup.metadataKey;
    });
    if (fields !== 'metadataValue') throw new NotFaked(`updateDeveloperMetadata ${fields}`);
    const found = context.run.world.book.metadata.filter(({ key, type }) => type === ENUMS.DeveloperMetadataLocationType.SPREADSHEET && lookups.includes(key));
    if (found.length === 0) throw context.error('No developer metadata matches the data filters.');
    for (const entry of found) entry.value = developerMetadata.metadataValue ?? null;
    return {};
  },
};

/** All or nothing: everything that Google may refuse is looked for before anything is done. */
export function applyRequests(run: Writing, requests: readonly Request[]): Response[] {
  const sizes = new Map(run.world.book.sheets.map((sheet) => [sheet.id, { rows: sheet.maxRows, columns: sheet.maxColumns }]));
  const steps = requests.map((request, index) => {
    const [kind, ...others] = Object.keys(request) as (keyof Request)[];
    if (kind === undefined || others.length > 0) throw apiError(METHOD, `Invalid requests[${index}]: must specify exactly one request`);
    const handler = HANDLERS[kind] as ((context: Context, request: unknown) => Response) | undefined;
    if (handler === undefined) throw new NotFaked(`Sheets.Spreadsheets.batchUpdate ${kind}`);
    const context = new Context(run, `requests[${index}].${kind}`);
    const body = request[kind] as Body;
    const id = body.sheetId ?? body.range?.sheetId ?? body.start?.sheetId ?? body.properties?.sheetId;
    if (id !== undefined) context.sheet(id);
    checkSize(context, kind, body, sizes.get(id ?? run.world.book.sheets[0]!.id)!);
    return () => handler(context, body);
  });
  return steps.map((step) => step());
}

interface Body {
  readonly sheetId?: number;
  readonly range?: GridRange & DimensionRange;
  readonly start?: { readonly sheetId?: number; readonly rowIndex?: number; readonly columnIndex?: number };
  readonly properties?: { readonly sheetId?: number };
  readonly rows?: readonly { readonly values?: readonly unknown[] }[];
  readonly dimension?: string;
  readonly length?: number;
}

/** Follows how requests change a grid's size, and refuses the one that would lie beyond it. */
function checkSize(context: Context, kind: keyof Request, { range, start, rows = [], dimension, length = 0 }: Body, size: { rows: number; columns: number }): void {
  const beyond = (row: number, column: number): void => {
    if (row > size.rows || column > size.columns) throw context.error('Range exceeds grid limits.');
  };
  const lines = (name: string | undefined): 'rows' | 'columns' => (name === 'COLUMNS' ? 'columns' : 'rows');
  const span = (range?.endIndex ?? 0) - (range?.startIndex ?? 0);
  switch (kind) {
    case 'appendDimension': size[lines(dimension)] += length; break;
    case 'insertDimension':
      if ((range?.startIndex ?? 0) > size[lines(range?.dimension)]) throw context.error('Range exceeds grid limits.');
      size[lines(range?.dimension)] += span;
      break;
    case 'deleteDimension': size[lines(range?.dimension)] -= span; break;
    default:
      if (start !== undefined) beyond((start.rowIndex ?? 0) + rows.length, (start.columnIndex ?? 0) + Math.max(0, ...rows.map(({ values = [] }) => values.length)));
      else beyond(range?.endRowIndex ?? 0, range?.endColumnIndex ?? 0);
  }
}
