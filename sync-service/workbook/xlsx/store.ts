import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { WorkbookSnapshot } from '#core';
import { StoreError, type WorkbookStore } from '../store.ts';
import { applyChanges } from './apply-changes.ts';
import { openChangeJournal } from './change-journal.ts';
import { liveEditorLocks } from './editor-locks.ts';
import { dubanFolder, workbookFileName } from './identity.ts';
import { withProcessLock } from './process-lock.ts';
import { fileStateOf, loadWorkbook, type LoadedWorkbook } from './read-snapshot.ts';

export interface XlsxStoreOptions {
  /** How long to wait for an editor to close the file before the changes go to the journal. */
  readonly editorPatienceMs?: number;
  /** How long to wait for another duban process that is writing. */
  readonly lockPatienceMs?: number;
}

const POLL_MS = 200;

/** The store of one .xlsx file. Opening reads nothing; `read` and `apply` throw a StoreError with a sentence for people. */
export function openXlsxStore(file: string, options: XlsxStoreOptions = {}): WorkbookStore {
  const { editorPatienceMs = 3000, lockPatienceMs = 30_000 } = options;
  // A link stays a link: the file behind it is what gets replaced.
  const path = existsSync(file) ? realpathSync(file) : resolve(file);
  const journal = openChangeJournal(path);
  const loaded = new WeakMap<WorkbookSnapshot, LoadedWorkbook>();
  const locked = <T>(work: () => Promise<T>): Promise<T> =>
    withProcessLock(join(dubanFolder(path), `${workbookFileName(path)}.lock`), lockPatienceMs, work);

  async function writeJournal(): Promise<void> {
    if (journal.isEmpty() || liveEditorLocks(path, Date.now()).length > 0) return;
    await locked(async () => {
      const workbook = loadWorkbook(path);
      const pending = journal.pending(workbook.file.sha256);
      const result = pending.length > 0 ? await applyChanges(workbook, pending, { beforeRename: journal.noteSaving }) : null;
      if (result?.state !== 'journaled') journal.clear();
    });
  }

  async function editorHolds(): Promise<boolean> {
    const until = Date.now() + editorPatienceMs;
    while (liveEditorLocks(path, Date.now()).length > 0) {
      if (Date.now() >= until) return true;
      await wait(POLL_MS);
    }
    return false;
  }

  return {
    location: path,
    async read() {
      await writeJournal();
      const workbook = loadWorkbook(path);
      loaded.set(workbook.snapshot, workbook);
      return workbook.snapshot;
    },
    async apply(snapshot, changes) {
      const workbook = loaded.get(snapshot);
      if (workbook === undefined) throw changedMeanwhile();
      if (changes.length === 0) return { written: 0, conflicts: [], state: 'unchanged' };
      return locked(async () => {
        const held = await editorHolds();
        if (fileStateOf(path, workbook.file).sha256 !== workbook.file.sha256) throw changedMeanwhile();
        if (held) {
          journal.add(changes);
          return { written: 0, conflicts: [], state: 'journaled' };
        }
        const result = await applyChanges(workbook, changes, { beforeRename: () => {
          if (fileStateOf(path, workbook.file).sha256 !== workbook.file.sha256) throw changedMeanwhile();
        } });
        // A set that still waited is contained in this one.
        if (result.state === 'journaled') journal.add(changes);
        else if (!journal.isEmpty()) journal.clear();
        return result;
      });
    },
  };
}

function changedMeanwhile(): StoreError {
  return new StoreError('changed-meanwhile', '文件在计划期间被人保存过:程序会重新读取并计划');
}
