import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { columnsOf } from '#core';
import { dubanHere } from './support/cli-here.ts';
import { countsOf, runHere } from './support/run-here.ts';
import { byHandIn } from './support/by-hand.ts';

const PEOPLES = columnsOf('items').filter(({ editor }) => editor === 'P').map(({ header }) => header);

type Row = Record<string, string | number | null | undefined>;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'duban-mistakes-'));
  file = join(folder, '台账.xlsx');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Edits of a person in another program. */
function byHand(...edits: string[]): string {
  return byHandIn(file, ...edits);
}

function rows(sheet = ''): Row[] {
  return byHand(sheet === '' ? 'show' : `show:${sheet}`).trim().split('\n').map((line) => JSON.parse(line) as Row);
}

function itemOf(id: string): Row {
  return rows().find((row) => row['事项编号'] === id)!;
}

function peoples(row: Row): Row {
  return Object.fromEntries(PEOPLES.map((header) => [header, row[header]]));
}

/** A run that must succeed, and a second one at the same moment that must do nothing; returns the mails of the first. */
async function runAt(moment: string): Promise<{ to: string; subject: string; text: string }[]> {
  const outbox = join(folder, 'outbox');
  const mails = (): string[] => (existsSync(outbox) ? readdirSync(outbox) : []);
  const before = new Set(mails());
  expect(countsOf(await runHere(file, moment))).toMatchObject({ conflicts: 0 });
  expect(countsOf(await runHere(file, moment))).toEqual({ writes: 0, notices: 0, delivered: 0, conflicts: 0 });
  return Promise.all(mails().filter((name) => !before.has(name)).map(async (name) => {
    const { to, subject, text } = await simpleParser(readFileSync(join(outbox, name)));
    return { to: [to].flat().map((address) => address?.text ?? '').join(', '), subject: subject ?? '', text: text ?? '' };
  }));
}

it('a wrong limit is put right by a 更正 whose date Excel made a date, and whoever was chased is told, in no cell of people\'s', async () => {
  await dubanHere(['init', file, '--policy', 'tax', '--sample', '--now', '2026-03-16T09:00+08:00']);
  await runAt('2026-03-16T09:00+08:00');
  const chased = new Set(rows('通知').filter((row) => row['类型'] === '催办通知' && row['状态'] === '已发').map((row) => row['事项编号']));
  const late = rows().find((row) => row['灯号'] === '红' && row['状态'] === '办理中' && chased.has(row['事项编号']))!;
  const id = late['事项编号'] as string;
  const approver = rows('人员').find((row) => (row['角色'] as string).includes('督办专员'))!['姓名'] as string;
  byHand(`record:申请审批|事项编号=${id}|类型=更正|原因=录错月份|更正字段=要求时限|更正为=2026-04-20|一级审批人=${approver}|一级结论=同意`);
  const told = await runAt('2026-03-17T09:00+08:00');
  expect(itemOf(id)).toMatchObject({ 现行时限: '2026-04-20', 原定时限: '2026-04-20', 灯号: '绿', 延期次数: null, 提示: expect.stringContaining('时限已更正为 2026-04-20') as string });
  expect(peoples(itemOf(id))).toEqual(peoples(late));
  const letters = told.filter(({ subject }) => subject.startsWith(`更正说明:${id}`));
  expect(letters.length).toBeGreaterThanOrEqual(2);
  for (const { text } of letters) expect(text).toMatch(/「要求时限」更正为 2026-04-20,原因:录错月份/);
  expect(rows('考核计分').filter((row) => row['事项编号'] === id && row['状态'] === '生效')).toEqual([]);
});

it('a person who leaves is written to no more: the successor gets one list and the reminders, the cells stay as people typed them', async () => {
  await dubanHere(['init', file, '--policy', 'tax', '--sample', '--now', '2026-03-16T09:00+08:00']);
  await runAt('2026-03-16T09:00+08:00');
  const leaver = rows().find((row) => row['状态'] === '办理中' && row['承办人'] !== null)!['承办人'] as string;
  const { 邮箱: address, 单位: unit } = rows('人员').find((row) => row['姓名'] === leaver)!;
  byHand(`record:人员|姓名=新来的经办|单位=${String(unit)}|角色=承办人|邮箱=new@example.com`, `cell:人员|姓名=${leaver}|离任日期|2026-03-17`, `cell:人员|姓名=${leaver}|接任人|新来的经办`);
  const before = rows();
  const mails = [...await runAt('2026-03-17T09:00+08:00'), ...await runAt('2026-03-18T09:00+08:00'), ...await runAt('2026-03-23T09:00+08:00')];
  expect(mails.filter(({ to }) => to.includes(address as string))).toEqual([]);
  const mine = mails.filter(({ to }) => to.includes('new@example.com'));
  expect(mine.filter(({ subject }) => subject.includes('移交'))).toHaveLength(1);
  expect(mine.length).toBeGreaterThan(1);
  for (const row of before) expect(peoples(itemOf(row['事项编号'] as string))).toEqual(peoples(row));
  const isOver = (row: Row): boolean => ['已办结', '已归档', '已撤销'].includes(row['状态'] as string);
  for (const row of rows().filter((candidate) => candidate['承办人'] === leaver && !isOver(candidate))) {
    expect(row['提示']).toContain(`承办人「${leaver}」已于 2026-03-17 离任`);
  }
});

it('a calendar published late moves an issued limit later, once, and tells the handler once', async () => {
  await dubanHere(['init', file, '--policy', 'tax', '--now', '2027-01-21T09:00+08:00']);
  byHand('record:单位|单位=征管科|单位类型=科室|负责人=科长', 'record:人员|姓名=科长|单位=征管科|角色=单位负责人|邮箱=head@example.com',
    'record:人员|姓名=经办|单位=征管科|角色=承办人|邮箱=hand@example.com', 'record:人员|姓名=专员|角色=督办专员|邮箱=office@example.com',
    'record:督办台账|督办事项=答复提案|事项类别=人大建议/政协提案|牵头单位=征管科|承办人=经办|收受时间=2027-01-21|状态=待分办');
  await runAt('2027-01-21T10:00+08:00');
  const id = rows()[0]!['事项编号'] as string;
  byHand(`set:${id}|状态|已下发`);
  await runAt('2027-01-22T09:00+08:00');
  expect(itemOf(id)).toMatchObject({ 现行时限: '2027-02-05', 时限依据: expect.stringContaining('(暂定)') as string });
  byHand(...['2027-02-05', '2027-02-08', '2027-02-09', '2027-02-10', '2027-02-11', '2027-10-01'].map((day) => `record:工作日历|日期=${day}|类型=休`));
  const told = await runAt('2027-01-25T09:00+08:00');
  expect(itemOf(id)).toMatchObject({ 现行时限: '2027-02-12', 原定时限: '2027-02-12' });
  expect(told.filter(({ to, text }) => to.includes('hand@example.com') && text.includes('时限由 2027-02-05 顺延至 2027-02-12'))).toHaveLength(1);
  expect((await runAt('2027-01-26T09:00+08:00')).filter(({ text }) => text.includes('顺延至'))).toEqual([]);
});
