/** Short names for Google's interfaces. */
export type GSpreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;
export type GSheet = GoogleAppsScript.Spreadsheet.Sheet;
export type GRange = GoogleAppsScript.Spreadsheet.Range;
export type GRequest = GoogleAppsScript.Sheets.Schema.Request;
export type GCellData = GoogleAppsScript.Sheets.Schema.CellData;
