import { afterEach, describe, expect, it } from 'vitest';
import { moment, parseWorkbook, planRun, SHEET_KEYS, SHEETS, type Cell, type CellWrite, type Change, type WorkbookSnapshot } from '#core';
import { POLICIES, SAMPLES } from '#templates';
import { UNCOUNTED } from '../../sync-service/feishu/access.ts';
import { openFeishuClient } from '../../sync-service/feishu/client.ts';
import { openBitableApi, type TableRole } from '../../sync-service/workbook/feishu-bitable/bitable-api.ts';
import { readFeishuCredentials } from '../../sync-service/feishu/credentials.ts';
import { FIELD_TYPE } from '../../sync-service/workbook/feishu-bitable/field-types.ts';
import { OwnWrites } from '../../sync-service/workbook/feishu-bitable/own-writes.ts';
import { loadBase } from '../../sync-service/workbook/feishu-bitable/read-snapshot.ts';
import { setUpBase } from '../../sync-service/workbook/feishu-bitable/set-up.ts';
import { openBitableStore } from '../../sync-service/workbook/feishu-bitable/store.ts';
import { StoreError } from '../../sync-service/workbook/store.ts';
import { Base } from './bitable-model.ts';
import { APP_TOKEN, feishuBench, plainBase, type FeishuBench } from './contract-workbook.ts';
import type { Mishap } from './feishu-double.ts';
import { openApiWitness } from './openapi-witness.ts';

const NOW = moment('2026-03-02 09:00');
let bench: FeishuBench | null = null;
afterEach(async () => {
  await bench?.double.close();
  bench = null;
});

async function opened(base: Base): Promise<FeishuBench> {
  return bench = await feishuBench(base);
}

async function refusal(work: Promise<unknown>): Promise<StoreError> {
  const error: unknown = await work.then(() => null, (reason: unknown) => reason);
  if (!(error instanceof StoreError)) throw new Error(`no refusal: ${String(error)}`);
  return error;
}

const write = (id: string, ref: string, column: string, before: Cell, after: string): CellWrite => ({ kind: 'cell', sheet: 'items', row: { id, ref }, column, before, after, because: 'test' });
const ITEM = { itemId: 'DB-1', title: '办理甲事' } as const;

