/**
 * Time zones and the spreadsheet's serial numbers. A date cell is a wall-clock number; which instant it means
 * depends on the spreadsheet's time zone, which may differ from the script's (notes 1.5, 4.3).
 */

const DAY = 86_400_000;
/** 1970-01-01 as a serial number of the 1900 system. */
const UNIX_EPOCH_SERIAL = 25_569;
/** Every zone's offset changes on a quarter of an hour. */
const QUARTER = 900_000;

const offsets = new Map<string, Map<number, number>>();
const formatters = new Map<string, Intl.DateTimeFormat>();

export function serialOf(instant: number, zone: string): number {
  return (instant + offsetAt(instant, zone)) / DAY + UNIX_EPOCH_SERIAL;
}

export function instantOf(serial: number, zone: string): number {
  const local = Math.round((serial - UNIX_EPOCH_SERIAL) * DAY);
  return local - offsetAt(local - offsetAt(local, zone), zone);
}

/** Wall-clock fields of a serial number, as a Date to be read by its UTC getters. */
export function wallClock(serial: number): Date {
  return new Date(Math.round((serial - UNIX_EPOCH_SERIAL) * DAY));
}

export function serialFromFields(year: number, month: number, day: number, fraction = 0): number {
  return Date.UTC(year, month - 1, day) / DAY + UNIX_EPOCH_SERIAL + fraction;
}

/** Milliseconds that the zone is ahead of UTC; throws on a zone that does not exist. */
export function offsetAt(instant: number, zone: string): number {
  let known = offsets.get(zone);
  if (known === undefined) offsets.set(zone, known = new Map<number, number>());
  const quarter = Math.floor(instant / QUARTER);
  let offset = known.get(quarter);
  if (offset === undefined) known.set(quarter, offset = measure(quarter * QUARTER, zone));
  return offset;
}

function measure(instant: number, zone: string): number {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', era: 'short', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
    formatters.set(zone, formatter);
  }
  const parts = new Map(formatter.formatToParts(instant).map((part) => [part.type, Number(part.value)]));
  const field = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type)!;
  return Date.UTC(field('year'), field('month') - 1, field('day'), field('hour'), field('minute'), field('second')) - instant;
}
