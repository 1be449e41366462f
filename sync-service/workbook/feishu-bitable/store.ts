import type { WorkbookSnapshot } from '#core';
import { TIME_ZONE } from '../cloud.ts';
import { StoreError, type WorkbookStore } from '../store.ts';
import { noteMishaps, readMishaps } from '../memory/mishap-memory.ts';
import { applyChanges } from './apply-changes.ts';
import type { BitableApi } from './bitable-api.ts';
import { loadBase, type LoadedBase } from './read-snapshot.ts';

/**
 * The store of one Feishu base. `folder` is where this machine keeps what belongs to it. `read` and `apply` throw a StoreError
 * with a sentence for people.
 */
export function openBitableStore(api: BitableApi, folder: string): WorkbookStore {
  const loaded = new WeakMap<WorkbookSnapshot, LoadedBase>();
  return {
    location: `https://feishu.cn/base/${api.appToken}`,
    // Nothing is owed from earlier runs: no editor holds a base, and nobody saves an old one over it.
    async read() {
      const base = await loadBase(api);
      requireUsable(base, api.appToken);
      const snapshot = { ...base.snapshot, mishaps: readMishaps(folder, api.appToken) };
      loaded.set(snapshot, base);
      return snapshot;
    },
    async apply(snapshot, changes) {
      const base = loaded.get(snapshot);
      if (base === undefined) throw new StoreError('changed-meanwhile', '多维表格在计划期间重新读取过:程序会重新计划');
      return changes.length === 0 ? { written: 0, conflicts: [], state: 'unchanged' } : applyChanges(api, base, changes);
    },
    noteMishaps(_snapshot, mishaps) {
      noteMishaps(folder, api.appToken, mishaps);
    },
  };
}

/** A base in another zone would show every written day as its neighbour. */
function requireUsable({ structure: { name, timeZone, tables } }: LoadedBase, appToken: string): void {
  if (tables.length === 0) throw new StoreError('not-set-up', `多维表格「${name}」还没有初始化:请运行 duban init bitable:${appToken} --policy 制度`);
  if (timeZone !== '' && timeZone !== TIME_ZONE) throw new StoreError('time-zone', `多维表格「${name}」的时区是 ${timeZone},督办按北京时间计算:请在多维表格右上角「… → 设置」里把时区改为(GMT+08:00)北京`);
}