describe('a base is set up', () => {
  it('from nothing, with the sample, and every request and answer is as Feishu describes its API', async () => {
    const { api, base, double } = await opened(new Base(APP_TOKEN, '督办'));
    base.addTable('数据表');
    const witness = openApiWitness();
    double.witness = witness.see;
    const { made } = await setUpBase(api, POLICIES.tax, SAMPLES.tax);
    expect(made.filter((line) => line.startsWith('数据表'))).toHaveLength(SHEET_KEYS.length + 1);
    const store = openBitableStore(api, '/nonexistent');
    const snapshot = await store.read();
    const { workbook, issues } = parseWorkbook(snapshot, POLICIES);
    expect(issues).toEqual([]);
    expect(workbook!.policy.id).toBe('tax');
    expect(workbook!.sheets.items.rows).toHaveLength(SAMPLES.tax.rows.items!.length);
    await store.apply(snapshot, planRun(workbook!, NOW).changes);
    expect(witness.problems).toEqual([]);
    expect(witness.seen === 0 || witness.seen > 60).toBe(true);
  });

  it('a second time does nothing; what people deleted comes back, what they renamed stays', async () => {
    const { api, base, double } = await opened(new Base(APP_TOKEN, '督办'));
    await setUpBase(api, POLICIES.tax, null);
    expect(await setUpBase(api, POLICIES.tax, null)).toEqual({ made: [] });
    const items = base.named('督办台账');
    items.field('status').name = '办理状态(新)';
    items.name = '我局督办台账';
    const light = items.field('light');
    light.property = { options: light.property!.options!.filter(({ name }) => name !== '红') };
    items.fields.splice(items.fields.indexOf(items.field('hint')), 1);
    const writes = double.writes();
    expect(await setUpBase(api, POLICIES.tax, null)).toEqual({ made: ['「我局督办台账」的字段「提示」'] });
    expect(double.writes() - writes).toBe(2);
    expect(light.property.options!.map(({ name }) => name)).toContain('红');
    expect(items.field('status').name).toBe('办理状态(新)');
    expect((await refusal(setUpBase(api, POLICIES.bus, null))).message).toContain('适用的制度是 tax');
  });

  it('roles come where people turned advanced permission on, and stay as people have them', async () => {
    const { api, base, double } = await opened(plainBase({}));
    const witness = openApiWitness();
    double.witness = witness.see;
    expect((await setUpBase(api, POLICIES.tax, null)).made.filter((line) => line.startsWith('角色'))).toEqual([]);
    base.isAdvanced = true;
    expect((await setUpBase(api, POLICIES.tax, null)).made).toEqual(['角色「督办办公室」', '角色「承办单位」', '角色「查看」']);
    const of = (role: string, table: string): TableRole => (base.roles.find(({ name }) => name === role)!.tables as TableRole[]).find(({ table_id }) => table_id === base.named(table).id)!;
    expect([of('督办办公室', '督办台账').field_perm, of('承办单位', '督办台账').field_perm].map((fields) => [fields!['灯号'], fields!['要求时限'], fields!['进展情况']])).toEqual([[1, 2, 2], [1, 1, 2]]);
    expect([of('督办办公室', '督办台账').rec_rule, of('承办单位', '督办台账')]).toEqual([undefined, expect.objectContaining({ table_perm: 2, allow_add_record: false, allow_delete_record: false })]);
    expect(of('查看', '督办台账').rec_rule).toMatchObject({ conditions: [{ field_name: '密级', operator: 'isNot' }], other_perm: 0 });
    expect([of('承办单位', '进展反馈').allow_add_record, of('承办单位', '底账').table_perm, of('督办办公室', '流转记录').table_perm, of('查看', '人员').table_perm]).toEqual([true, 0, 1, 0]);
    base.roles.splice(2);
    expect((await setUpBase(api, POLICIES.tax, null)).made).toEqual(['角色「查看」']);
    expect(witness.problems).toEqual([]);
  });
});

describe('reading a base', () => {
  it('knows a base by its token: a copy of it sends nothing', async () => {
    const copy = plainBase({ parameters: [{ key: 'policy', value: 'tax' }] }, POLICIES.tax, 'bascnOriginal');
    const { double, client } = await opened(copy);
    const moved = new Base('bascnCopy', '督办 副本');
    moved.tables.push(...copy.tables);
    double.hold(moved);
    expect((await openBitableStore(openBitableApi(client, 'bascnOriginal'), '/nonexistent').read()).isCopy).toBe(false);
    expect((await openBitableStore(openBitableApi(client, 'bascnCopy'), '/nonexistent').read()).isCopy).toBe(true);
  });

  it('is one page for each five hundred records, and the last page alone of what only grows', async () => {
    const rows = (count: number, row: (index: number) => Readonly<Record<string, Cell>>): Readonly<Record<string, Cell>>[] => Array.from({ length: count }, (_, index) => row(index));
    const base = plainBase({ items: rows(1_001, (index) => ({ itemId: `DB-${index}`, title: '事' })), history: rows(1_200, (index) => ({ seq: index + 1, field: '状态' })) });
    const { api, double } = await opened(base);
    const snapshot = await openBitableStore(api, '/nonexistent').read();
    const rowsOf = (key: keyof typeof SHEETS): WorkbookSnapshot['sheets'][number]['rows'] => snapshot.sheets.find(({ anchor }) => anchor === key)!.rows;
    expect(rowsOf('items')).toHaveLength(1_002);
    expect(rowsOf('history').map(({ cells }) => cells[0]).filter((cell) => typeof cell === 'number').slice(-1)).toEqual([1_200]);
    // The base, its tables, the fields of each sheet; a page of each table, and two more of the items.
    expect(double.reads()).toBe(2 + SHEET_KEYS.length + (SHEET_KEYS.length + 1) + 2);
  });

  it('refuses what it could only read wrongly', async () => {
    const { api, base, double } = await opened(plainBase({ items: [ITEM] }));
    const store = openBitableStore(api, '/nonexistent');
    double.mishaps.push('lost-page', 'lost-page', 'lost-page');
    expect((await refusal(store.read())).code).toBe('changed-meanwhile');
    base.timeZone = 'America/New_York';
    expect((await refusal(store.read())).code).toBe('time-zone');
    base.tables.length = 0;
    expect((await refusal(store.read())).code).toBe('not-set-up');
  });
});

