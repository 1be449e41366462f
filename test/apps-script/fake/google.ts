/// <reference types="google-apps-script" />

/** Short names for Google's own interfaces. Fakes implement a `Pick` of these, so tsc refuses a wrong signature. */
export type GSpreadsheetApp = GoogleAppsScript.Spreadsheet.SpreadsheetApp;
export type GSpreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;
export type GSheet = GoogleAppsScript.Spreadsheet.Sheet;
export type GRange = GoogleAppsScript.Spreadsheet.Range;
export type GProtection = GoogleAppsScript.Spreadsheet.Protection;
export type GValidation = GoogleAppsScript.Spreadsheet.DataValidation;
export type GMetadata = GoogleAppsScript.Spreadsheet.DeveloperMetadata;
export type GChart = GoogleAppsScript.Spreadsheet.EmbeddedChart;
export type GUser = GoogleAppsScript.Base.User;
export type GDate = GoogleAppsScript.Base.Date;
export type GBlob = GoogleAppsScript.Base.Blob;
export type GHtmlOutput = GoogleAppsScript.HTML.HtmlOutput;
export type GTrigger = GoogleAppsScript.Script.Trigger;
