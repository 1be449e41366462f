import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, rmSync, utimesSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { syncFolder, writeAll } from '../workbook/memory/durable-file.ts';

/**
 * Puts a new file in place, whole or not at all and durable when it returns; false where one of that name exists.
 * `modifiedMs` gives it that time of last change; the mode is the user's default where none is given.
 */
export function placeFile(path: string, bytes: Buffer, { modifiedMs = null, mode = 0o666 }: { readonly modifiedMs?: number | null; readonly mode?: number } = {}): boolean {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `.${basename(path)}.${process.pid}.tmp`);
  try {
    const handle = openSync(temporary, 'w', mode);
    try {
      writeAll(handle, bytes);
      fsyncSync(handle);
    } finally { closeSync(handle); }
    if (modifiedMs !== null) utimesSync(temporary, modifiedMs / 1000, modifiedMs / 1000);
    // A link never replaces what is there, as a rename would.
    linkSync(temporary, path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  syncFolder(folder);
  return true;
}
