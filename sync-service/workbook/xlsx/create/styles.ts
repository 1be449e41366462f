import type { Alignment, Borders, Fill, Font, Style } from 'exceljs';
import { cellFill, COLOURS, headerFill, isCentred, isFingerprint, isLetter, numberFormatOf, TEXT_FORMAT, type Column, type ColumnType } from '#core';

/** Validations and conditional formats reach this row; the engine stretches them when rows go beyond. */
export const LAST_RULE_ROW = 2000;

export const FONT_NAME = '微软雅黑';
const BODY_SIZE = 10;

/** exceljs wants an alpha channel before the colour. */
export function argb(rgb: string): string {
  return `FF${rgb}`;
}

export function font(more: Partial<Font> = {}): Partial<Font> {
  return { name: FONT_NAME, size: BODY_SIZE, color: { argb: argb(COLOURS.ink) }, ...more };
}

export function fill(rgb: string): Fill {
  return { type: 'pattern', pattern: 'solid', fgColor: { argb: argb(rgb) } };
}

/** A fill as a conditional format wants it: there the solid colour is the background. */
export function conditionalFill(rgb: string): Fill {
  return { type: 'pattern', pattern: 'solid', bgColor: { argb: argb(rgb) } };
}

export function box(rgb: string = COLOURS.line): Partial<Borders> {
  const edge = { style: 'thin', color: { argb: argb(rgb) } } as const;
  return { top: edge, left: edge, bottom: edge, right: edge };
}

/** A limit shows its date; a conditional format adds the hour where there is one. */
function numberFormat(type: ColumnType): string {
  const format = numberFormatOf(type);
  return format === '' ? 'General' : format;
}

export function cellStyle(column: Column): Partial<Style> {
  const style: Partial<Style> = {
    font: font(), numFmt: numberFormat(column.type), alignment: alignment(column), border: box(),
  };
  const shade = cellFill(column);
  if (shade !== null) style.fill = fill(shade);
  return style;
}

export function headerStyle(column: Column): Partial<Style> {
  return {
    font: font({ bold: true, color: { argb: argb(COLOURS.navy) } }),
    fill: fill(headerFill(column)),
    alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
    border: box('B8C2CC'),
    numFmt: TEXT_FORMAT,
  };
}

function alignment(column: Column): Partial<Alignment> {
  const horizontal = isCentred(column) ? { horizontal: 'center' } as const : {};
  // Shrinking keeps a number from turning into ####; wrapping keeps a word of a folded column from being painted over its neighbour.
  const fit = numberFormatOf(column.type) === TEXT_FORMAT && !isFingerprint(column) ? { wrapText: true } : { shrinkToFit: true };
  return { ...horizontal, vertical: isLetter(column) ? 'top' : 'middle', ...fit };
}
