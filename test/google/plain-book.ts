import { columnsOf, HOME_KEYS, HOME_SHEET_NAME, isError, isFormula, SHEET_KEYS, SHEETS, type Cell, type SheetKey } from '#core';
import { COLUMN_ANCHOR, HOME_ANCHOR, homeRangeName, SHEET_ANCHOR } from '#google';
import { Clock } from '../apps-script/fake/clock.ts';
import { addMetadata } from '../apps-script/fake/developer-metadata.ts';
import { ENUMS } from '../apps-script/fake/enums.ts';
import type { SheetModel } from '../apps-script/fake/sheet-model.ts';
import { Formula, type Stored } from '../apps-script/fake/stored-cell.ts';
import { WorkbookModel } from '../apps-script/fake/workbook-model.ts';

export type Rows = Partial<Readonly<Record<SheetKey, readonly Readonly<Record<string, Cell>>[]>>>;

const ITEM = { leadUnit: '征管科', handler: '经办', form: '一般', category: '局领导交办', status: '已下发' };

/** Two items of a tax office, of which one is late in March 2026. */
export const SMALL_OFFICE: Rows = {
  parameters: [{ key: 'policy', value: 'tax' }, { key: 'digestTime', value: '00:00' }],
  units: [{ name: '征管科', head: '征管科科长', active: '是' }],
  people: [
    { name: '督办专员', unit: '征管科', roles: '督办专员', email: 'office@example.com' }, { name: '经办', unit: '征管科', roles: '承办人', email: 'handler@example.com' },
    { name: '征管科科长', unit: '征管科', roles: '单位负责人', email: 'head@example.com' },
  ],
  items: [{ ...ITEM, title: '报送税收分析', deadlineSet: 46_085 }, { ...ITEM, title: '答复提案', deadlineSet: 46_070 }],
};

/** A spreadsheet of the whole contract without its looks: sheets, headers, anchors, named cells, and rows by contract key. */
export function plainBook(id: string, rows: Rows, editors: readonly string[]): WorkbookModel {
  const book = new WorkbookModel(new Clock(Date.UTC(2026, 2, 2)), { id, name: '督办', timeZone: 'Asia/Shanghai', locale: 'zh_CN', owner: 'office@example.com', editors });
  const { SPREADSHEET, SHEET, COLUMN } = ENUMS.DeveloperMetadataLocationType;
  const { DOCUMENT: visibility } = ENUMS.DeveloperMetadataVisibility;
  const [home] = book.sheets as [SheetModel];
  home.name = HOME_SHEET_NAME;
  addMetadata(book, { type: SPREADSHEET, sheet: null, place: null }, { key: HOME_ANCHOR, value: id, visibility });
  HOME_KEYS.forEach((key, index) => book.namedRanges.push({ name: homeRangeName(key), place: home.follow({ row: index + 2, column: 2, rows: 1, columns: 1 }) }));
  for (const key of SHEET_KEYS) {
    const sheet = book.addSheet(SHEETS[key].name, book.sheets.length);
    const columns = columnsOf(key);
    sheet.maxColumns = Math.max(sheet.maxColumns, columns.length);
    addMetadata(book, { type: SHEET, sheet, place: null }, { key: SHEET_ANCHOR, value: key, visibility });
    columns.forEach((column, place) => {
      sheet.write(1, place + 1, column.header);
      addMetadata(book, { type: COLUMN, sheet, place: sheet.follow({ row: 1, rows: Infinity, column: place + 1, columns: 1 }) }, { key: COLUMN_ANCHOR, value: `${key}.${column.key}`, visibility });
    });
    putRows(sheet, 2, (rows[key] ?? []).map((row) => columns.map((column) => row[column.key] ?? null)));
  }
  return book;
}

/** Puts cells as core reads them into a grid, from a 1-based row on. */
export function putRows(sheet: SheetModel, from: number, rows: readonly (readonly Cell[])[]): void {
  if (from + rows.length - 1 > sheet.maxRows) sheet.insertRows(sheet.maxRows + 1, from + rows.length - 1 - sheet.maxRows, 'before');
  rows.forEach((cells, index) => cells.forEach((cell, place) => sheet.write(from + index, place + 1, stored(cell))));
}

function stored(cell: Cell): Stored {
  if (isFormula(cell)) return new Formula(`=${cell.formula}`, isError(cell.value) ? cell.value.error : cell.value);
  return isError(cell) ? new Formula('=NA()', cell.error) : cell;
}
