import {
  at, dayFrom, dayFromSerial, endOfDay, MINUTES_PER_DAY, momentFromSerial, serialOfDay, type Day, type Moment,
} from '../calendar/plain-date.ts';
import { halfWidth } from './half-width.ts';

/** What a cell says about a date: the day, and the minute of the day (0 for a bare date, 1440 for 24:00). */
export interface DateReading { readonly day: Day; readonly minute: number }
/** A text that has the form of a date but names none. */
export interface ImpossibleDate { readonly year: number; readonly month: number }

/** Serial numbers outside 1970-2199 are not dates that anyone meant, but numbers that slipped into the column. */
const FIRST_SERIAL = serialOfDay(0 as Day);
const LAST_SERIAL = serialOfDay(dayFrom(2199, 12, 31)!);
/** Less than a tenth of a second: what a host's own arithmetic may lose of a whole day. */
const SERIAL_NOISE = 1e-6;

/** The day that a cell names; null where it names none. */
export function readDay(value: string | number | boolean): Day | null {
  if (typeof value === 'number' && isDateSerial(value)) return dayFromSerial(value + SERIAL_NOISE);
  return readDate(value)?.day ?? null;
}

/** The last minute that a limit leaves: a bare date, 00:00 and 24:00 run to the end of the day; null where none is named. */
export function readLimit(value: string | number | boolean): Moment | null {
  if (typeof value === 'number' && isDateSerial(value)) {
    const moment = momentFromSerial(value);
    return moment % MINUTES_PER_DAY === 0 ? (moment + MINUTES_PER_DAY - 1) as Moment : moment;
  }
  const reading = readDate(value);
  if (reading === null) return null;
  return reading.minute % MINUTES_PER_DAY === 0 ? endOfDay(reading.day) : at(reading.day, 0, reading.minute);
}

/** The minute that a cell names; a bare date is its 00:00; null where none is named. */
export function readMoment(value: string | number | boolean): Moment | null {
  if (typeof value === 'number' && isDateSerial(value)) return momentFromSerial(value);
  const reading = readDate(value);
  return reading === null ? null : at(reading.day, 0, reading.minute);
}

/** Whether a number is a date that somebody meant, as a spreadsheet keeps it. */
export function isDateSerial(value: number): boolean {
  return value >= FIRST_SERIAL && value < LAST_SERIAL + 1;
}

function readDate(value: string | number | boolean): DateReading | null {
  if (typeof value === 'string') {
    const canonical = readCanonical(value);
    if (canonical !== null) return canonical;
  }
  const scanned = scanDate(value);
  return scanned !== null && 'day' in scanned ? scanned : null;
}

/** `YYYY-MM-DD` and `YYYY-MM-DD hh:mm`, the forms that automation writes; null for anything else. */
function readCanonical(text: string): DateReading | null {
  if ((text.length !== 10 && text.length !== 16) || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return null;
  const day = dayFrom(twoDigits(text, 0) * 100 + twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8));
  if (day === null) return null;
  if (text.length === 10) return { day, minute: 0 };
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  return text.charCodeAt(13) === 58 && text.charCodeAt(10) === 32 && hour < 24 && minute < 60 ? { day, minute: hour * 60 + minute } : null;
}

function twoDigits(text: string, index: number): number {
  const tens = text.charCodeAt(index) - 48;
  const ones = text.charCodeAt(index + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

const DATE = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?\s*(?:\(?(?:星期|周)[一二三四五六日天]\)?)?(.*)$/;
const TIME = /^[\sT]*(上午|下午|中午|晚上|早上)?\s*(\d{1,2})\s*[:时点]\s*(?:(\d{1,2})\s*(?:[:分]\s*(?:(\d{1,2})(?:\.\d+)?\s*秒?)?)?)?\s*(?:\+08:?00)?$/;

/** Everything people write for a date, by a slow and tolerant reading; null where it is no date at all. */
export function scanDate(value: string | number | boolean): DateReading | ImpossibleDate | null {
  const text = halfWidth(String(value)).trim();
  if (/^\d{8}$/.test(text)) return reading(text.slice(0, 4), text.slice(4, 6), text.slice(6), '');
  if (/^\d{5,6}(\.\d+)?$/.test(text) && isDateSerial(Number(text))) {
    const moment = momentFromSerial(Number(text));
    const day = dayFromSerial(Number(text) + SERIAL_NOISE);
    return { day, minute: moment - at(day, 0) };
  }
  const match = DATE.exec(text);
  return match === null ? null : reading(match[1]!, match[2]!, match[3]!, match[4]!);
}

function reading(year: string, month: string, date: string, time: string): DateReading | ImpossibleDate | null {
  const minute = time.trim() === '' ? 0 : minuteOf(time);
  if (minute === null) return null;
  const day = dayFrom(Number(year), Number(month), Number(date));
  if (day === null || minute < 0) return { year: Number(year), month: Number(month) };
  return { day, minute };
}

/** Minute of the day, -1 for a time that no clock shows, null for what is no time. */
function minuteOf(text: string): number | null {
  const match = TIME.exec(text);
  if (match === null) return null;
  const afternoon = match[1] === '下午' || match[1] === '晚上';
  const hour = Number(match[2]) + (afternoon && Number(match[2]) < 12 ? 12 : 0);
  const minute = Number(match[3] ?? 0);
  const second = Number(match[4] ?? 0);
  if (hour > 24 || minute > 59 || second > 59 || (hour === 24 && minute + second > 0)) return -1;
  return hour * 60 + minute + Math.round(second / 60);
}
