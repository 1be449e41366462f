import { yearOf, type Day } from '../calendar/plain-date.ts';
import type { RowRef } from '../workbook/snapshot.ts';

/**
 * Gives blank ids their numbers: `PREFIX-2026-007`, after the largest ever used in the year, so that a number is never
 * used twice. Rows are numbered in the order in which they stand.
 */
export function assignIds(prefix: string, used: Iterable<string>, blank: readonly RowRef[], today: Day): Map<RowRef, string> {
  if (blank.length === 0) return new Map();
  const year = yearOf(today);
  const head = `${prefix}-${year}-`;
  let last = 0;
  for (const id of used) {
    if (!id.startsWith(head)) continue;
    const number = Number(id.slice(head.length));
    if (Number.isInteger(number) && number > last) last = number;
  }
  return new Map(blank.map((ref, index) => [ref, `${head}${String(last + index + 1).padStart(3, '0')}`]));
}
