/** What a service call costs, and which calls never leave the script's own process. */

export interface Latency { readonly base: number; readonly perCell: number }
/** By `Range.getValues`, by `Range.*`, or `*` for everything else; milliseconds. */
export type Latencies = Readonly<Record<string, Latency>>;

/** Calls take no time: for tests of behaviour. */
export const noLatencies: Latencies = {};

/**
 * A slow working day at Google, for benchmarks and the time budget. Google publishes no figures; these are
 * assumptions on the pessimistic side of what scripts' execution logs are reported to show.
 */
export const googleLatencies: Latencies = {
  '*': { base: 5, perCell: 0 },
  'Range.getValue': { base: 100, perCell: 0 },
  'Range.getValues': { base: 150, perCell: 0.01 },
  'Range.getDisplayValues': { base: 150, perCell: 0.01 },
  'Range.getFormulas': { base: 150, perCell: 0.01 },
  'Range.setValue': { base: 100, perCell: 0 },
  'Range.setValues': { base: 200, perCell: 0.02 },
  'Range.sort': { base: 500, perCell: 0.01 },
  'Sheet.*': { base: 30, perCell: 0 },
  'Sheet.appendRow': { base: 150, perCell: 0 },
  'Sheet.deleteRows': { base: 300, perCell: 0 },
  'SpreadsheetApp.flush': { base: 300, perCell: 0 },
  'Sheets.Spreadsheets.get': { base: 300, perCell: 0 },
  'Sheets.Spreadsheets.batchUpdate': { base: 500, perCell: 0.02 },
  'Sheets.Spreadsheets.Values.batchGet': { base: 300, perCell: 0.01 },
  'Sheets.Spreadsheets.Values.batchUpdate': { base: 500, perCell: 0.02 },
  'MailApp.sendEmail': { base: 500, perCell: 0 },
  'MailApp.getRemainingDailyQuota': { base: 100, perCell: 0 },
  'Properties.*': { base: 50, perCell: 0 },
  'Lock.*': { base: 50, perCell: 0 },
  'ScriptApp.*': { base: 200, perCell: 0 },
};

export function latencyOf(table: Latencies, name: string): Latency {
  return table[name] ?? table[`${name.slice(0, name.indexOf('.'))}.*`] ?? table['*'] ?? { base: 0, perCell: 0 };
}

const LOCAL_OBJECTS = new Set([
  'DataValidation', 'DataValidationBuilder', 'ConditionalFormatRule', 'ConditionalFormatRuleBuilder', 'BooleanCondition',
  'EmbeddedChartBuilder', 'EmbeddedColumnChartBuilder', 'EmbeddedPieChartBuilder', 'DeveloperMetadataLocation', 'Menu',
  'HtmlOutput', 'HtmlTemplate', 'TriggerBuilder', 'ClockTriggerBuilder', 'SpreadsheetTriggerBuilder', 'Trigger', 'User',
  'PromptResponse', 'AuthorizationInfo', 'Blob', 'Logger',
]);
const LOCAL_CALLS = new Set([
  ...['getRow', 'getColumn', 'getLastRow', 'getLastColumn', 'getNumRows', 'getNumColumns', 'getA1Notation', 'getCell', 'offset', 'getSheet'].map((name) => `Range.${name}`),
  ...['newDataValidation', 'newConditionalFormatRule', 'getActive', 'getActiveSpreadsheet', 'getUi'].map((name) => `SpreadsheetApp.${name}`),
  ...['formatDate', 'computeDigest', 'base64Encode', 'getUuid', 'newBlob', 'formatString'].map((name) => `Utilities.${name}`),
  'Sheet.getRange', 'Sheet.newChart', 'Sheet.getParent', 'ScriptApp.newTrigger', 'Ui.createMenu', 'HtmlService.createHtmlOutput',
  'LockService.getDocumentLock', 'LockService.getScriptLock', 'CacheService.getDocumentCache', 'CacheService.getScriptCache',
  ...['getDocumentProperties', 'getScriptProperties', 'getUserProperties'].map((name) => `PropertiesService.${name}`),
]);

/** Local calls are counted, but take no time, and nobody can act or be killed at them more than at the next real one. */
export function isLocal(name: string): boolean {
  return LOCAL_CALLS.has(name) || LOCAL_OBJECTS.has(name.slice(0, name.indexOf('.')));
}

/** Calls at which a rejected earlier write surfaces: notes 1.5, "at flush rather than at the write". */
export function surfacesWrites(name: string): boolean {
  return /^(SpreadsheetApp\.flush|Sheets\..*|Sheet\.(getLastRow|getLastColumn|getDataRange|sort)|Range\.(isBlank|sort|get(Value|DisplayValue|Formula|Background|NumberFormat|Note|DataValidation)s?))$/.test(name);
}

/** Calls that change the document through SpreadsheetApp's write buffer. */
export function isBufferedWrite(name: string): boolean {
  return /^(Range\.(set|clear|merge|breakApart|insert)|Sheet\.(appendRow|insertRow|insertColumn|deleteRow|deleteColumn|clear|setName|setConditionalFormatRules))/.test(name);
}
