import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { plainText } from '../sync-service/workbook/xlsx/clear-cells.ts';
import { readZip } from '../sync-service/workbook/xlsx/zip.ts';
import type { CliResult } from './support/built-cli.ts';
import { dubanHere } from './support/cli-here.ts';
import { byHandIn } from './support/by-hand.ts';

const ID = 'DB-2026-007';
const OTHER = 'DB-2026-012';
/** What people add in another program: notes on the item's row, a sheet of their own, a word in another item's row, a title beside it. */
const OWN = `
import sys, openpyxl
from openpyxl.comments import Comment
book = openpyxl.load_workbook(sys.argv[1])
sheet = book['督办台账']
head = next(r for r in range(1, 20) if any(c.value == '事项编号' for c in sheet[r]))
place = {c.value: c.column for c in sheet[head]}
row = {sheet.cell(r, place['事项编号']).value: r for r in range(head + 1, sheet.max_row + 1)}
title = sheet.cell(row['${ID}'], place['督办事项'])
sheet.cell(row['${ID}'], sheet.max_column + 1).value = '本单位自用的话'
title.comment = Comment('批注里的话', '某人')
sheet.cell(row['${OTHER}'], place['备注']).value = '与 ${ID} 合并办理'
own = book.create_sheet('我的摘记')
own.append(['${ID}', '会上提过'])
own.append([title.value])
own.append(['=督办台账!' + title.coordinate + '&"。"'])
book.save(sys.argv[1])
print(title.value)
`;

const folder = mkdtempSync(join(tmpdir(), 'duban-purge-'));
const file = join(folder, '台账.xlsx');
const at = (time: string): string[] => ['--now', `2026-03-${time}+08:00`];
let title = '';

beforeAll(async () => {
  await dubanHere(['init', file, '--policy', 'tax', '--sample', ...at('16T08:30')]);
  await dubanHere(['run', file, ...at('16T09:00')]);
  title = execFileSync('/usr/bin/python3', ['-W', 'ignore', '-c', OWN, file]).toString().trim();
  await dubanHere(['backup', file, ...at('17T10:00')]);
  await dubanHere(['backup', file, '--to', join(folder, '别处'), ...at('17T10:01')]);
  writeFileSync(join(folder, 'duban.yaml'), 'workbooks:\n  - path: 台账.xlsx\nbackups:\n  to: 别处\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const purge = (...more: string[]): Promise<CliResult> => dubanHere(['purge', file, '--item', ID, '--config', join(folder, 'duban.yaml'), ...at('17T11:00'), ...more]);
const beside = (): string[] => readdirSync(folder, { recursive: true }).map(String).filter((name) => !name.startsWith('backups') && /\.(?:eml|jsonl|json|html)$/.test(name));

/** The parts of the workbook that hold one of the words, with how often. */
function partsWith(...words: string[]): Record<string, number> {
  const zip = readZip(readFileSync(file));
  return Object.fromEntries([...zip.entries.keys()].filter((name) => /\.(?:xml|vml)$/.test(name))
    .map((name): [string, number] => [name, words.reduce((sum, word) => sum + plainText(zip.read(name)!).split(word).length - 1, 0)]).filter(([, count]) => count > 0));
}

it('shows what would go, and takes the item out of every copy the program keeps', async () => {
  const before = readFileSync(file);
  expect(title.length).toBeGreaterThan(4);
  const preview = await purge('--json');
  expect(preview.status, preview.stderr).toBe(0);
  expect(JSON.parse(preview.stdout)).toMatchObject({ itemId: ID, purged: false, backups: ['backups/台账.2026-03-17T1000.duban.zip', '别处/台账.2026-03-17T1001.duban.zip'] });
  expect(readFileSync(file).equals(before)).toBe(true);

  const done = await purge('--yes');
  expect(done.status, done.stderr).toBe(3);
  // A formula of people's own names its row of 督办台账: that one stays as a blank row.
  expect(done.stdout).toMatch(/督办台账:已清空 1 行,已抹去 1 格/);
  expect(done.stdout).toMatch(/请注意 「督办台账」有 1 行只能清空,不能删去:有公式、图表或名称指向这里/);
  expect(done.stdout).toMatch(/通知:已删去 \d+ 行/);
  expect(done.stdout).toMatch(/请注意 已发出的通知收不回来,共 \d+ 条:请告知 .*税源科经办/);
  expect(done.stdout).toContain('请注意 本单位自用的「我的摘记」里抹去了编号,同一行的其他内容请自行核对:第 1 行');
  expect(done.stdout).toContain('请注意 「我的摘记」有同样的事项名而没有编号,没有改,请自行核对:第 2 行');
  expect(done.stdout).toContain('仍留有 backups/台账.2026-03-17T1000.duban.zip:');

  // Its number stands twice: where 流转记录 says it was purged, and in 底账, so that it isn't given again.
  expect(Object.values(partsWith('本单位自用的话', '批注里的话'))).toEqual([]);
  expect(Object.values(partsWith(title))).toEqual([1]);
  const shown = byHandIn(file, 'show').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, string>);
  expect(shown.find((row) => row['事项编号'] === OTHER)!['备注']).toBe('与 〔已清除〕 合并办理');
  expect(shown.filter((row) => JSON.stringify(row).includes(ID))).toEqual([]);
  for (const name of beside()) expect(readFileSync(join(folder, name), 'utf8'), name).not.toContain(ID);
  expect(readdirSync(join(folder, 'outbox')).filter((name) => name.includes(ID))).toEqual([]);
  expect(readdirSync(join(folder, '.duban', 'versions'))).toEqual([]);
  expect(existsSync(join(folder, '督办看板.html'))).toBe(false);
});

it('leaves a workbook that runs on, whose chain holds, and whose number is not given again', async () => {
  byHandIn(file, 'add:督办事项=新来的事|事项类别=局会议决定|牵头单位=征管科');
  const ran = await dubanHere(['run', file, ...at('18T09:00')]);
  expect(ran.status, ran.stderr).toBe(0);
  expect(byHandIn(file, 'show')).not.toContain(ID);
  const backup = await dubanHere(['backup', file, ...at('18T10:00')]);
  expect(backup.stderr).not.toContain('流转记录有问题');
  const archive = backup.stdout.trimEnd().split('\n').at(-1)!;
  rmSync(join(folder, '别处'), { recursive: true });
  for (const name of readdirSync(join(folder, 'backups'))) if (join(folder, 'backups', name) !== archive) rmSync(join(folder, 'backups', name));
  const nothing = await purge('--yes');
  expect([nothing.status, nothing.stderr]).toEqual([1, expect.stringContaining(`没有找到事项 ${ID}`)]);
});

it('is refused while somebody has the workbook open: his save would bring the item back', async () => {
  const lock = join(folder, '.~lock.台账.xlsx#');
  writeFileSync(lock, ',某人,pc,16.03.2026 09:00,file:///;');
  const before = readFileSync(file);
  const refused = await dubanHere(['purge', file, '--item', OTHER, '--yes', ...at('18T11:00')]);
  rmSync(lock);
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('打开,没有清除')]);
  expect(readFileSync(file).equals(before)).toBe(true);
});
