import { dayFrom, serialOfDay, type Cell, type PlainCell } from '#core';
import { StoreError } from '../store.ts';
import { parseRange, type CellRange } from './cell-address.ts';
import type { SharedStrings } from './shared-strings.ts';
import { decodeText, rememberingReader, richText } from './xml-text.ts';

/** What a scanner must know of the rest of the workbook. */
export interface ScanContext {
  readonly strings: SharedStrings;
  /** True for the style numbers whose values are dates, where the workbook counts from 1904; null where it doesn't. */
  readonly dateStyles1904: ReadonlySet<number> | null;
}

/** Where one cell lies, for patching. */
export interface CellPlace {
  readonly column: number;
  readonly start: number;
  readonly end: number;
  /** Style number, 0 where it has none. */
  readonly style: number;
  readonly hasFormula: boolean;
}

export interface RowScanner {
  /** Offset of the next `<row`, -1 where there is none before `limit`. */
  nextRow(from: number, limit: number): number;
  /** The row's number; `implied` where it has no `r`. */
  rowNumber(at: number, implied: number): number;
  /** Values of the row at this offset, without blanks at its end. Sets `end`. */
  cells(at: number, limit: number): Cell[];
  /** Places of the row's cells, in file order. Sets `end`. */
  places(at: number, limit: number): CellPlace[];
  /** Offset after the row that was read last. */
  readonly end: number;
  /** Blocks of array formulas and data tables met so far. */
  readonly arrays: readonly (CellRange & { readonly formula: string })[];
}

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const EQUALS = 0x3d;
/** Days from the start of the 1900 system to that of the 1904 one. */
const DATE_SYSTEM_GAP = 1462;
const LETTER = { a: 0x61, b: 0x62, c: 0x63, d: 0x64, e: 0x65, f: 0x66, i: 0x69, n: 0x6e, r: 0x72, s: 0x73, t: 0x74, v: 0x76 };

const TYPE_NUMBER = 0;
const TYPE_SHARED = 1;
const TYPE_STRING = 2;
const TYPE_BOOLEAN = 3;
const TYPE_ERROR = 4;
const TYPE_INLINE = 5;
const TYPE_DATE = 6;

/**
 * Reads rows of a worksheet from its bytes (see `withoutOddities`), without a tree and without regexes: a ledger of
 * 100 000 rows has six million cells. `prefixLength` counts the namespace prefix with its colon.
 */
