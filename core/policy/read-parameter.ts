import { dayFrom, formatDay, type Day } from '../calendar/plain-date.ts';
import { halfWidth } from '../workbook/half-width.ts';
import { splitNames } from '../workbook/names.ts';
import { readNumber } from '../workbook/parse-cell.ts';
import { readDay } from '../workbook/read-date.ts';
import type { ParameterDefinition, ParameterType } from './schema.ts';
import { readWording } from './wording.ts';

/** A value of 制度参数 in the forms in which rules ask for it. */
export interface ParameterValue {
  readonly text: string;
  readonly number: number | null;
  readonly day: Day | null;
}

/** Longer than any sentence of a mail. */
const LONGEST_TEXT = 300;
const BLANK: ParameterValue = { text: '', number: null, day: null };

/** The value that a cell of 制度参数 holds; null where it doesn't fit the parameter's type or range. Blank is a value. */
export function readParameter(type: ParameterType, value: string | number): ParameterValue | null {
  const text = halfWidth(String(value)).trim();
  if (text === '') return BLANK;
  switch (type.kind) {
    case 'integer': case 'number': {
      const number = readNumber(text);
      if (number === null || number < type.min || number > type.max) return null;
      if (type.kind === 'integer' && !Number.isInteger(number)) return null;
      return { text: String(number), number, day: null };
    }
    case 'choice': {
      const chosen = type.values.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
      return chosen === undefined ? null : { text: chosen, number: null, day: null };
    }
    case 'day': {
      const serial = /^\d{5}(\.0*)?$/.test(text) ? Number(text) : text;
      const day = readDay(serial);
      return day === null ? null : { text: formatDay(day), number: null, day };
    }
    case 'time': {
      const minute = readTime(text);
      return minute === null ? null : { text: `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`, number: minute, day: null };
    }
    case 'period': {
      const period = readPeriod(text);
      return period === null ? null : { text: period, number: null, day: null };
    }
    case 'words': return { text: splitNames(text).join('、'), number: null, day: null };
    case 'wording': return readWording(String(value)) === null ? null : { text: String(value).trim(), number: null, day: null };
    case 'text': {
      const own = String(value).trim();
      const isKnown = [...own.matchAll(/\{([^{}]*)\}/g)].every(([, place]) => type.places.includes(place!));
      return isKnown && own.length <= LONGEST_TEXT ? { text: own, number: null, day: null } : null;
    }
  }
}

/** What a refused value should look like, as a sentence for 提示. */
export function expectedValue(definition: ParameterDefinition): string {
  const { type } = definition;
  switch (type.kind) {
    case 'integer': return `请填 ${type.min} 到 ${type.max} 之间的整数`;
    case 'number': return `请填 ${type.min} 到 ${type.max} 之间的数`;
    case 'choice': return `请从 ${type.values.join('、')} 中选择`;
    case 'day': return '请填日期,如 2026-03-01';
    case 'time': return '请填时刻,如 08:30';
    case 'period': return '请填期间,如 2026-03、2026Q1 或 2026';
    case 'words': return '请填词语,用、分隔';
    case 'wording': return '请每行写「原句 → 新句」,一行一句,不用「；」,原句至少四个字,会变的部分依次写 {1}、{2},新句只用原句有的';
    case 'text': return `请写不超过 ${LONGEST_TEXT} 字的一段话${type.places.length === 0 ? ',不用花括号' : `,花括号里只能写 ${type.places.map((place) => `{${place}}`).join('、')}`}`;
  }
}

/** `8:30`, `08:30`, or the fraction of a day that a spreadsheet makes of it, as minutes of the day. */
function readTime(text: string): number | null {
  const match = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(text);
  if (match !== null) {
    const hour = Number(match[1]);
    const minute = Number(match[2]);
    return hour <= 23 && minute <= 59 ? hour * 60 + minute : null;
  }
  if (!/^0?\.\d+$/.test(text)) return null;
  return Math.round(Number(text) * 1440) % 1440;
}

/** A month, quarter or year; a spreadsheet turns a typed `2026-03` into the serial number of its first day. */
function readPeriod(text: string): string | null {
  if (/^\d{5}$/.test(text)) {
    const first = readDay(Number(text));
    return first === null ? null : formatDay(first).slice(0, 7);
  }
  const quarter = /^(\d{4})[Qq]([1-4])$/.exec(text);
  if (quarter !== null) return `${quarter[1]!}Q${quarter[2]!}`;
  const month = /^(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.]\d{1,2})?$/.exec(text);
  if (month === null) return null;
  if (month[2] === undefined) return dayFrom(Number(month[1]), 1, 1) === null ? null : month[1]!;
  return dayFrom(Number(month[1]), Number(month[2]), 1) === null ? null : `${month[1]!}-${month[2].padStart(2, '0')}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