describe('writing to a base', () => {
  it.each<Mishap>(['rate', 'rate-400', 'conflict', 'not-ready', 'timeout', 'timeout-after', 'cut-off-after'])('%s: done once, whatever is written', async (mishap) => {
    const { api, base, double } = await opened(plainBase({ items: [ITEM] }));
    const store = openBitableStore(api, '/nonexistent');
    const items = base.named('督办台账');
    const snapshot = await store.read();
    let writes = 0;
    double.beforeCall = (kind) => { if (kind === 'write' && (writes += 1) <= 3 && writes !== 2) double.mishaps.push(mishap); };
    const result = await store.apply(snapshot, [
      { kind: 'append', sheet: 'history', id: null, values: { seq: 1, field: '状态' }, because: 'test' }, write('DB-1', items.records[0]!.id, 'hint', null, '新提示'),
      { kind: 'append', sheet: 'items', id: 'DB-2', values: { itemId: 'DB-2', title: '乙' }, because: 'test' },
    ]);
    expect(result).toMatchObject({ conflicts: [], state: 'saved' });
    expect(base.named('流转记录').records).toHaveLength(1);
    expect(items.records.map((record) => [record.values.get(items.field('itemId').id), record.values.get(items.field('hint').id)])).toEqual([['DB-1', '新提示'], ['DB-2', undefined]]);
  });

  it('what was written just now is waited for where a read does not see it yet', async () => {
    const { api, double } = await opened(plainBase({ items: [ITEM], history: [{ seq: 1, field: '状态' }] }));
    const store = openBitableStore(api, '/nonexistent');
    double.lagReads = 2;
    await store.apply(await store.read(), [{ kind: 'append', sheet: 'history', id: null, values: { seq: 2, field: '状态' }, because: 'test' }, { kind: 'append', sheet: 'items', id: 'DB-2', values: { itemId: 'DB-2', title: '乙' }, because: 'test' }]);
    const { sheets } = await store.read();
    expect((['items', 'history'] as const).map((key) => sheets.find(({ anchor }) => anchor === key)!.rows.length - 1)).toEqual([2, 2]);
    // A row that people took out at once is not waited for without end.
    double.lagReads = 1_000;
    await store.apply(await store.read(), [{ kind: 'append', sheet: 'items', id: 'DB-3', values: { itemId: 'DB-3', title: '丙' }, because: 'test' }]);
    expect((await store.read()).sheets.find(({ anchor }) => anchor === 'items')!.rows).toHaveLength(1 + 2);
  });

  it('leaves alone what people wrote after the plan, also where the answer to a write was lost', async () => {
    const { api, base, double } = await opened(plainBase({ items: [ITEM] }));
    const store = openBitableStore(api, '/nonexistent');
    const items = base.named('督办台账');
    const [record] = items.records;
    const snapshot = await store.read();
    double.beforeCall = (kind) => {
      if (kind !== 'write') return;
      double.mishaps.push('timeout');
      double.beforeCall = () => {
        double.beforeCall = null;
        items.put(record!, items.field('remark'), '人写的');
      };
    };
    const result = await store.apply(snapshot, [write('DB-1', record!.id, 'remark', null, '程序写的')]);
    expect(result.conflicts.map(({ reason, found }) => [reason, found])).toEqual([['cell-changed', '人写的']]);
    expect(record!.values.get(items.field('remark').id)).toBe('人写的');
  });

  it('makes options only on purpose, and refuses a field whose type no longer takes the value', async () => {
    const { api, base } = await opened(plainBase({ items: [ITEM] }));
    const store = openBitableStore(api, '/nonexistent');
    const items = base.named('督办台账');
    const { id } = items.records[0]!;
    const light = items.field('light');
    light.property = { options: [{ id: 'optGreen', name: '绿', color: 4 }] };
    await store.apply(await store.read(), [write('DB-1', id, 'light', null, '红')]);
    expect(light.property.options).toMatchObject([{ id: 'optGreen', name: '绿', color: 4 }, { name: '红' }]);
    Object.assign(items.field('hint'), { type: FIELD_TYPE.number, property: null });
    const error = await refusal(store.apply(await store.read(), [write('DB-1', id, 'light', '红', '绿'), write('DB-1', id, 'hint', null, '提示')]));
    expect(error.message).toContain('字段「提示」被改成了「数字」类型');
    expect(items.records[0]!.values.get(light.id)).toBe('红');
  });

  it('sees that people renamed a field after the plan was made, and says when a table is full', async () => {
    const { api, base, double } = await opened(plainBase({ items: [ITEM] }));
    const store = openBitableStore(api, '/nonexistent');
    const items = base.named('督办台账');
    const snapshot = await store.read();
    items.field('hint').name = '程序提示';
    expect((await refusal(store.apply(snapshot, [write('DB-1', items.records[0]!.id, 'hint', null, '提示')]))).code).toBe('changed-meanwhile');
    double.mostRows = 1;
    expect((await refusal(store.apply(await store.read(), [{ kind: 'append', sheet: 'items', id: 'DB-2', values: { itemId: 'DB-2' }, because: 'test' }]))).code).toBe('too-large');
  });
});

