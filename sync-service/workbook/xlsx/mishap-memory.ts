import { join } from 'node:path';
import * as z from 'zod';
import type { Mishap, Moment } from '#core';
import { appendJsonLine, readJsonLines } from './durable-file.ts';
import { dubanFolder } from './identity.ts';

const LINE = z.object({ workbook: z.string(), at: z.number().transform((value) => value as Moment), message: z.string() });
/** More than 首页 shows; older ones have been told. */
const REMEMBERED = 100;

/** The latest mishaps of a workbook, from `.duban/mishaps.jsonl` beside it. */
export function readMishaps(path: string, workbook: string): Mishap[] {
  return readJsonLines(fileOf(path)).flatMap((line) => {
    const parsed = LINE.safeParse(line);
    return parsed.success && parsed.data.workbook === workbook ? [{ at: parsed.data.at, message: parsed.data.message }] : [];
  }).slice(-REMEMBERED);
}

/** Durable when it returns. What is remembered for the same moment is not repeated. */
export function noteMishaps(path: string, workbook: string, mishaps: readonly Mishap[]): void {
  const known = new Set(readMishaps(path, workbook).map(({ at, message }) => `${at}\n${message}`));
  for (const { at, message } of mishaps) if (!known.has(`${at}\n${message}`)) appendJsonLine(fileOf(path), { workbook, at, message });
}

function fileOf(path: string): string {
  return join(dubanFolder(path), 'mishaps.jsonl');
}
