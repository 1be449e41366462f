import type { Cell, Style, Workbook, Worksheet } from 'exceljs';
import { HOME_CELLS, HOME_KEYS, HOME_SHEET_NAME, SHEETS, columnsOf, type HomeKey, type Policy } from '#core';
import { LIGHT_COLOURS, rule, tint } from './conditional-formats.ts';
import { addValidation } from './data-sheet.ts';
import { columnLetters } from '../cell-address.ts';
import { COLOURS, DAY_FORMAT, PERCENT_FORMAT, box, fill, font } from './styles.ts';
import { refusal } from './validations.ts';

/** Six equal columns: six lights, six tiles, and a width that fills an A4 page. */
const COLUMNS = 6;
const COLUMN_WIDTH = 16;
const ROW_HEIGHT = 23;
const TILE_HEIGHT = 42;
const GAP_HEIGHT = 9;
const A4 = 9 as unknown as NonNullable<Worksheet['pageSetup']['paperSize']>;
const YEARS = ['2025', '2026', '2027', '2028', '2029', '2030'];
const MONTHS = 12;

/** Where each named cell stands on the new page (people may move it: its defined name goes along). */
export const HOME_PLACES: Readonly<Record<HomeKey, string>> = {
  policy: 'B2', dataAsOf: 'E2',
  toReview: 'A6', toApprove: 'B6', toSign: 'C6', toConfirm: 'D6', forLeaders: 'E6', hints: 'F6',
  countGreen: 'A10', countYellow: 'B10', countRed: 'C10', countBlue: 'D10', countGrey: 'E10', countDone: 'F10',
  monthRate: 'A14', lastMonthRate: 'C14', extensionRate: 'E14', monthRateBasis: 'B15',
  worst1: 'B18', worst2: 'B19', worst3: 'B20', worst4: 'B21', worst5: 'B22',
  coverage: 'B24', notes: 'B25',
};
/** The cells that the chart draws: the lights' names and their counts. */
export const CHART_RANGES = { categories: '$A$9:$F$9', values: '$A$10:$F$10' } as const;
/** Zero-based corners of the chart: it stands left of the table of months. */
export const CHART_ANCHOR = { fromColumn: 0, fromRow: 27, toColumn: 3, toRow: 41 } as const;
const YEAR_CELL = 'F28';
const FIRST_MONTH_ROW = 30;
const LAST_HOME_ROW = 41;

const TILE: Partial<Style> = { font: font({ size: 18, bold: true, color: { argb: COLOURS.navy } }), alignment: { horizontal: 'center', vertical: 'middle' }, border: box() };
const TILE_LABEL: Partial<Style> = { font: font({ color: { argb: COLOURS.faint } }), alignment: { horizontal: 'center', vertical: 'middle' }, border: box(), fill: fill('FFF7F9FB') };
const LINE: Partial<Style> = { font: font(), alignment: { horizontal: 'left', vertical: 'middle', wrapText: true, indent: 1 }, border: box() };
const LINE_LABEL: Partial<Style> = { ...TILE_LABEL, alignment: { horizontal: 'center', vertical: 'middle', wrapText: true } };

/** Adds 首页: one A4 page whose named cells the program fills. */
export function addHomeSheet(workbook: Workbook, policy: Policy): Worksheet {
  const page = workbook.addWorksheet(HOME_SHEET_NAME, {
    properties: { tabColor: { argb: COLOURS.navy }, defaultRowHeight: ROW_HEIGHT },
    views: [{ state: 'normal', showGridLines: false, zoomScale: 100 }],
  });
  for (let column = 1; column <= COLUMNS; column += 1) page.getColumn(column).width = COLUMN_WIDTH;
  heading(page, policy);
  today(page);
  lights(page);
  rates(page);
  lists(page, policy);
  months(page);
  for (const key of HOME_KEYS) {
    const place = HOME_PLACES[key];
    workbook.definedNames.add(`'${HOME_SHEET_NAME}'!${absolute(place)}`, `_duban.home.${key}`);
    addValidation(page, place, refusal('home'));
  }
  Object.assign(page.pageSetup, {
    paperSize: A4, orientation: 'portrait', fitToPage: true, fitToWidth: 1, fitToHeight: 1, horizontalCentered: true,
    printArea: `A$1:F$${LAST_HOME_ROW}`, margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
  });
  page.headerFooter.oddFooter = '&C&9第 &P 页 / 共 &N 页&R&9打印于 &D';
  return page;
}