describe('tables that grow', () => {
  const notice = (id: string): Readonly<Record<string, Cell>> => ({ noticeId: id, type: '到期提醒', channel: '邮件', status: '待发' });
  const link = (seq: number): Change => ({ kind: 'append', sheet: 'history', id: null, values: { seq, field: '状态' }, because: 'test' });
  const rowsOf = (snapshot: WorkbookSnapshot, key: 'history' | 'notices', column: string): Cell[] => {
    const sheet = snapshot.sheets.find(({ anchor }) => anchor === key)!;
    return sheet.rows.slice(1).map(({ cells }) => cells[sheet.columnAnchors[column]!]!);
  };
  const year = new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', year: 'numeric' }).format();

  it('go on in a table of the year where one is full, and are read as one', async () => {
    const { base, client, double } = await opened(plainBase({ history: [1, 2].map((seq) => ({ seq, field: '状态' })), notices: [notice('甲'), notice('乙')] }));
    const store = openBitableStore(openBitableApi(client, APP_TOKEN, new OwnWrites(Date.now), 3), '/nonexistent');
    await store.apply(await store.read(), [...[3, 4, 5, 6, 7].map(link), ...['丙', '丁'].map((id): Change => ({ kind: 'append', sheet: 'notices', id, values: { ...notice(id), noticeId: id }, because: 'test' }))]);
    expect(base.tables.filter(({ name }) => /^(流转记录|通知)/.test(name)).map(({ name, records }) => [name, records.length])).toEqual([['通知', 3], ['流转记录', 3], [`流转记录 ${year}`, 3], [`流转记录 ${year}-2`, 1], [`通知 ${year}`, 1]]);
    const snapshot = await store.read();
    expect(rowsOf(snapshot, 'history', 'seq')).toEqual([7]);
    expect(rowsOf(snapshot, 'notices', 'noticeId')).toEqual(['甲', '乙', '丙', '丁']);
    expect(rowsOf((await loadBase(openBitableApi(client, APP_TOKEN), 'every')).snapshot, 'history', 'seq')).toEqual([1, 2, 3, 4, 5, 6, 7]);
    // A row of the full table is changed where it lies, by the names that its own fields have.
    const old = base.named('通知');
    old.field('status').name = '发送状态';
    const again = await store.read();
    const sheet = again.sheets.find(({ anchor }) => anchor === 'notices')!;
    const result = await store.apply(again, [{ kind: 'cell', sheet: 'notices', row: { id: '乙', ref: sheet.rows[2]!.ref }, column: 'status', before: '待发', after: '已发', because: 'test' }]);
    expect(result.conflicts).toEqual([]);
    expect(old.records.map(({ values }) => values.get(old.field('status').id))).toEqual(['待发', '已发', '待发']);
    const refused = await store.apply(await store.read(), [{ kind: 'append', sheet: 'notices', id: '甲', values: { ...notice('甲'), noticeId: '甲' }, because: 'test' }]);
    expect(refused.conflicts.map(({ reason }) => reason)).toEqual(['row-exists']);
    expect(double.mishaps).toEqual([]);
  });

  it.each<Mishap>(['timeout', 'timeout-after', 'cut-off-after'])('%s over the new table: one is made, and every row written once', async (mishap) => {
    const { base, client, double } = await opened(plainBase({ history: [{ seq: 1, field: '状态' }] }));
    // Feishu's own limit is lower than the program's: it says so.
    double.mostRows = 1;
    const store = openBitableStore(openBitableApi(client, APP_TOKEN), '/nonexistent');
    const snapshot = await store.read();
    double.beforeCall = (kind, path) => { if (kind === 'write' && path === 'tables') { double.beforeCall = null; double.mishaps.push(mishap); } };
    await store.apply(snapshot, [link(2)]).catch((error: unknown) => { if (!(error instanceof StoreError)) throw error; });
    double.beforeCall = null;
    if (!base.tables.some(({ name, records }) => name.startsWith('流转记录 ') && records.length === 1)) await store.apply(await store.read(), [link(2)]);
    expect(base.tables.filter(({ name }) => name.startsWith('流转记录')).map(({ records }) => records.length)).toEqual([1, 1]);
    expect(rowsOf(await store.read(), 'history', 'seq')).toEqual([2]);
  });

  it('are refused where the first table of 通知 is gone, since what it says would be sent anew', async () => {
    const { api, base } = await opened(plainBase({}));
    base.addTable('通知 2026');
    base.named('通知').name = '通知(旧)';
    expect((await refusal(openBitableStore(api, '/nonexistent').read())).message).toContain('有「通知 2026」,却没有「通知」');
  });
});

