import {
  bindColumns, cellFill, COLOURS, columnsOf, DEFAULT_WIDTH, headerFill, isCentred, isLetter, numberFormatOf, outlineOf, SETTINGS_SHEETS, SHEETS, TEXT_FORMAT, wrapsText,
  type Column, type Policy, type Sheet, type SheetKey,
} from '#core';
import { anchorRequest, colour, columnRule, isSourceRule, numberFormat, SHEET_ANCHOR, text, type SourceRule } from '#google';
import { anchoredColumns } from '../workbook/anchors.ts';
import type { GRequest, GSheet, GSpreadsheet } from '../workbook/google.ts';
import { addColours } from './colours.ts';

/** What 初始化/修复 calls its own protections. */
export const PROTECTION = '督办程序填写,请勿手工改动';
const PIXELS_PER_CHARACTER = 8;
const HEADER_PIXELS = 44;

/** Where a sheet's contract columns are after set-up: the header's 1-based row, and 0-based places by key. */
export interface Layout { readonly sheet: GSheet; readonly headerRow: number; readonly places: Readonly<Record<string, number>> }

/**
 * Makes a contract sheet, or puts back what a sheet of the contract lacks: columns, anchors, rules, colours, protection.
 * What people changed or added stays. Null where a sheet holds something but no header: nothing is done then.
 */
export function ensureDataSheet(spreadsheet: GSpreadsheet, key: SheetKey, existing: GSheet | undefined, policy: Policy): Layout | null {
  const isNew = existing === undefined || existing.getLastRow() === 0;
  const sheet = existing ?? spreadsheet.insertSheet(SHEETS[key].name, spreadsheet.getNumSheets());
  // Nothing of SpreadsheetApp's may wait while the API writes.
  SpreadsheetApp.flush();
  return isNew ? layOut(spreadsheet, sheet, key, policy) : repair(spreadsheet, sheet, key, policy);
}

function layOut(spreadsheet: GSpreadsheet, sheet: GSheet, key: SheetKey, policy: Policy): Layout {
  const definition: Sheet = SHEETS[key];
  const columns = columnsOf(key);
  const sheetId = sheet.getSheetId();
  const places = Object.fromEntries(columns.map((column, place) => [column.key, place]));
  const missing = columns.length - sheet.getMaxColumns();
  const outlines = outlineOf(key, policy);
  const requests: GRequest[] = [
    ...(missing > 0 ? [{ appendDimension: { sheetId, dimension: 'COLUMNS', length: missing } }] : []),
    ...columns.flatMap((column, place) => columnRequests(sheetId, column, place, 1)),
    ...ruleRequests(sheetId, key, policy, columns, places, 1),
    ...anchorRequests(sheetId, key, columns, places),
    { createDeveloperMetadata: { developerMetadata: { metadataKey: SHEET_ANCHOR, metadataValue: key, visibility: 'DOCUMENT', location: { sheetId } } } },
    { updateDimensionProperties: { range: { sheetId, dimension: 'ROWS', startIndex: 0, endIndex: 1 }, properties: { pixelSize: HEADER_PIXELS }, fields: 'pixelSize' } },
    ...outlines.flatMap((outline, place) => (outline.hidden && outline.level !== 1
      ? [{ updateDimensionProperties: { range: { sheetId, dimension: 'COLUMNS', startIndex: place, endIndex: place + 1 }, properties: { hiddenByUser: true }, fields: 'hiddenByUser' } }]
      : [])),
    { updateSheetProperties: {
      properties: { sheetId, hidden: definition.hidden === true, gridProperties: { frozenRowCount: 1, frozenColumnCount: columns.findIndex((column) => column.key === definition.frozenThrough) + 1 } },
      fields: 'hidden,gridProperties.frozenRowCount,gridProperties.frozenColumnCount',
    } },
    ...(definition.protected === true ? [protection(sheetId)] : []),
  ];
  send(spreadsheet, requests);
  sheet.setTabColor(`#${definition.protected === true ? COLOURS.tabAutomation : SETTINGS_SHEETS.includes(key) ? COLOURS.tabSettings : COLOURS.tabPeople}`);
  group(sheet, outlines.map((outline) => outline.level));
  addColours(sheet, key, policy, places, 1);
  if (definition.protected !== true) sheet.getRange(1, 1, sheet.getMaxRows(), columns.length).createFilter();
  return { sheet, headerRow: 1, places };
}

