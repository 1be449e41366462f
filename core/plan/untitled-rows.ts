import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** Rows of 督办台账 that people began without saying what the matter is: not registered, and told so (platform 二). */
export function untitledRows(workbook: Workbook): ParsedRow<'items'>[] {
  return workbook.sheets.items.rows.filter(({ cells }) => cells.itemId === '' && cells.title === ''
    && (cells.leadUnit !== '' || cells.handler !== '' || cells.requirement !== '' || cells.deadlineSet !== null));
}
