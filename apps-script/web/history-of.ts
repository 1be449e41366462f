import { parseSheet, type CellsOf } from '#core';
import type { GSpreadsheet } from '../workbook/google.ts';
import { readWhole } from '../workbook/read-book.ts';

/** Every row of 流转记录 about an item, in its order; a run reads the last row alone. */
export function historyOf(spreadsheet: GSpreadsheet, itemId: string): readonly CellsOf<'history'>[] {
  return parseSheet(readWhole(spreadsheet, 'history'), 'history', {}, []).rows.map(({ cells }) => cells).filter((cells) => cells.itemId === itemId);
}
