import type { Style, Workbook, Worksheet } from 'exceljs';
import {
  COLOURS, columnsOf, DAY_FORMAT, HOME_COLOUR_RULES, HOME_KEYS, HOME_PLACES, HOME_ROW_HEIGHT, HOME_ROW_HEIGHTS, HOME_SHEET_NAME, HOME_YEAR_CELL, HOME_YEARS,
  homePieces, LIGHT_COLOURS, PERCENT_FORMAT, type HomeLook, type HomePiece, type Policy,
} from '#core';
import { columnLetters } from '../cell-address.ts';
import { rule, tint } from './conditional-formats.ts';
import { addValidation } from './data-sheet.ts';
import { argb, box, fill, font } from './styles.ts';
import { refusal } from './validations.ts';

/** Six equal columns: six lights, six tiles, and a width that fills an A4 page. */
const COLUMNS = 6;
const COLUMN_WIDTH = 16;
const A4 = 9 as unknown as NonNullable<Worksheet['pageSetup']['paperSize']>;
const LAST_HOME_ROW = 41;
/** Zero-based corners of the chart: it stands left of the table of months. */
export const CHART_ANCHOR = { fromColumn: 0, fromRow: 27, toColumn: 3, toRow: 41 } as const;

const CENTER = { horizontal: 'center', vertical: 'middle' } as const;
const TILE: Partial<Style> = { font: font({ size: 18, bold: true, color: { argb: argb(COLOURS.navy) } }), alignment: CENTER, border: box() };
const LABEL: Partial<Style> = { font: font({ color: { argb: argb(COLOURS.faint) } }), alignment: CENTER, border: box(), fill: fill(COLOURS.paper) };
const LINE: Partial<Style> = { font: font(), alignment: { horizontal: 'left', vertical: 'middle', wrapText: true, indent: 1 }, border: box() };

/** Adds 首页: one A4 page whose named cells the program fills. */
export function addHomeSheet(workbook: Workbook, policy: Policy): Worksheet {
  const page = workbook.addWorksheet(HOME_SHEET_NAME, {
    properties: { tabColor: { argb: argb(COLOURS.navy) }, defaultRowHeight: HOME_ROW_HEIGHT },
    views: [{ state: 'normal', showGridLines: false, zoomScale: 100 }],
  });
  for (let column = 1; column <= COLUMNS; column += 1) page.getColumn(column).width = COLUMN_WIDTH;
  for (const piece of homePieces(policy, (key) => columnLetters(columnsOf('items').findIndex((column) => column.key === key)))) put(page, piece);
  for (const [row, height] of Object.entries(HOME_ROW_HEIGHTS)) page.getRow(Number(row)).height = height;
  for (const { range, formula, tone, bold } of HOME_COLOUR_RULES) {
    page.addConditionalFormatting({ ref: range, rules: [rule(formula, tint(COLOURS[tone], COLOURS[`${tone}Ink`], bold))] });
  }
  addValidation(page, HOME_YEAR_CELL, {
    type: 'list', formulae: [`"${HOME_YEARS.join(',')}"`], allowBlank: false, showErrorMessage: true, errorStyle: 'warning',
    errorTitle: '年度', error: '请选择年度。', showInputMessage: true, promptTitle: '年度', prompt: '选择年度,下表随之变化。',
  });
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

/** Puts a piece's value and style into its cell or merged range. */
function put(page: Worksheet, { range, value, look }: HomePiece): void {
  const [first = range, last] = range.split(':');
  const cell = page.getCell(first);
  cell.value = value;
  cell.style = styleOf(look);
  // After the style: merging hands it on to the covered cells, which draw the right and bottom edges.
  if (last !== undefined) page.mergeCells(range);
}

function styleOf(look: HomeLook): Partial<Style> {
  switch (look) {
    case 'title': return { font: font({ size: 22, bold: true, color: { argb: argb(COLOURS.navy) } }), alignment: CENTER };
    case 'section': return {
      font: font({ size: 11, bold: true, color: { argb: argb(COLOURS.navy) } }), fill: fill(COLOURS.headPeople),
      alignment: { horizontal: 'left', vertical: 'middle', indent: 1 }, border: box(),
    };
    case 'label': return LABEL;
    case 'line-label': return { ...LABEL, alignment: { ...CENTER, wrapText: true } };
    case 'tile': return TILE;
    case 'rate': return { ...TILE, numFmt: PERCENT_FORMAT };
    case 'line': return LINE;
    case 'notice': return { font: font({ size: 9, color: { argb: argb(COLOURS.redInk) } }), alignment: { ...CENTER, wrapText: true } };
    case 'day': return { ...LINE, numFmt: DAY_FORMAT, alignment: CENTER };
    case 'year': return { ...TILE, font: font({ size: 12, bold: true }) };
    case 'cell': return { font: font(), border: box(), alignment: CENTER };
    default: {
      const [kind, index] = look.split('-');
      const [, shade, ink] = LIGHT_COLOURS[Number(index)]!;
      return { fill: fill(shade), border: box(), alignment: CENTER, font: font({ ...(kind === 'count' ? { size: 18 } : {}), bold: true, color: { argb: argb(ink) } }) };
    }
  }
}

export function absolute(range: string): string {
  return range.replace(/([A-Z]+)(\d+)/g, '$$$1$$$2');
}
