import { dayFrom, daysInMonth, formatDay } from '../calendar/plain-date.ts';
import { halfWidth } from './half-width.ts';

const YEAR = '(?:(\\d{4})\\s*年?\\s*[-/.]?\\s*)?';
const TAIL = '\\s*(?:之前|以前|前|左右|完成|办结)*$';
const MONTH_DATE = new RegExp(`^${YEAR}(\\d{1,2})\\s*[月/.-]\\s*(\\d{1,2})\\s*[日号]?${TAIL}`);
const MONTH_PART = new RegExp(`^${YEAR}(\\d{1,2})\\s*月份?\\s*(上旬|中旬|下旬|底|末)?${TAIL}`);
const YEAR_PART = new RegExp(`^${YEAR}(?:第?([一二三四1-4])季度|(上半年)|(?:年|下半年|全年|年内))?(?:底|末|内)?${TAIL}`);
const SHORT_YEAR = /^(\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;
const QUARTERS: Readonly<Record<string, number>> = { 一: 1, 二: 2, 三: 3, 四: 4, 1: 1, 2: 2, 3: 3, 4: 4 };

const STANDING = /^(长期|长期坚持|长期推进|持续|持续推进|持续坚持|常态化|全年|全年坚持|贯穿全年|每年|经常性工作|日常)$/;

/** Whether a text in place of a limit says that the matter has none: it runs by its 反馈周期. */
export function isStanding(value: string): boolean {
  return STANDING.test(value.replace(/\s+/g, ''));
}

/**
 * The date that a vague text most likely means, to be proposed to its author and never taken; null where there is none
 * to propose. `year` stands in where the text names no year; null where no year is known either.
 */
export function proposeDate(value: string, year: number | null): string | null {
  const text = halfWidth(value).replace(/\s+/g, '');
  const short = SHORT_YEAR.exec(text);
  if (short !== null) return dated(2000 + Number(short[1]), Number(short[2]), Number(short[3]));
  const full = MONTH_DATE.exec(text);
  if (full !== null) return dated(yearOr(full[1], year), Number(full[2]), Number(full[3]));
  const part = MONTH_PART.exec(text);
  if (part !== null) {
    const inYear = yearOr(part[1], year);
    const month = Number(part[2]);
    return dated(inYear, month, part[3] === '上旬' ? 10 : part[3] === '中旬' ? 20 : daysInMonth(inYear, month));
  }
  const rest = YEAR_PART.exec(text);
  if (rest === null || text === '' || /^\d+$/.test(text)) return null;
  const month = rest[2] !== undefined ? QUARTERS[rest[2]]! * 3 : rest[3] !== undefined ? 6 : 12;
  return dated(yearOr(rest[1], year), month, daysInMonth(yearOr(rest[1], year), month));
}

function yearOr(named: string | undefined, year: number | null): number {
  return named === undefined ? year ?? Number.NaN : Number(named);
}

function dated(year: number, month: number, date: number): string | null {
  const day = dayFrom(year, month, date);
  return day === null ? null : formatDay(day);
}
