import { LAST_ROW, columnLetters, parseRange } from './cell-address.ts';

/** A replacement of a byte range by text. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** What appended rows mean for the ranges around a table. Row numbers are 1-based. */
export interface Growth {
  /** Last row of the header, 0 where it isn't known. */
  readonly headerRow: number;
  readonly oldLast: number;
  readonly newLast: number;
}

const ATTRIBUTES = String.raw`(?:"[^"]*"|'[^']*'|[^'">])*?`;

/**
 * Stretches the ranges after `<sheetData>` that reach the old last row over the appended rows: validations, conditional
 * formats (both kinds) and the filter. `tail` is latin1 text, so that its characters count bytes; `offset` is where it
 * begins in the part.
 */
export function stretchTail(tail: string, offset: number, growth: Growth): Splice[] {
  const splices: Splice[] = [];
  const own = new RegExp(String.raw`<(?:\w+:)?(dataValidation|conditionalFormatting|autoFilter)\s${ATTRIBUTES}(?:sqref|ref)=(["'])([^"']*)\2`, 'g');
  for (const match of tail.matchAll(own)) {
    const isFilter = match[1] === 'autoFilter';
    const stretched = stretchRanges(match[3]!, growth, isFilter);
    const from = offset + match.index + match[0].length - 1 - match[3]!.length;
    if (stretched !== match[3]) splices.push({ from, to: from + match[3]!.length, text: stretched });
  }
  let owner = '';
  for (const match of tail.matchAll(/<(?:\w+:)?(dataValidation|conditionalFormatting|sparkline)[\s>]|<(?:\w+:)?sqref>([^<]*)</g)) {
    if (match[1] !== undefined) { owner = match[1]; continue; }
    const text = match[2]!;
    // A sparkline's sqref is the one cell it is drawn in.
    if (owner === 'sparkline') continue;
    const stretched = stretchRanges(text, growth, false);
    const from = offset + match.index + match[0].length - 1 - text.length;
    if (stretched !== text) splices.push({ from, to: from + text.length, text: stretched });
  }
  return splices;
}

/** The same for a table part; `null` where the table doesn't reach the old last row or ends in a row of totals. */
export function stretchTable(xml: string, growth: Growth): string | null {
  const root = new RegExp(String.raw`<(?:\w+:)?table\s${ATTRIBUTES}>`).exec(xml)?.[0] ?? '';
  if (/\stotalsRowCount=["'][1-9]/.test(root)) return null;
  const changed = xml.replaceAll(
    new RegExp(String.raw`(<(?:\w+:)?(?:table|autoFilter)\s(?:${ATTRIBUTES}\s)?ref=["'])([^"']*)`, 'g'),
    (whole, before: string, range: string) => {
      const stretched = stretchRanges(range, growth, true);
      return stretched === range ? whole : before + stretched;
    },
  );
  return changed === xml ? null : changed;
}

/** `<dimension>` in the head of a sheet, widened to hold a cell in this row and 0-based column. */
export function widenDimension(head: string, lastRow: number, lastColumn: number): Splice | null {
  const match = /<(?:\w+:)?dimension\s[^>]*?ref=["']([^"']*)/.exec(head);
  const range = match === null ? null : parseRange(match[1]!);
  if (match === null || range === null) return null;
  if (range.lastRow >= lastRow && range.lastColumn >= lastColumn) return null;
  const from = match.index + match[0].length - match[1]!.length;
  const text = `${columnLetters(range.firstColumn)}${range.firstRow}:${columnLetters(Math.max(range.lastColumn, lastColumn))}${Math.max(range.lastRow, lastRow)}`;
  return { from, to: from + match[1]!.length, text };
}

/**
 * Ranges separated by blanks; those that hold the old last row and end before the new one are stretched to it.
 * A rule that covers nothing but the header stays with the header, a filter grows from it.
 */
export function stretchRanges(text: string, growth: Growth, fromHeader: boolean): string {
  return text.split(' ').map((one) => {
    const range = parseRange(one);
    if (range === null || range.lastRow >= growth.newLast || range.lastRow >= LAST_ROW) return one;
    if (range.firstRow > growth.oldLast || range.lastRow < growth.oldLast) return one;
    if (!fromHeader && range.lastRow <= growth.headerRow) return one;
    const dollar = one.includes('$') ? '$' : '';
    return `${dollar}${columnLetters(range.firstColumn)}${dollar}${range.firstRow}:${dollar}${columnLetters(range.lastColumn)}${dollar}${growth.newLast}`;
  }).join(' ');
}
