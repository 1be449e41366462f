import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { columnsOf, SHEETS, type Cell, type SheetKey } from '#core';
import type { WorkbookModel } from '../apps-script/fake/workbook-model.ts';
import { duban, type CliResult } from '../support/built-cli.ts';
import { dubanHere } from '../support/cli-here.ts';
import { ACCOUNT, googleBench, type GoogleBench } from './contract-workbook.ts';
import { plainBook, putRows, SMALL_OFFICE } from './plain-book.ts';
import { serviceAccountFile } from './tokens.ts';

const ID = '1AbC_dEf-2026';
const AT = ['--now', '2026-03-02T09:00+08:00'];
let folder: string;
let bench: GoogleBench;

function office(id: string, hosts: Readonly<Record<string, string>>): WorkbookModel {
  return plainBook(id, { ...SMALL_OFFICE, parameters: [...SMALL_OFFICE.parameters!, ...Object.entries(hosts).map(([key, value]) => ({ key, value }))] }, [ACCOUNT]);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'duban-gsheet-'));
  writeFileSync(join(folder, 'key.json'), JSON.stringify(serviceAccountFile(ACCOUNT)));
  bench = await googleBench(office(ID, {}));
});
afterAll(async () => {
  await bench.double.close();
  rmSync(folder, { recursive: true });
});

const settings = (env: Readonly<Record<string, string>>): Record<string, string> => ({ DUBAN_GOOGLE_CREDENTIALS: join(folder, 'key.json'), DUBAN_GOOGLE_URL: bench.root, ...env });
/** In this process, in the office's folder. */
async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}, home = folder): Promise<CliResult> {
  for (const [name, value] of Object.entries(settings(env))) vi.stubEnv(name, value);
  const before = process.cwd();
  process.chdir(home);
  try {
    return await dubanHere(args);
  } finally {
    process.chdir(before);
    vi.unstubAllEnvs();
  }
}
const jsonOf = (result: CliResult): Record<string, unknown> => {
  expect(result.stderr).not.toContain('出错');
  return JSON.parse(result.stdout) as Record<string, unknown>;
};
const column = (book: WorkbookModel, key: SheetKey, name: string): unknown[] => {
  const sheet = book.sheet(SHEETS[key].name)!;
  return Array.from({ length: sheet.lastRow() - 1 }, (_, index) => sheet.read(index + 2, columnsOf(key).findIndex((candidate) => candidate.key === name) + 1));
};
const mails = (id: string): string[] => {
  const outbox = join(folder, 'data', 'gsheet', id, 'outbox');
  return existsSync(outbox) ? readdirSync(outbox).filter((name) => name.endsWith('.eml')) : [];
};

