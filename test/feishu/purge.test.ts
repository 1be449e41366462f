import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SHEETS } from '#core';
import { POLICIES } from '#policies';
import { SAMPLES } from '#templates';
import { FIELD_TYPE } from '../../sync-service/workbook/feishu-bitable/field-types.ts';
import { setUpBase } from '../../sync-service/workbook/feishu-bitable/set-up.ts';
import type { CliResult } from '../support/built-cli.ts';
import { dubanHere } from '../support/cli-here.ts';
import { Base } from './bitable-model.ts';
import { feishuBench, putCell, type FeishuBench } from './contract-workbook.ts';
import type { Mishap } from './feishu-double.ts';
import { openApiWitness } from './openapi-witness.ts';

const BASE = 'bitable:bascnOffice';
const ID = 'DB-2026-007';
const at = (time: string): string[] => ['--now', `2026-03-${time}+08:00`];
const cwd = process.cwd();
let folder: string;
let bench: FeishuBench;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'duban-base-purge-'));
  bench = await feishuBench(new Base('bascnOffice', '某局督办'));
  for (const [name, value] of [['DUBAN_FEISHU_APP_ID', bench.double.appId], ['DUBAN_FEISHU_APP_SECRET', bench.double.appSecret], ['DUBAN_FEISHU_URL', bench.root]] as const) vi.stubEnv(name, value);
  process.chdir(folder);
  await setUpBase(bench.api, POLICIES.tax, SAMPLES.tax);
  expect((await dubanHere(['run', BASE, ...at('16T09:00')])).status).toBe(0);
});

afterEach(async () => {
  process.chdir(cwd);
  vi.unstubAllEnvs();
  await bench.double.close();
  rmSync(folder, { recursive: true });
});

/** Every value that the base holds and that names the item, with its table. */
function held(): string[] {
  return bench.base.tables.flatMap((table) => table.records.flatMap(({ values }) => [...values.values()].filter((value) => JSON.stringify(value).includes(ID)).map((value) => `${table.name} ${JSON.stringify(value)}`)));
}
/** Files of this machine that name it. */
function files(): string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).filter((name) => statSync(join(folder, name)).isFile() && readFileSync(join(folder, name)).includes(ID));
}
const purge = (...more: string[]): Promise<CliResult> => dubanHere(['purge', BASE, '--item', ID, ...at('16T10:00'), ...more]);

it('an item goes from every table, people\'s own among them, and from what this machine keeps; the chain stays whole', async () => {
  const { base, double } = bench;
  const witness = openApiWitness();
  double.witness = witness.see;
  const own = base.addTable('我的摘记');
  const [what, tag] = [own.addField({ name: '事', type: FIELD_TYPE.text, property: null, description: '' }), own.addField({ name: '标签', type: FIELD_TYPE.multiSelect, property: { options: [{ name: '要紧' }, { name: ID }] }, description: '' })];
  const note = own.add();
  putCell(own, note, what, `${ID} 会上提过`);
  own.put(note, tag, ['要紧', ID]);
  await dubanHere(['backup', BASE, ...at('16T09:30')]);
  const items = base.named(SHEETS.items.name);
  const title = items.records.find(({ values }) => values.get(items.field('itemId').id) === ID)!.values.get(items.field('title').id) as string;
  const [count, writes] = [items.records.length, double.writes()];
  expect(held().length).toBeGreaterThan(5);
  expect(files().length).toBeGreaterThan(0);

  const preview = await purge();
  expect(preview).toMatchObject({ status: 0, stdout: expect.stringContaining('督办台账:将删去 1 行') as string });
  expect(double.writes()).toBe(writes);

  const done = await purge('--yes');
  expect(done.status, done.stderr).toBe(3);
  expect(done.stdout).toContain('督办台账:已删去 1 行');
  expect(done.stdout).toContain(`以上文件在 ${join(folder, 'data/bitable/bascnOffice')}`);
  expect(done.stdout).toContain('「我的摘记」的字段「标签」的名称、说明或选项里有本事项');
  expect(done.stdout).toMatch(/仍留有 backups\/\S+:备份有封印不能改/);
  expect(items.records).toHaveLength(count - 1);
  // The number alone stays: in 底账, never to be given again, and in the row that says what was purged.
  expect(held().map((line) => line.split(' ')[0])).toEqual([SHEETS.history.name, SHEETS.baseline.name].sort((a, b) => base.tables.indexOf(base.named(a)) - base.tables.indexOf(base.named(b))));
  expect(JSON.stringify(base.tables.map(({ records }) => records.map(({ values }) => [...values.values()])))).not.toContain(title);
  expect([note.values.get(what.id), note.values.get(tag.id)]).toEqual(['〔已清除〕 会上提过', ['要紧']]);
  expect(files()).toEqual([]);
  expect(existsSync('data/bitable/bascnOffice/bascnOffice.xlsx')).toBe(false);

  const backup = await dubanHere(['backup', BASE, ...at('16T11:00')]);
  expect(await dubanHere(['verify', backup.stdout.trim().split('\n').at(-1)!])).toMatchObject({ status: 0, stdout: expect.stringContaining('链完整') as string });
  expect(witness.problems).toEqual([]);
});

it('answers that are lost amid it: the base is looked at again, and nothing is left', async () => {
  let writes = 0;
  const mishaps: Readonly<Record<number, Mishap>> = { 2: 'timeout', 4: 'timeout-after', 7: 'cut-off-after' };
  bench.double.beforeCall = (kind) => {
    const mishap = kind === 'write' ? mishaps[writes += 1] : undefined;
    if (mishap !== undefined) bench.double.mishaps.push(mishap);
  };
  expect((await purge('--yes')).stdout).toContain('已清除事项');
  bench.double.beforeCall = null;
  expect(writes).toBeGreaterThan(7);
  expect(new Set(held().map((line) => line.split(' ')[0]))).toEqual(new Set([SHEETS.history.name, SHEETS.baseline.name]));
});
