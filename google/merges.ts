import type { Cell, RowRef, RowSnapshot } from '#core';

/** Merged cells, 1-based, both ends included. */
export interface Merge { readonly row: number; readonly lastRow: number; readonly column: number; readonly lastColumn: number }

/** Merged cells read as the value repeated. `rows` are all from the top. */
export function repeatMerged(rows: readonly RowSnapshot[], merges: readonly Merge[]): void {
  for (const merge of merges) {
    const value = rows[merge.row - 1]?.cells[merge.column - 1] ?? null;
    for (let row = merge.row; row <= merge.lastRow; row += 1) {
      const cells = rows[row - 1]?.cells as Cell[] | undefined;
      if (cells === undefined) continue;
      while (cells.length < merge.column - 1) cells.push(null);
      for (let column = merge.column; column <= merge.lastColumn; column += 1) cells[column - 1] = value;
    }
  }
}

/** The cells that a merge hides, 0-based by row: all of it but the first. */
export function coveredBy(merges: readonly Merge[]): Map<RowRef, Set<number>> {
  const covered = new Map<RowRef, Set<number>>();
  for (const merge of merges) {
    for (let row = merge.row; row <= merge.lastRow; row += 1) {
      const columns = covered.get(row) ?? new Set<number>();
      covered.set(row, columns);
      for (let column = merge.column; column <= merge.lastColumn; column += 1) if (row !== merge.row || column !== merge.column) columns.add(column - 1);
    }
  }
  return covered;
}

/** True for a cell that a merge hides. */
export function isUnderMerge({ row, lastRow, column, lastColumn }: Merge, atRow: number, atColumn: number): boolean {
  return atRow >= row && atRow <= lastRow && atColumn >= column && atColumn <= lastColumn && !(atRow === row && atColumn === column);
}
