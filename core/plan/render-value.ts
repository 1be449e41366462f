import { dayOf, isEndOfDay, MINUTES_PER_DAY, serialOfDay, serialOfMoment } from '../calendar/plain-date.ts';
import { cellText, type OutValue } from '../workbook/cell.ts';
import type { ColumnType } from '../workbook/column-types.ts';

/** A value as every host writes it: text and numbers as they are, dates as serial numbers of the 1900 system. */
export interface RenderedValue {
  readonly value: string | number | null;
  /** How the number should be shown where the cell has no date format yet; `any` leaves a date format as it is. */
  readonly format: 'date' | 'datetime' | 'any' | null;
}

/**
 * What a cell will hold. A limit that ends with its day is a whole serial number; a moment is rounded to its minute by
 * being one.
 */
export function renderValue(out: OutValue, type: ColumnType | undefined): RenderedValue {
  if (out === null || out === '') return { value: null, format: null };
  if (typeof out === 'string') return { value: cellText(out), format: null };
  if (typeof out === 'number') return { value: Number.isFinite(out) ? out : null, format: null };
  if (out.kind === 'day') return { value: serialOfDay(out.day), format: 'date' };
  if ((type === 'limit' && isEndOfDay(out.moment)) || type === 'day') return { value: serialOfDay(dayOf(out.moment)), format: 'date' };
  return { value: serialOfMoment(out.moment), format: out.moment % MINUTES_PER_DAY === 0 ? 'any' : 'datetime' };
}