export function createRowScanner(xml: Buffer, prefixLength: number, context: ScanContext): RowScanner {
  const { strings, dateStyles1904 } = context;
  const nameAt = 1 + prefixLength;
  const textAt = rememberingReader();
  const scratch: Cell[] = [];
  const sharedFormulas = new Map<string, string>();
  const arrays: (CellRange & { readonly formula: string })[] = [];
  const errors = new Map<string, { error: string }>();
  let rowEnd = 0;

  function walk(at: number, limit: number, places: CellPlace[] | null): Cell[] {
    let pos = at + nameAt + 3;
    while (pos < limit && xml[pos] !== GT) pos = xml[pos] === 0x22 || xml[pos] === 0x27 ? skipQuoted(xml, pos) : pos + 1;
    if (pos >= limit) throw broken();
    const closedRow = xml[pos - 1] === SLASH;
    pos += 1;
    if (closedRow) { rowEnd = pos; return []; }
    let length = 0;
    let highest = 0;
    let column = -1;
    for (;;) {
      while (pos < limit && xml[pos] !== LT) pos += 1;
      if (pos >= limit) throw broken();
      const start = pos;
      if (xml[pos + 1] === SLASH) {
        // Only the row's own end tag can come here; every cell consumes its own.
        pos += nameAt + 1;
        while (pos < limit && xml[pos] !== GT) pos += 1;
        rowEnd = pos + 1;
        break;
      }
      pos += nameAt;
      const isCell = xml[pos] === LETTER.c && xml[pos + 1]! <= GT && xml[pos + 1] !== 0x3a;
      if (!isCell) { pos = skipElement(xml, start, limit); continue; }
      pos += 1;
      column += 1;
      let type = TYPE_NUMBER;
      let style = 0;
      let closed = false;
      // Attributes of <c>.
      for (;;) {
        const byte = xml[pos]!;
        if (byte === GT) { pos += 1; break; }
        if (byte === SLASH) { closed = true; pos += 1; continue; }
        if (byte <= 0x20) { pos += 1; continue; }
        const nameStart = pos;
        while (pos < limit && xml[pos] !== EQUALS && xml[pos]! > 0x20) pos += 1;
        const nameLength = pos - nameStart;
        while (xml[pos] !== 0x22 && xml[pos] !== 0x27) { pos += 1; if (pos >= limit) throw broken(); }
        const quote = xml[pos]!;
        pos += 1;
        const valueStart = pos;
        if (nameLength === 1 && byte === LETTER.r) {
          let index = 0;
          let letter = xml[pos]! & 0xdf;
          while (letter >= 0x41 && letter <= 0x5a) { index = index * 26 + letter - 64; pos += 1; letter = xml[pos]! & 0xdf; }
          if (index > 0 && index <= 16_384) column = index - 1;
        }
        while (xml[pos] !== quote) { pos += 1; if (pos >= limit) throw broken(); }
        if (nameLength === 1) {
          if (byte === LETTER.s) { style = 0; for (let i = valueStart; i < pos; i += 1) style = style * 10 + xml[i]! - 48; }
          else if (byte === LETTER.t) type = typeOf(xml, valueStart, pos);
        }
        pos += 1;
      }
      let valueFrom = -1;
      let valueTo = -1;
      let formula: string | null = null;
      let inline: string | null = null;
      if (!closed) {
        // Children of <c>.
        for (;;) {
          while (pos < limit && xml[pos] !== LT) pos += 1;
          if (pos >= limit) throw broken();
          if (xml[pos + 1] === SLASH) { pos += nameAt + 3; while (xml[pos - 1] !== GT) { pos += 1; if (pos > limit) throw broken(); } break; }
          const child = pos;
          pos += nameAt;
          const first = xml[pos]!;
          const second = xml[pos + 1]!;
          if (first === LETTER.v && second === GT) {
            pos += 2;
            valueFrom = pos;
            while (pos < limit && xml[pos] !== LT) pos += 1;
            valueTo = pos;
            pos += nameAt + 3;
          } else if (first === LETTER.f && (second <= GT)) {
            const end = skipElement(xml, child, limit);
            formula = places === null ? readFormula(child, end) : '';
            pos = end;
          } else if (first === LETTER.v && second <= 0x20) {
            const end = skipElement(xml, child, limit);
            const open = xml.indexOf(GT, child);
            if (xml[open - 1] !== SLASH) { valueFrom = open + 1; valueTo = xml.indexOf(LT, open); }
            pos = end;
          } else if (first === LETTER.i && second === LETTER.s) {
            const end = skipElement(xml, child, limit);
            if (places === null) inline = richText(xml, child, end, textAt);
            pos = end;
          } else {
            pos = skipElement(xml, child, limit);
          }
        }
      }
      if (places !== null) { places.push({ column, start, end: pos, style, hasFormula: formula !== null }); continue; }
      let value: PlainCell = null;
      if (type === TYPE_INLINE) value = inline === '' ? null : inline;
      else if (valueFrom >= 0 && valueTo > valueFrom) value = valueAt(type, valueFrom, valueTo, style);
      if (value === null && formula === null) continue;
      if (column < highest) {
        scratch[column] = formula === null ? value : { formula, value };
      } else {
        while (highest < column) { scratch[highest] = null; highest += 1; }
        scratch[column] = formula === null ? value : { formula, value };
        highest = column + 1;
      }
      if (highest > length) length = highest;
    }
    return length === 0 ? [] : scratch.slice(0, length);
  }

  function valueAt(type: number, from: number, to: number, style: number): PlainCell {
    switch (type) {
      case TYPE_SHARED: {
        let index = 0;
        for (let at = from; at < to; at += 1) {
          const digit = xml[at]! - 48;
          if (digit >= 0 && digit <= 9) index = index * 10 + digit;
        }
        const text = strings.at(index);
        return text === '' ? null : text;
      }
      case TYPE_STRING: return textAt(xml, from, to);
      case TYPE_BOOLEAN: {
        if (to - from === 1) return xml[from] === 0x31;
        const word = decodeText(xml, from, to).trim().toLowerCase();
        return word === '1' || word === 'true';
      }
      case TYPE_ERROR: {
        const code = decodeText(xml, from, to);
        let known = errors.get(code);
        if (known === undefined) errors.set(code, known = { error: code });
        return known;
      }
      case TYPE_DATE: return isoSerial(decodeText(xml, from, to));
      default: {
        const number = parseNumber(xml, from, to);
        if (Number.isNaN(number)) return decodeText(xml, from, to);
        return dateStyles1904?.has(style) === true ? from1904(number) : number;
      }
    }
  }

  /** A child of a shared formula carries its master's text: enough to know that it is one and which. */
  function readFormula(from: number, end: number): string {
    const open = xml.indexOf(GT, from);
    const attributes = xml.toString('latin1', from, open);
    const selfClosing = xml[open - 1] === SLASH;
    const text = selfClosing ? '' : decodeText(xml, open + 1, xml.lastIndexOf(LT, end - 1));
    if (!attributes.includes('t=')) return text;
    const kind = /\st=["'](\w+)["']/.exec(attributes)?.[1];
    if (kind === 'shared') {
      const group = /\ssi=["'](\d+)["']/.exec(attributes)?.[1] ?? '';
      if (text !== '') sharedFormulas.set(group, text);
      return text === '' ? sharedFormulas.get(group) ?? '' : text;
    }
    if (kind === 'array' || kind === 'dataTable') {
      const range = parseRange(/\sref=["']([^"']+)["']/.exec(attributes)?.[1] ?? '');
      if (range !== null) arrays.push({ ...range, formula: text });
    }
    return text;
  }

  return {
    arrays,
    get end() { return rowEnd; },
    nextRow(from, limit) {
      let pos = from;
      while (pos < limit) {
        if (xml[pos] !== LT) { pos += 1; continue; }
        const name = pos + nameAt;
        if (xml[name] === LETTER.r && xml[name + 1] === 0x6f && xml[name + 2] === 0x77 && xml[name + 3]! <= GT) return pos;
        pos += 1;
      }
      return -1;
    },
    rowNumber(at, implied) {
      // As every program writes it: `<row r="123"`.
      let digit = at + nameAt + 7;
      if (xml[digit - 4] === 0x20 && xml[digit - 3] === LETTER.r && xml[digit - 2] === EQUALS && xml[digit - 1] === 0x22) {
        let number = 0;
        for (; xml[digit]! >= 48 && xml[digit]! <= 57; digit += 1) number = number * 10 + xml[digit]! - 48;
        if (xml[digit] === 0x22 && number >= 1) return number;
      }
      const tag = xml.toString('latin1', at, xml.indexOf(GT, at));
      let place = tag.indexOf(' r=');
      if (place < 0) place = tag.search(/\sr=/);
      if (place < 0) return implied;
      const number = Number.parseInt(tag.slice(place + 4), 10);
      return number >= 1 ? number : implied;
    },
    cells: (at, limit) => walk(at, limit, null),
    places(at, limit) {
      const found: CellPlace[] = [];
      walk(at, limit, found);
      return found;
    },
  };
}

/** A date of the 1904 system in the 1900 one; a time of day alone has no date to shift. */
function from1904(serial: number): number {
  return serial >= 0 && serial < 1 ? serial : serial + DATE_SYSTEM_GAP;
}

/** The inverse: what a date cell of a workbook that counts from 1904 holds for a serial number of the 1900 system. */
export function to1904(serial: number): number {
  return serial >= 0 && serial < 1 ? serial : serial - DATE_SYSTEM_GAP;
}

function typeOf(xml: Buffer, from: number, to: number): number {
  const first = xml[from];
  if (to - from === 1) {
    if (first === LETTER.s) return TYPE_SHARED;
    if (first === LETTER.b) return TYPE_BOOLEAN;
    if (first === LETTER.e) return TYPE_ERROR;
    if (first === LETTER.d) return TYPE_DATE;
    return TYPE_NUMBER;
  }
  if (first === LETTER.s) return TYPE_STRING;
  return first === LETTER.i ? TYPE_INLINE : TYPE_NUMBER;
}

/** Decimal digits with up to 15 significant places are exact by one division; the rest goes the slow way. */
function parseNumber(xml: Buffer, from: number, to: number): number {
  let at = from;
  const negative = xml[at] === 0x2d;
  if (negative) at += 1;
  let mantissa = 0;
  let digits = 0;
  let fraction = -1;
  for (; at < to; at += 1) {
    const byte = xml[at]!;
    if (byte >= 48 && byte <= 57) {
      mantissa = mantissa * 10 + byte - 48;
      digits += 1;
      if (fraction >= 0) fraction += 1;
    } else if (byte === 0x2e && fraction < 0) fraction = 0;
    else return slowNumber(xml, from, to);
  }
  if (digits === 0 || digits > 15) return slowNumber(xml, from, to);
  const size = fraction > 0 ? mantissa / POWERS[fraction]! : mantissa;
  return negative ? -size : size;
}
const POWERS = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

function slowNumber(xml: Buffer, from: number, to: number): number {
  const text = decodeText(xml, from, to).trim();
  return text === '' ? Number.NaN : Number(text);
}

function isoSerial(text: string): PlainCell {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?Z?)?$/.exec(text);
  const day = match === null ? null : dayFrom(Number(match[1]), Number(match[2]), Number(match[3]));
  if (match === null || day === null) return text;
  return serialOfDay(day) + (Number(match[4] ?? 0) * 3600 + Number(match[5] ?? 0) * 60 + Number(match[6] ?? 0)) / 86_400;
}

/** Offset after the element that starts here, its children included. */
function skipElement(xml: Buffer, start: number, limit: number): number {
  let depth = 0;
  let pos = start;
  while (pos < limit) {
    const open = xml.indexOf(LT, pos);
    if (open < 0) break;
    const closing = xml[open + 1] === SLASH;
    let close = open + 1;
    while (close < limit && xml[close] !== GT) close = xml[close] === 0x22 || xml[close] === 0x27 ? skipQuoted(xml, close) : close + 1;
    if (close >= limit) break;
    if (closing) depth -= 1;
    else if (xml[close - 1] !== SLASH) depth += 1;
    pos = close + 1;
    if (depth <= 0) return pos;
  }
  throw broken();
}

function skipQuoted(xml: Buffer, quoteAt: number): number {
  const close = xml.indexOf(xml[quoteAt]!, quoteAt + 1);
  if (close < 0) throw broken();
  return close + 1;
}

function broken(): StoreError {
  return new StoreError('truncated', '工作表内容不完整或已损坏:请用 Excel 或 WPS 打开并另存,或从 .duban/versions 恢复');
}
