import { at, dayOf, type Moment, type WorkbookSnapshot } from '#core';
import { FeishuFailure } from '../../feishu/failure.ts';
import type { FeishuPeople } from '../../feishu/people.ts';
import { TIME_ZONE } from '../cloud.ts';
import { StoreError, type WorkbookStore } from '../store.ts';
import { noteMishaps, readMishaps } from '../memory/mishap-memory.ts';
import { applyChanges } from './apply-changes.ts';
import type { BitableApi } from './bitable-api.ts';
import { writePersons } from './person-fields.ts';
import { loadBase, type LoadedBase } from './read-snapshot.ts';

/**
 * The store of one Feishu base. `folder` is where this machine keeps what belongs to it; `people` finds whom person fields show. `read` and `apply` throw a StoreError
 * with a sentence for people.
 */
export function openBitableStore(api: BitableApi, folder: string, people: FeishuPeople | null = null): WorkbookStore {
  const loaded = new WeakMap<WorkbookSnapshot, LoadedBase>();
  async function settlePersons(base: LoadedBase, finder: FeishuPeople, now: Moment): Promise<void> {
    try {
      await writePersons(api, base, finder);
    } catch (error) {
      if (!(error instanceof FeishuFailure)) throw error;
      // Told once a day.
      noteMishaps(folder, api.appToken, [{ at: at(dayOf(now), 0), message: `飞书没有查到「承办人(飞书)」等字段的人员(${error.code ?? error.network} ${error.message}):请核对应用的权限 contact:user.id:readonly` }]);
    }
  }
  return {
    location: `https://feishu.cn/base/${api.appToken}`,
    // Nothing is owed from earlier runs: no editor holds a base, and nobody saves an old one over it.
    async read(options) {
      const base = await loadBase(api);
      requireUsable(base, api.appToken);
      if (options !== undefined && people !== null && !base.snapshot.isCopy) await settlePersons(base, people, options.settleAt);
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
