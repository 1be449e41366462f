import {
  COLOURS, DAY_FORMAT, HOME_CHART, HOME_COLOUR_RULES, HOME_KEYS, HOME_PLACES, HOME_ROW_HEIGHT, HOME_ROW_HEIGHTS, HOME_SHEET_NAME, HOME_YEAR_CELL, HOME_YEARS,
  homePieces, LIGHT_COLOURS, LIGHT_TONES, PERCENT_FORMAT, type HomeLook, type HomePiece, type Policy,
} from '#core';
import { colour, columnLetters, homeRangeName, list, numberFormat, refusal, text } from '#google';
import type { GCellData, GRequest, GSheet, GSpreadsheet } from '../workbook/google.ts';
import { colourRule, replaceOwn } from './colours.ts';
import { send } from './data-sheet.ts';

type CellFormat = GoogleAppsScript.Sheets.Schema.CellFormat;

const COLUMN_PIXELS = 128;
const PIXELS_PER_POINT = 4 / 3;
const LAST_ROW = 41;
/** The lights and their counts once more below each other: a chart draws columns of cells. */
const CHART_DATA = { column: 8, row: 9 } as const;
const CHART_ROWS = { lights: 28, months: 43 } as const;
const LABEL: CellFormat = { backgroundColorStyle: colour(COLOURS.paper), textFormat: text(10, COLOURS.faint), horizontalAlignment: 'CENTER', verticalAlignment: 'MIDDLE', wrapStrategy: 'WRAP' };
const LINE: CellFormat = { textFormat: text(10), horizontalAlignment: 'LEFT', verticalAlignment: 'MIDDLE', wrapStrategy: 'WRAP' };
const TILE: CellFormat = { textFormat: text(18, COLOURS.navy, true), horizontalAlignment: 'CENTER', verticalAlignment: 'MIDDLE' };

/** Makes 首页, or gives back the names and charts that it lacks. `places` are those of 督办台账. */
export function ensureHomePage(spreadsheet: GSpreadsheet, policy: Policy, places: Readonly<Record<string, number>>): void {
  const named = new Set(spreadsheet.getNamedRanges().map((range) => range.getName()));
  const standing = spreadsheet.getSheetByName(HOME_SHEET_NAME);
  const page = standing ?? spreadsheet.insertSheet(HOME_SHEET_NAME, 0);
  if (page.getLastRow() === 0) layOut(spreadsheet, page, policy, places);
  for (const key of HOME_KEYS) {
    if (named.has(homeRangeName(key))) continue;
    spreadsheet.setNamedRange(homeRangeName(key), page.getRange(HOME_PLACES[key]));
  }
  if (page.getCharts().length === 0) addCharts(page);
}

function layOut(spreadsheet: GSpreadsheet, page: GSheet, policy: Policy, places: Readonly<Record<string, number>>): void {
  const sheetId = page.getSheetId();
  const pieces = homePieces(policy, (key) => columnLetters(places[key]!));
  const refused = HOME_KEYS.map((key): GRequest => ({ setDataValidation: { range: grid(sheetId, HOME_PLACES[key]), rule: refusal('home') } }));
  const heights = Array.from({ length: LAST_ROW }, (_, index): GRequest => ({ updateDimensionProperties: {
    range: { sheetId, dimension: 'ROWS', startIndex: index, endIndex: index + 1 },
    properties: { pixelSize: Math.round((HOME_ROW_HEIGHTS[index + 1] ?? HOME_ROW_HEIGHT) * PIXELS_PER_POINT) }, fields: 'pixelSize',
  } }));
  SpreadsheetApp.flush();
  send(spreadsheet, [
    ...pieces.flatMap((piece) => pieceRequests(sheetId, piece)), ...refused, ...heights, ...chartData(sheetId),
    { setDataValidation: { range: grid(sheetId, HOME_YEAR_CELL), rule: { ...list(HOME_YEARS, '选择年度,下表随之变化。'), strict: false } } },
    { updateDimensionProperties: { range: { sheetId, dimension: 'COLUMNS', startIndex: 0, endIndex: 6 }, properties: { pixelSize: COLUMN_PIXELS }, fields: 'pixelSize' } },
    { updateSheetProperties: { properties: { sheetId, gridProperties: { hideGridlines: true } }, fields: 'gridProperties.hideGridlines' } },
  ]);
  for (const { range } of pieces) if (range.includes(':')) page.getRange(range).merge();
  page.setTabColor(`#${COLOURS.navy}`);
  page.getRange(`A1:F${LAST_ROW}`).setBorder(true, true, true, true, true, true, `#${COLOURS.line}`, SpreadsheetApp.BorderStyle.SOLID);
  replaceOwn(page, HOME_COLOUR_RULES.map(({ range, formula, tone, bold }) => colourRule([page.getRange(range)], formula, COLOURS[tone], COLOURS[`${tone}Ink`], bold)));
}

