import type { CellsOf } from '../workbook/columns.ts';
import type { RequestState } from './requests.ts';

/**
 * True where an item's number now stands beside another matter: its title shares no two neighbouring
 * characters with the recorded one, and no approved 更正 of 督办事项 explains it. A reworded title is a reworded title.
 */
export function bearsOtherMatter(cells: CellsOf<'items'>, recordedTitle: string, requests: readonly RequestState[]): boolean {
  const { title } = cells;
  if (recordedTitle === '' || title === '' || title === recordedTitle) return false;
  for (let start = 0; start < recordedTitle.length - 1; start += 1) {
    if (title.includes(recordedTitle.slice(start, start + 2))) return false;
  }
  return !requests.some(({ outcome, row }) => outcome === '已批准' && row.cells.type === '更正' && row.cells.correctedField === '督办事项');
}
