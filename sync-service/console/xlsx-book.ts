import { createHash } from 'node:crypto';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { momentFromEpoch, parseWorkbook } from '#core';
import { POLICIES } from '#templates';
import { readEveryRow } from '../workbook/xlsx/read-snapshot.ts';
import { openXlsxStore } from '../workbook/xlsx/store.ts';
import { openBook, type Book } from './book.ts';

/** Long enough for an editor that is just saving; nobody waits longer before a screen. */
const EDITOR_PATIENCE_MS = 600;

/** An .xlsx as the console's workbook. `written`: something was written, a run is due. */
export function openXlsxBook(file: string, { programVersion, written }: { readonly programVersion: string; readonly written: () => void }): Book {
  // A share that comes later is no reason not to start: the runs tell of it.
  const path = existsSync(file) ? realpathSync(file) : resolve(file);
  return openBook({
    key: bookKey(path), name: basename(path, '.xlsx'), folder: dirname(path), policies: POLICIES, programVersion, written,
    store: openXlsxStore(path, { editorPatienceMs: EDITOR_PATIENCE_MS, whenHeld: 'refuse' }),
    clock: () => momentFromEpoch(Date.now()),
    version() {
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat === undefined ? '' : `${stat.ino}-${stat.size}-${stat.mtimeMs}`;
    },
    readHistory: async () => parseWorkbook(readEveryRow(await readFile(path), Date.now()).snapshot, POLICIES).workbook?.sheets.history.rows.map(({ cells }) => cells) ?? [],
  });
}

/** Names a workbook in addresses without telling where it lies. */
export function bookKey(path: string): string {
  return createHash('sha256').update(path).digest('base64url').slice(0, 10);
}
