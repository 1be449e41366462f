import { isFormula, type Cell, type RowRef, type RowSnapshot } from '#core';
import { StoreError } from '../store.ts';
import { parseRange, type CellRange } from './cell-address.ts';
import { createRowScanner, type RowScanner, type ScanContext } from './row-scan.ts';
import { withoutOddities } from './xml-text.ts';

const GT = 0x3e;
const SLASH = 0x2f;

/** A sheet as scanned: what people see, and where each row lies so that patching needs no second search. */
export interface ScannedSheet {
  /** Without comments and CDATA, at the offsets of the part's own bytes. */
  readonly plain: Buffer;
  readonly scanner: RowScanner;
  /** Row number, start of `<row` and end after `</row>` of every row, in file order. */
  readonly numbers: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Rows with any content, by row number; all, or the first ones and the last. */
  readonly rows: readonly RowSnapshot[];
  /** Number of the last row with content, 0 where there is none. */
  readonly lastRow: number;
  /** Namespace prefix with its colon, mostly empty. */
  readonly prefix: string;
  /** Offset of `<sheetData` and after its end tag; the content lies between `contentStart` and `contentEnd`. */
  readonly dataStart: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly dataEnd: number;
  /** Columns with content, title and all. */
  readonly width: number;
  readonly merges: readonly CellRange[];
  /** Columns of each row that a merge hides: all its cells but the first. */
  readonly covered: ReadonlyMap<RowRef, ReadonlySet<number>>;
  /** Blocks that one array formula or data table fills; their cells belong to the formula. */
  readonly arrays: readonly CellRange[];
}

/** No table is wider: a title merged over the whole sheet is not repeated to its end. */
const MOST_MERGED = 1023;
/** Rows at the top of a tail-only sheet that are materialised: enough to find its header. */
const HEAD_ROWS = 20;

/**
 * Scans the XML of one worksheet. `tailOnly` materialises only the first 20 rows and the last with content.
 * Throws `truncated` where the XML ends in the middle of something.
 */
export function scanSheet(xml: Buffer, context: ScanContext, tailOnly: boolean): ScannedSheet {
  const plain = withoutOddities(xml);
  const { prefix, dataStart, contentStart, contentEnd, dataEnd } = findSheetData(plain);
  const scanner = createRowScanner(plain, prefix.length, context);
  const numbers: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const rows: RowSnapshot[] = [];
  const rowNeedle = Buffer.from(`</${prefix}row>`);
  let sorted = true;
  let previous = 0;
  let at = scanner.nextRow(contentStart, contentEnd);
  while (at >= 0) {
    const materialise = !tailOnly || numbers.length < HEAD_ROWS;
    const number = scanner.rowNumber(at, previous + 1);
    let end: number;
    if (materialise) {
      const cells = scanner.cells(at, contentEnd);
      end = scanner.end;
      if (cells.length > 0) rows.push({ ref: number, cells });
    } else {
      end = rowEnd(plain, at, rowNeedle);
    }
    if (end < 0 || end > contentEnd) throw broken();
    if (number <= previous) sorted = false;
    numbers.push(number);
    starts.push(at);
    ends.push(end);
    previous = number;
    at = scanner.nextRow(end, contentEnd);
  }
  if (tailOnly) addLastRow(rows, numbers, starts, contentEnd, scanner);
  if (!sorted) rows.sort((a, b) => Number(a.ref) - Number(b.ref));
  const lastRow = rows.length === 0 ? 0 : Number(rows[rows.length - 1]!.ref);
  const merges = findMerges(plain, dataEnd);
  const arrays = scanner.arrays;
  fillArrays(rows, arrays);
  const width = rows.reduce((widest, { cells }) => Math.max(widest, cells.length), 0);
  const covered = repeatMerges(rows, merges);
  return { plain, scanner, numbers, starts, ends, rows, lastRow, width, prefix, dataStart, contentStart, contentEnd, dataEnd, merges, covered, arrays };
}

function rowEnd(xml: Buffer, at: number, needle: Buffer): number {
  const tagEnd = xml.indexOf(GT, at);
  if (xml[tagEnd - 1] === SLASH) return tagEnd + 1;
  const close = xml.indexOf(needle, tagEnd);
  return close < 0 ? -1 : close + needle.length;
}

