import { valueFor, type Column } from '#core';

/** What a new file holds for a typed value: text as it is, days and moments as serial numbers of the 1900 system. */
export function rawCell(column: Column, value: unknown): string | number | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  return value === '' ? null : valueFor(column.type, value);
}
