import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { columnsOf, parseWorkbook, SHEETS } from '#core';
import { POLICIES } from '#policies';
import { holdWorkbook } from '../../sync-service/workbook/held-workbook.ts';
import { siteOf } from '../../sync-service/workbook/location.ts';
import type { CliResult } from '../support/built-cli.ts';
import { Base } from './bitable-model.ts';
import { feishuBench, type FeishuBench } from './contract-workbook.ts';
import { dubanHere } from '../support/cli-here.ts';

const NOW = ['--now', '2026-03-16T09:00+08:00'];
const kept = { ...process.env, cwd: process.cwd() };
let folder = '';
let bench: FeishuBench;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'duban-feishu-cli-'));
  bench = await feishuBench(new Base('bascnOffice', '某局督办'));
  Object.assign(process.env, { DUBAN_FEISHU_APP_ID: bench.double.appId, DUBAN_FEISHU_APP_SECRET: bench.double.appSecret, DUBAN_FEISHU_URL: bench.root });
  process.chdir(folder);
});

afterEach(async () => {
  process.chdir(kept.cwd);
  for (const name of ['DUBAN_FEISHU_APP_ID', 'DUBAN_FEISHU_APP_SECRET', 'DUBAN_FEISHU_URL']) Reflect.deleteProperty(process.env, name);
  await bench.double.close();
  rmSync(folder, { recursive: true });
});

it('sets a base up, runs it, sends its mail into the outbox, and has nothing to do a second time', async () => {
  const made = await dubanHere(['init', 'bitable:bascnOffice', '--policy', 'tax', '--sample', ...NOW]);
  expect(made.stdout).toMatch(/^已补齐多维表格\(.+,含样例\):数据表「督办台账」、/);
  const run = await dubanHere(['run', 'bitable:bascnOffice', ...NOW]);
  expect(run.stdout).toMatch(/巡检完成:事项 \d+ 件,写入 \d+ 处/);
  expect(readdirSync(join(folder, 'data/bitable/bascnOffice/outbox')).length).toBeGreaterThan(0);
  const light = bench.base.named(SHEETS.items.name).field('light');
  expect(bench.base.named(SHEETS.items.name).records.map(({ values }) => values.get(light.id))).toContain('红');
  const again = await dubanHere(['run', 'bitable:bascnOffice', '--json', ...NOW]);
  expect(JSON.parse(again.stdout)).toMatchObject({ policy: 'tax', writes: 0, notices: 0, conflicts: 0, delivered: 0 });
  const backup = await dubanHere(['backup', 'bitable:bascnOffice', ...NOW]);
  expect((await dubanHere(['verify', backup.stdout.trim().split('\n').at(-1)!])).status).toBe(0);
  expect((await dubanHere(['init', 'bitable:bascnOffice', '--policy', 'tax'])).stdout).toMatch(/^多维表格齐全,没有改动/);
});

it('says what is missing, and how a base is named', async () => {
  Reflect.deleteProperty(process.env, 'DUBAN_FEISHU_APP_SECRET');
  expect((await dubanHere(['check', 'bitable:bascnOffice'])).stderr).toContain('DUBAN_FEISHU_APP_SECRET 没有设置');
  expect((await dubanHere(['run', 'https://office.feishu.cn/base/bascnOffice?table=tbl1'])).stderr).toContain('应写作 bitable:编号');
});

it('brings an office\'s own ledger in as into an .xlsx, previewed first, and never twice', async () => {
  const ledger = new ExcelJS.Workbook();
  ledger.addWorksheet('会议决定').addRows([
    ['序号', '任务名称', '牵头单位', '协办单位', '完成时限', '办理状态', '责任人'],
    [1, '修订窗口服务规范', '办税科', '法规科', new Date(Date.UTC(2026, 3, 10)), '办理中', '经办甲'], [2, '组织业务培训', '人事科', '', '4月底前', '未完成', ''], [3, '=清理台账', '征管科', '', '2026.5.8', '办理中', ''],
  ]);
  await ledger.xlsx.writeFile('原台账.xlsx');
  const into = async (workbook: string, ...more: string[]): Promise<CliResult> => dubanHere(['import', '原台账.xlsx', '--into', workbook, ...more, ...NOW]);
  const rowsAt = async (workbook: string): Promise<unknown> => {
    const { store } = await holdWorkbook(workbook, siteOf(workbook, 'data'), process.env);
    const { sheets } = parseWorkbook(await store.read(), POLICIES).workbook!;
    return (['items', 'units', 'people'] as const).map((key) => sheets[key].rows.map(({ cells }) => columnsOf(key).map((column) => (cells as Readonly<Record<string, unknown>>)[column.key])));
  };
  for (const workbook of ['台账.xlsx', 'bitable:bascnOffice']) expect((await dubanHere(['init', workbook, '--policy', 'tax', ...NOW])).status).toBe(0);
  const writes = bench.double.writes();
  const preview = await into('bitable:bascnOffice');
  expect(preview).toMatchObject({ status: 0, stdout: expect.stringMatching(/可导入 3 件[^]*没有写入/) as string });
  expect(bench.double.writes()).toBe(writes);
  for (const workbook of ['台账.xlsx', 'bitable:bascnOffice']) expect(await into(workbook, '--yes')).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('已导入 3 件事项') as string });
  expect(await rowsAt('bitable:bascnOffice')).toEqual(await rowsAt('台账.xlsx'));
  expect(await into('bitable:bascnOffice', '--yes')).toMatchObject({ status: 1, stdout: expect.stringContaining('台账已有同名事项') as string });
});
