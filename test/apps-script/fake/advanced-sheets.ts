import { applyRequests } from './advanced-requests.ts';
import { FakeValues } from './advanced-values.ts';
import { apiError, asSent } from './api-error.ts';
import type { Execution } from './execution.ts';
import { Fake, face } from './strict-proxy.ts';

type Schema = GoogleAppsScript.Sheets.Schema.Spreadsheet;
type GSpreadsheets = GoogleAppsScript.Sheets.Collection.SpreadsheetsCollection;
type BatchUpdate = GoogleAppsScript.Sheets.Schema.BatchUpdateSpreadsheetRequest;
type BatchUpdated = GoogleAppsScript.Sheets.Schema.BatchUpdateSpreadsheetResponse;

/** The advanced service `Sheets`, a thin client of the Sheets API v4. */
export class FakeSheets extends Fake {
  readonly spreadsheets: FakeSpreadsheets;
  constructor(run: Execution) {
    super('Sheets', run);
    this.spreadsheets = new FakeSpreadsheets(run);
  }
  get Spreadsheets(): FakeSpreadsheets { return this.spreadsheets; }
}

class FakeSpreadsheets extends Fake implements Pick<GSpreadsheets, 'Values' | 'batchUpdate' | 'get'> {
  readonly values: FakeValues;
  constructor(run: Execution) {
    super('Sheets.Spreadsheets', run);
    this.values = new FakeValues(run);
  }
  get Values(): GSpreadsheets['Values'] { return face(this.values); }

  batchUpdate(resource: BatchUpdate, spreadsheetId: string): BatchUpdated {
    this.values.checkId('spreadsheets.batchUpdate', spreadsheetId);
    const { requests = [], ...rest } = asSent(resource);
    if (Object.keys(rest).length > 0) throw new Error(`not faked: Sheets.Spreadsheets.batchUpdate with ${Object.keys(rest).join(', ')}`);
    if (requests.length === 0) throw apiError('spreadsheets.batchUpdate', 'Must specify at least one request.');
    return { spreadsheetId, replies: applyRequests(this.run, requests) };
  }

  /** Properties only: of the spreadsheet and of its sheets. */
  get(spreadsheetId: string, optionalArgs: { fields?: string } = {}): Schema {
    this.values.checkId('spreadsheets.get', spreadsheetId);
    const { fields, ...rest } = optionalArgs;
    const asked = fields?.split(',').map((field) => field.trim()) ?? [];
    const unknown = [...asked.filter((field) => !/^(spreadsheetId|spreadsheetUrl|properties(\.\w+)?|sheets\.properties(\.\w+)?|sheets\(properties(\([\w]+\))?\))$/.test(field)), ...Object.keys(rest)];
    if (fields === undefined || unknown.length > 0) throw new Error(`not faked: Sheets.Spreadsheets.get with fields ${fields ?? '*'} ${unknown.join(', ')}`);
    const { book } = this.run.world;
    const wants = (part: string): boolean => asked.some((field) => field.startsWith(part));
    return {
      ...(wants('spreadsheetId') ? { spreadsheetId } : {}),
      ...(wants('properties') ? { properties: { title: book.name, locale: book.locale, timeZone: book.timeZone } } : {}),
      ...(wants('sheets') ? {
        sheets: book.sheets.map((sheet, index) => ({
          properties: {
            sheetId: sheet.id, title: sheet.name, index, sheetType: 'GRID',
            // The API leaves out what is false or zero.
            ...(sheet.hidden ? { hidden: true } : {}),
            gridProperties: {
              rowCount: sheet.maxRows, columnCount: sheet.maxColumns,
              ...(sheet.frozenRows > 0 ? { frozenRowCount: sheet.frozenRows } : {}),
              ...(sheet.frozenColumns > 0 ? { frozenColumnCount: sheet.frozenColumns } : {}),
            },
          },
        })),
      } : {}),
    };
  }
}
