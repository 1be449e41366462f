import { dayOf, isEndOfDay, serialOfDay, serialOfMoment, type Column, type Day, type Moment } from '#core';

/** What a new file holds for a typed value: text as it is, days and moments as serial numbers of the 1900 system. */
export function rawCell(column: Column, value: unknown): string | number | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (typeof value !== 'number') return null;
  switch (column.type) {
    case 'day': return serialOfDay(value as Day);
    case 'limit': {
      const limit = value as Moment;
      return isEndOfDay(limit) ? serialOfDay(dayOf(limit)) : serialOfMoment(limit);
    }
    case 'moment': return serialOfMoment(value as Moment);
    case 'text':
    case 'id':
    case 'ref':
    case 'choice':
    case 'list':
    case 'unit':
    case 'person':
    case 'number':
    case 'percent': return value;
  }
}
