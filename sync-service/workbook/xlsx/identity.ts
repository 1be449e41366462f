import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { jsonIn } from '../memory/durable-file.ts';
import { readWorkbookParts, type WorkbookParts } from './workbook-parts.ts';
import { readZip } from './zip.ts';

/** Who a workbook is: a hidden id, and the absolute path of the place where it is at home. */
export interface WorkbookIdentity {
  readonly id: string | null;
  readonly home: string | null;
}

/** Where `.duban/workbooks.json` says the workbooks of a folder are at home. */
export type HomeRegistry = Readonly<Record<string, { readonly home: string; readonly host: string }>>;

/** Folder beside the workbook for versions, journals and locks. */
export function dubanFolder(workbookPath: string): string {
  return join(dirname(workbookPath), '.duban');
}

/**
 * The identity that docProps/custom.xml (properties `duban.id`, `duban.home`) or the defined names `_duban.id`,
 * `_duban.home` (text constants) carry.
 */
export function readIdentity(parts: WorkbookParts): WorkbookIdentity {
  const read = (key: string): string | null => {
    const property = parts.customProperties.get(key);
    if (property !== undefined && property !== '') return property;
    const name = parts.definedNames.find((candidate) => candidate.name === `_${key}` || candidate.name === key);
    const text = name === undefined ? '' : name.text.replace(/^=?"(.*)"$/s, '$1').replaceAll('""', '"');
    return text === '' ? null : text;
  };
  return { id: read('duban.id'), home: read('duban.home') };
}

/** The identity of the workbook at a path; where a program dropped it on saving, the one that the registry has for this very place. */
export function identityAt(parts: WorkbookParts, path: string): WorkbookIdentity {
  const own = readIdentity(parts);
  if (own.id !== null) return own;
  const known = Object.entries(readHomeRegistry(path)).find(([, { home, host }]) => home === path && host === hostname());
  return known === undefined ? own : { id: known[0], home: path };
}

/** The identity of a file, read without its sheets. */
export function identityOfFile(path: string): WorkbookIdentity {
  return identityAt(readWorkbookParts(readZip(readFileSync(path))), path);
}

/**
 * A workbook is a copy where it lies elsewhere than its home. It is not one where it was merely moved or renamed: the
 * home holds nothing any more, and the `.duban` folder beside it knows this id from this machine. A file that was mailed
 * to another computer has no such folder there, and a folder restored on another machine has another host name: both
 * stay copies and send nothing until the office chooses.
 */
export function isCopyOf(identity: WorkbookIdentity, path: string): boolean {
  const recorded = homeOf(identity, path);
  if (recorded === null) return false;
  const here = realpathSync(path);
  const home = existsSync(recorded) ? realpathSync(recorded) : null;
  if (home === here || recorded === here) return false;
  return home !== null || !isKnownHere(identity, path);
}

/** Where a workbook is at home: where it moved to (搬家), else where it was made; null where nothing says. */
export function homeOf(identity: WorkbookIdentity, path: string): string | null {
  if (identity.id !== null && isKnownHere(identity, path)) return readHomeRegistry(path)[identity.id]!.home;
  return identity.home === '' ? null : identity.home;
}

function isKnownHere({ id }: WorkbookIdentity, path: string): boolean {
  return id !== null && readHomeRegistry(path)[id]?.host === hostname();
}

/** The registry beside a workbook; empty where there is none or it can't be read (then nothing counts as moved). */
export function readHomeRegistry(workbookPath: string): HomeRegistry {
  const file = homeRegistryPath(workbookPath);
  if (!existsSync(file)) return {};
  const parsed = jsonIn(readFileSync(file, 'utf8'));
  return typeof parsed === 'object' && parsed !== null ? parsed as HomeRegistry : {};
}

export function homeRegistryPath(workbookPath: string): string {
  return join(dubanFolder(workbookPath), 'workbooks.json');
}

/** The workbook's file name, for files in `.duban` that several workbooks of a folder share. */
export function workbookFileName(workbookPath: string): string {
  return basename(workbookPath);
}
