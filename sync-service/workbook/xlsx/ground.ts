import type { Ground, RowRef, SheetSnapshot } from '#core';
import type { CellRange } from './cell-address.ts';
import type { LoadedSheet, LoadedWorkbook } from './read-snapshot.ts';

/** A loaded file as core's `locateChanges` sees it, with what only the file knows: blocks of array formulas, and merges. */
export function groundOf(workbook: LoadedWorkbook): Ground {
  const loaded = sheetsBySnapshot(workbook);
  return {
    snapshot: workbook.snapshot,
    home: new Map([...workbook.home].map(([key, { sheet, row, column }]) => [key, { sheet: sheet.snapshot, ref: row, column }])),
    barred(sheet, ref, column) {
      const { arrays, merges } = loaded.get(sheet)!.scanned;
      // A block's blank cells belong to its formula too.
      if (arrays.some((range) => within(range, ref, column))) return { reason: 'formula', found: '数组公式' };
      const merge = merges.find((range) => within(range, ref, column));
      // Excel hides what lies under a merge: the write would never be seen and be planned for ever.
      return merge !== undefined && (merge.firstRow !== ref || merge.firstColumn !== column) ? { reason: 'cell-changed', found: '合并单元格' } : null;
    },
  };
}

export function sheetsBySnapshot(workbook: LoadedWorkbook): ReadonlyMap<SheetSnapshot, LoadedSheet> {
  return new Map(workbook.sheets.map((sheet) => [sheet.snapshot, sheet]));
}

function within(range: CellRange, ref: RowRef, column: number): boolean {
  const row = Number(ref);
  return row >= range.firstRow && row <= range.lastRow && column >= range.firstColumn && column <= range.lastColumn;
}
