import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { StoreError } from '../store.ts';
import { appendJsonLine, jsonIn, readJsonLines, replaceFile } from '../memory/durable-file.ts';
import {
  dubanFolder, homeOf, homeRegistryPath, identityOfFile, isCopyOf, readHomeRegistry, workbookFileName, type WorkbookIdentity,
} from './identity.ts';

/** What an office may make of a copy: its new home, an archive that is left alone, or an exercise whose mails stay here. */
export const COPY_CHOICES = ['搬家', '存档', '演练'] as const;
export type CopyChoice = (typeof COPY_CHOICES)[number];

/** What a workbook at a place is: the office's own, a copy nobody decided about, an archive, an exercise. */
export type WorkbookRole = 'home' | 'copy' | 'archive' | 'drill';

const CHOICE = z.object({ workbook: z.string(), host: z.string(), choice: z.enum(['存档', '演练']), movedTo: z.string().nullable() });

/** The role of the workbook at `path`. A choice holds for this file at this place on this machine: a copy of the copy has none. */
export function roleOf(identity: WorkbookIdentity, path: string): WorkbookRole {
  switch (readChoice(identity, path)?.choice) {
    case '存档': return 'archive';
    case '演练': return 'drill';
    default: return isCopyOf(identity, path) || isAlsoWhereMade(identity, path) ? 'copy' : 'home';
  }
}

/**
 * Under what name `.duban` remembers things of a workbook. A copy, even in the same folder, has a memory of its own: what
 * it wrote or sent, the office's workbook did not.
 */
export function memoryKey(identity: WorkbookIdentity, role: WorkbookRole, path: string): string {
  const own = identity.id ?? path;
  return role === 'home' ? own : `${own}/${workbookFileName(path)}`;
}

/** A workbook that moved, and was put back as well where it was made: the one there is the office's, until it chooses. */
function isAlsoWhereMade(identity: WorkbookIdentity, path: string): boolean {
  const { id, home } = identity;
  if (id === null || home === null || !existsSync(home) || realpathSync(home) === realpathSync(path)) return false;
  try {
    return identityOfFile(home).id === id && readChoice(identity, home)?.choice !== '存档';
  } catch (error) {
    if (error instanceof StoreError) return false;
    throw error;
  }
}

/** Where an archive's workbook went, when it was made one by moving house; null otherwise. */
export function movedTo(identity: WorkbookIdentity, path: string): string | null {
  return readChoice(identity, path)?.movedTo ?? null;
}

/** What choosing led to: for 搬家 the old home, and whether it could be told that it is one no longer. */
export interface Chosen {
  readonly oldHome: string | null;
  readonly isOldHomeTold: boolean;
}

/**
 * Records the office's choice beside the workbook. 搬家 takes along what was really sent, so that nothing goes out twice,
 * and makes the old home an archive where it can be reached.
 */
export function chooseRole(file: string, choice: CopyChoice): Chosen {
  const path = realpathSync(file);
  const identity = identityOfFile(path);
  const workbook = identity.id ?? path;
  if (choice !== '搬家') {
    writeChoice(path, { workbook, choice, movedTo: null });
    return { oldHome: null, isOldHomeTold: false };
  }
  const oldHome = homeOf(identity, path);
  const isOldHomeTold = oldHome !== null && oldHome !== path && existsSync(oldHome) && identityOfFile(oldHome).id === identity.id;
  if (isOldHomeTold) {
    takeDeliveries(oldHome, path, workbook);
    writeChoice(oldHome, { workbook, choice: '存档', movedTo: path });
  }
  rmSync(choicePath(path), { force: true });
  replaceFile(homeRegistryPath(path), `${JSON.stringify({ ...readHomeRegistry(path), [workbook]: { home: path, host: hostname() } }, null, 1)}\n`);
  return { oldHome: oldHome === path ? null : oldHome, isOldHomeTold };
}

function takeDeliveries(from: string, to: string, workbook: string): void {
  const [theirs, ours] = [from, to].map((path) => join(dubanFolder(path), 'deliveries.jsonl'));
  if (theirs === ours) return;
  const known = new Set(readJsonLines(ours!).map((line) => JSON.stringify(line)));
  for (const line of readJsonLines(theirs!)) {
    const isOwn = typeof line === 'object' && line !== null && 'workbook' in line && line.workbook === workbook;
    if (isOwn && !known.has(JSON.stringify(line))) appendJsonLine(ours!, line);
  }
}

function readChoice(identity: WorkbookIdentity, path: string): z.infer<typeof CHOICE> | null {
  const file = choicePath(path);
  if (!existsSync(file)) return null;
  const parsed = CHOICE.safeParse(jsonIn(readFileSync(file, 'utf8')));
  return parsed.success && parsed.data.workbook === (identity.id ?? path) && parsed.data.host === hostname() ? parsed.data : null;
}

function writeChoice(path: string, choice: Omit<z.infer<typeof CHOICE>, 'host'>): void {
  replaceFile(choicePath(path), `${JSON.stringify({ ...choice, host: hostname() }, null, 1)}\n`);
}

function choicePath(path: string): string {
  return join(dubanFolder(path), `${workbookFileName(path)}.choice.json`);
}
