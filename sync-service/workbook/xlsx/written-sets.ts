import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { bindColumns, findSheet, isError, valueOf, type Change, type ColumnKey, type SheetKey, type WorkbookSnapshot } from '#core';
import { jsonIn, replaceFile } from '../memory/durable-file.ts';
import { dubanFolder } from './identity.ts';

/** Hourly runs of two days: nobody keeps a workbook open for longer and then saves it. */
const KEPT_SETS = 20;

const SET = z.object({ runId: z.string(), changes: z.array(z.custom<Change>((value) => typeof value === 'object' && value !== null)) });

/** What one run wrote, without what the next run derives anew. */
export type WrittenSet = z.infer<typeof SET>;

/**
 * Remembers what a run wrote into a workbook, in `.duban/written`: a colleague who opened the file before the run and saves
 * after it takes all of that away, stamps, numbers, 底账 and log included, and none of it can be derived again. `at` is in
 * milliseconds since the epoch. A set is known by its row in 运行记录; changes without one are not kept.
 */
export function keepWritten(path: string, workbook: string, at: number, changes: readonly Change[]): void {
  const runId = changes.find((change) => change.kind === 'append' && change.sheet === 'runs');
  if (runId?.kind !== 'append' || runId.id === null) return;
  const folder = folderOf(path, workbook);
  mkdirSync(folder, { recursive: true });
  const set: WrittenSet = { runId: runId.id, changes: changes.filter((change) => !isDerived(change)) };
  replaceFile(join(folder, `${String(at).padStart(13, '0')}.json`), JSON.stringify(set));
  for (const name of namesIn(folder).slice(0, -KEPT_SETS)) rmSync(join(folder, name), { force: true });
}

/**
 * The sets that are in the memory and not in the workbook, oldest first: those after the run that the last row of 运行记录
 * names, unless 流转记录 holds their records all the same.
 */
export function lostSets(path: string, workbook: string, snapshot: WorkbookSnapshot): WrittenSet[] {
  const names = namesIn(folderOf(path, workbook));
  if (names.length === 0) return [];
  const last = lastCell(snapshot, 'runs', 'runId');
  if (last === undefined) return [];
  const lost: WrittenSet[] = [];
  let isKnown = false;
  // From the newest: mostly it is the workbook's last run, and the others need not be read.
  for (const name of names.reverse()) {
    const set = readSet(join(folderOf(path, workbook), name));
    isKnown = set?.runId === last;
    if (isKnown) break;
    if (set !== null) lost.unshift(set);
  }
  const seq = Number(lastCell(snapshot, 'history', 'seq') ?? 0);
  // A last run that is in no set may be later than all of them: written from another machine.
  return lost.filter(({ runId, changes }) => (isKnown || ordinal(runId) > ordinal(String(last)))
    && changes.every((change) => !isRecord(change) || Number(change.values['seq']) > seq));
}

/** The files of the memory, oldest first. */
export function writtenFiles(path: string, workbook: string): string[] {
  const folder = folderOf(path, workbook);
  return namesIn(folder).map((name) => join(folder, name));
}

/** Forgets what runs wrote: for a workbook that is taken back to an earlier state on purpose. */
export function forgetWritten(path: string, workbook: string): void {
  rmSync(folderOf(path, workbook), { recursive: true, force: true });
}

function isRecord(change: Change): change is Extract<Change, { kind: 'append' }> {
  return change.kind === 'append' && change.sheet === 'history';
}

/** What follows the clock: most of what a run writes, and no seal of 底账 covers it. */
const FOLLOWS_THE_CLOCK: ReadonlySet<string> = new Set<ColumnKey<'items'>>(['light', 'daysLeft', 'daysLate', 'hint', 'nextFeedback']);

function isDerived(change: Change): boolean {
  return change.kind === 'home' || (change.kind === 'cell' && change.sheet === 'items' && FOLLOWS_THE_CLOCK.has(change.column));
}

/** The last filled cell of a column; '' where the sheet has no rows, undefined where it has no such column. */
function lastCell(snapshot: WorkbookSnapshot, key: SheetKey, column: string): string | number | undefined {
  const sheet = findSheet(snapshot, key);
  const binding = bindColumns(sheet, key, []);
  const place = binding?.columns[column];
  if (sheet === undefined || binding === null || place === undefined) return undefined;
  for (let index = sheet.rows.length - 1; index > binding.headerRow; index -= 1) {
    const value = valueOf(sheet.rows[index]!.cells[place] ?? null);
    if (value !== null && value !== '' && !isError(value) && typeof value !== 'boolean') return value;
  }
  return '';
}

/** `R202603160900-2` as a number that grows with time; 0 for what is no run. */
function ordinal(runId: string): number {
  const match = /^R(\d{12})(?:-(\d+))?$/.exec(runId);
  return match === null ? 0 : Number(match[1]) * 1000 + Number(match[2] ?? 1);
}

function readSet(file: string): WrittenSet | null {
  const parsed = SET.safeParse(jsonIn(readFileSync(file, 'utf8')));
  return parsed.success ? parsed.data : null;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^\d{13}\.json$/.test(name)).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function folderOf(path: string, workbook: string): string {
  return join(dubanFolder(path), 'written', workbook.replaceAll(/[^\w-]/g, '_').slice(-80));
}
