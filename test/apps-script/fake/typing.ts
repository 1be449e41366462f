import type { Stored } from './stored-cell.ts';
import { DateSerial, Formula } from './stored-cell.ts';
import { serialFromFields } from './zone.ts';

export interface TypingContext {
  /** The cell's explicit number format, if it has one. */
  readonly format: string | undefined;
  readonly locale: string;
  /** For `3/5`, which means a day of this year. */
  readonly year: () => number;
  readonly evaluate: (formula: string) => Formula;
}

/**
 * What a text becomes when it is typed, and also when a script sets it with `setValue` or an API call says
 * USER_ENTERED (notes 1.5: '007' becomes 7 and date-like text a date, unless the cell is formatted '@').
 */
export function typed(text: string, context: TypingContext): Stored {
  if (text === '') return null;
  if (context.format === '@') return text;
  if (text.startsWith('\'')) return text.slice(1);
  if (text.startsWith('=') && text.length > 1) return context.evaluate(text);
  // Most texts of an office begin like no number, date, boolean or formula.
  if (!/^\s*[\d+\-.¥$tTfF]/.test(text)) return text;
  const trimmed = text.trim();
  if (/^(true|false)$/i.test(trimmed)) return trimmed.toLowerCase() === 'true';
  const number = numberFrom(trimmed);
  if (number !== null) return number;
  // Unverified: Sheets is known to take a leading plus for the beginning of a formula.
  if (/^\+\S/.test(trimmed)) return context.evaluate(`=${trimmed}`);
  return dateFrom(trimmed, context) ?? text;
}

function numberFrom(text: string): number | null {
  const match = /^([+-]?)(?:[¥$])?((?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?|\.\d+)(e[+-]?\d+)?(%?)$/i.exec(text);
  if (match === null) return null;
  const value = Number(`${match[1]!}${match[2]!.replaceAll(',', '')}${match[3] ?? ''}`);
  return match[4] === '%' ? value / 100 : value;
}

const TIME = String.raw`(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/])(\d{1,2})\2(\d{1,2})${TIME}$`);
const CHINESE = new RegExp(String.raw`^(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日${TIME}$`);
const MONTH_FIRST = new RegExp(String.raw`^(\d{1,2})/(\d{1,2})/(\d{4})${TIME}$`);

function dateFrom(text: string, { locale, year }: TypingContext): DateSerial | null {
  if (!/^[\d\-/:年月日 T]+$/.test(text)) return null;
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst !== null) {
    const [, y, mark, m, d, ...time] = yearFirst;
    const pattern = mark === '-' ? `yyyy-${padded('m', m!)}-${padded('d', d!)}` : `yyyy/${padded('m', m!)}/${padded('d', d!)}`;
    return dated(Number(y), Number(m), Number(d), time, pattern);
  }
  const chinese = CHINESE.exec(text);
  if (chinese !== null && locale.startsWith('zh')) {
    const [, y, m, d, ...time] = chinese;
    return dated(y === undefined ? year() : Number(y), Number(m), Number(d), time, y === undefined ? 'm"月"d"日"' : 'yyyy"年"m"月"d"日"');
  }
  const monthFirst = MONTH_FIRST.exec(text);
  if (monthFirst !== null) return dated(Number(monthFirst[3]), Number(monthFirst[1]), Number(monthFirst[2]), monthFirst.slice(4), 'm/d/yyyy');
  // Unverified, and a trap for periods such as 2026-03: Sheets is said to read them as the first of the month.
  const month = /^(\d{4})([-/])(\d{1,2})$/.exec(text);
  if (month !== null) return dated(Number(month[1]), Number(month[3]), 1, [], `yyyy${month[2]!}mm`);
  const short = /^(\d{1,2})([-/])(\d{1,2})$/.exec(text);
  if (short !== null) return dated(year(), Number(short[1]), Number(short[3]), [], `m${short[2]!}d`);
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (clock !== null) return dated(1899, 12, 30, clock.slice(1), '');
  return null;
}

function padded(letter: string, digits: string): string {
  return digits.length === 2 ? letter + letter : letter;
}

function dated(year: number, month: number, day: number, time: readonly (string | undefined)[], pattern: string): DateSerial | null {
  const check = new Date(Date.UTC(year, month - 1, day));
  if (check.getUTCMonth() !== month - 1 || check.getUTCDate() !== day) return null;
  const [hours, minutes, seconds] = time;
  if (hours === undefined) return new DateSerial(serialFromFields(year, month, day), pattern);
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0);
  if (total >= 86_400) return null;
  const clockPattern = seconds === undefined ? 'hh:mm' : 'hh:mm:ss';
  return new DateSerial(serialFromFields(year, month, day, total / 86_400), pattern === '' ? clockPattern : `${pattern} ${clockPattern}`);
}

/** The format a Date set by a script gets in a cell that has none. */
export function automaticDateFormat(serial: number, locale: string): string {
  const date = locale.startsWith('zh') ? 'yyyy/m/d' : 'm/d/yyyy';
  return Number.isInteger(serial) ? date : `${date} h:mm:ss`;
}
