import { parsePeriod, periodOf } from '../appraisal/periods.ts';
import { addDays, dayOf, isEndOfDay, MINUTES_PER_DAY, type Day, type Moment } from '../calendar/plain-date.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { columnsOf, type CellsOf, type SheetKey } from '../workbook/columns.ts';

/** Typed rows per sheet; a column left out is blank. */
export type SampleRows = { readonly [S in SheetKey]?: readonly Partial<CellsOf<S>>[] };

/** An invented office for `init --sample`: what its workbook holds on the morning of `today`, before the first run of the day. */
export interface Sample {
  readonly organisation: string;
  readonly today: Day;
  readonly rows: SampleRows;
}

/**
 * The same office on another day: every date moves by whole weeks, so that working days stay working days as far as
 * holidays allow, and limits keep their distance from today.
 */
export function shiftSample(sample: Sample, today: Day, calendar: WorkingCalendar): Sample {
  const weeks = Math.floor((calendar.previousWorkingDay(today) - sample.today) / 7);
  const days = weeks * 7;
  const rows: Partial<Record<SheetKey, readonly Partial<Record<string, unknown>>[]>> = {};
  for (const [key, list] of Object.entries(sample.rows) as [SheetKey, readonly Partial<Record<string, unknown>>[]][]) {
    const types = new Map(columnsOf(key).map((column) => [column.key, column.type]));
    rows[key] = list.map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, column === 'month' || column === 'period' ? shiftPeriod(value, days) : shiftValue(value, types.get(column) ?? 'text', days, calendar)])));
  }
  return { ...sample, today: (sample.today + days) as Day, rows: rows };
}

/** A period moves with its middle, so that it stays the month in which the dates beside it fall. */
function shiftPeriod(value: unknown, days: number): unknown {
  const period = typeof value === 'string' ? parsePeriod(value) : null;
  return period === null ? value : periodOf(period.kind, addDays(period.first, Math.floor((period.last - period.first) / 2) + days)).id;
}

function shiftValue(value: unknown, type: string, days: number, calendar: WorkingCalendar): unknown {
  if (typeof value !== 'number') return value;
  if (type === 'day') return value + days;
  if (type !== 'limit' && type !== 'moment') return value;
  const moved = (value + days * MINUTES_PER_DAY) as Moment;
  // A limit that would fall on a day off moves back, as an office would have set it.
  return type === 'limit' && isEndOfDay(moved) ? moved - (dayOf(moved) - calendar.previousWorkingDay(dayOf(moved))) * MINUTES_PER_DAY : moved;
}
