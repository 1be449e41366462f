import { formatDay, formatLimit, formatMoment, type Day, type Moment } from '../calendar/plain-date.ts';
import type { ColumnType } from '../workbook/column-types.ts';

/** A parsed value as a person reads it, and as a form sends it back to say what was seen. '' where there is none. */
export function showCell(type: ColumnType, value: string | number | null): string {
  if (value === null || value === '') return '';
  if (typeof value === 'string') return value;
  switch (type) {
    case 'day': return formatDay(value as Day);
    case 'limit': return formatLimit(value as Moment);
    case 'moment': return formatMoment(value as Moment);
    case 'percent': return `${Number((value * 100).toFixed(2))}%`;
    default: return String(value);
  }
}