describe('duban run gsheet:ID', () => {
  it('plans, claims the sending, sends, writes in six calls; a second run does nothing in two', async () => {
    const first = jsonOf(await run(['run', `gsheet:${ID}`, '--json', ...AT]));
    expect(first).toMatchObject({ policy: 'tax', items: 2, conflicts: 0 });
    expect(Number(first['writes'])).toBeGreaterThan(10);
    expect(mails(ID).length).toBe(first['delivered']);
    expect(column(bench.book, 'items', 'itemId')).toEqual(['DB-2026-001', 'DB-2026-002']);
    // New ids are looked at once more where nothing else tells the rows apart.
    expect([bench.double.reads(), bench.double.writes()]).toEqual([4, 2]);
    bench.double.calls.length = 0;
    expect(jsonOf(await run(['run', `gsheet:${ID}`, '--json', ...AT]))).toMatchObject({ writes: 0, notices: 0, delivered: 0 });
    expect([bench.double.reads(), bench.double.writes()]).toEqual([2, 0]);
    bench.double.calls.length = 0;
    const next = jsonOf(await run(['run', `gsheet:${ID}`, '--json', '--now', '2026-03-03T09:00+08:00']));
    expect(Number(next['writes'])).toBeGreaterThan(0);
    expect([bench.double.reads(), bench.double.writes()]).toEqual([3, next['delivered'] === 0 ? 1 : 2]);
  });

  it('sends nothing from a second computer meanwhile, and says so', async () => {
    const [two, there] = [office('two-computers', {}), join(folder, 'elsewhere')];
    bench.double.hold(two);
    mkdirSync(there);
    await run(['run', 'gsheet:two-computers', ...AT]);
    const sent = mails('two-computers').length;
    putRows(two.sheet(SHEETS.items.name)!, 4, [columnsOf('items').map(({ key }): Cell => ({ title: '第三件', leadUnit: '征管科', handler: '经办', form: '一般', category: '局领导交办', status: '已下发', deadlineSet: 46_085 } as Record<string, Cell>)[key] ?? null)]);
    const refused = await run(['run', 'gsheet:two-computers', '--now', '2026-03-04T09:00+08:00'], {}, there);
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('另一台电脑上的督办正在为这份谷歌表格发信') as string });
    expect([mails('two-computers').length, existsSync(join(there, 'data', 'gsheet', 'two-computers', 'outbox'))]).toEqual([sent, false]);
    expect(jsonOf(await run(['run', 'gsheet:two-computers', '--json', '--now', '2026-03-04T09:00+08:00']))['delivered']).toBeGreaterThan(0);
  });

  it('check, preview-mail, report and backup work on it too; the backup restores to an .xlsx that agrees', async () => {
    const check = await run(['check', `gsheet:${ID}`, ...AT]);
    expect(check.stdout).toContain('制度 tax,事项 2 件');
    expect((await run(['preview-mail', `gsheet:${ID}`, '--now', '2026-03-04T09:00+08:00'])).stdout).toContain('此刻巡检会发');
    expect((await run(['report', `gsheet:${ID}`, '--period', '2026-02', ...AT])).stdout).toContain('2026年2月排名.xlsx');
    const backup = await run(['backup', `gsheet:${ID}`, ...AT]);
    expect(backup.stderr).toContain('自己加的列和工作表');
    expect(backup.status).toBe(0);
    const archive = backup.stdout.trim().split('\n').at(-1)!;
    expect((await run(['verify', archive])).status).toBe(0);
    expect((await run(['restore', archive, '--to', 'restored.xlsx'])).stdout).toContain('已恢复');
    const restored = jsonOf(await run(['check', 'restored.xlsx', '--json', ...AT]));
    expect(restored).toMatchObject({ policy: 'tax', items: 2 });
    expect(mails(ID).length).toBeGreaterThan(0);
  });

  it("brings an office's own ledger in, previewed first, and never twice", async () => {
    const book = office('1ImP_oRt-2026', { goLive: '' });
    bench.double.hold(book);
    const ledger = new ExcelJS.Workbook();
    ledger.addWorksheet('会议决定').addRows([
      ['序号', '任务名称', '牵头单位', '协办单位', '完成时限', '办理状态', '责任人'],
      [1, '修订窗口服务规范', '办税科', '法规科', new Date(Date.UTC(2026, 3, 10)), '办理中', '经办甲'], [2, '组织业务培训', '人事科', '', '4月底前', '未完成', ''], [3, '=清理台账', '征管科', '', '2026.5.8', '办理中', ''],
    ]);
    await ledger.xlsx.writeFile(join(folder, '原台账.xlsx'));
    const into = (...more: string[]): Promise<CliResult> => run(['import', '原台账.xlsx', '--into', `gsheet:${book.id}`, ...more, ...AT]);
    const before = column(book, 'items', 'title');
    expect(await into()).toMatchObject({ status: 0, stdout: expect.stringMatching(/可导入 3 件[^]*没有写入/) as string });
    expect(column(book, 'items', 'title')).toEqual(before);
    expect(await into('--yes')).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('已导入 3 件事项') as string });
    expect(column(book, 'items', 'title')).toEqual([...before, '修订窗口服务规范', '组织业务培训', '=清理台账']);
    expect(await into('--yes')).toMatchObject({ status: 1, stdout: expect.stringContaining('台账已有同名事项') as string });
    expect(jsonOf(await run(['run', `gsheet:${book.id}`, '--json', ...AT]))).toMatchObject({ conflicts: 0, items: before.length + 3 });
  });

  it('what does not work on it says so; what is wrong is a sentence', async () => {
    expect(await run(['init', 'gsheet:new', '--policy', 'tax'])).toMatchObject({ status: 2, stderr: expect.stringContaining('初始化/修复') as string });
    expect(await run(['purge', `gsheet:${ID}`, '--item', 'DB-2026-001'])).toMatchObject({ status: 2, stderr: expect.stringContaining('只能用于 .xlsx 文件') as string });
    expect(await run(['run', `https://docs.google.com/spreadsheets/d/${ID}/edit`])).toMatchObject({ status: 2, stderr: expect.stringContaining('gsheet:编号') as string });
    expect(await run(['run', `gsheet:${ID}`, '--copy', '搬家'])).toMatchObject({ status: 2, stderr: expect.stringContaining('只用于 .xlsx') as string });
    writeFileSync(join(folder, 'group.yaml'), `workbooks:\n  - path: gsheet:${ID}\n`);
    expect(await run(['group-report', 'group.yaml', '--period', '2026-02', '--to', 'group.xlsx'])).toMatchObject({ status: 2, stderr: expect.stringContaining(`还不能读 gsheet:${ID}`) as string });
    const missing = await run(['run', `gsheet:${ID}`], { DUBAN_GOOGLE_CREDENTIALS: '' });
    expect(missing).toMatchObject({ status: 1, stderr: expect.stringContaining('DUBAN_GOOGLE_CREDENTIALS 没有设置') as string });
    expect(await run(['run', 'gsheet:unknown'])).toMatchObject({ status: 1, stderr: expect.stringContaining(ACCOUNT) as string });
  });

  it('doctor looks at its credentials and shares', async () => {
    mkdirSync(join(folder, 'served'));
    writeFileSync(join(folder, 'served', 'duban.yaml'), `workbooks:\n  - path: gsheet:${ID}\n  - path: gsheet:unknown\nbackups: {}\n`);
    const { stdout, status } = await run(['doctor', '--config', join('served', 'duban.yaml'), ...AT]);
    expect(status).toBe(1);
    expect(stdout).toContain(`✓ gsheet:${ID}:可以读取`);
    expect(stdout).toMatch(/✗ gsheet:unknown:没有这份谷歌表格/);
    expect((await run(['doctor', '--config', join('served', 'duban.yaml'), ...AT], { DUBAN_GOOGLE_CREDENTIALS: 'other.json' })).stdout).toContain('密钥文件不存在:other.json');
  });
});