function pieceRequests(sheetId: number, { range, value, look }: HomePiece): GRequest[] {
  const [first = range] = range.split(':');
  const { startRowIndex, startColumnIndex } = grid(sheetId, first);
  const content: GCellData = value === null ? {}
    : { userEnteredValue: typeof value === 'object' ? { formulaValue: `=${value.formula}` } : typeof value === 'number' ? { numberValue: value } : { stringValue: value } };
  return [
    { repeatCell: { range: grid(sheetId, range), cell: { userEnteredFormat: formatOf(look) }, fields: 'userEnteredFormat' } },
    { updateCells: { start: { sheetId, rowIndex: startRowIndex!, columnIndex: startColumnIndex! }, rows: [{ values: [content] }], fields: 'userEnteredValue' } },
  ];
}

function formatOf(look: HomeLook): CellFormat {
  switch (look) {
    case 'title': return { ...TILE, textFormat: text(22, COLOURS.navy, true) };
    case 'section': return { ...LINE, backgroundColorStyle: colour(COLOURS.headPeople), textFormat: text(11, COLOURS.navy, true) };
    case 'label':
    case 'line-label': return LABEL;
    case 'tile': return TILE;
    case 'rate': return { ...TILE, numberFormat: numberFormat(PERCENT_FORMAT)! };
    case 'line':
    case 'notice': return LINE;
    case 'day': return { ...LINE, horizontalAlignment: 'CENTER', numberFormat: numberFormat(DAY_FORMAT)! };
    case 'year': return { ...TILE, textFormat: text(12, COLOURS.ink, true) };
    case 'cell': return { ...LINE, horizontalAlignment: 'CENTER' };
    default: {
      const [kind, index] = look.split('-');
      const [, shade, ink] = LIGHT_COLOURS[Number(index)]!;
      return { ...TILE, backgroundColorStyle: colour(shade), textFormat: text(kind === 'count' ? 18 : 10, ink, true) };
    }
  }
}

function chartData(sheetId: number): GRequest[] {
  const cell = (range: string, place: number): string => `${columnLetters(place)}${/\d+/.exec(range)![0]}`;
  const rows = LIGHT_COLOURS.map((_, place) => ({ values: [
    { userEnteredValue: { formulaValue: `=${cell(HOME_CHART.categories, place)}` }, userEnteredFormat: { textFormat: text(9, COLOURS.faint) } },
    { userEnteredValue: { formulaValue: `=${cell(HOME_CHART.values, place)}` }, userEnteredFormat: { textFormat: text(9, COLOURS.faint) } },
  ] }));
  const head = { values: ['灯号', '件数'].map((word) => ({ userEnteredValue: { stringValue: word }, userEnteredFormat: { textFormat: text(9, COLOURS.faint) } })) };
  return [{ updateCells: {
    start: { sheetId, rowIndex: CHART_DATA.row - 2, columnIndex: CHART_DATA.column - 1 }, rows: [head, ...rows], fields: 'userEnteredValue,userEnteredFormat',
  } }];
}

function addCharts(page: GSheet): void {
  const lights = page.getRange(CHART_DATA.row - 1, CHART_DATA.column, LIGHT_COLOURS.length + 1, 2);
  page.insertChart(page.newChart().asColumnChart().addRange(lights).setNumHeaders(1)
    .setOption('title', HOME_CHART.title).setOption('legend', { position: 'none' }).setOption('colors', LIGHT_TONES.map((tone) => `#${tone}`).slice(0, 1))
    .setOption('width', COLUMN_PIXELS * 3).setOption('height', 420).setPosition(CHART_ROWS.lights, 1, 0, 0).build());
  page.insertChart(page.newChart().asColumnChart().addRange(page.getRange('D29:F41')).setNumHeaders(1)
    .setOption('title', '全年下发与办结').setOption('legend', { position: 'bottom' })
    .setOption('width', COLUMN_PIXELS * 6).setOption('height', 300).setPosition(CHART_ROWS.months, 1, 0, 0).build());
}

function grid(sheetId: number, range: string): GoogleAppsScript.Sheets.Schema.GridRange {
  const [from, to] = range.split(':').map((cell) => /^([A-Z])(\d+)$/.exec(cell)!);
  const end = to ?? from!;
  const column = (match: RegExpExecArray): number => match[1]!.charCodeAt(0) - 65;
  return { sheetId, startRowIndex: Number(from![2]) - 1, endRowIndex: Number(end[2]), startColumnIndex: column(from!), endColumnIndex: column(end) + 1 };
}
