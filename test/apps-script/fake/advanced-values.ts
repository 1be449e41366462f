import type { Area } from './area.ts';
import { a1Of, lastColumnOf, lastRowOf, parseA1, quotedA1 } from './area.ts';
import { apiError, asSent } from './api-error.ts';
import { displayOf } from './display.ts';
import type { Execution } from './execution.ts';
import { mayEdit, PROTECTED_MESSAGE } from './protection.ts';
import type { SheetModel } from './sheet-model.ts';
import type { Stored } from './stored-cell.ts';
import { DateSerial, Formula, resultOf } from './stored-cell.ts';
import { Fake } from './strict-proxy.ts';

type GValues = GoogleAppsScript.Sheets.Collection.Spreadsheets.ValuesCollection;
type ValueRange = GoogleAppsScript.Sheets.Schema.ValueRange;
type BatchGet = GoogleAppsScript.Sheets.Schema.BatchGetValuesResponse;
type BatchUpdate = GoogleAppsScript.Sheets.Schema.BatchUpdateValuesRequest;
type BatchUpdated = GoogleAppsScript.Sheets.Schema.BatchUpdateValuesResponse;
interface ReadOptions { ranges?: string[]; valueRenderOption?: string; dateTimeRenderOption?: string; majorDimension?: string }
interface Write { sheet: SheetModel; row: number; column: number; stored: Stored }

export class FakeValues extends Fake implements Pick<GValues, 'batchGet' | 'batchUpdate' | 'get'> {
  /** An own field, so that scripts can't reach it. */
  readonly checkId: (method: string, spreadsheetId: string) => void;
  constructor(run: Execution) {
    super('Sheets.Spreadsheets.Values', run);
    this.checkId = (method, spreadsheetId) => {
      if (spreadsheetId !== run.world.book.id) throw apiError(method, 'Requested entity was not found.');
    };
  }

  get(spreadsheetId: string, range: string, optionalArgs: ReadOptions = {}): ValueRange {
    const method = 'spreadsheets.values.get';
    this.checkId(method, spreadsheetId);
    return this.#read(method, range, optionalArgs);
  }