function repair(spreadsheet: GSpreadsheet, sheet: GSheet, key: SheetKey, policy: Policy): Layout | null {
  const definition: Sheet = SHEETS[key];
  const sheetId = sheet.getSheetId();
  const anchors = anchoredColumns(sheet, key);
  const head = sheet.getRange(1, 1, Math.min(20, sheet.getLastRow()), sheet.getLastColumn()).getValues() as unknown[][];
  const rows = head.map((cells, index) => ({ ref: index + 1, cells: cells.map((cell) => (typeof cell === 'string' && cell !== '' ? cell : null)) }));
  const binding = bindColumns({ name: sheet.getName(), anchor: key, columnAnchors: anchors, rows }, key, []);
  if (binding === null) return null;
  const headerRow = binding.headerRow + 1;
  const places: Record<string, number> = { ...binding.columns };
  const added = columnsOf(key).filter((column) => !(column.key in places));
  const width = sheet.getLastColumn();
  added.forEach((column, index) => { places[column.key] = width + index; });
  const missing = width + added.length - sheet.getMaxColumns();
  const firstData = Math.min(headerRow + 1, sheet.getMaxRows());
  const rules = sheet.getRange(firstData, 1, 1, width).getDataValidations()[0]!;
  const bare = columnsOf(key).filter((column) => rules[places[column.key]!] == null);
  const isProtected = sheet.getProtections(SpreadsheetApp.ProtectionType.SHEET).length > 0
    || sheet.getProtections(SpreadsheetApp.ProtectionType.RANGE).some((own) => own.getDescription() === PROTECTION);
  const requests: GRequest[] = [
    ...(missing > 0 ? [{ appendDimension: { sheetId, dimension: 'COLUMNS', length: missing } }] : []),
    ...added.flatMap((column) => columnRequests(sheetId, column, places[column.key]!, headerRow)),
    ...ruleRequests(sheetId, key, policy, bare, places, headerRow),
    ...anchorRequests(sheetId, key, columnsOf(key).filter((column) => !(column.key in anchors)), places),
    ...(sheet.getDeveloperMetadata().some((entry) => entry.getKey() === SHEET_ANCHOR)
      ? [] : [{ createDeveloperMetadata: { developerMetadata: { metadataKey: SHEET_ANCHOR, metadataValue: key, visibility: 'DOCUMENT', location: { sheetId } } } }]),
    ...(definition.protected === true && !isProtected ? [protection(sheetId)] : []),
  ];
  send(spreadsheet, requests);
  addColours(sheet, key, policy, places, headerRow);
  return { sheet, headerRow, places };
}

/** Dropdowns that show another sheet's column need both sheets; people's own rules stay. */
export function addSourceRules(layouts: ReadonlyMap<SheetKey, Layout>, policy: Policy): void {
  for (const [key, { sheet, headerRow, places }] of layouts) {
    const rules = columnsOf(key).flatMap((column) => {
      const rule = columnRule(key, column, policy);
      return rule !== null && isSourceRule(rule) ? [{ place: places[column.key]!, rule }] : [];
    });
    if (rules.length === 0) continue;
    const rows = Math.max(1, sheet.getMaxRows() - headerRow);
    const standing = sheet.getRange(headerRow + 1, 1, 1, sheet.getMaxColumns()).getDataValidations()[0]!;
    for (const { place, rule } of rules) {
      const source = sourceRange(layouts, rule);
      if (standing[place] != null || source === null) continue;
      sheet.getRange(headerRow + 1, place + 1, rows, 1)
        .setDataValidation(SpreadsheetApp.newDataValidation().requireValueInRange(source, true).setAllowInvalid(true).setHelpText(rule.help).build());
    }
  }
}

