import type { WorkbookSnapshot } from '#core';
import { TIME_ZONE } from '../cloud.ts';
import { StoreError, type WorkbookStore } from '../store.ts';
import { noteMishaps, readMishaps } from '../memory/mishap-memory.ts';
import { claimSending } from './claim-sending.ts';
import { applyChanges } from './apply-changes.ts';
import type { SheetsApi } from './client.ts';
import { loadWorkbook, type LoadedWorkbook } from './read-snapshot.ts';

/**
 * The store of one Google spreadsheet. `folder` is where this machine keeps what belongs to it. `read` and `apply` throw a
 * StoreError with a sentence for people.
 */
export function openGoogleStore(api: SheetsApi, spreadsheetId: string, folder: string): WorkbookStore {
  const loaded = new WeakMap<WorkbookSnapshot, LoadedWorkbook>();
  const loadedOf = (snapshot: WorkbookSnapshot): LoadedWorkbook => {
    const workbook = loaded.get(snapshot);
    if (workbook === undefined) throw new StoreError('changed-meanwhile', '谷歌表格在计划期间重新读取过:程序会重新计划');
    return workbook;
  };
  return {
    location: `https://docs.google.com/spreadsheets/d/${spreadsheetId}/edit`,
    // Nothing is owed from earlier runs: no editor holds a spreadsheet, and nobody saves an old one over it.
    async read() {
      const workbook = await loadWorkbook(api, spreadsheetId);
      requireUsable(workbook);
      const snapshot = { ...workbook.snapshot, mishaps: readMishaps(folder, spreadsheetId) };
      loaded.set(snapshot, workbook);
      return snapshot;
    },
    async apply(snapshot, changes) {
      const workbook = loadedOf(snapshot);
      return changes.length === 0 ? { written: 0, conflicts: [], state: 'unchanged' } : applyChanges(api, workbook, changes);
    },
    claimSending: (snapshot) => claimSending(api, spreadsheetId, folder, loadedOf(snapshot).structure.sender, Date.now()),
    noteMishaps(_snapshot, mishaps) {
      noteMishaps(folder, spreadsheetId, mishaps);
    },
  };
}

/** A spreadsheet in another zone would show every written day as its neighbour. */
function requireUsable({ structure }: LoadedWorkbook): void {
  if (structure.home === null) throw new StoreError('not-set-up', `谷歌表格「${structure.title}」还没有初始化:请按 docs/install-google.md 装上脚本,在表格里点菜单「督办 → 初始化/修复」`);
  if (structure.timeZone !== TIME_ZONE) throw new StoreError('time-zone', `谷歌表格「${structure.title}」的时区是 ${structure.timeZone},督办按北京时间计算:请在「文件 → 设置」里把时区改为(GMT+08:00)上海`);
}
