import { columnsOf, type SheetKey } from '#core';
import { COLUMN_ANCHOR, HOME_ANCHOR, SHEET_ANCHOR } from '#google';
import type { GSheet, GSpreadsheet } from './google.ts';

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
