import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { day, moment, serialOfDay, SHEETS, type Cell } from '#core';
import { POLICIES } from '#policies';
import { runWorkbook, type DeliveryMemory } from '../../sync-service/jobs/run-workbook.ts';
import { StoreError, type WorkbookStore } from '../../sync-service/workbook/store.ts';
import type { BitableApi } from '../../sync-service/workbook/feishu-bitable/bitable-api.ts';
import { openBitableStore } from '../../sync-service/workbook/feishu-bitable/store.ts';
import type { Base } from './bitable-model.ts';
import { feishuBench, plainBase, putCell } from './contract-workbook.ts';
import type { Mishap } from './feishu-double.ts';

/** `npm run soak:feishu` draws a thousand. */
const RUNS = Number(process.env['DUBAN_FEISHU_RUNS'] ?? 4);
const NOW = moment('2026-03-02 09:00');
/**
 * Of these the store gets the better by itself; `killed` ends the run before or after a write, as a power cut would. Of an `edit` no event
 * comes, of an `edit-told-twice` two do: each is a run more.
 */
const TROUBLES = ['rate', 'rate-400', 'conflict', 'not-ready', 'timeout', 'timeout-after', 'cut-off-after', 'lost-page', 'lag', 'token', 'edit', 'edit-told-twice', 'killed', 'killed-after'] as const;
type Trouble = (typeof TROUBLES)[number];

class Killed extends Error {}

/** The store's calls, until one is told to be its last. */
function mortal(api: BitableApi, fate: { next: 'killed' | 'killed-after' | null }): BitableApi {
  const dying = <A extends unknown[], R>(write: (...args: A) => Promise<R>) => async (...args: A): Promise<R> => {
    const { next } = fate;
    fate.next = null;
    if (next === 'killed') throw new Killed(next);
    const done = await write(...args);
    if (next === 'killed-after') throw new Killed(next);
    return done;
  };
  return { ...api, createRecords: dying(api.createRecords.bind(api)), updateRecords: dying(api.updateRecords.bind(api)) };
}

function office(): Base {
  const item = (title: string, more: Readonly<Record<string, Cell>>): Record<string, Cell> => ({ title, leadUnit: '征管科', form: '一般', category: '局领导交办', status: '办理中', ...more });
  return plainBase({
    parameters: [{ key: 'policy', value: 'tax' }],
    units: [{ name: '征管科', head: '征管科科长', active: '是' }],
    people: [{ name: '督办专员', roles: '督办专员', email: 'office@example.com' }, { name: '征管科科长', unit: '征管科', roles: '单位负责人', email: 'head@example.com' }],
    items: [item('甲', { status: '已下发', deadlineSet: serialOfDay(day('2026-03-04')) }), item('乙', { deadlineSet: serialOfDay(day('2026-02-20')) }), item('丙', { status: null, remark: '人写的' })],
  });
}

function memory(): DeliveryMemory & { readonly sent: string[] } {
  const entries = new Map<string, Parameters<DeliveryMemory['record']>[0]>();
  return { workbookId: 'faults', sent: [], entries: () => entries, record: (delivery) => void entries.set(delivery.key, delivery), reached: () => new Set<string>() };
}

async function run(store: WorkbookStore, deliveries: ReturnType<typeof memory>): Promise<string> {
  const { state } = await runWorkbook({
    store, policies: POLICIES, now: NOW, policyExpected: null, memory: deliveries, dryRun: false, digests: 'at-once', version: 'test', progress: { step: () => undefined, count: () => undefined }, elapsed: () => 1,
    transport: {
      name: 'smtp', check: () => Promise.resolve({ ok: true }), close: () => Promise.resolve(),
      send(mail) {
        deliveries.sent.push(mail.key);
        return Promise.resolve({ ok: true });
      },
    },
  });
  return state;
}

/** What a base holds but for the runs' own times and numbers. */
function shape(base: Base): unknown {
  return (['items', 'notices', 'history', 'baseline', 'scores'] as const).map((key) => {
    const table = base.named(SHEETS[key].name);
    return table.records.map(({ values }) => table.fields.filter(({ name }) => !['链', '运行编号'].includes(name)).map((field) => values.get(field.id) ?? null));
  });
}

it('whatever Feishu and people do meanwhile, the next runs leave what an untroubled one leaves, nothing lost and nothing doubled', async () => {
  const whole = office();
  const calm = await feishuBench(whole);
  await run(openBitableStore(calm.api, '/nonexistent'), memory());
  await calm.double.close();
  const wanted = shape(whole);
  await fc.assert(fc.asyncProperty(fc.array(fc.record({ at: fc.nat({ max: 70 }), trouble: fc.constantFrom<Trouble>(...TROUBLES) }), { minLength: 1, maxLength: 6 }), async (troubles) => {
    const base = office();
    const { double, api } = await feishuBench(base);
    const fate: Parameters<typeof mortal>[1] = { next: null };
    const store = openBitableStore(mortal(api, fate), '/nonexistent');
    const deliveries = memory();
    const items = base.named('督办台账');
    let edited = 0;
    let hints = 0;
    let calls = 0;
    double.beforeCall = () => {
      calls += 1;
      for (const { at, trouble } of troubles) {
        if (at !== calls) continue;
        if (trouble === 'token') double.expireToken();
        else if (trouble === 'lag') double.lagReads = 2;
        else if (trouble === 'edit' || trouble === 'edit-told-twice') {
          putCell(items, items.records[2]!, items.field('remark'), `人写的 ${edited += 1}`);
          if (trouble === 'edit-told-twice') hints += 2;
        }
        else if (trouble === 'killed' || trouble === 'killed-after') fate.next = trouble;
        else double.mishaps.push(trouble satisfies Mishap);
      }
    };
    // Those of the schedule, and those that events asked for.
    for (let again = 0; again < 3 + hints; again += 1) await run(store, deliveries).catch((error: unknown) => { if (!(error instanceof StoreError) && !(error instanceof Killed)) throw error; });
    expect(await run(store, deliveries)).toBe('unchanged');
    await double.close();
    const remark = items.records[2]!.values.get(items.field('remark').id);
    expect(remark).toBe(edited === 0 ? '人写的' : `人写的 ${edited}`);
    putCell(items, items.records[2]!, items.field('remark'), '人写的');
    expect(shape(base)).toEqual(wanted);
    expect(deliveries.sent).toEqual([...new Set(deliveries.sent)]);
  }), { numRuns: RUNS });
}, 3_600_000);
