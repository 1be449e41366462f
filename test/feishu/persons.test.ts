import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { moment, parseWorkbook } from '#core';
import { POLICIES } from '#policies';
import { openMessages } from '../../sync-service/feishu/messages.ts';
import { openPeople } from '../../sync-service/feishu/people.ts';
import { setUpBase } from '../../sync-service/workbook/feishu-bitable/set-up.ts';
import { openBitableStore } from '../../sync-service/workbook/feishu-bitable/store.ts';
import type { WorkbookStore } from '../../sync-service/workbook/store.ts';
import type { ModelRecord, ModelTable } from './bitable-model.ts';
import { feishuBench, plainBase, putCell, type FeishuBench } from './contract-workbook.ts';
import { openApiWitness } from './openapi-witness.ts';

const NOW = { settleAt: moment('2026-03-02 09:00') };
let folder: string;
let bench: FeishuBench;
let items: ModelTable;
let store: WorkbookStore;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'duban-persons-'));
  bench = await feishuBench(plainBase({
    parameters: [{ key: 'policy', value: 'tax' }],
    people: [{ name: '甲', phone: '138 0000 0001' }, { name: '乙', email: 'yi@example.com' }, { name: '丙', feishuId: 'ou_three' }, { name: '丁', phone: '13800000004' }],
    items: [{ itemId: 'DB-1', title: '一', handler: '甲' }, { itemId: 'DB-2', title: '二', handler: '乙、丙', dutyPerson: '丙' }, { itemId: 'DB-3', title: '三', handler: '丁、查无此人' }, { itemId: 'DB-4', title: '四' }],
  }));
  bench.double.office.people.push({ openId: 'ou_one', mobile: '13800000001' }, { openId: 'ou_two', email: 'yi@example.com' });
  items = bench.base.named('督办台账');
  store = openBitableStore(bench.api, folder, openPeople(folder, 'cli_x', openMessages(bench.client), () => 0));
});
afterEach(async () => {
  await bench.double.close();
  rmSync(folder, { recursive: true });
});

const shownIn = (name: string): unknown[] => items.records.map((record: ModelRecord) => (record.values.get(items.fieldNamed(name).id) as readonly { id: string }[] | undefined)?.map(({ id }) => id) ?? null);

it('the people of 督办台账 stand in person fields too, as far as Feishu knows them, and follow what people write', async () => {
  const witness = openApiWitness();
  bench.double.witness = witness.see;
  expect((await setUpBase(bench.api, POLICIES.tax, null, { persons: true })).made).toEqual(expect.arrayContaining(['「督办台账」的字段「承办人(飞书)」', '「督办台账」的字段「责任人(飞书)」', '「督办台账」的视图「我的」']));
  expect((await setUpBase(bench.api, POLICIES.tax, null, { persons: true })).made).toEqual([]);
  await store.read();
  expect(shownIn('承办人(飞书)')).toEqual([null, null, null, null]);

  const before = bench.double.writes();
  const { workbook, issues } = parseWorkbook(await store.read(NOW), POLICIES);
  expect(bench.double.writes() - before).toBe(1);
  expect([shownIn('承办人(飞书)'), shownIn('责任人(飞书)')]).toEqual([[['ou_one'], ['ou_two', 'ou_three'], null, null], [null, ['ou_three'], null, null]]);
  // For a run they are people's own columns.
  expect([workbook!.sheets.items.rows.map(({ cells }) => cells.handler), issues]).toEqual([['甲', '乙、丙', '丁、查无此人', ''], []]);
  await store.read(NOW);
  expect(bench.double.writes() - before).toBe(1);

  putCell(items, items.records[0]!, items.field('handler'), '丙');
  putCell(items, items.records[1]!, items.field('handler'), null);
  items.put(items.records[3]!, items.fieldNamed('承办人(飞书)'), [{ id: 'ou_stray' }]);
  await store.read(NOW);
  expect(shownIn('承办人(飞书)')).toEqual([['ou_three'], null, null, null]);
  expect(witness.problems).toEqual([]);
});

it('where people can\'t be looked up the run goes on and 首页 says so, once a day', async () => {
  await setUpBase(bench.api, POLICIES.tax, null, { persons: true });
  bench.double.office.lookUpRefusal = { status: 400, code: 99991672 };
  await store.read(NOW);
  const { mishaps } = await store.read({ settleAt: moment('2026-03-02 17:00') });
  expect(mishaps!.map(({ message }) => message)).toEqual([expect.stringContaining('contact:user.id:readonly')]);
  expect(readFileSync(join(folder, 'mishaps.jsonl'), 'utf8').trim().split('\n')).toHaveLength(1);
});
