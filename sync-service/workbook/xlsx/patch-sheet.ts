import { sameCell, type Cell, type RenderedValue } from '#core';
import { StoreError } from '../store.ts';
import { columnLetters } from './cell-address.ts';
import { createRowFitter, shownTexts, type ShownText } from './row-heights.ts';
import { createRowScanner, to1904, type CellPlace } from './row-scan.ts';
import { NO_STRINGS } from './shared-strings.ts';
import type { ScannedSheet } from './sheet-scan.ts';
import { stretchTail, widenDimension, type Growth, type Splice } from './stretch.ts';
import type { Styles } from './styles.ts';
import { escapeText, withoutOddities } from './xml-text.ts';

export interface SheetEdits {
  /** By row number, then by 0-based column. */
  readonly cells: ReadonlyMap<number, ReadonlyMap<number, RenderedValue>>;
  /** Rows to add after the last row with content, by 0-based column. */
  readonly appended: readonly ReadonlyMap<number, RenderedValue>[];
  /** Row number of the header, 0 where it isn't known: its looks are not for data rows. */
  readonly headerRow: number;
  /** Whether the workbook counts its dates from 1904. */
  readonly date1904: boolean;
  /** 0-based columns of which a row shows only the beginning. */
  readonly letters: ReadonlySet<number>;
}

export interface PatchedSheet {
  /** The new part, piece by piece; each edited row is read back before it is given out. */
  readonly pieces: () => Generator<Buffer, undefined>;
  /** Null where no rows were appended. */
  readonly growth: Growth | null;
}

/** An edited row: the bytes it replaces, what to change in them, and what must then be read. */
interface RowPatch {
  readonly from: number;
  readonly to: number;
  readonly number: number;
  readonly splices: Splice[];
  readonly expected: ReadonlyMap<number, RenderedValue>;
}

/** Rows looked at for a date style that a column already uses. */
const SAMPLED_ROWS = 60;

/**
 * Replaces only the changed `<c>` elements of a sheet and adds rows; all other bytes stay. Styles that the edits need are
 * registered with `styles` at once, so that the style sheet can be written first. Cells with formulas must not be among
 * the edits. The pieces throw `verify-failed` where an edited row doesn't read back as asked.
 */
