import { columnIndex, columnLetters, LAST_ROW, parseRange } from './cell-address.ts';
import { movedRange, type RowMoves } from './row-moves.ts';

/** What formulas are moved by. */
export interface FormulaMoves {
  /** The moves of a sheet by its name; undefined where none of its rows go. */
  readonly of: (sheet: string) => RowMoves | undefined;
}

/** A formula after rows were taken out, and what it can't follow. */
export interface ShiftedFormula {
  readonly text: string;
  /** Places it names of which nothing is left: sheet and rows. */
  readonly lost: readonly LostPlace[];
  /** It spans several sheets of which one loses rows: no single place says what becomes of it. */
  readonly spansSheets: boolean;
}

export interface LostPlace { readonly sheet: string; readonly firstRow: number; readonly lastRow: number }

const SHEET = String.raw`(?:'(?:[^']|'')*'|(?:\[\d+\])?[\p{L}_\\][\p{L}\p{N}_.?\\]*(?::[\p{L}_\\][\p{L}\p{N}_.?\\]*)?)!`;
const CELL = String.raw`\$?[A-Za-z]{1,3}\$?\d{1,7}`;
/** A text, a place with or without its sheet, or what stands in brackets (columns of a table, another file's number). */
const TOKEN = new RegExp(String.raw`"(?:[^"]|"")*"|(?<![\p{L}\p{N}_.$\]])(${SHEET})?(${CELL}(?::${CELL})?|\$?\d{1,7}:\$?\d{1,7})(?![\p{L}\p{N}_.(!])|'(?:[^']|'')*'!|\[[^\]]*\]`, 'gu');

/**
 * A formula (without `=`, entities resolved) whose places follow their rows. `own`: the sheet that unqualified places are on;
 * `base`: for rules of a range, the first row of the range before and after, from which relative rows are counted.
 */
export function shiftFormula(text: string, own: string, moves: FormulaMoves, base?: { readonly before: number; readonly after: number }): ShiftedFormula {
  const lost: LostPlace[] = [];
  let spansSheets = false;
  const shifted = text.replaceAll(TOKEN, (whole, qualifier: string | undefined, place: string | undefined, at: number) => {
    if (place === undefined) return whole;
    const sheet = qualifier === undefined ? own : sheetName(qualifier);
    if (sheet.includes('[')) return whole;
    if (sheet.includes(':')) {
      spansSheets ||= true;
      return whole;
    }
    const sheetMoves = moves.of(sheet);
    const next = base === undefined ? (sheetMoves === undefined ? place : movedRange(place, sheetMoves)) : relativeTo(place, sheetMoves, base);
    if (next !== null) return (qualifier ?? '') + next;
    const range = parseRange(place)!;
    // A list that OFFSET counts from a row begins with the row that takes its place.
    if (sheetMoves !== undefined && !place.includes(':') && /\bOFFSET\($/i.test(text.slice(0, at))) return (qualifier ?? '') + place.replace(/\d+$/, String(sheetMoves.moved(range.firstRow)));
    lost.push({ sheet, firstRow: range.firstRow, lastRow: range.lastRow });
    return whole;
  });
  return { text: shifted, lost, spansSheets };
}

/** A formula as it reads some rows further down or up: what a shared formula means in another of its cells. */
export function translateFormula(text: string, rows: number, columns: number): string {
  return text.replaceAll(TOKEN, (whole, qualifier: string | undefined, place: string | undefined) => {
    if (place === undefined) return whole;
    return (qualifier ?? '') + place.replaceAll(/(\$?)([A-Za-z]{1,3})?(\$?)(\d{1,7})/g, (_part, columnMark: string, letters: string | undefined, rowMark: string, row: string) => {
      // Of whole rows (`3:5`) the mark before the number is the row's.
      const isFixedRow = rowMark === '$' || (letters === undefined && columnMark === '$');
      const movedRow = isFixedRow ? row : String(Number(row) + rows);
      const movedColumn = letters === undefined ? '' : columnMark === '$' ? letters : lettersMoved(letters, columns);
      return `${columnMark}${movedColumn}${rowMark}${movedRow}`;
    });
  });
}

function relativeTo(place: string, moves: RowMoves | undefined, base: { readonly before: number; readonly after: number }): string | null {
  const parts = place.split(':');
  const isFixed = (part: string): boolean => /\$\d+$/.test(part);
  if (parts.every(isFixed)) return moves === undefined ? place : movedRange(place, moves);
  return parts.map((part) => part.replace(/(\$?)(\d+)$/, (_whole, mark: string, row: string) => {
    if (mark === '$') return `$${String(moves === undefined ? row : moves.moved(Number(row)))}`;
    return String(Math.min(LAST_ROW, Math.max(1, Number(row) - base.before + base.after)));
  })).join(':');
}

function sheetName(qualifier: string): string {
  const name = qualifier.slice(0, -1);
  return name.startsWith("'") ? name.slice(1, -1).replaceAll("''", "'") : name;
}

function lettersMoved(letters: string, by: number): string {
  return by === 0 ? letters : columnLetters(columnIndex(letters) + by);
}
