import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseWorkbook, type Workbook } from '#core';
import { POLICIES } from '#templates';
import { readEveryRow } from '../sync-service/workbook/xlsx/read-snapshot.ts';
import { byHandIn } from './support/by-hand.ts';
import { DIST_CLI, type CliResult } from './support/built-cli.ts';
import { dubanHere } from './support/cli-here.ts';

const folder = mkdtempSync(join(tmpdir(), 'duban-archive-'));
const file = join(folder, '台账.xlsx');
const yearly = join(folder, '督办归档-2026.xlsx');
/** The office's folder as it was before archiving. */
const kept = mkdtempSync(join(tmpdir(), 'duban-archive-kept-'));
const NOW = ['--now', '2027-01-12T10:00+08:00'];
const archive = (...more: string[]): Promise<CliResult> => dubanHere(['archive', file, ...NOW, ...more]);
/** The rows of 督办台账 as openpyxl reads them. */
const shown = (path: string): Record<string, unknown>[] => byHandIn(path, 'show').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>);
const sheetsOf = (path: string): Workbook['sheets'] => parseWorkbook(readEveryRow(readFileSync(path), 0).snapshot, POLICIES).workbook!.sheets;
const ids = (path: string): string[] => sheetsOf(path).items.rows.map(({ cells }) => cells.itemId);

beforeAll(async () => {
  await dubanHere(['init', file, '--policy', 'tax', '--sample', '--now', '2026-03-16T08:30+08:00']);
  await dubanHere(['run', file, '--now', '2026-03-16T09:00+08:00']);
  byHandIn(file, 'set:DB-2026-002|状态|已归档', 'set:DB-2026-002|备注|归档前的备注', 'record:进展反馈|事项编号=DB-2026-002|反馈时间=2026-03-16|反馈人=税源科经办|类型=结果|进展情况=已全部办完', 'cell:制度参数|键=lockedThrough|值|2026', 'own-sheet');
  await dubanHere(['run', file, '--now', '2026-03-17T09:00+08:00']);
  for (const time of ['11T09:00', '12T09:00']) await dubanHere(['run', file, '--now', `2027-01-${time}+08:00`]);
  cpSync(folder, kept, { recursive: true });
});
afterAll(() => { for (const made of [folder, kept]) rmSync(made, { recursive: true, force: true }); });

/** Everything as before archiving, but for the files named. */
function goBack(...but: readonly string[]): void {
  for (const name of readdirSync(folder)) if (!but.includes(name)) rmSync(join(folder, name), { recursive: true });
  cpSync(kept, folder, { recursive: true });
}

it('shows what would move, and moves it: the file of the year first, then the workbook without it', async () => {
  const before = readFileSync(file);
  const preview = await archive();
  expect([preview.status, preview.stdout]).toEqual([0, expect.stringMatching(/2026 年:2 件事项\(预览,没有改动\)\n {2}DB-2026-001 .*\n {2}DB-2026-002 年度税源摸底/)]);
  expect([readFileSync(file).equals(before), existsSync(yearly)]).toEqual([true, false]);
  const all = sheetsOf(file);

  const done = await archive('--yes');
  expect([done.status, done.stderr]).toEqual([0, '']);
  expect(done.stdout).toContain(`2026 年:2 件事项已归档到 ${yearly}`);
  expect(done.stdout).not.toContain('只能清空');
  expect(shown(yearly)).toMatchObject([{ 事项编号: 'DB-2026-001' }, { 事项编号: 'DB-2026-002', 备注: '归档前的备注', 状态: '已归档' }]);
  expect(shown(file).map((row) => row['事项编号'])).toEqual(all.items.rows.map(({ cells }) => cells.itemId).filter((id) => id !== 'DB-2026-001' && id !== 'DB-2026-002'));
  const [here, there] = [sheetsOf(file), sheetsOf(yearly)];
  expect(there.feedback.rows.map(({ cells }) => [cells.itemId, cells.progress])).toEqual([['DB-2026-002', '已全部办完']]);
  for (const key of ['items', 'feedback', 'notices', 'inspections', 'requests'] as const) expect(here[key].rows.length + there[key].rows.length, key).toBe(all[key].rows.length);
  // Each has a row that says what moved.
  for (const key of ['history', 'runs'] as const) expect(here[key].rows.length - 1 + there[key].rows.length, key).toBe(all[key].rows.length);
  for (const key of ['scores', 'rankings', 'sanctions', 'baseline'] as const) expect(here[key].rows.length, key).toBe(all[key].rows.length);
  expect(here.archives.rows.map(({ cells }) => cells.fingerprint)).toEqual([expect.stringMatching(/^督办归档-2026\.xlsx [0-9a-f]{64}$/), expect.stringMatching(/^督办归档-2026\.xlsx [0-9a-f]{64}$/)]);
  expect(readdirSync(join(folder, 'backups'))).toEqual(['督办归档-2026.2027-01-12T1000.duban.zip']);
});