export function patchSheet(xml: Buffer, sheet: ScannedSheet, styles: Styles, edits: SheetEdits): PatchedSheet {
  const p = sheet.prefix;
  const columnDateStyles = new Map<number, { date?: number; datetime?: number }>();
  let sampled = false;

  const byRow = new Map(edits.cells);
  const dateStyles1904 = edits.date1904 ? styles.dateStyles : null;
  const firstNew = freeRow(sheet, Math.max(sheet.lastRow, edits.headerRow) + 1, edits.appended);
  edits.appended.forEach((values, index) => byRow.set(firstNew + index, values));
  const above = sheet.lastRow > edits.headerRow ? sheet.lastRow : 0;
  const indexOf = rowPlaces(sheet);
  const aboveStyles = new Map<number, number>();
  let aboveRowAttributes = '';
  if (edits.appended.length > 0 && above > 0) {
    const at = sheet.starts[indexOf(above)!]!;
    for (const place of sheet.scanner.places(at, sheet.contentEnd)) aboveStyles.set(place.column, place.style);
    const tag = xml.toString('latin1', at, xml.indexOf('>', at));
    const style = /\ss=["'](\d+)["']/.exec(tag)?.[1];
    if (style !== undefined && /\scustomFormat=["'](?:1|true)["']/.test(tag)) aboveRowAttributes = ` s="${style}" customFormat="1"`;
  }
  const head = xml.toString('latin1', 0, sheet.dataStart);
  const columnStyle = readColumnStyles(head);
  const fitter = createRowFitter(head, `<${p}row`.length, edits.letters);
  const patches: RowPatch[] = [];
  let lastColumn = 0;
  for (const [number, values] of [...byRow].sort(([a], [b]) => a - b)) {
    if (values.size === 0) continue;
    const isNew = number >= firstNew;
    const index = indexOf(number);
    patches.push(index === null ? newRow(number, values) : existingRow(index, number, values, isNew));
    for (const column of values.keys()) lastColumn = Math.max(lastColumn, column);
  }
  patches.sort((a, b) => a.from - b.from || a.number - b.number);

  const growth: Growth | null = edits.appended.length === 0 ? null
    : { headerRow: edits.headerRow, oldLast: Math.max(sheet.lastRow, edits.headerRow), newLast: firstNew + edits.appended.length - 1 };
  const dimension = widenDimension(head, Math.max(0, ...lastNumber(patches)), lastColumn);
  const tailSplices = growth === null ? [] : stretchTail(sheet.plain.toString('latin1', sheet.dataEnd), sheet.dataEnd, growth);
  return { growth, pieces };

  function* pieces(): Generator<Buffer, undefined> {
    let at = 0;
    if (dimension !== null) {
      yield xml.subarray(0, dimension.from);
      yield Buffer.from(dimension.text, 'latin1');
      at = dimension.to;
    }
    const wasEmpty = sheet.contentStart === sheet.dataEnd;
    if (wasEmpty && patches.length > 0) {
      yield xml.subarray(at, sheet.dataStart);
      yield Buffer.from(`<${p}sheetData>`);
      at = sheet.dataEnd;
    }
    for (const patch of patches) {
      if (patch.from > at) yield xml.subarray(at, patch.from);
      const row = applySplices(xml, patch.from, patch.to, patch.splices);
      verify(row, patch);
      yield row;
      at = patch.to;
    }
    if (wasEmpty && patches.length > 0) yield Buffer.from(`</${p}sheetData>`);
    for (const splice of tailSplices.sort((a, b) => a.from - b.from)) {
      yield xml.subarray(at, splice.from);
      yield Buffer.from(splice.text, 'latin1');
      at = splice.to;
    }
    yield xml.subarray(at);
    return undefined;
  }

  function newRow(number: number, values: ReadonlyMap<number, RenderedValue>): RowPatch {
    const isNew = number >= firstNew;
    const columns = new Set([...values.keys(), ...(isNew ? aboveStyles.keys() : [])]);
    const texts: ShownText[] = [];
    const cells = [...columns].sort((a, b) => a - b).map((column) => {
      const value = values.get(column) ?? { value: null, format: null };
      const style = styleFor(column, isNew ? aboveStyles.get(column) : undefined, value);
      if (typeof value.value === 'string' && styles.wraps(style)) texts.push({ column, text: value.value });
      return cellXml(column, number, style, value.value);
    });
    const from = insertionPoint(number);
    const text = `<${p}row r="${number}"${fitter.attributes(texts)}${isNew ? aboveRowAttributes : ''}>${cells.join('')}</${p}row>`;
    return { from, to: from, number, splices: [{ from, to: from, text }], expected: values };
  }

  function existingRow(index: number, number: number, values: ReadonlyMap<number, RenderedValue>, isNew: boolean): RowPatch {
    const from = sheet.starts[index]!;
    const to = sheet.ends[index]!;
    const places = sheet.scanner.places(from, sheet.contentEnd);
    const splices: Splice[] = [];
    const wanted = new Map(values);
    if (isNew) for (const column of aboveStyles.keys()) if (!wanted.has(column)) wanted.set(column, { value: null, format: null });
    const tagEnd = xml.indexOf('>', from);
    const selfClosing = xml[tagEnd - 1] === 0x2f;
    const added: string[] = [];
    for (const [column, value] of [...wanted].sort(([a], [b]) => a - b)) {
      const place = places.find((candidate) => candidate.column === column);
      if (place !== undefined) {
        if (!values.has(column)) continue;
        if (place.hasFormula) throw new StoreError('verify-failed', `单元格 ${columnLetters(column)}${number} 是公式,程序不改公式:已停止,文件未改动`);
        splices.push({ from: place.start, to: place.end, text: cellXml(column, number, styleFor(column, styleOf(place, isNew), value), value.value) });
        continue;
      }
      if (value.value === null && !isNew) continue;
      // A header that comes back looks like the one beside it.
      const neighbour = number === edits.headerRow ? places.at(-1)?.style : undefined;
      const text = cellXml(column, number, styleFor(column, isNew ? aboveStyles.get(column) : neighbour, value), value.value);
      if (selfClosing) { added.push(text); continue; }
      const next = places.find((candidate) => candidate.column > column);
      const at = next?.start ?? endTagAt(to);
      splices.push({ from: at, to: at, text });
    }
    if (selfClosing && added.length > 0) {
      splices.push({ from: tagEnd - 1, to: to, text: `>${added.join('')}</${p}row>` });
    }
    const spans = spansSplice(from, tagEnd, Math.max(...values.keys()));
    if (spans !== null) splices.push(spans);
    const height = heightSplice(number, from, tagEnd, places, values);
    if (height !== null) splices.push(height);
    return { from, to, number, splices: splices.sort((a, b) => a.from - b.from), expected: values };
  }

  function styleOf(place: CellPlace, isNew: boolean): number | undefined {
    return place.style === 0 && isNew ? aboveStyles.get(place.column) : place.style;
  }

  /** `spans` is a hint for readers that must not be too narrow; without it they look for themselves. */
  function spansSplice(from: number, tagEnd: number, highest: number): Splice | null {
    const match = /\sspans=["']\d+:(\d+)["']/.exec(xml.toString('latin1', from, tagEnd));
    if (match === null || Number(match[1]) > highest) return null;
    return { from: from + match.index, to: from + match.index + match[0].length, text: '' };
  }

  function heightSplice(number: number, from: number, tagEnd: number, places: readonly CellPlace[], values: ReadonlyMap<number, RenderedValue>): Splice | null {
    const styleOfColumn = new Map(places.map(({ column, style }) => [column, style]));
    // A merged text has more room than its column: programs leave it out as well.
    const merges = sheet.merges.filter(({ firstRow, lastRow }) => number >= firstRow && number <= lastRow);
    const wraps = (column: number): boolean => styles.wraps(styleOfColumn.get(column) ?? columnStyle(column))
      && !merges.some(({ firstColumn, lastColumn }) => column >= firstColumn && column <= lastColumn);
    const changed = [...values].map(([column, { value }]): [number, Cell] => [column, value]);
    const tag = xml.toString('latin1', from, tagEnd);
    if (!changed.some(([column]) => wraps(column)) || !fitter.mayChange(tag, shownTexts(changed, wraps))) return null;
    const cells = new Map<number, Cell>(sheet.scanner.cells(from, sheet.contentEnd).entries());
    for (const [column, value] of changed) cells.set(column, value);
    const height = fitter.heightInTag(tag, shownTexts(cells, wraps));
    return { from: from + height.from, to: from + height.to, text: height.text };
  }

  function endTagAt(to: number): number {
    return sheet.plain.lastIndexOf('</', to - 1);
  }

  function insertionPoint(number: number): number {
    const count = sheet.numbers.length;
    if (count === 0) return sheet.contentStart === sheet.dataEnd ? sheet.dataEnd : sheet.contentStart;
    if (number > sheet.numbers[count - 1]!) return sheet.ends[count - 1]!;
    const next = sheet.numbers.findIndex((candidate) => candidate > number);
    return next < 0 ? sheet.ends[count - 1]! : sheet.starts[next]!;
  }

  function styleFor(column: number, base: number | undefined, { format }: RenderedValue): number {
    const own = base ?? columnStyle(column);
    if (format === null) return own;
    const shows = styles.formatOf(own);
    if (shows === format || (format === 'any' && (shows === 'date' || shows === 'datetime'))) return own;
    const want = format === 'any' ? 'datetime' : format;
    return sampledStyle(column, want) ?? styles.withFormat(own, want);
  }

  function sampledStyle(column: number, want: 'date' | 'datetime'): number | undefined {
    if (!sampled) {
      sampled = true;
      const rows = sheet.rows;
      const step = Math.max(1, Math.floor(rows.length / SAMPLED_ROWS));
      for (let index = 0; index < rows.length; index += step) {
        const number = Number(rows[index]!.ref);
        const at = indexOf(number);
        if (number <= edits.headerRow || at === null) continue;
        for (const { column: place, style } of sheet.scanner.places(sheet.starts[at]!, sheet.contentEnd)) {
          const shows = styles.formatOf(style);
          if (shows !== 'date' && shows !== 'datetime') continue;
          const known = columnDateStyles.get(place) ?? {};
          known[shows] ??= style;
          columnDateStyles.set(place, known);
        }
      }
    }
    return columnDateStyles.get(column)?.[want];
  }

  function cellXml(column: number, row: number, style: number, value: null | string | number): string {
    const open = `<${p}c r="${columnLetters(column)}${row}"${style === 0 ? '' : ` s="${style}"`}`;
    if (value === null || value === '') return `${open}/>`;
    if (typeof value === 'number') return `${open}><${p}v>${dateStyles1904?.has(style) === true ? to1904(value) : value}</${p}v></${p}c>`;
    const space = /^\s|\s$|\n|\t| {2}/.test(value) ? ' xml:space="preserve"' : '';
    return `${open} t="inlineStr"><${p}is><${p}t${space}>${escapeText(value)}</${p}t></${p}is></${p}c>`;
  }

  function verify(row: Buffer, patch: RowPatch): void {
    const cells = createRowScanner(withoutOddities(row), p.length, { strings: NO_STRINGS, dateStyles1904 }).cells(0, row.length);
    for (const [column, { value }] of patch.expected) {
      const found: Cell = cells[column] ?? null;
      if (!sameCell(found, value)) {
        throw new StoreError('verify-failed', `写入后核对不符(第 ${patch.number} 行 ${columnLetters(column)} 列):文件未改动,请把该行内容反馈给维护人员`);
      }
    }
  }
}

/** The first row at or below `from` where no merge that began above would hide what the appended rows hold. */
function freeRow(sheet: ScannedSheet, from: number, appended: SheetEdits['appended']): number {
  const columns = new Set(appended.flatMap((values) => [...values.keys()]));
  let row = from;
  for (const merge of sheet.merges) {
    if (merge.firstRow >= from || merge.lastRow < row) continue;
    for (const column of columns) {
      if (column >= merge.firstColumn && column <= merge.lastColumn) row = Math.max(row, merge.lastRow + 1);
    }
  }
  return row;
}

function applySplices(xml: Buffer, from: number, to: number, splices: readonly Splice[]): Buffer {
  const pieces: Buffer[] = [];
  let at = from;
  for (const splice of splices) {
    if (splice.from > at) pieces.push(xml.subarray(at, splice.from));
    pieces.push(Buffer.from(splice.text, 'utf8'));
    at = splice.to;
  }
  if (at < to) pieces.push(xml.subarray(at, to));
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
}

/** Index of a row's element by its number; null where there is none. */
function rowPlaces(sheet: ScannedSheet): (number: number) => number | null {
  const { numbers } = sheet;
  const sorted = numbers.every((number, index) => index === 0 || number > numbers[index - 1]!);
  if (!sorted) {
    const places = new Map<number, number>();
    numbers.forEach((number, index) => { if (!places.has(number)) places.set(number, index); });
    return (number) => places.get(number) ?? null;
  }
  return (number) => {
    let low = 0;
    let high = numbers.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = numbers[middle]!;
      if (found === number) return middle;
      if (found < number) low = middle + 1;
      else high = middle - 1;
    }
    return null;
  };
}

function readColumnStyles(head: string): (column: number) => number {
  const columns = [...head.matchAll(/<(?:\w+:)?col\s[^>]*>/g)].map(([tag]) => {
    const read = (name: string): number => Number(new RegExp(String.raw`\s${name}=["'](\d+)["']`).exec(tag)?.[1] ?? 0);
    return { min: read('min') - 1, max: read('max') - 1, style: read('style') };
  });
  return (column) => columns.find(({ min, max }) => column >= min && column <= max)?.style ?? 0;
}

function lastNumber(patches: readonly RowPatch[]): number[] {
  return patches.length === 0 ? [] : [patches.reduce((highest, { number }) => Math.max(highest, number), 0)];
}
