/** Rectangles of cells, their A1 notation, and how they follow inserted and deleted rows and columns. */

/** 1-based. A whole column has `rows: Infinity`, a whole row `columns: Infinity`. */
export interface Area { readonly row: number; readonly column: number; readonly rows: number; readonly columns: number }

/** `count` lines inserted before line `at`, or, where negative, deleted from line `at` on. */
export interface Shift { readonly dimension: 'rows' | 'columns'; readonly at: number; readonly count: number }

export function lastRowOf(area: Area): number { return area.row + area.rows - 1; }
export function lastColumnOf(area: Area): number { return area.column + area.columns - 1; }

export function intersects(a: Area, b: Area): boolean {
  return a.row <= lastRowOf(b) && b.row <= lastRowOf(a) && a.column <= lastColumnOf(b) && b.column <= lastColumnOf(a);
}

export function covers(outer: Area, inner: Area): boolean {
  return outer.row <= inner.row && outer.column <= inner.column && lastRowOf(outer) >= lastRowOf(inner) && lastColumnOf(outer) >= lastColumnOf(inner);
}

/** The area after a shift; null where all of it was deleted. */
export function shifted(area: Area, shift: Shift): Area | null {
  if (shift.dimension === 'rows') {
    const moved = shiftSpan(area.row, area.rows, shift);
    return moved && { ...area, row: moved.start, rows: moved.length };
  }
  const moved = shiftSpan(area.column, area.columns, shift);
  return moved && { ...area, column: moved.start, columns: moved.length };
}

function shiftSpan(start: number, length: number, { at, count }: Shift): { start: number; length: number } | null {
  if (length === Infinity) return { start, length };
  const end = start + length;
  if (count > 0) {
    if (at <= start) return { start: start + count, length };
    return at < end ? { start, length: length + count } : { start, length };
  }
  const cutEnd = at - count;
  const lost = Math.max(0, Math.min(end, cutEnd) - Math.max(start, at));
  if (lost === length) return null;
  const before = Math.max(0, Math.min(start, cutEnd) - at);
  return { start: start - before, length: length - lost };
}

export function columnLetters(column: number): string {
  let text = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) text = String.fromCharCode(65 + ((rest - 1) % 26)) + text;
  return text;
}

export function a1Of(area: Area): string {
  const last = columnLetters(lastColumnOf(area));
  if (area.rows === Infinity) return `${columnLetters(area.column)}:${last}`;
  if (area.columns === Infinity) return `${area.row}:${lastRowOf(area)}`;
  const first = `${columnLetters(area.column)}${area.row}`;
  return area.rows === 1 && area.columns === 1 ? first : `${first}:${last}${lastRowOf(area)}`;
}

export function quotedA1(sheetName: string, area: Area): string {
  const name = /^[A-Za-z_]\w*$/.test(sheetName) ? sheetName : `'${sheetName.replaceAll('\'', '\'\'')}'`;
  return `${name}!${a1Of(area)}`;
}

/** `A1`, `A1:C5`, `A:C`, `2:3`, each with an optional `'sheet'!`; null where it is none of these. */
export function parseA1(text: string): { sheet: string | null; area: Area } | null {
  const split = /^(?:'((?:[^']|'')+)'|([^!']+))!(.*)$/.exec(text);
  const sheet = split === null ? null : (split[1]?.replaceAll('\'\'', '\'') ?? split[2]!);
  const corners = /^\$?([A-Za-z]*)\$?(\d*)(?::\$?([A-Za-z]*)\$?(\d*))?$/.exec(split === null ? text : split[3]!);
  if (corners === null) return null;
  const [, fromColumn = '', fromRow = '', toColumn, toRow] = corners;
  const open = toColumn !== undefined;
  if (!open && (fromColumn === '' || fromRow === '')) return null;
  const columns = span(columnNumber(fromColumn), columnNumber(toColumn ?? fromColumn));
  const rows = span(Number(fromRow), Number(toRow ?? fromRow));
  if (rows.start === 0 && columns.start === 0) return null;
  return { sheet, area: { row: Math.max(1, rows.start), rows: rows.length, column: Math.max(1, columns.start), columns: columns.length } };
}

/** 0 stands for an end that was left open. */
function span(from: number, to: number): { start: number; length: number } {
  if (from === 0 || to === 0) return { start: Math.max(from, 0), length: Infinity };
  return { start: Math.min(from, to), length: Math.abs(to - from) + 1 };
}

function columnNumber(letters: string): number {
  return Array.from(letters.toUpperCase()).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}
