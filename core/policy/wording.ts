import type { Day } from '../calendar/plain-date.ts';
import type { Parameters } from './resolve-parameters.ts';

/** A text of the program's, of one sentence or more, as the office says it. */
export type Wording = (text: string) => string;

export const AS_WRITTEN: Wording = (text) => text;

interface Rewording { readonly pattern: RegExp; readonly words: string }

/** More than an office reads through, and a bound on what a run looks for. */
const MOST_LINES = 50;
const LONGEST_LINE = 400;
/** Fewer fixed words than these would be found in sentences that the office never meant. */
const FEWEST_WORDS = 4;
const ARROW = /\s*(?:→|=>|->)\s*/;
const PLACE = /\{([1-9])\}/g;
/** What stands behind a finding stays with it whatever it is called. */
const BASIS = /[(（][^()（）]*[)）]$/;
/** Hints stand in one cell, and the lines of a notice in one body: each is worded for itself. */
const BETWEEN_SENTENCES = /(；|\n)/;

/**
 * The lines of 用语: `原句 → 新句`, where {1}, {2} … stand in 原句 for what differs from row to row, and in 新句 for the same again.
 * Null where a line is no such pair, has too few words to be known by, two places side by side, or a place that 原句 lacks.
 */
export function readWording(value: string): readonly Rewording[] | null {
  const lines = value.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
  const rewordings = lines.length > MOST_LINES ? [null] : lines.map(readLine);
  return rewordings.every((rewording) => rewording !== null) ? rewordings : null;
}

/** How hints and notices are worded on a day: as the rules write them, but for what 用语 says otherwise. The first line that fits a sentence is taken. */
export function wordingOf(parameters: Parameters, on: Day): Wording {
  const rewordings = readWording(parameters.choice('text.wording', on)) ?? [];
  if (rewordings.length === 0) return AS_WRITTEN;
  return (text) => text.split(BETWEEN_SENTENCES).map((sentence) => reworded(sentence, rewordings)).join('');
}

function reworded(sentence: string, rewordings: readonly Rewording[]): string {
  const fitting = rewordings.find(({ pattern }) => pattern.test(sentence));
  return fitting === undefined ? sentence : sentence.replace(fitting.pattern, (...found: string[]) =>
    fitting.words.replace(PLACE, (_, place: string) => found[Number(place)]!));
}

function readLine(line: string): Rewording | null {
  if (line.length > LONGEST_LINE) return null;
  const [from, to, ...more] = line.split(ARROW);
  if (from === undefined || to === undefined || more.length > 0) return null;
  const sought = from.replace(BASIS, '');
  const words = to.replace(BASIS, '');
  const places = [...sought.matchAll(PLACE)].map(([, place]) => place!);
  const isKnown = [...words.matchAll(PLACE)].every(([, place]) => places.includes(place!));
  if (words === '' || BETWEEN_SENTENCES.test(line) || !isKnown || /\}\{/.test(sought) || sought.replace(PLACE, '').length < FEWEST_WORDS || places.some((place, index) => place !== String(index + 1))) return null;
  return { pattern: new RegExp(sought.split(PLACE).map((part, index) => (index % 2 === 0 ? escaped(part) : '(.*?)')).join('')), words };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
