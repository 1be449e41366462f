import { join } from 'node:path';
import type { Change, Moment } from '#core';
import { withProcessLock } from '../memory/process-lock.ts';
import { StoreError } from '../store.ts';
import { applyChanges } from './apply-changes.ts';
import { liveEditorLocks } from './editor-locks.ts';
import { dubanFolder, workbookFileName } from './identity.ts';
import { fileStateOf, loadWholeWorkbook, type LoadedWorkbook } from './read-snapshot.ts';
import { withRunLock } from './run-lock.ts';
import { openXlsxStore } from './store.ts';

const LOCK_PATIENCE_MS = 60_000;

/**
 * Work that takes rows out of a workbook: alone among the processes of this machine, after what earlier runs owe was written,
 * and refused while an editor has it open, whose save would bring all back. `undone` ends the sentences that refuse: 没有清除.
 */
export function rewriteAlone<T>(path: string, now: Moment, undone: string, work: () => Promise<T>): Promise<T> {
  return withRunLock(path, LOCK_PATIENCE_MS, async () => {
    refuseWhileOpen(path, undone);
    await openXlsxStore(path).read({ settleAt: now });
    return work();
  });
}

/** Saves other bytes in place of a workbook that was loaded whole, with changes written into them. Throws where anybody saved it meanwhile. */
export function saveRewritten({ path, file }: LoadedWorkbook, bytes: Buffer, changes: readonly Change[], undone: string): Promise<void> {
  return withProcessLock(join(dubanFolder(path), `${workbookFileName(path)}.lock`), LOCK_PATIENCE_MS, async () => {
    const { state, conflicts } = await applyChanges(loadWholeWorkbook(path, bytes), changes, { beforeRename: () => {
      if (fileStateOf(path, file).sha256 !== file.sha256) throw new StoreError('changed-meanwhile', `工作簿刚被人保存过,${undone}:请再运行一次`);
      refuseWhileOpen(path, undone);
    } });
    if (state !== 'saved') throw new StoreError('no-permission', `工作簿正被别的程序打开,${undone}:请先关闭`);
    if (conflicts.length > 0) throw new Error(`changes to a workbook just read conflicted: ${conflicts.map(({ reason }) => reason).join()}`);
  });
}

function refuseWhileOpen(path: string, undone: string): void {
  const [lock] = liveEditorLocks(path, Date.now());
  if (lock !== undefined) throw new StoreError('no-permission', `工作簿正被${lock.user === '' ? '人' : ` ${lock.user} `}打开,${undone}:他一保存,拿走的又会回来,请所有人关闭后再试`);
}
