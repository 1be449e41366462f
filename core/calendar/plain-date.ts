/**
 * Days and moments as integers, in the one zone of the product (Asia/Shanghai, no daylight saving).
 *
 * `Day` counts days since 1970-01-01. `Moment` counts wall-clock minutes since 1970-01-01 00:00 in that zone.
 * A limit given as a date runs to the end of its day, so it is the Moment 23:59 of that day.
 * Integers make a run over 100 000 rows cheap and keep the machine's own zone out of every deadline.
 */

export type Day = number & { readonly __day: unique symbol };
export type Moment = number & { readonly __moment: unique symbol };

export const MINUTES_PER_DAY = 1440;
const LAST_MINUTE = MINUTES_PER_DAY - 1;
/** Shanghai is UTC+8 all year; the only place where the zone is named. */
const ZONE_OFFSET_MINUTES = 480;
/** 1899-12-30, day 0 of the spreadsheet serial numbers, as a Day. */
const SERIAL_EPOCH = 25569;

/** A Day from the calendar's year, month (1-12) and day of month; null where no such date exists. */
export function dayFrom(year: number, month: number, date: number): Day | null {
  if (!Number.isInteger(year) || !Number.isInteger(month) || !Number.isInteger(date)) return null;
  if (year < 1900 || year > 9999 || month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return null;
  return civil(year, month, date);
}

/** A Day from `YYYY-MM-DD`, for constants in the source; throws on anything else. */
export function day(text: string): Day {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const found = match === null ? null : dayFrom(Number(match[1]), Number(match[2]), Number(match[3]));
  if (found === null) throw new RangeError(`not a date: ${text}`);
  return found;
}

/** A Moment from `YYYY-MM-DD hh:mm`, for constants in the source; throws on anything else. */
export function moment(text: string): Moment {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2})$/.exec(text);
  if (match === null) throw new RangeError(`not a moment: ${text}`);
  return at(day(match[1]!), Number(match[2]), Number(match[3]));
}

/** The Moment of an absolute instant given as milliseconds since the Unix epoch. */
export function momentFromEpoch(milliseconds: number): Moment {
  return (Math.floor(milliseconds / 60_000) + ZONE_OFFSET_MINUTES) as Moment;
}

/** Milliseconds since the Unix epoch of a Moment. */
export function epochOf(value: Moment): number {
  return (value - ZONE_OFFSET_MINUTES) * 60_000;
}

export function at(value: Day, hour: number, minute = 0): Moment {
  return (value * MINUTES_PER_DAY + hour * 60 + minute) as Moment;
}

/** The last minute of a day: where a limit given as a date ends. */
export function endOfDay(value: Day): Moment {
  return (value * MINUTES_PER_DAY + LAST_MINUTE) as Moment;
}

export function dayOf(value: Moment): Day {
  return Math.floor(value / MINUTES_PER_DAY) as Day;
}

/** True where a Moment stands for a whole day (a limit given as a date). */
export function isEndOfDay(value: Moment): boolean {
  return value - dayOf(value) * MINUTES_PER_DAY === LAST_MINUTE;
}

export function addDays(value: Day, days: number): Day {
  return (value + days) as Day;
}

/** 0 is Sunday, 6 is Saturday. 1970-01-01 was a Thursday. */
export function weekday(value: Day): number {
  return (((value + 4) % 7) + 7) % 7;
}

export interface CivilDate { readonly year: number; readonly month: number; readonly date: number }

/** Year, month and day of month (proleptic Gregorian; the algorithm is Howard Hinnant's `civil_from_days`). */
export function civilDate(value: Day): CivilDate {
  const z = value + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1 };
}

export function yearOf(value: Day): number {
  return civilDate(value).year;
}

/** `YYYY-MM-DD`. */
export function formatDay(value: Day): string {
  const { year, month, date } = civilDate(value);
  return `${year}-${pad(month)}-${pad(date)}`;
}

/** `YYYY-MM-DD hh:mm`. */
export function formatMoment(value: Moment): string {
  const minute = value - dayOf(value) * MINUTES_PER_DAY;
  return `${formatDay(dayOf(value))} ${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
}

/** A limit as people read it: the date alone where it runs to the end of the day, else with the hour. */
export function formatLimit(value: Moment): string {
  return isEndOfDay(value) ? formatDay(dayOf(value)) : formatMoment(value);
}

/** The spreadsheet serial number (1900 system) of a Day. */
export function serialOfDay(value: Day): number {
  return value + SERIAL_EPOCH;
}

/** The spreadsheet serial number (1900 system, fraction = time of day) of a Moment. */
export function serialOfMoment(value: Moment): number {
  return value / MINUTES_PER_DAY + SERIAL_EPOCH;
}

export function dayFromSerial(serial: number): Day {
  return (Math.floor(serial) - SERIAL_EPOCH) as Day;
}

export function momentFromSerial(serial: number): Moment {
  return Math.round((serial - SERIAL_EPOCH) * MINUTES_PER_DAY) as Moment;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function civil(year: number, month: number, date: number): Day {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + date - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return (era * 146_097 + dayOfEra - 719_468) as Day;
}

function pad(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