describe('beside the script inside Google', () => {
  const book = (id: string, hosts: Readonly<Record<string, string>>): WorkbookModel => {
    const made = office(id, hosts);
    bench.double.hold(made);
    return made;
  };
  const setHosts = (made: WorkbookModel, hosts: Readonly<Record<string, string>>): void => {
    putRows(made.sheet(SHEETS.parameters.name)!, 2, [{ key: 'policy', value: 'tax' }, ...Object.entries(hosts).map(([key, value]) => ({ key, value }))].map((row) => columnsOf('parameters').map(({ key }): Cell => (row as Record<string, string>)[key] ?? null)));
  };

  it('where the script plans and sends, this service does neither', async () => {
    const made = book('both-there', { plannerHost: 'apps-script', senderHost: 'apps-script' });
    const { stdout } = await run(['run', 'gsheet:both-there', ...AT]);
    expect(stdout).toContain('由 Apps Script 计算');
    expect([column(made, 'items', 'itemId'), made.sheet(SHEETS.notices.name)!.lastRow(), mails('both-there')]).toEqual([[null, null], 1, []]);
  });

  it('where the script plans, this service sends what stands in 通知 and writes only what became of it', async () => {
    const made = book('planned-there', {});
    await run(['run', 'gsheet:planned-there', '--no-deliver', ...AT]);
    const planned = column(made, 'notices', 'noticeId');
    expect(planned.length).toBeGreaterThan(0);
    setHosts(made, { plannerHost: 'apps-script', senderHost: 'sync-service' });
    const [items, runs] = [column(made, 'items', 'hint'), made.sheet(SHEETS.runs.name)!.lastRow()];
    made.sheet(SHEETS.items.name)!.write(2, columnsOf('items').findIndex(({ key }) => key === 'title') + 1, '改了题目');
    const result = jsonOf(await run(['run', 'gsheet:planned-there', '--json', '--now', '2026-03-03T09:00+08:00']));
    expect(result).toMatchObject({ notices: 0, conflicts: 0 });
    expect(Number(result['delivered'])).toBeGreaterThan(0);
    expect(column(made, 'notices', 'noticeId')).toEqual(planned);
    expect(column(made, 'notices', 'status')).toContain('已发');
    expect([column(made, 'items', 'hint'), made.sheet(SHEETS.runs.name)!.lastRow()]).toEqual([items, runs]);
    expect(mails('planned-there').length).toBe(result['delivered']);
    expect(jsonOf(await run(['run', 'gsheet:planned-there', '--json', '--now', '2026-03-03T09:00+08:00']))).toMatchObject({ writes: 0, delivered: 0 });
  });

  it('where this service plans and the script sends, the mails wait in 通知', async () => {
    const made = book('sent-there', { senderHost: 'apps-script' });
    const result = jsonOf(await run(['run', 'gsheet:sent-there', '--json', ...AT]));
    expect(result).toMatchObject({ delivered: 0, conflicts: 0 });
    expect(column(made, 'notices', 'status')).toContain('待发');
    expect(mails('sent-there')).toEqual([]);
  });
});

it('the built command line does it too, and neither key nor token reaches what is printed', async () => {
  const { status, stdout, stderr } = await duban(['run', `gsheet:${ID}`, ...AT], { cwd: folder, env: settings({}) });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  const key = (JSON.parse(readFileSync(join(folder, 'key.json'), 'utf8')) as Record<string, string>)['private_key']!;
  for (const secret of [key.slice(30, 60), 'token-']) expect(stdout + stderr).not.toContain(secret);
});
