import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Mishap, Moment, WorkbookSnapshot } from '#core';
import { StoreError, type WorkbookStore } from '../store.ts';
import { applyChanges } from './apply-changes.ts';
import { openChangeJournal } from './change-journal.ts';
import { memoryKey } from './copy-choice.ts';
import { EDITOR_PATIENCE_MS } from './editor-patience.ts';
import { liveEditorLocks } from './editor-locks.ts';
import { dubanFolder, workbookFileName } from './identity.ts';
import { noteMishaps, readMishaps } from '../memory/mishap-memory.ts';
import { withProcessLock } from '../memory/process-lock.ts';
import { fileStateOf, loadWorkbook, type LoadedWorkbook } from './read-snapshot.ts';
import { keepWritten, lostSets, type WrittenSet } from './written-sets.ts';

export interface XlsxStoreOptions {
  /** How long to wait for an editor to close the file before the changes go to the journal. */
  readonly editorPatienceMs?: number;
  /** How long to wait for another duban process that is writing. */
  readonly lockPatienceMs?: number;
  /**
   * What becomes of changes while an editor holds the file: `journal` keeps them for the next run, `refuse` throws `held-open`.
   * A person's own changes are refused: they bear links of 流转记录 that a run in between would take for itself.
   */
  readonly whenHeld?: 'journal' | 'refuse';
}

const POLL_MS = 200;

/** The store of one .xlsx file. Opening reads nothing; `read` and `apply` throw a StoreError with a sentence for people. */
export function openXlsxStore(file: string, options: XlsxStoreOptions = {}): WorkbookStore {
  const { editorPatienceMs = EDITOR_PATIENCE_MS, lockPatienceMs = 30_000, whenHeld = 'journal' } = options;
  // A link stays a link: the file behind it is what gets replaced.
  const path = existsSync(file) ? realpathSync(file) : resolve(file);
  const journal = openChangeJournal(path);
  const loaded = new WeakMap<WorkbookSnapshot, LoadedWorkbook>();
  const locked = <T>(work: () => Promise<T>): Promise<T> =>
    withProcessLock(join(dubanFolder(path), `${workbookFileName(path)}.lock`), lockPatienceMs, work);

  /** Writes what earlier runs owe; true where the file was changed. */
  async function settle(workbook: LoadedWorkbook, now: Moment): Promise<boolean> {
    if (liveEditorLocks(path, Date.now()).length > 0 || (journal.isEmpty() && lostOf(workbook).length === 0)) return false;
    return locked(async () => {
      const fresh = await loadWorkbook(path);
      const lost = lostOf(fresh);
      const pending = journal.pending(fresh.file.sha256);
      const owed = [...lost.flatMap(({ changes }) => changes), ...pending];
      const result = owed.length > 0 ? await applyChanges(fresh, owed, { beforeRename: journal.noteSaving }) : null;
      if (result?.state === 'journaled') return false;
      if (result?.state === 'saved') keepWritten(path, keyOf(fresh), Date.now(), pending);
      if (lost.length > 0 && result?.state === 'saved') noteMishaps(dubanFolder(path), keyOf(fresh), [staleSave(lost[0]!, now)]);
      if (!journal.isEmpty()) journal.clear();
      return result?.state === 'saved';
    });
  }

  const lostOf = (workbook: LoadedWorkbook): WrittenSet[] => lostSets(path, keyOf(workbook), workbook.snapshot);

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
    async read(options) {
      let workbook = await loadWorkbook(path);
      if (options !== undefined && await settle(workbook, options.settleAt)) workbook = await loadWorkbook(path);
      const snapshot = { ...workbook.snapshot, mishaps: readMishaps(dubanFolder(path), keyOf(workbook)) };
      loaded.set(snapshot, workbook);
      return snapshot;
    },
    async apply(snapshot, changes) {
      const workbook = loaded.get(snapshot);
      if (workbook === undefined) throw changedMeanwhile();
      if (changes.length === 0) return { written: 0, conflicts: [], state: 'unchanged' };
      return locked(async () => {
        const held = await editorHolds();
        if (fileStateOf(path, workbook.file).sha256 !== workbook.file.sha256) throw changedMeanwhile();
        if (held) {
          if (whenHeld === 'refuse') throw heldOpen();
          journal.add(changes);
          return { written: 0, conflicts: [], state: 'journaled' };
        }
        // What runs owe goes in first: reading again settles it.
        if (whenHeld === 'refuse' && !journal.isEmpty()) throw changedMeanwhile();
        const result = await applyChanges(workbook, changes, { beforeRename: () => {
          if (fileStateOf(path, workbook.file).sha256 !== workbook.file.sha256) throw changedMeanwhile();
        } });
        if (result.state === 'journaled' && whenHeld === 'refuse') throw heldOpen();
        if (result.state === 'journaled') journal.add(changes);
        else if (!journal.isEmpty()) journal.clear(changes);
        if (result.state === 'saved') keepWritten(path, keyOf(workbook), Date.now(), changes);
        return result;
      });
    },
    noteMishaps(snapshot, mishaps) {
      const workbook = loaded.get(snapshot);
      if (workbook !== undefined && mishaps.length > 0) noteMishaps(dubanFolder(path), keyOf(workbook), mishaps);
    },
  };
}

function keyOf({ identity, role, path }: LoadedWorkbook): string {
  return memoryKey(identity, role, path);
}

function staleSave({ runId }: WrittenSet, now: Moment): Mishap {
  return { at: now, message: `有人保存了旧的文件,盖掉了程序写入的内容(从运行 ${runId} 起),现已恢复:请改完就保存并关闭,不要整天开着` };
}

function changedMeanwhile(): StoreError {
  return new StoreError('changed-meanwhile', '文件在计划期间被人保存过:程序会重新读取并计划');
}

function heldOpen(): StoreError {
  return new StoreError('held-open', '工作簿正被人打开,现在写不进去:请稍后再试,或请打开的人保存并关闭');
}
