import { join } from 'node:path';
import * as z from 'zod';
import type { Mishap, Moment } from '#core';
import { appendJsonLine, readJsonLines } from './durable-file.ts';

const LINE = z.object({ workbook: z.string(), at: z.number().transform((value) => value as Moment), message: z.string() });
/** More than 首页 shows; older ones have been told. */
const REMEMBERED = 100;

/** The latest mishaps of a workbook, from `mishaps.jsonl` in a `.duban` folder. */
export function readMishaps(folder: string, workbook: string): Mishap[] {
  return readJsonLines(fileOf(folder)).flatMap((line) => {
    const parsed = LINE.safeParse(line);
    return parsed.success && parsed.data.workbook === workbook ? [{ at: parsed.data.at, message: parsed.data.message }] : [];
  }).slice(-REMEMBERED);
}

/** Durable when it returns. What is remembered for the same moment is not repeated. */
export function noteMishaps(folder: string, workbook: string, mishaps: readonly Mishap[]): void {
  const known = new Set(readMishaps(folder, workbook).map(({ at, message }) => `${at}\n${message}`));
  for (const { at, message } of mishaps) if (!known.has(`${at}\n${message}`)) appendJsonLine(fileOf(folder), { workbook, at, message });
}

function fileOf(folder: string): string {
  return join(folder, 'mishaps.jsonl');
}
