/** A block of cells; rows 1-based, columns 0-based, both ends included. */
export interface CellRange {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

export const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_383;

/** Letters of a 0-based column: 0 is A. */
export function columnLetters(column: number): string {
  const known = LETTERS[column];
  if (known !== undefined) return known;
  let rest = column + 1;
  let letters = '';
  while (rest > 0) {
    const digit = (rest - 1) % 26;
    letters = String.fromCharCode(65 + digit) + letters;
    rest = (rest - 1 - digit) / 26;
  }
  LETTERS[column] = letters;
  return letters;
}
const LETTERS: string[] = [];

/** 0-based column of its letters, either case. */
export function columnIndex(letters: string): number {
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** Reads `A1`, `A1:C9`, `$A$1`, `A:C` or `1:9`; null for anything else. */
export function parseRange(text: string): CellRange | null {
  const match = /^\$?([A-Za-z]{1,3})?\$?(\d{1,7})?(?::\$?([A-Za-z]{1,3})?\$?(\d{1,7})?)?$/.exec(text);
  if (match === null) return null;
  const [, c1, r1, c2, r2] = match;
  if (c1 === undefined && r1 === undefined) return null;
  const single = !text.includes(':');
  if (single && (c1 === undefined || r1 === undefined)) return null;
  const firstColumn = c1 === undefined ? 0 : columnIndex(c1);
  const firstRow = r1 === undefined ? 1 : Number(r1);
  const lastColumn = single ? firstColumn : c2 === undefined ? LAST_COLUMN : columnIndex(c2);
  const lastRow = single ? firstRow : r2 === undefined ? LAST_ROW : Number(r2);
  return { firstRow, lastRow, firstColumn, lastColumn };
}
