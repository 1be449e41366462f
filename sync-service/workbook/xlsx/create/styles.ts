import type { Alignment, Borders, Fill, Font, Style } from 'exceljs';
import type { Column, ColumnType } from '#core';

/** Soft colours that stay apart on a black-and-white printer: fills are pale, meaning also stands as a word. */
export const COLOURS = {
  ink: 'FF1F2937', navy: 'FF1F3864', faint: 'FF6B7280', white: 'FFFFFFFF', line: 'FFD0D5DD',
  headPeople: 'FFD6E4F0', headAutomation: 'FFD9D9D9', headShared: 'FFDCEFE3',
  automation: 'FFF2F2F2', shared: 'FFF3FAF5',
  green: 'FFD8F0DC', yellow: 'FFFFF1C2', red: 'FFF9D0CE', blue: 'FFD3E5F8', grey: 'FFDEDEDE', done: 'FFEDEDED',
  greenInk: 'FF1E6B34', yellowInk: 'FF7A5600', redInk: 'FFB42318', blueInk: 'FF1B4F8A', greyInk: 'FF555555', doneInk: 'FF7A7A7A',
  amber: 'FFFFF7DB',
} as const;

/** Validations and conditional formats reach this row; the engine stretches them when rows go beyond. */
export const LAST_RULE_ROW = 2000;

export const FONT_NAME = '微软雅黑';
const BODY_SIZE = 10;

export const DAY_FORMAT = 'yyyy-mm-dd';
export const MOMENT_FORMAT = 'yyyy-mm-dd hh:mm';
export const PERCENT_FORMAT = '0.00%';
export const TEXT_FORMAT = '@';

export function font(more: Partial<Font> = {}): Partial<Font> {
  return { name: FONT_NAME, size: BODY_SIZE, color: { argb: COLOURS.ink }, ...more };
}

export function fill(argb: string): Fill {
  return { type: 'pattern', pattern: 'solid', fgColor: { argb } };
}

/** A fill as a conditional format wants it: there the solid colour is the background. */
export function conditionalFill(argb: string): Fill {
  return { type: 'pattern', pattern: 'solid', bgColor: { argb } };
}

export function box(argb: string = COLOURS.line): Partial<Borders> {
  const edge = { style: 'thin', color: { argb } } as const;
  return { top: edge, left: edge, bottom: edge, right: edge };
}

/**
 * Text columns are formatted as text, so that `=1+1` or `007` typed there stays what was typed. A limit shows its date;
 * a conditional format adds the hour where there is one.
 */
export function numberFormat(type: ColumnType): string {
  switch (type) {
    case 'day':
    case 'limit': return DAY_FORMAT;
    case 'moment': return MOMENT_FORMAT;
    case 'percent': return PERCENT_FORMAT;
    case 'number': return 'General';
    case 'text':
    case 'id':
    case 'ref':
    case 'choice':
    case 'list':
    case 'unit':
    case 'person': return TEXT_FORMAT;
  }
}

export function cellStyle(column: Column): Partial<Style> {
  const style: Partial<Style> = {
    font: font(), numFmt: numberFormat(column.type), alignment: alignment(column), border: box(),
  };
  if (column.editor === 'A') style.fill = fill(COLOURS.automation);
  if (column.editor === 'S') style.fill = fill(COLOURS.shared);
  return style;
}

export function headerStyle(column: Column): Partial<Style> {
  const shade = column.editor === 'A' ? COLOURS.headAutomation
    : column.editor === 'S' ? COLOURS.headShared : COLOURS.headPeople;
  return {
    font: font({ bold: true, color: { argb: COLOURS.navy } }),
    fill: fill(shade),
    alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
    border: box('FFB8C2CC'),
    numFmt: TEXT_FORMAT,
  };
}

function alignment(column: Column): Partial<Alignment> {
  switch (column.type) {
    case 'text':
    case 'list': return { vertical: 'middle', wrapText: true };
    // An hour makes a limit wider than its column; shrinking keeps it from turning into ####.
    case 'limit': return { horizontal: 'center', vertical: 'middle', shrinkToFit: true };
    case 'unit': return { vertical: 'middle', wrapText: true };
    case 'id':
    case 'ref':
    case 'choice':
    case 'person':
    case 'day':
    case 'moment':
    case 'number':
    case 'percent': return { horizontal: 'center', vertical: 'middle' };
  }
}
