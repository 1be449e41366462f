import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Document, Packer, Paragraph } from 'docx';
import { TemplateHandler } from 'easy-template-x';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SAMPLES } from '#templates';
import { duban, type CliResult } from './support/built-cli.ts';
import { byHandIn } from './support/by-hand.ts';
import { dubanHere } from './support/cli-here.ts';

const NOW = ['--now', '2026-03-16T09:00+08:00'];
/** Items of the tax sample. */
const ITEMS = SAMPLES.tax.rows.items!.length;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'duban-cli-'));
  file = join(folder, '台账.xlsx');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const init = (policy = 'tax'): Promise<CliResult> => dubanHere(['init', file, '--policy', policy, '--sample', ...NOW]);
const run = (...options: string[]): Promise<CliResult> => dubanHere(['run', file, ...NOW, ...options]);
const json = (result: CliResult): Record<string, unknown> => JSON.parse(result.stdout) as Record<string, unknown>;
const byHand = (...edits: string[]): string => byHandIn(file, ...edits);
const ledger = (): Record<string, unknown>[] => byHand('show').trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
const itemOf = (id: string): Record<string, unknown> => ledger().find((row) => row['事项编号'] === id)!;
const outbox = (): string[] => (existsSync(join(folder, 'outbox')) ? readdirSync(join(folder, 'outbox')).sort() : []);

describe('the six offices, by the built command line', () => {
  it.each(['bus', 'logistics', 'expo', 'company', 'platform', 'tax'])('%s: one run does the work, the second finds none', async (policy) => {
    const built = (): Promise<CliResult> => duban(['run', file, ...NOW, '--json']);
    expect((await duban(['init', file, '--policy', policy, '--sample', ...NOW])).status).toBe(0);
    const first = await built();
    expect(first.status, first.stderr).toBe(0);
    const { writes, notices, delivered, conflicts } = json(first) as Record<string, number>;
    expect(Math.min(writes!, notices!, delivered!)).toBeGreaterThan(0);
    expect(conflicts).toBe(0);
    expect(outbox()).toHaveLength(delivered!);
    const bytes = readFileSync(file);
    const second = await built();
    expect(second.status).toBe(0);
    expect(second.stdout).toMatch(/"writes":0,"notices":0/);
    expect(json(second)['delivered']).toBe(0);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });
});

describe('what only looks', () => {
  it('check and --dry-run write nothing and send nothing', async () => {
    await init();
    const bytes = readFileSync(file);
    const check = await dubanHere(['check', file, ...NOW]);
    expect(check).toMatchObject({ status: 0, stdout: expect.stringMatching(new RegExp(`制度 tax,事项 ${String(ITEMS)} 件,提示 \\d+ 条`)) as string });
    expect(JSON.parse((await dubanHere(['check', file, '--json', ...NOW])).stdout)).toMatchObject({ policy: 'tax', items: ITEMS });
    const table = await run('--dry-run');
    expect(table.status).toBe(0);
    expect(table.stdout).toMatch(/计划写入 \d+ 处/);
    expect(table.stdout).toMatch(/督办台账 {2}DB-2026-\d+ {2}灯号:.* → 红/);
    expect((json(await run('--dry-run', '--json'))['plan'] as unknown[]).length).toBeGreaterThan(0);
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(outbox()).toEqual([]);
  });

  it('--no-deliver writes and sends nothing; the next run sends', async () => {
    await init();
    const bytes = readFileSync(file);
    expect(json(await run('--no-deliver', '--json'))).toMatchObject({ delivered: 0 });
    expect(readFileSync(file).equals(bytes)).toBe(false);
    expect(outbox()).toEqual([]);
    const sent = json(await run('--json'));
    expect(sent).toMatchObject({ notices: 0, delivered: outbox().length });
    expect(sent['delivered']).toBeGreaterThan(0);
  });
});

it('report writes ranking rows and the three files', async () => {
  await init();
  await run('--no-deliver');
  const bytes = readFileSync(file);
  const result = await duban(['report', file, '--period', '2026Q1', ...NOW]);
  expect(result.status, result.stderr).toBe(0);
  expect(readdirSync(join(folder, 'reports')).map((name) => name.slice(name.lastIndexOf('.'))).sort()).toEqual(['.docx', '.png', '.xlsx']);
  expect(readFileSync(file).equals(bytes)).toBe(false);
});

it('the report of a month brings 考核确认表, and says where scores have moved on since the last run', async () => {
  await init();
  await run('--no-deliver');
  mkdirSync(join(folder, '文书模板'));
  const template = async (text: string): Promise<void> => writeFileSync(join(folder, '文书模板', '考核确认表.docx'), await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph(text)] }] })));
  const bytes = readFileSync(file);
  await template('{#表}{单未}{#事项}{/表}');
  const refused = await dubanHere(['report', file, '--period', '2026-03', ...NOW]);
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringMatching(/「考核确认表」不能使用：有 2 处要改。1\. 不认识的标签 \{单未\}.*2\. \{#事项\} 后面没有/)]);
  expect(readFileSync(file).equals(bytes)).toBe(true);
  await template('{#表}本单位格式 {单位}{/表}');
  const result = await duban(['report', file, '--period', '2026-03', ...NOW]);
  expect(result.status, result.stderr).toBe(0);
  expect(result.stderr).not.toContain('考核确认表按');
  const later = await duban(['report', file, '--period', '2026-03', '--now', '2026-04-01T09:00+08:00']);
  expect(later.stderr).toMatch(/考核确认表按「考核计分」现有的分值,其中 \d+ 行与此刻应有的不同:请先运行 duban run/);
  expect(await new TemplateHandler().getText(readFileSync(join(folder, 'reports', '2026年3月考核确认表.docx')))).toMatch(/^(本单位格式 \S+)+$/);
});