function addLastRow(rows: RowSnapshot[], numbers: number[], starts: number[], limit: number, scanner: RowScanner): void {
  const order = numbers.map((_, index) => index);
  if (numbers.some((number, index) => index > 0 && number < numbers[index - 1]!)) order.sort((a, b) => numbers[a]! - numbers[b]!);
  const highest = rows.length === 0 ? 0 : Number(rows[rows.length - 1]!.ref);
  for (let place = order.length - 1; place >= 0; place -= 1) {
    const index = order[place]!;
    if (numbers[index]! <= highest) return;
    const cells = scanner.cells(starts[index]!, limit);
    if (cells.length === 0) continue;
    rows.push({ ref: numbers[index]!, cells });
    return;
  }
}

function findSheetData(xml: Buffer): Pick<ScannedSheet, 'prefix' | 'dataStart' | 'contentStart' | 'contentEnd' | 'dataEnd'> {
  const nameAt = xml.indexOf('sheetData');
  if (nameAt < 0) throw broken();
  let dataStart = nameAt - 1;
  while (dataStart > 0 && xml[dataStart] !== 0x3c) dataStart -= 1;
  const prefix = xml.toString('latin1', dataStart + 1, nameAt);
  const tagEnd = xml.indexOf(GT, nameAt);
  if (tagEnd < 0) throw broken();
  const contentStart = tagEnd + 1;
  if (xml[tagEnd - 1] === SLASH) return { prefix, dataStart, contentStart, contentEnd: contentStart, dataEnd: contentStart };
  const close = `</${prefix}sheetData>`;
  const contentEnd = xml.lastIndexOf(close);
  if (contentEnd < contentStart) throw broken();
  return { prefix, dataStart, contentStart, contentEnd, dataEnd: contentEnd + close.length };
}

function findMerges(xml: Buffer, from: number): CellRange[] {
  const merges: CellRange[] = [];
  const tail = xml.toString('latin1', from);
  for (const match of tail.matchAll(/<(?:\w+:)?mergeCell\s[^>]*?ref=["']([^"']+)["']/g)) {
    const range = parseRange(match[1]!);
    if (range !== null) merges.push(range);
  }
  return merges;
}

/** Cells inside an array formula's block show its results but are part of it: nobody may write over them. */
function fillArrays(rows: readonly RowSnapshot[], arrays: readonly (CellRange & { readonly formula?: string })[]): void {
  for (const array of arrays) {
    for (const row of rowsWithin(rows, array)) {
      const cells = row.cells as Cell[];
      for (let column = array.firstColumn; column <= array.lastColumn && column < cells.length; column += 1) {
        const cell = cells[column]!;
        if (!isFormula(cell)) cells[column] = { formula: array.formula ?? '', value: cell };
      }
    }
  }
}

/**
 * A merged cell reads as its value repeated, over the rows that hold something of their own: rows that exist only by
 * the merge are no rows of the table.
 */
function repeatMerges(rows: readonly RowSnapshot[], merges: readonly CellRange[]): Map<RowRef, Set<number>> {
  const covered = new Map<RowRef, Set<number>>();
  for (const merge of merges) {
    const within = rowsWithin(rows, merge);
    cover(covered, within, merge);
    const top = within[0];
    if (top?.ref !== merge.firstRow) continue;
    const value = top.cells[merge.firstColumn] ?? null;
    if (value === null) continue;
    const width = Math.min(merge.lastColumn, merge.firstColumn + MOST_MERGED);
    for (const row of within) {
      const cells = row.cells as Cell[];
      while (cells.length <= width) cells.push(null);
      for (let column = merge.firstColumn; column <= width; column += 1) cells[column] = value;
    }
  }
  return covered;
}

function cover(covered: Map<RowRef, Set<number>>, rows: readonly RowSnapshot[], merge: CellRange): void {
  for (const { ref } of rows) {
    const columns = covered.get(ref) ?? new Set<number>();
    covered.set(ref, columns);
    for (let column = merge.firstColumn; column <= Math.min(merge.lastColumn, merge.firstColumn + MOST_MERGED); column += 1) {
      if (ref !== merge.firstRow || column !== merge.firstColumn) columns.add(column);
    }
  }
}

function rowsWithin(rows: readonly RowSnapshot[], range: CellRange): RowSnapshot[] {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (Number(rows[middle]!.ref) < range.firstRow) low = middle + 1;
    else high = middle;
  }
  const within: RowSnapshot[] = [];
  for (let index = low; index < rows.length && Number(rows[index]!.ref) <= range.lastRow; index += 1) within.push(rows[index]!);
  return within;
}

function broken(): StoreError {
  return new StoreError('truncated', '工作表内容不完整或已损坏:请用 Excel 或 WPS 打开并另存,或从 .duban/versions 恢复');
}