function heading(page: Worksheet, policy: Policy): void {
  put(page, 'A1:F1', '督办一页', {
    font: font({ size: 22, bold: true, color: { argb: COLOURS.navy } }), alignment: { horizontal: 'center', vertical: 'middle' },
  });
  page.getRow(1).height = 40;
  page.getRow(2).height = 24;
  put(page, 'A2', HOME_CELLS.policy, TILE_LABEL);
  put(page, 'B2:C2', `${policy.name}(${policy.id})`, LINE);
  put(page, 'D2', HOME_CELLS.dataAsOf, TILE_LABEL);
  put(page, 'E2:F2', null, { ...LINE, numFmt: DAY_FORMAT, alignment: { horizontal: 'center', vertical: 'middle' } });
  const cell = absolute(HOME_PLACES.dataAsOf);
  const asDay = `IF(ISNUMBER(${cell}),INT(${cell}),DATEVALUE(LEFT(${cell},10)))`;
  page.addConditionalFormatting({ ref: 'E2:F2', rules: [
    rule(`AND(LEN(${cell})>0,IFERROR(${asDay}<WORKDAY(TODAY(),-1),FALSE))`, tint(COLOURS.red, COLOURS.redInk, true)),
  ] });
  page.getRow(3).height = GAP_HEIGHT;
}

function today(page: Worksheet): void {
  section(page, 4, '今日要办');
  const keys: readonly HomeKey[] = ['toReview', 'toApprove', 'toSign', 'toConfirm', 'forLeaders', 'hints'];
  for (const [index, key] of keys.entries()) {
    const letter = columnLetters(index);
    put(page, `${letter}5`, HOME_CELLS[key], TILE_LABEL);
    put(page, `${letter}6`, null, TILE);
  }
  page.getRow(6).height = TILE_HEIGHT;
  page.addConditionalFormatting({ ref: 'A6:F6', rules: [
    rule('AND(ISNUMBER(A6),A6>0)', tint(COLOURS.yellow, COLOURS.yellowInk, true)),
  ] });
  page.getRow(7).height = GAP_HEIGHT;
}

function lights(page: Worksheet): void {
  section(page, 8, '在册事项(按灯号)');
  LIGHT_COLOURS.forEach(([light, shade, ink], index) => {
    const letter = columnLetters(index);
    const style = { fill: fill(shade), border: box(), alignment: { horizontal: 'center', vertical: 'middle' } } satisfies Partial<Style>;
    put(page, `${letter}9`, light, { ...style, font: font({ bold: true, color: { argb: ink } }) });
    put(page, `${letter}10`, null, { ...style, font: font({ size: 18, bold: true, color: { argb: ink } }) });
  });
  page.getRow(10).height = TILE_HEIGHT;
  page.getRow(11).height = GAP_HEIGHT;
}

function rates(page: Worksheet): void {
  section(page, 12, '办结率');
  const keys: readonly HomeKey[] = ['monthRate', 'lastMonthRate', 'extensionRate'];
  for (const [index, key] of keys.entries()) {
    const from = columnLetters(index * 2);
    const to = columnLetters(index * 2 + 1);
    put(page, `${from}13:${to}13`, HOME_CELLS[key], TILE_LABEL);
    put(page, `${from}14:${to}14`, null, { ...TILE, numFmt: PERCENT_FORMAT });
  }
  page.getRow(14).height = TILE_HEIGHT;
  put(page, 'A15', HOME_CELLS.monthRateBasis, LINE_LABEL);
  put(page, 'B15:F15', null, LINE);
  page.getRow(16).height = GAP_HEIGHT;
}

