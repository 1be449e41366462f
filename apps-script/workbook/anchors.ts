import { columnsOf, type SheetKey } from '#core';
import type { GSheet, GSpreadsheet } from './google.ts';

/** Developer metadata of a sheet, whose value is the contract key. It goes along when people rename the sheet. */
export const SHEET_ANCHOR = 'duban.sheet';
/** Developer metadata of a column, whose value is `<sheet key>.<column key>`. It goes along when people move the column. */
export const COLUMN_ANCHOR = 'duban.column';
/** Developer metadata of the spreadsheet: its own id when it was set up. A copy carries the id of its original. */
export const HOME_ANCHOR = 'duban.home';
const HOME_CELL_PREFIX = 'duban_home_';

/** The named range of a cell of 首页; Google allows no dots after the manner of other names. */
export function homeRangeName(key: string): string {
  return HOME_CELL_PREFIX + key;
}

export function homeKeyOf(rangeName: string): string | null {
  return rangeName.startsWith(HOME_CELL_PREFIX) ? rangeName.slice(HOME_CELL_PREFIX.length) : null;
}

/** Sheets by contract key as their anchors say. Costs calls: asked only where a sheet's name is gone. */
export function anchoredSheets(spreadsheet: GSpreadsheet): Map<string, GSheet> {
  const found = new Map<string, GSheet>();
  for (const entry of spreadsheet.createDeveloperMetadataFinder().withKey(SHEET_ANCHOR).find()) {
    const sheet = entry.getLocation().getSheet();
    const key = entry.getValue();
    if (sheet !== null && key !== null && !found.has(key)) found.set(key, sheet);
  }
  return found;
}

/** 0-based columns of a sheet by contract key as their anchors say. Asked only where a header is not found. */
export function anchoredColumns(sheet: GSheet, key: SheetKey): Record<string, number> {
  const known = new Set(columnsOf(key).map((column) => column.key));
  const found: Record<string, number> = {};
  for (const entry of sheet.createDeveloperMetadataFinder().withKey(COLUMN_ANCHOR).find()) {
    const [sheetKey, columnKey = ''] = (entry.getValue() ?? '').split('.');
    const column = entry.getLocation().getColumn();
    if (sheetKey === key && known.has(columnKey) && column !== null && !(columnKey in found)) found[columnKey] = column.getColumn() - 1;
  }
  return found;
}

/** Where the spreadsheet is at home; null where it was never set up. */
export function homeOf(spreadsheet: GSpreadsheet): string | null {
  return spreadsheet.createDeveloperMetadataFinder().withKey(HOME_ANCHOR).find()[0]?.getValue() ?? null;
}
