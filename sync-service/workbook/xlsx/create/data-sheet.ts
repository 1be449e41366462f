import type { DataValidation, Workbook, Worksheet } from 'exceljs';
import { anchorName, COLOURS, DEFAULT_WIDTH, isLetter, outlineOf, SETTINGS_SHEETS, SHEETS, type Column, type Policy, type Sheet, type SheetKey } from '#core';
import { sheetFormats } from './conditional-formats.ts';
import { columnLetters } from '../cell-address.ts';
import { heightFor, type ShownText } from '../row-heights.ts';
import { rawCell } from './raw-cell.ts';
import { argb, cellStyle, headerStyle, LAST_RULE_ROW } from './styles.ts';
import { columnValidation } from './validations.ts';

const HEADER_HEIGHT = 34;
const ROW_HEIGHT = 20;
const A3 = 8 as unknown as NonNullable<Worksheet['pageSetup']['paperSize']>;
const MARGINS = { left: 0.4, right: 0.4, top: 0.7, bottom: 0.6, header: 0.3, footer: 0.3 };
export type SheetRow = Readonly<Record<string, unknown>>;

/** Adds one sheet of the contract with its rows: header, formats, rules, protection, print set-up, anchors. */
export async function addDataSheet(workbook: Workbook, key: SheetKey, policy: Policy, rows: readonly SheetRow[]): Promise<Worksheet> {
  const sheet: Sheet = SHEETS[key];
  const outlines = outlineOf(key, policy);
  const levels = outlines.reduce((most, outline) => Math.max(most, outline.level), 0);
  const worksheet = workbook.addWorksheet(sheet.name, {
    state: sheet.hidden === true ? 'hidden' : 'visible',
    properties: {
      tabColor: { argb: argb(sheet.protected === true ? COLOURS.tabAutomation : SETTINGS_SHEETS.includes(key) ? COLOURS.tabSettings : COLOURS.tabPeople) },
      defaultRowHeight: ROW_HEIGHT,
      ...(levels > 0 ? { outlineLevelCol: levels, outlineProperties: { summaryBelow: false, summaryRight: false } } : {}),
    },
    views: [{
      state: 'frozen', ySplit: 1, xSplit: sheet.columns.findIndex((column) => column.key === sheet.frozenThrough) + 1, zoomScale: 100,
    }],
  });
  sheet.columns.forEach((column, index) => {
    const outline = outlines[index]!;
    const target = worksheet.getColumn(index + 1);
    target.width = column.width ?? DEFAULT_WIDTH;
    target.style = cellStyle(column);
    target.hidden = outline.hidden;
    target.outlineLevel = outline.level;
    const header = worksheet.getCell(1, index + 1);
    header.value = column.header;
    header.style = headerStyle(column);
    workbook.definedNames.add(`'${sheet.name}'!$${columnLetters(index)}$1`, anchorName(key, column.key));
  });
  worksheet.getRow(1).height = HEADER_HEIGHT;
  rows.forEach((row, index) => fillRow(worksheet, index + 2, sheet.columns, row));
  addRules(worksheet, key, sheet, policy);
  await finish(worksheet, sheet, rows.length);
  return worksheet;
}

/** The rules of a sheet live outside exceljs's typings; by range they cover rows that don't exist yet. */
export function addValidation(worksheet: Worksheet, range: string, validation: DataValidation): void {
  (worksheet as unknown as { dataValidations: { add(range: string, rule: DataValidation): void } }).dataValidations.add(range, validation);
}

function fillRow(worksheet: Worksheet, number: number, columns: readonly Column[], row: SheetRow): void {
  const texts: ShownText[] = [];
  columns.forEach((column, index) => {
    // Every cell of a filled row exists, blank ones too: borders and formats then survive in every program.
    const cell = worksheet.getCell(number, index + 1);
    const value = rawCell(column, row[column.key]);
    cell.value = value;
    if (typeof value === 'string') texts.push({ column: index, text: value });
  });
  const widthOf = (index: number): number => worksheet.getColumn(index + 1).hidden ? 0 : columns[index]!.width ?? DEFAULT_WIDTH;
  worksheet.getRow(number).height = heightFor(texts, widthOf, letterColumns(columns)).points;
}

/** 0-based places of the columns that hold letters. */
function letterColumns(columns: readonly Column[]): ReadonlySet<number> {
  return new Set(columns.flatMap((column, index) => (isLetter(column) ? [index] : [])));
}

function addRules(worksheet: Worksheet, key: SheetKey, sheet: Sheet, policy: Policy): void {
  sheet.columns.forEach((column, index) => {
    const validation = columnValidation(key, column, policy);
    const letter = columnLetters(index);
    if (validation !== null) addValidation(worksheet, `${letter}2:${letter}${LAST_RULE_ROW}`, validation);
  });
  for (const format of sheetFormats(key, policy)) worksheet.addConditionalFormatting(format);
}

async function finish(worksheet: Worksheet, sheet: Sheet, rowCount: number): Promise<void> {
  worksheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rowCount + 1, column: sheet.columns.length } };
  Object.assign(worksheet.pageSetup, {
    paperSize: A3, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, margins: MARGINS,
    horizontalCentered: true, printTitlesRow: '1:1',
  });
  Object.assign(worksheet.headerFooter, {
    oddHeader: `&C&"微软雅黑,Bold"&14${sheet.name}`,
    oddFooter: '&L&9灰底各列由程序填写&C&9第 &P 页 / 共 &N 页&R&9打印于 &D',
  });
  if (sheet.protected === true) {
    await worksheet.protect('', { selectLockedCells: true, selectUnlockedCells: true, autoFilter: true, formatColumns: true });
  }
}
