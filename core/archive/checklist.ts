import { headerOf, type CellsOf } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** The columns of 归档案卷 that say what the file holds and who received it. */
type Archive = CellsOf<'archives'>;

/**
 * What is still missing before an item may be 已归档 (bus 11.7, expo 9.10, company 6.8), as headers; empty where nothing
 * is. A file without a row lacks everything the regulation asks.
 */
export function archiveMissing(workbook: Workbook, itemId: string): readonly string[] {
  const rule = workbook.policy.archive;
  if (rule === undefined || rule.required.length === 0) return [];
  const row = workbook.sheets.archives.rows.find(({ cells }) => cells.itemId === itemId);
  return rule.required.filter((column) => row === undefined || !isThere(row.cells[column])).map((column) => headerOf('archives', column));
}

/** The sentence that refuses 已归档; null where the file is complete. */
export function archiveRefusal(workbook: Workbook, itemId: string): string | null {
  const missing = archiveMissing(workbook, itemId);
  const rule = workbook.policy.archive;
  if (missing.length === 0 || rule === undefined) return null;
  const optional = rule.optional.map((column) => headerOf('archives', column));
  return `案卷缺${missing.join('、')}:请在「归档案卷」补齐${optional.length === 0 ? '' : `(${optional.join('、')}有则归入)`}(${rule.clause})`;
}

/** 无 and 否 say that the matter is not in the file. */
function isThere(value: Archive[keyof Archive]): boolean {
  return value !== null && value !== '' && value !== '无' && value !== '否';
}