describe('wrong usage ends with 2', () => {
  it.each<[string, (path: string) => string[]]>([
    ['an unknown policy', (path) => ['init', path, '--policy', 'mars']],
    ['no policy', (path) => ['init', path]],
    ['a name without .xlsx', (path) => ['init', `${path}.csv`, '--policy', 'tax']],
    ['a bad --now', (path) => ['run', path, '--now', '昨天']],
    ['a bad period', (path) => ['report', path, '--period', '2026Q5']],
    ['an unknown command', () => ['fly']],
    ['an unknown option', (path) => ['run', path, '--fast']],
  ])('%s', async (_, args) => {
    const result = await dubanHere(args(file));
    expect(result.status).toBe(2);
    expect(result.stderr).not.toMatch(/\n\s+at /);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a file that is none ends with 1 and stays as it is', () => {
  const zipStart = Buffer.from('504b0304', 'hex');
  it.each<[string, Buffer | null, RegExp]>([
    ['missing', null, /没有|找不到|不存在/],
    ['a text file', Buffer.from('事项,时限\n修路,4月底\n'), /xlsx/],
    ['empty', Buffer.alloc(0), /请/],
    ['cut off', Buffer.concat([zipStart, Buffer.alloc(2000, 7)]), /请/],
    ['an old .xls', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), /xls/],
  ])('%s', async (_, bytes, sentence) => {
    if (bytes !== null) writeFileSync(file, bytes);
    const result = await dubanHere(['run', file, ...NOW]);
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(sentence);
    expect(result.stderr).not.toMatch(/\n\s+at /);
    if (bytes === null) expect(existsSync(file)).toBe(false);
    else expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('init never writes over a file', async () => {
    writeFileSync(file, '我的');
    const result = await init();
    expect(result).toMatchObject({ status: 1, stderr: expect.stringContaining('文件已存在') as string });
    expect(readFileSync(file, 'utf8')).toBe('我的');
  });
});

it('a person without an e-mail is named, the others get theirs, and the run ends with 3', async () => {
  await init();
  byHand('no-email:税源科经办');
  const result = await run('--json');
  expect(result.status, result.stderr).toBe(3);
  expect(result.stderr).toMatch(/未送达 .*税源科经办/);
  expect(json(result)['delivered']).toBeGreaterThan(0);
});

it('a copy at another place sends nothing and says so', async () => {
  await init();
  const copy = join(folder, '副本');
  mkdirSync(copy);
  copyFileSync(file, join(copy, '台账.xlsx'));
  const result = await dubanHere(['run', join(copy, '台账.xlsx'), ...NOW]);
  expect(result.stdout).toContain('发现副本');
  expect(existsSync(join(copy, 'outbox'))).toBe(false);
});

describe('edits made by hand with another program', () => {
  it('are kept as typed and answered by the next run, in any order of rows', async () => {
    await init();
    await run();
    const before = ledger();
    const late = before.find((row) => row['灯号'] === '红' && row['状态'] === '办理中')!;
    const id = late['事项编号'] as string;
    byHand(`set:${id}|状态|待审核`, `set:${id}|办理结果|已办妥`, `set:${id}|进展情况|=1+1 已报结果`, `record:进展反馈|事项编号=${id}|类型=结果|进展情况=已办妥|负责人审阅=是`, 'add:督办事项=新排的事项|牵头单位=征管科|状态=拟立项', 'reverse:');
    const result = await dubanHere(['run', file, '--now', '2026-03-17T09:00+08:00', '--json']);
    expect(result.status, result.stderr).toBe(0);
    expect(itemOf(id)).toMatchObject({ 状态: '待审核', 灯号: '蓝', 进展情况: '=1+1 已报结果' });
    const added = ledger()[0]!;
    expect(added).toMatchObject({ 督办事项: '新排的事项', 牵头单位: '征管科', 状态: '拟立项', 灯号: '灰' });
    expect(added['事项编号']).toMatch(/^DB-2026-\d{3}$/);
    expect(before.map((row) => row['事项编号'])).not.toContain(added['事项编号']);
  });

  it('an own column and a title above the header are left alone', async () => {
    await init();
    byHand('column:我的备注', 'title:某县税务局督办台账');
    const result = await run('--json');
    expect(result.status, result.stderr).toBe(0);
    const rows = ledger();
    expect(rows).toHaveLength(ITEMS);
    expect(rows[0]).toMatchObject({ 我的备注: '人写的' });
    expect(new Set(rows.map((row) => row['灯号']))).toContain('红');
  });
});
