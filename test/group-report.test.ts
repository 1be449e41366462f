import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseWorkbook } from '#core';
import { POLICIES } from '#templates';
import { openXlsxStore } from '../sync-service/workbook/xlsx/store.ts';
import { dubanHere } from './support/cli-here.ts';

const NOW = '2026-04-03T09:00+08:00';
const root = mkdtempSync(join(tmpdir(), 'duban-group-'));
const [tax, bus] = [join(root, '税务', '台账.xlsx'), join(root, '公交', '台账.xlsx')];
beforeAll(async () => {
  for (const [file, policy] of [[tax, 'tax'], [bus, 'bus']] as const) await dubanHere(['init', file, '--policy', policy, '--sample', '--now', NOW]);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function tables(file: string): Promise<Map<string, string[][]>> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  return new Map(book.worksheets.map((sheet) => [sheet.name, sheet.getSheetValues().slice(1).map((row) => (row as unknown[]).slice(1).map(String))]));
}

describe('duban group-report', () => {
  it('ranks workbooks and units of one month in one .xlsx, each figure with its article; the workbooks stay as they are', async () => {
    const before = [tax, bus].map((file) => readFileSync(file));
    const to = join(root, '报告', '三月.xlsx');
    const { status, stdout, stderr } = await dubanHere(['group-report', tax, bus, '--period', '2026-03', '--to', to, '--now', NOW]);
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/^2026年3月:2 份工作簿,\d+ 个单位,超期事项 \d+ 件\n {2}1 {2}/);
    expect(stdout.trimEnd().endsWith(to)).toBe(true);
    const sheets = await tables(to);
    expect([...sheets.keys()]).toEqual(['工作簿排名', '单位排名', '超期事项', '口径和依据']);
    const workbooks = sheets.get('工作簿排名')!;
    expect(workbooks.slice(3).map(([, name]) => name).sort()).toEqual(['公交/台账', '税务/台账']);
    const [header, ...units] = sheets.get('单位排名')!.slice(3);
    expect(header).toEqual(['名次', '单位', '工作簿', '应办数', '按时办结数', '按时办结率', '本制度口径', '超期数', '延期率', '依据']);
    const rates = units.filter(([rank]) => rank !== '不排名').map((row) => Number(row[5]));
    expect(rates.length).toBeGreaterThan(1);
    expect(rates).toEqual([...rates].sort((a, b) => b - a));
    for (const row of units) expect(row.at(-1)).toMatch(/^(?!tax|bus)./);
    const bases = sheets.get('口径和依据')!.slice(2);
    expect(bases).toHaveLength(10);
    for (const row of bases) expect(row.at(-1)).toMatch(/^(?!tax|bus)./);
    expect([tax, bus].map((file) => readFileSync(file))).toEqual(before);
    expect(readdirSync(join(root, '税务'))).toEqual(['台账.xlsx']);
    const again = await dubanHere(['group-report', tax, '--to', to, '--now', NOW]);
    expect(again).toMatchObject({ status: 1, stderr: expect.stringContaining('文件已存在,没有覆盖') as string });
  });

  it('shows of a confidential item the number alone', async () => {
    const file = join(root, '保密.xlsx');
    await dubanHere(['init', file, '--policy', 'tax', '--sample', '--now', NOW]);
    const report = async (name: string): Promise<string[][]> => {
      const to = join(root, name);
      expect((await dubanHere(['group-report', file, '--period', '2026-03', '--to', to, '--now', NOW])).status).toBe(0);
      return (await tables(to)).get('超期事项')!.slice(3);
    };
    const [, id, title] = (await report('前.xlsx'))[0]!;
    const store = openXlsxStore(file);
    const snapshot = await store.read();
    const row = parseWorkbook(snapshot, POLICIES).workbook!.sheets.items.rows.find(({ cells }) => cells.itemId === id)!;
    await store.apply(snapshot, [{ kind: 'cell', sheet: 'items', row: { ref: row.ref, id: id! }, column: 'confidentiality', before: row.cells.confidentiality, after: '保密', because: 'test' }]);
    const after = await report('后.xlsx');
    expect(after.flat().join()).not.toContain(title);
    expect(after.find(([, itemId]) => itemId === id)).toEqual(['保密', id, '—', '—', '—', '—', expect.any(String)]);
  });

  it('takes the workbooks of a configuration, the month before without a period, and leaves out what it cannot read, saying so', async () => {
    const broken = join(root, '坏.xlsx');
    writeFileSync(broken, '这不是工作簿');
    writeFileSync(join(root, 'duban.yaml'), 'workbooks: [{ path: 税务/台账.xlsx }, { path: 坏.xlsx }]\n');
    const to = join(root, '上月.xlsx');
    const { status, stdout, stderr } = await dubanHere(['group-report', join(root, 'duban.yaml'), '--to', to, '--now', NOW]);
    expect(status).toBe(3);
    expect(stdout).toContain('2026年3月:1 份工作簿');
    expect(stderr).toMatch(/^未计入 坏:/);
    expect((await tables(to)).get('工作簿排名')!.flat().join()).toContain('未计入 1 份工作簿:坏(');
  });

  it.each<[string, string[], number, RegExp]>([
    ['nothing that can be read', [join(root, '没有.xlsx'), '--to', join(root, 'x.xlsx')], 1, /没有一份工作簿读得出来/],
    ['a workbook named twice', [tax, tax, '--to', join(root, 'x.xlsx')], 2, /同一份工作簿写了两次/],
    ['a target that is no .xlsx', [tax, '--to', join(root, 'x.docx')], 2, /--to 应以 \.xlsx 结尾/],
    ['no target', [tax], 2, /--to/],
  ])('refuses %s', async (_, args, status, sentence) => {
    expect(await dubanHere(['group-report', ...args, '--now', NOW])).toMatchObject({ status, stderr: expect.stringMatching(sentence) as string });
  });
});
