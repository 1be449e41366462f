import { afterEach, expect, it } from 'vitest';
import { day, moment, parseWorkbook, planRun, serialOfDay, SHEET_KEYS, SHEETS, type Cell, type Sheet } from '#core';
import { POLICIES } from '#policies';
import { openBitableStore } from '../../sync-service/workbook/feishu-bitable/store.ts';
import { feishuBench, plainBase, type FeishuBench } from './contract-workbook.ts';

/** `npm run soak:feishu` adds 10 000. */
const SIZES = (process.env['DUBAN_FEISHU_SIZES'] ?? '100,1000').split(',').map(Number);
const PAGE = 500;
const NOW = moment('2026-03-02 09:00');
let bench: FeishuBench | null = null;
afterEach(async () => { await bench?.double.close(); });

/** An office whose items all have their first run before them. */
function items(count: number): Record<string, Cell>[] {
  return Array.from({ length: count }, (_, index) => ({
    itemId: `DB-${String(index).padStart(5, '0')}`, title: `办理第 ${index} 件`, leadUnit: '征管科', form: '一般', category: '局领导交办', status: '办理中', deadlineSet: serialOfDay(day('2026-03-04')) + (index % 20),
  }));
}

it.each(SIZES)('%i items: a run takes as few calls as pages and batches allow', async (count) => {
  bench = await feishuBench(plainBase({ parameters: [{ key: 'policy', value: 'tax' }], units: [{ name: '征管科', head: '征管科科长', active: '是' }], items: items(count) }));
  const { base, api, double } = bench;
  const store = openBitableStore(api, '/nonexistent');
  const pagesOf = (rows: number): number => Math.max(1, Math.ceil(rows / PAGE));
  const counted = async (): Promise<{ reads: number; writes: number; leastReads: number; leastWrites: number }> => {
    const held = new Map(SHEET_KEYS.map((key) => [key, base.named(SHEETS[key].name).records.length]));
    const [reads, writes] = [double.reads(), double.writes()];
    const snapshot = await store.read();
    const { changes } = planRun(parseWorkbook(snapshot, POLICIES).workbook!, NOW);
    // The base, its tables, each table's fields and pages, 首页; of those that only grow one page.
    let leastReads = 2 + SHEET_KEYS.length + 1;
    for (const key of SHEET_KEYS) leastReads += (SHEETS[key] as Sheet).tailOnly === true ? 1 : pagesOf(held.get(key)!);
    let leastWrites = 0;
    // Before writing, each table concerned is looked at once more, but where only rows without a number are added.
    for (const key of [...SHEET_KEYS, 'home'] as const) {
      const own = changes.filter((change) => (change.kind === 'home' ? 'home' : change.sheet) === key);
      const rows = new Set(own.flatMap((change) => (change.kind === 'cell' ? [change.row.ref] : change.kind === 'home' ? [change.key] : [])));
      const added = own.filter(({ kind }) => kind === 'append').length;
      leastWrites += Math.ceil(rows.size / PAGE) + Math.ceil(added / PAGE);
      if (own.length === 0 || (key !== 'home' && SHEETS[key].id === null && rows.size === 0)) continue;
      const total = key === 'home' ? 1 : held.get(key)!;
      leastReads += added > 0 ? pagesOf(total) : Math.min(pagesOf(total), Math.ceil(rows.size / 100));
    }
    const tables = base.tables.length;
    await store.apply(snapshot, changes);
    // Each table that follows a full one is made in one call; whether it is there is looked for before and after, then its fields are read.
    leastReads += 3 * (base.tables.length - tables);
    leastWrites += base.tables.length - tables;
    return { reads: double.reads() - reads, writes: double.writes() - writes, leastReads, leastWrites };
  };
  const [first, idle] = [await counted(), await counted()];
  process.stdout.write(`${count} items: first run ${first.reads} reads (least ${first.leastReads}), ${first.writes} writes (least ${first.leastWrites}); idle run ${idle.reads} reads, ${idle.writes} writes\n`);
  expect([first.reads, first.writes]).toEqual([first.leastReads, first.leastWrites]);
  expect([idle.reads, idle.writes]).toEqual([idle.leastReads, 0]);
}, 300_000);