function lists(page: Worksheet, policy: Policy): void {
  section(page, 17, '逾期最久的五件');
  for (let place = 1; place <= 5; place += 1) {
    put(page, `A${17 + place}`, place, TILE_LABEL);
    put(page, `B${17 + place}:F${17 + place}`, null, LINE);
  }
  page.addConditionalFormatting({ ref: 'B18:F22', rules: [
    rule('LEN($B18)>0', tint(COLOURS.red, COLOURS.redInk)),
  ] });
  page.getRow(23).height = GAP_HEIGHT;
  put(page, 'A24', HOME_CELLS.coverage, LINE_LABEL);
  put(page, 'B24:F24', null, LINE);
  put(page, 'A25', HOME_CELLS.notes, LINE_LABEL);
  put(page, 'B25:F25', firstSteps(policy), LINE);
  page.getRow(25).height = 66;
  page.getRow(26).height = GAP_HEIGHT;
}

/** What an office does first; the first run puts its own findings here. */
function firstSteps(policy: Policy): string {
  return [
    `① 在「${SHEETS.units.name}」「${SHEETS.people.name}」登记单位、人员和角色。`,
    `② 在「${SHEETS.parameters.name}」核对${policy.name}的数值,浅黄底的是原文没有写明的约定。`,
    `③ 在「${SHEETS.items.name}」登记事项;灰底由程序填写,其余照常填。`,
  ].join('\n');
}

/** Issued and closed per month of a chosen year, by formulas over 督办台账: no run is needed to look at another year. */
function months(page: Worksheet): void {
  section(page, 27, '灯号分布与全年进度');
  put(page, 'D28:E28', '年度(点右格选择)', TILE_LABEL);
  put(page, YEAR_CELL, { formula: 'YEAR(TODAY())' }, { ...TILE, font: font({ size: 12, bold: true }) });
  addValidation(page, YEAR_CELL, {
    type: 'list', formulae: [`"${YEARS.join(',')}"`], allowBlank: false, showErrorMessage: true, errorStyle: 'warning',
    errorTitle: '年度', error: '请选择年度。', showInputMessage: true, promptTitle: '年度', prompt: '选择年度,下表随之变化。',
  });
  put(page, 'D29', '月份', TILE_LABEL);
  put(page, 'E29', '下发件数', TILE_LABEL);
  put(page, 'F29', '办结件数', TILE_LABEL);
  const cell: Partial<Style> = { font: font(), border: box(), alignment: { horizontal: 'center', vertical: 'middle' } };
  for (let month = 1; month <= MONTHS; month += 1) {
    const row = FIRST_MONTH_ROW + month - 1;
    put(page, `D${row}`, `${month}月`, cell);
    put(page, `E${row}`, { formula: monthCount('issuedAt', month) }, cell);
    put(page, `F${row}`, { formula: monthCount('closedAt', month) }, cell);
  }
}

/** Rows of 督办台账 whose column falls in a month; legs and nodes (行类型) are parts of an item and not counted. */
function monthCount(columnKey: string, month: number): string {
  const dates = itemColumn(columnKey);
  const types = itemColumn('rowType');
  const year = absolute(YEAR_CELL);
  return `COUNTIFS(${dates},">="&DATE(${year},${month},1),${dates},"<"&DATE(${year},${month + 1},1),`
    + `${types},"<>分解",${types},"<>节点",${types},"<>环节")`;
}

function itemColumn(columnKey: string): string {
  const letter = columnLetters(columnsOf('items').findIndex((column) => column.key === columnKey));
  return `'${SHEETS.items.name}'!$${letter}:$${letter}`;
}

function section(page: Worksheet, row: number, text: string): void {
  put(page, `A${row}:F${row}`, text, {
    font: font({ size: 11, bold: true, color: { argb: COLOURS.navy } }), fill: fill(COLOURS.headPeople),
    alignment: { horizontal: 'left', vertical: 'middle', indent: 1 }, border: box(),
  });
  page.getRow(row).height = 24;
}

/** Puts a value and a style into a cell or a merged range. */
function put(page: Worksheet, range: string, value: Cell['value'], style: Partial<Style>): void {
  const [first = range, last] = range.split(':');
  const cell = page.getCell(first);
  cell.value = value;
  cell.style = style;
  // After the style: merging hands it on to the covered cells, which draw the right and bottom edges.
  if (last !== undefined) page.mergeCells(range);
}

function absolute(address: string): string {
  return address.replace(/^([A-Z]+)(\d+)$/, '$$$1$$$2');
}
