import { columnLetters, LAST_ROW, parseRange } from './cell-address.ts';

/** Which rows of a sheet are taken out, and where the others come to stand. Row numbers are 1-based. */
export interface RowMoves {
  readonly isGone: (row: number) => boolean;
  /** The new number of a row; of one that goes, the number of the next that stays. */
  readonly moved: (row: number) => number;
  /** How many rows of a span, both ends included, go. */
  readonly goneWithin: (first: number, last: number) => number;
  /** The first row that goes. */
  readonly first: number;
}

/** The moves where these rows, at least one, are taken out. */
export function rowMoves(gone: ReadonlySet<number>): RowMoves {
  const sorted = [...gone].sort((a, b) => a - b);
  /** How many of the rows that go are above a row. */
  const above = (row: number): number => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle]! < row) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    isGone: (row) => gone.has(row), moved: (row) => row - above(row), goneWithin: (first, last) => above(last + 1) - above(first), first: sorted[0]!,
  };
}

/** What becomes of a range: its text, or null where all its rows go. A range down to the end of the sheet still reaches it. */
export function movedRange(text: string, moves: RowMoves): string | null {
  const range = parseRange(text);
  if (range === null || range.lastRow < moves.first) return text;
  const isOpen = range.lastRow === LAST_ROW;
  if (range.firstRow === 1 && isOpen) return text;
  if (!isOpen && moves.goneWithin(range.firstRow, range.lastRow) === range.lastRow - range.firstRow + 1) return null;
  const firstRow = moves.moved(range.firstRow);
  const lastRow = isOpen ? LAST_ROW : moves.moved(range.lastRow + 1) - 1;
  const parts = text.split(':');
  const first = withRow(parts[0]!, firstRow);
  return parts.length === 1 ? first : `${first}:${withRow(parts[1]!, lastRow)}`;
}

/**
 * The ranges of a rule, as `sqref` has them. A rule that reaches past `lastUsed`, the last row with content, keeps its end, so
 * that rows to come have it; of a rule whose rows all go the first row stays, where they stood.
 */
export function movedRule(text: string, moves: RowMoves, lastUsed: number): string {
  const ranges = text.split(/\s+/).filter((one) => one !== '');
  const left = ranges.flatMap((one) => {
    const range = parseRange(one);
    const next = movedRange(one, moves);
    return next === null ? [] : range !== null && range.lastRow > lastUsed && one.includes(':') ? `${next.slice(0, next.indexOf(':'))}:${withRow(next.slice(next.indexOf(':') + 1), range.lastRow)}` : next;
  });
  if (left.length > 0 || ranges.length === 0) return left.join(' ');
  const { firstRow, firstColumn, lastColumn } = parseRange(ranges[0]!)!;
  const row = moves.moved(firstRow);
  return `${columnLetters(firstColumn)}${row}:${columnLetters(lastColumn)}${row}`;
}

/** `$C$5` with another row number; a column without one stays. */
function withRow(part: string, row: number): string {
  return part.replace(/\d+$/, String(row));
}
