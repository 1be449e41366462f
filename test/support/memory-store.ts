import type { WorkbookStore } from '../../sync-service/workbook/store.ts';
import type { MemoryWorkbook } from './memory-workbook.ts';

/** A workbook in memory as the jobs of the sync service see one. */
export function memoryStore(memory: MemoryWorkbook): WorkbookStore {
  return {
    location: 'memory',
    read: () => Promise.resolve(memory.snapshot()),
    apply(_, changes) {
      if (memory.apply(changes) > 0) throw new Error('nobody else writes here: a conflict is a fault of the plan');
      return Promise.resolve({ written: changes.length, conflicts: [], state: 'saved' });
    },
    noteMishaps: () => undefined,
  };
}
