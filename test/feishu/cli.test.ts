import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SHEETS } from '#core';
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