function sourceRange(layouts: ReadonlyMap<SheetKey, Layout>, rule: SourceRule): GoogleAppsScript.Spreadsheet.Range | null {
  const source = layouts.get(rule.sheet);
  if (source === undefined) return null;
  const { sheet, headerRow, places } = source;
  return sheet.getRange(headerRow + 1, places[rule.column]! + 1, Math.max(1, sheet.getMaxRows() - headerRow), 1);
}

/** Header and looks of a column, from its header row down. */
function columnRequests(sheetId: number, column: Column, place: number, headerRow: number): GRequest[] {
  const fill = cellFill(column);
  const format = numberFormat(numberFormatOf(column.type));
  return [
    { updateCells: {
      start: { sheetId, rowIndex: headerRow - 1, columnIndex: place },
      rows: [{ values: [{
        userEnteredValue: { stringValue: column.header },
        userEnteredFormat: {
          backgroundColorStyle: colour(headerFill(column)), textFormat: text(10, COLOURS.navy, true), horizontalAlignment: 'CENTER', verticalAlignment: 'MIDDLE',
          wrapStrategy: 'WRAP', numberFormat: { type: 'TEXT', pattern: TEXT_FORMAT },
        },
      }] }],
      fields: 'userEnteredValue,userEnteredFormat',
    } },
    { repeatCell: {
      range: { sheetId, startRowIndex: headerRow, startColumnIndex: place, endColumnIndex: place + 1 },
      cell: { userEnteredFormat: {
        ...(fill === null ? {} : { backgroundColorStyle: colour(fill) }), ...(format === null ? {} : { numberFormat: format }), textFormat: text(10),
        horizontalAlignment: isCentred(column) ? 'CENTER' : 'LEFT', verticalAlignment: 'MIDDLE', wrapStrategy: wrapsText(column) && !isLetter(column) ? 'WRAP' : 'CLIP',
      } },
      fields: 'userEnteredFormat',
    } },
    { updateDimensionProperties: {
      range: { sheetId, dimension: 'COLUMNS', startIndex: place, endIndex: place + 1 }, properties: { pixelSize: (column.width ?? DEFAULT_WIDTH) * PIXELS_PER_CHARACTER }, fields: 'pixelSize',
    } },
  ];
}

function ruleRequests(
  sheetId: number, key: SheetKey, policy: Policy, columns: readonly Column[], places: Readonly<Record<string, number>>, headerRow: number,
): GRequest[] {
  return columns.flatMap((column) => {
    const rule = columnRule(key, column, policy);
    if (rule === null || isSourceRule(rule)) return [];
    const place = places[column.key]!;
    return [{ setDataValidation: { range: { sheetId, startRowIndex: headerRow, startColumnIndex: place, endColumnIndex: place + 1 }, rule } }];
  });
}

function anchorRequests(sheetId: number, key: SheetKey, columns: readonly Column[], places: Readonly<Record<string, number>>): GRequest[] {
  return columns.map((column) => anchorRequest(sheetId, key, column.key, places[column.key]!));
}

/** A warning only: a lock would stop the runs of colleagues too. */
function protection(sheetId: number): GRequest {
  return { addProtectedRange: { protectedRange: { range: { sheetId }, description: PROTECTION, warningOnly: true } } };
}

function group(sheet: GSheet, levels: readonly number[]): void {
  for (let start = 0; start < levels.length;) {
    let end = start;
    while (end < levels.length && levels[end]! > 0) end += 1;
    if (end > start) {
      sheet.getRange(1, start + 1, 1, end - start).shiftColumnGroupDepth(1);
      sheet.getColumnGroup(start + 1, 1)?.collapse();
    }
    start = Math.max(end, start + 1);
  }
}

export function send(spreadsheet: GSpreadsheet, requests: GRequest[]): void {
  if (requests.length > 0) Sheets!.Spreadsheets.batchUpdate({ requests }, spreadsheet.getId());
}