it('leaves a workbook that runs on as before, both halves of whose chain are proved', async () => {
  const ran = await dubanHere(['run', file, ...NOW, '--json']);
  // 首页 counts two items less.
  expect(JSON.parse(ran.stdout)).toMatchObject({ writes: 1, notices: 0, conflicts: 0 });
  const again = await archive('--yes');
  expect(again.stdout).toMatch(/^没有可归档的事项/);
  const verified = await dubanHere(['verify', file]);
  expect([verified.status, verified.stdout]).toEqual([0, expect.stringMatching(/流转记录的链完整.*年度归档 督办归档-2026\.xlsx 与归档时相同,链相接/)]);
  expect((await dubanHere(['backup', file, ...NOW])).stderr).toBe('');
  const refused = await dubanHere(['run', yearly, ...NOW]);
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('这是存档,不运行、不发信')]);
});

/** Has a process end itself by `kill -9` as it puts the workbook without the year in its place: right before, or right after. */
function dyingAt(place: 'before' | 'after'): string {
  const die = 'process.kill(process.pid, "SIGKILL")';
  return `--import=data:text/javascript,${encodeURIComponent(`import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module'; const real = fs.renameSync;
    fs.renameSync = (from, to) => { const isIt = String(to).endsWith('台账.xlsx') && fs.existsSync(${JSON.stringify(yearly)}); if (isIt && ${place === 'before'}) ${die}; real(from, to); if (isIt) ${die}; }; syncBuiltinESMExports();`)}`;
}

it.each(['before', 'after'] as const)('killed right %s the workbook is put in its place, the same command finishes it', async (place) => {
  goBack();
  const { signal } = spawnSync(process.execPath, [dyingAt(place), DIST_CLI, 'archive', file, ...NOW, '--yes'], { stdio: 'ignore' });
  expect([signal, existsSync(yearly)]).toEqual(['SIGKILL', true]);
  expect(ids(file).includes('DB-2026-001')).toBe(place === 'before');
  const finished = await archive('--yes');
  expect([finished.status, finished.stderr]).toEqual([0, '']);
  expect(readdirSync(folder).filter((name) => name.includes('归档') || name.endsWith('.tmp'))).toEqual(['督办归档-2026.xlsx']);
  expect(ids(yearly)).toEqual(['DB-2026-001', 'DB-2026-002']);
  expect(ids(file)).not.toContain('DB-2026-001');
  expect((await dubanHere(['verify', file])).status).toBe(0);
  const ran = await dubanHere(['run', file, ...NOW, '--json']);
  expect(JSON.parse(ran.stdout)).toMatchObject({ notices: 0, conflicts: 0, delivered: 0 });
});

it('overwrites nothing but what a cut left', async () => {
  goBack();
  const other = join(folder, '别的.xlsx');
  copyFileSync(file, other);
  const refused = await archive('--year', '2026', '--to', other, '--yes');
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('文件已存在,不是 2026 年没做完的归档,没有覆盖')]);
  const before = readFileSync(join(kept, '台账.xlsx'));
  expect([readFileSync(other).equals(before), readFileSync(file).equals(before)]).toEqual([true, true]);
});

it('after a stale save brought the rows back, the chain holds, and they are archived once more, into a file of their own', async () => {
  goBack();
  expect((await archive('--yes')).status).toBe(0);
  expect((await dubanHere(['run', file, '--now', '2027-01-13T09:00+08:00'])).status).toBe(0);
  copyFileSync(join(kept, '台账.xlsx'), file);
  const ran = await dubanHere(['run', file, '--now', '2027-01-14T09:00+08:00']);
  expect([ran.status, (await dubanHere(['verify', file])).status]).toEqual([0, 0]);
  expect(ids(file)).toContain('DB-2026-001');
  const again = await dubanHere(['archive', file, '--yes', '--now', '2027-01-14T10:00+08:00']);
  expect([again.status, again.stdout]).toEqual([0, expect.stringContaining(`2 件事项已归档到 ${join(folder, '督办归档-2026-2.xlsx')}`)]);
  expect((await dubanHere(['verify', file])).status).toBe(0);
  goBack();
  expect((await archive('--yes')).status).toBe(0);
});

it('a purge names the archive that holds the item too, and takes it out there; any other change to it is found', async () => {
  const purged = await dubanHere(['purge', file, '--item', 'DB-2026-001', '--yes', ...NOW]);
  expect([purged.status, purged.stdout]).toEqual([3, expect.stringContaining('年度归档 督办归档-2026.xlsx 里有本事项')]);
  expect((await dubanHere(['purge', yearly, '--item', 'DB-2026-001', '--yes', ...NOW])).stdout).toContain('已清除事项 DB-2026-001');
  expect(ids(yearly)).toEqual(['DB-2026-002']);
  const verified = await dubanHere(['verify', file]);
  expect([verified.status, verified.stdout]).toEqual([0, expect.stringContaining('归档后清除过事项')]);

  rmSync(yearly);
  const gone = await dubanHere(['verify', file]);
  expect([gone.status, gone.stderr]).toEqual([1, expect.stringContaining('没有找到年度归档「督办归档-2026.xlsx」(1 件事项)')]);
  const backup = readdirSync(join(folder, 'backups'))[0]!;
  expect((await dubanHere(['restore', join(folder, 'backups', backup), '--to', yearly])).status).toBe(0);
  expect((await dubanHere(['verify', file])).status).toBe(0);
  chmodSync(yearly, 0o644);
  byHandIn(yearly, 'set:DB-2026-002|备注|后来改的');
  const changed = await dubanHere(['verify', file]);
  expect([changed.status, changed.stderr]).toEqual([1, expect.stringContaining('督办归档-2026.xlsx 归档后被改动过')]);
});