describe('signing in', () => {
  it('says what is wrong and never repeats the secret', async () => {
    const { double, root } = await opened(plainBase({}));
    const client = openFeishuClient({ credentials: { appId: double.appId, appSecret: 'wrong-secret' }, root, quota: UNCOUNTED, firstWaitMs: 1, writeGapMs: 0 });
    const wrong = await refusal(openBitableApi(client, APP_TOKEN).info());
    expect(wrong.code).toBe('credentials');
    expect(JSON.stringify([wrong.message, wrong.cause, wrong.stack])).not.toContain('wrong-secret');
    expect(() => readFeishuCredentials({ DUBAN_FEISHU_APP_ID: double.appId })).toThrow('DUBAN_FEISHU_APP_SECRET 没有设置');
    expect(() => readFeishuCredentials({ DUBAN_FEISHU_APP_ID: 'x', DUBAN_FEISHU_APP_SECRET: 'y' })).toThrow('应以 cli_ 开头');
    expect((await refusal(openBitableApi(openFeishuClient({ credentials: double, root: 'http://127.0.0.1:1', quota: UNCOUNTED, firstWaitMs: 1, writeGapMs: 0 }), APP_TOKEN).info())).code).toBe('unreachable');
    expect((await refusal(openBitableApi(openFeishuClient({ credentials: double, root, quota: UNCOUNTED, firstWaitMs: 1, writeGapMs: 0 }), 'bascnOther').info())).code).toBe('not-found');
    expect(() => openBitableApi(client, 'base/../x')).toThrow('飞书编号只有字母和数字');
  });

  it('takes a new token where Feishu no longer takes the old one', async () => {
    const { api, double } = await opened(plainBase({}));
    await api.info();
    double.expireToken();
    expect((await api.info()).name).toBe('督办');
  });
});