  batchGet(spreadsheetId: string, optionalArgs: ReadOptions = {}): BatchGet {
    const method = 'spreadsheets.values.batchGet';
    this.checkId(method, spreadsheetId);
    return { spreadsheetId, valueRanges: [...(optionalArgs.ranges ?? [])].map((range) => this.#read(method, range, optionalArgs)) };
  }

  /** All or nothing. Validations don't hold the API back; protections do. */
  batchUpdate(resource: BatchUpdate, spreadsheetId: string): BatchUpdated {
    const method = 'spreadsheets.values.batchUpdate';
    this.checkId(method, spreadsheetId);
    const { data = [], valueInputOption, ...rest } = asSent(resource);
    if (valueInputOption !== 'RAW' && valueInputOption !== 'USER_ENTERED') throw apiError(method, '\'valueInputOption\' is required but not specified');
    if (Object.keys(rest).length > 0) throw new Error(`not faked: Sheets.Spreadsheets.Values.batchUpdate with ${Object.keys(rest).join(', ')}`);
    const blocks = data.map((block) => this.#block(method, block, valueInputOption));
    const writes = blocks.flatMap((block) => block.writes);
    this.run.charge('Sheets.Spreadsheets.Values.batchUpdate', writes.length);
    for (const { sheet, row, column, stored } of writes) sheet.write(row, column, stored);
    return {
      spreadsheetId,
      totalUpdatedCells: writes.length,
      responses: blocks.map(({ range, writes: own }) => ({ spreadsheetId, updatedRange: range, updatedCells: own.length })),
    };
  }

  #block(method: string, { range: asked, values = [], majorDimension = 'ROWS' }: ValueRange, input: string): { range: string; writes: Write[] } {
    if (majorDimension !== 'ROWS') throw new Error('not faked: majorDimension COLUMNS');
    const { sheet, area } = this.#locate(method, asked ?? '');
    const { book } = this.run.world;
    const range = quotedA1(sheet.name, area);
    const rows = values as unknown[][];
    const writes: Write[] = [];
    rows.forEach((line, r) => {
      if (r >= area.rows) throw apiError(method, `Requested writing within range [${range}], but tried writing to row [${area.row + r}]`);
      line.forEach((value, c) => {
        if (c >= area.columns) throw apiError(method, `Requested writing within range [${range}], but tried writing to column [${a1Of({ row: 1, rows: Infinity, column: area.column + c, columns: 1 }).split(':')[0]!}]`);
        // null: "skip this cell"; '' clears it.
        if (value === null) return;
        if (typeof value === 'object') throw apiError(method, `Invalid values[${r}][${c}]: struct_value or list_value`);
        const [row, column] = [area.row + r, area.column + c];
        const stored = value === '' ? null : input === 'RAW' ? (value as Stored) : book.enter(value, sheet.formatAt(row, column));
        writes.push({ sheet, row, column, stored });
      });
    });
    const used = { ...area, rows: Math.max(1, Math.min(rows.length, area.rows)) };
    if (!mayEdit(book, sheet, used, this.run.caller.effectiveUser)) throw apiError(method, PROTECTED_MESSAGE);
    return { range, writes };
  }

  /** Trailing blanks of a row, and trailing blank rows, are left out; no cell at all: no `values`. */
  #read(method: string, asked: string, options: ReadOptions): ValueRange {
    const { majorDimension = 'ROWS', valueRenderOption = 'FORMATTED_VALUE', dateTimeRenderOption = 'SERIAL_NUMBER' } = options;
    if (majorDimension !== 'ROWS' || dateTimeRenderOption !== 'SERIAL_NUMBER') throw new Error(`not faked: ${majorDimension} or ${dateTimeRenderOption}`);
    const { sheet, area } = this.#locate(method, asked);
    const lastRow = Math.min(lastRowOf(area), sheet.rows.length);
    const values: unknown[][] = [];
    for (let row = area.row; row <= lastRow; row++) {
      const cells = sheet.rows[row - 1]!;
      const line: unknown[] = [];
      for (let column = area.column; column <= Math.min(lastColumnOf(area), cells.length); column++) line.push(this.#render(sheet, row, column, valueRenderOption));
      while (line.length > 0 && line.at(-1) === '') line.pop();
      values.push(line);
    }
    while (values.length > 0 && values.at(-1)!.length === 0) values.pop();
    this.run.charge('Sheets.Spreadsheets.Values.batchGet', values.reduce((sum, line) => sum + line.length, 0));
    return { range: quotedA1(sheet.name, area), majorDimension, ...(values.length > 0 ? { values } : {}) };
  }

  #render(sheet: SheetModel, row: number, column: number, option: string): unknown {
    const stored = sheet.read(row, column);
    if (option === 'FORMATTED_VALUE') return displayOf(stored, sheet.formatAt(row, column));
    if (option === 'FORMULA' && stored instanceof Formula) return stored.text;
    const value = resultOf(stored);
    return value instanceof DateSerial ? value.serial : (value ?? '');
  }

  #locate(method: string, asked: string): { sheet: SheetModel; area: Area } {
    const { book } = this.run.world;
    const whole = book.sheet(asked.replace(/^'(.*)'$/, '$1').replaceAll('\'\'', '\''));
    const parsed = whole === undefined ? parseA1(asked) : { sheet: whole.name, area: { row: 1, column: 1, rows: Infinity, columns: Infinity } };
    const named = book.namedRanges.find(({ name }) => name === asked)?.place;
    const sheet = parsed === null ? named?.sheet : parsed.sheet === null ? book.sheets[0] : book.sheet(parsed.sheet);
    const area = parsed === null ? named?.area : parsed.area;
    if (sheet === undefined || area === undefined || area === null) throw apiError(method, `Unable to parse range: ${asked}`);
    const tooFar = area.row > sheet.maxRows || area.column > sheet.maxColumns
      || (area.rows !== Infinity && lastRowOf(area) > sheet.maxRows) || (area.columns !== Infinity && lastColumnOf(area) > sheet.maxColumns);
    if (tooFar) throw apiError(method, `Range (${quotedA1(sheet.name, area)}) exceeds grid limits. Max rows: ${sheet.maxRows}, max columns: ${sheet.maxColumns}`);
    return { sheet, area: { ...area, rows: Math.min(area.rows, sheet.maxRows - area.row + 1), columns: Math.min(area.columns, sheet.maxColumns - area.column + 1) } };
  }
}
