import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dubanHere } from './support/cli-here.ts';
import { byHandIn } from './support/by-hand.ts';
import { python } from './support/python.ts';

const NOW = ['--now', '2026-03-16T09:00+08:00'];

/** 督办台账 as it must stand after the import of each ledger, by header; `待核` are the doubts that must stand in 备注, in order. */
const LEDGERS: Readonly<Record<string, readonly (Readonly<Record<string, string>> & { readonly 待核?: string })[]>> = {
  minutes: [
    { 督办事项: '修订窗口服务规范', 牵头单位: '办税科', 协办单位: '法规科', 要求时限: '2026-04-10', 进展情况: '已征求意见', 状态: '办理中' },
    { 督办事项: '清理欠税台账', 牵头单位: '征管科', 要求时限: '2026-04-30', 状态: '办理中', 待核: ':办理状态「未完成」按「办理中」导入' },
    { 督办事项: '组织业务培训', 牵头单位: '人事科', 要求时限: '', 状态: '已办结', 待核: ':完成时限「4月底前」.*建议填 2026-04-30' },
  ],
  'two-lines': [
    { 事项编号: 'ZD-01', 督办事项: '电子发票推广', 牵头单位: '征管科', 协办单位: '办税科、法规科', 要求时限: '2026-06-30', 进展情况: '推广中', 状态: '办理中' },
    { 事项编号: 'ZD-02', 督办事项: '欠税公告', 牵头单位: '征管科', 要求时限: '', 反馈周期: '每月', 状态: '办理中', 待核: '「长期坚持」是长期事项' },
    { 事项编号: 'ZD-03', 督办事项: '青年干部培养', 牵头单位: '人事科', 要求时限: '', 状态: '拟立项', 待核: '「12月底」.*建议填 2026-12-31.*按「拟立项」导入' },
  ],
  'several-sheets': [
    { 督办事项: '上报季度分析', 牵头单位: '办税科', 要求时限: '2026-03-31', 状态: '办理中' },
    { 督办事项: '修缮办公楼', 牵头单位: '后勤中心', 要求时限: '', 状态: '拟立项', 待核: '「6月中旬」.*建议填 2026-06-20' },
  ],
  'crowded-cells': [
    { 督办事项: '规范中介服务', 牵头单位: '法规科', 协办单位: '征管科', 承办人: '经办甲', 要求时限: '2026-05-08', 状态: '办理中', 待核: '暂由「法规科」牵头,征管科协办.*只导入姓名「经办甲」' },
    { 督办事项: '优化办税厅布局', 牵头单位: '办税科', 承办人: '经办乙', 要求时限: '2026-05-15 17:00', 状态: '办理中', 待核: '有 2 个人' },
  ],
  finished: [
    { 事项编号: '督字〔2026〕3号', 督办事项: '办理建议第12号', 牵头单位: '办税科', 要求时限: '2026-03-05', 上报办结时间: '2026-03-04', 状态: '已办结' },
    { 事项编号: '督字〔2026〕4号', 督办事项: '办理提案第7号', 牵头单位: '法规科', 要求时限: '2026-03-11', 状态: '办理中' },
    { 事项编号: '督字〔2026〕5号', 督办事项: '=1+1不是公式', 牵头单位: '法规科', 要求时限: '', 状态: '', 待核: '「尽快」.*不认识的状态' },
  ],
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'duban-import-'));
  const made = join(folder, 'made');
  mkdirSync(made);
  python('make-ledgers.py', made);
  // As an office's own program saves them: shared strings, styles, merges and dates in LibreOffice's way.
  execFileSync('soffice', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'xlsx', '--outdir', folder, ...Object.keys(LEDGERS).map((name) => join(made, `${name}.xlsx`))], { stdio: 'ignore' });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rowsOf = (file: string): Record<string, string | number | null>[] => byHandIn(file, 'show')
  .trim().split('\n').map((line) => JSON.parse(line) as Record<string, string | number | null>);

describe("an office's own ledger", () => {
  it.each(Object.keys(LEDGERS))('%s: is previewed without a trace, then brought in with every doubt kept, and never twice', async (name) => {
    const ledger = join(folder, `${name}.xlsx`);
    const office = join(folder, name, '台账.xlsx');
    mkdirSync(join(folder, name));
    expect((await dubanHere(['init', office, '--policy', 'tax', ...NOW])).status).toBe(0);
    const before = readFileSync(office);
    const original = readFileSync(ledger);

    const preview = await dubanHere(['import', ledger, '--into', office, ...NOW]);
    expect(preview.status, preview.stderr).toBe(0);
    expect(preview.stdout).toMatch(/没有写入/);
    expect(readFileSync(office).equals(before)).toBe(true);
    expect(existsSync(join(folder, `${name}-导入预览.xlsx`))).toBe(true);

    const done = await dubanHere(['import', ledger, '--into', office, '--yes', ...NOW]);
    expect(done.status, done.stderr).toBe(0);
    expect(readFileSync(ledger).equals(original)).toBe(true);
    const rows = rowsOf(office);
    expect(rows).toHaveLength(LEDGERS[name]!.length);
    for (const [index, { 待核, ...cells }] of LEDGERS[name]!.entries()) {
      const row = rows[index]!;
      for (const [header, value] of Object.entries(cells)) expect(String(row[header] ?? ''), `${cells['督办事项']} ${header}`).toBe(value);
      expect(String(row['备注'] ?? '')).toMatch(待核 === undefined ? /^(?!.*导入待核)/ : new RegExp(`导入待核.*${待核}`));
    }
    const again = await dubanHere(['import', ledger, '--into', office, '--yes', ...NOW]);
    expect(again.status).toBe(1);
    expect(again.stdout).toMatch(/台账已有同名事项/);
    expect((await dubanHere(['run', office, '--no-deliver', ...NOW])).status).toBe(0);
    expect(rowsOf(office)).toHaveLength(LEDGERS[name]!.length);
  }, 120_000);

  it('a header can be told, and a wrong map file is named', async () => {
    const ledger = join(folder, 'told.xlsx');
    copyFileSync(join(folder, 'several-sheets.xlsx'), ledger);
    const office = join(folder, 'told', '台账.xlsx');
    mkdirSync(join(folder, 'told'));
    await dubanHere(['init', office, '--policy', 'tax', ...NOW]);
    const map = join(folder, 'map.json');
    writeFileSync(map, '{"备注":"内容及要求"}');
    expect((await dubanHere(['import', ledger, '--into', office, '--map', map, '--yes', ...NOW])).status).toBe(0);
    expect(rowsOf(office)[0]).toMatchObject({ 内容及要求: '需附表' });
    writeFileSync(map, '备注=内容');
    const wrong = await dubanHere(['import', ledger, '--into', office, '--map', map, ...NOW]);
    expect(wrong).toMatchObject({ status: 2, stderr: expect.stringMatching(/应是 JSON/) as string });
  }, 120_000);
});
