import { valueFor, type Column } from '#core';

/** What another host's cell held, to be put into the file as it was. */
export interface HeldCell { readonly held: string | number | boolean | null }

/** What a new file holds for a typed value: text as it is, days and moments as serial numbers of the 1900 system. */
export function rawCell(column: Column, value: unknown): string | number | boolean | null {
  if (typeof value === 'object' && value !== null && 'held' in value) return (value as HeldCell).held;
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  return value === '' ? null : valueFor(column.type, value);
}
