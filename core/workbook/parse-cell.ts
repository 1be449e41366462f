import { cleanName, cleanText, halfWidth } from './half-width.ts';
import { splitNames } from './names.ts';

/** A cell's content once blanks, errors and formulas are out of the way. */
export type Content = string | number | boolean;

/** A number; full-width digits, thousands separators and a percent sign are understood; null where it is none. */
export function readNumber(value: Content): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return null;
  const text = halfWidth(value).replace(/\s+/g, '');
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return Number(text.replaceAll(',', ''));
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(%?)$/.exec(text.replaceAll('−', '-'));
  if (match === null) return null;
  const number = Number(match[1]) / (match[2] === '%' ? 100 : 1);
  return Number.isFinite(number) ? number : null;
}

/** A share of one: 0.8, 80 and `80%` are the same; null where it is none or not within 0 to 100 %. */
export function readPercent(value: Content): number | null {
  const number = readNumber(value);
  if (number === null || number < 0 || number > 100) return null;
  const marked = typeof value === 'string' && /[%％]/.test(value);
  if (marked) return number <= 1 ? number : null;
  return number > 1 ? number / 100 : number;
}

/** Running text: a number as a spreadsheet shows it, white space around it left out. */
export function readText(value: Content): string {
  return typeof value === 'string' ? cleanText(value) : textOf(value);
}

/** An id or a name in the one form in which ids and names are compared. Hosts find a row by the id that this reads. */
export function readName(value: Content): string {
  return typeof value === 'string' ? cleanName(value) : textOf(value);
}

/** Names separated by 、, whatever separator was typed. */
export function readList(value: Content): string {
  const text = readName(value);
  return /[,;/\n]/.test(text) || (typeof value === 'string' && value.includes('\n'))
    ? splitNames(String(value)).map(cleanName).filter((name) => name !== '').join('、')
    : text;
}

const YES = new Set(['√', '✓', '✔', '☑', 'v', 'y', 'yes', 'true', '1', '对', '有']);
const NO = new Set(['×', '✗', '✘', '☒', 'x', 'n', 'no', 'false', '0', '错', '无']);

/**
 * A reader of one of the allowed values: the value as the contract writes it, '' for a plain no where only 是 is
 * allowed, null for an unknown one. Remembers what it has read, because a column repeats few values.
 */
export function choiceReader(allowed: readonly string[]): (value: Content) => string | null {
  const known = new Map<Content, string | null>();
  return (value) => {
    // Most columns of most sheets are empty: what is allowed is learnt at the first cell.
    if (known.size === 0) for (const word of allowed) known.set(cleanName(word), word).set(word, word);
    const remembered = known.get(value);
    if (remembered !== undefined) return remembered;
    const text = readName(value);
    const read = text === '' ? '' : known.get(text) ?? (allowed.includes('是') ? yesOrNo(text, allowed) : null);
    known.set(value, read);
    return read;
  };
}

function yesOrNo(text: string, allowed: readonly string[]): string | null {
  const lower = text.toLowerCase();
  if (YES.has(lower)) return '是';
  if (NO.has(lower) || text === '否') return allowed.includes('否') ? '否' : '';
  return null;
}

/** Fifteen digits, as many as a spreadsheet shows and keeps. */
function textOf(value: number | boolean): string {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(15)));
}
