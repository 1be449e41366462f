import { beforeEach, expect, it } from 'vitest';
import { day, moment, serialOfDay, type Delivery } from '#core';
import { POLICIES } from '#policies';
import { runWorkbook, type DeliveryMemory, type RunOutcome } from '../../sync-service/jobs/run-workbook.ts';
import type { GroupRobot, RobotResult } from '../../sync-service/notify/robots/robot.ts';
import { MemoryWorkbook } from '../support/memory-workbook.ts';
import { memoryStore } from '../support/memory-store.ts';

let book: MemoryWorkbook;
let entries: Map<string, Delivery>;
let told: { subject: string; body: string }[];
let answers: RobotResult[];

const ROBOT: GroupRobot = {
  group: { name: '督办群', channel: '钉钉群' }, check: () => Promise.resolve({ ok: true }),
  send({ subject, body }) {
    const answer = answers.shift() ?? { ok: true };
    if (answer.ok) told.push({ subject, body });
    return Promise.resolve(answer);
  },
};

beforeEach(() => {
  book = new MemoryWorkbook();
  entries = new Map();
  told = [];
  answers = [];
  book.add('parameters', { key: 'policy', value: 'tax' });
  book.add('units', { name: '征管科', head: '甲科长', active: '是' });
  book.add('people', { name: '甲科长', unit: '征管科', roles: '单位负责人', email: 'head@example.com' });
  const item = (id: string, deadline: string, more: Readonly<Record<string, string>> = {}): void => {
    book.add('items', { itemId: id, title: `办理${id}`, leadUnit: '征管科', handler: '甲科长', form: '一般', category: '局领导交办', status: '办理中', deadlineSet: serialOfDay(day(deadline)), ...more });
  };
  item('DB-1', '2026-03-02', { title: '**紧急** <@all> [链接](http://evil.example)' });
  item('DB-2', '2026-03-05');
  item('DB-3', '2026-03-02', { title: '机密题目', confidentiality: '保密' });
});

async function run(now: string, robots: readonly GroupRobot[] = [ROBOT]): Promise<RunOutcome> {
  const memory: DeliveryMemory = { workbookId: 'groups', entries: () => entries, record: (delivery) => void entries.set(delivery.key, delivery), reached: () => new Set<string>() };
  return runWorkbook({
    store: memoryStore(book), policies: POLICIES, now: moment(now), policyExpected: null, memory, robots, dryRun: false, digests: 'from-digest-time', version: 'test',
    progress: { step: () => undefined, count: () => undefined }, elapsed: () => 1,
    transport: { name: 'smtp', send: () => Promise.resolve({ ok: true }), check: () => Promise.resolve({ ok: true }), close: () => Promise.resolve() },
  });
}

const rows = (): Record<string, unknown>[] => {
  const sheet = book.sheets.get('notices')!;
  return sheet.rows.map(({ cells }): Record<string, unknown> => Object.fromEntries(sheet.keys.map((key, place) => [key ?? '', cells[place]]))).filter(({ recipient }) => recipient === '督办群');
};

/** The first sight of a table is taken as it stands: what is late then is no news. */
async function seen(): Promise<void> {
  await run('2026-02-27 09:00', []);
}

it('hears once, in one message, of what is late or due, of a confidential item its number alone, and of no markup', async () => {
  await seen();
  await run('2026-03-03 09:00');
  expect(told).toHaveLength(1);
  const [{ subject, body }] = told as [typeof told[number]];
  expect(subject).toBe('督办动态 3月3日');
  expect(body).toMatch(/^## 督办提醒:逾期 2 件,临近到期 \d 件\n【红】DB-1 ＊＊紧急＊＊ ＜＠all＞ ［链接］\(http:\/\/evil\.example\)\(征管科\) 逾期 1 天\n/);
  expect(body).toMatch(/另有保密事项\(只列编号\):DB-3$/);
  expect(body).not.toContain('机密题目');
  expect(rows()).toMatchObject([{ noticeId: '每日摘要/2026-03-03 09:00/督办群', type: '每日摘要', itemId: null, channel: '钉钉群', status: '已发', attempts: 1 }]);
  expect((await run('2026-03-03 09:00')).state).toBe('unchanged');
  expect((await run('2026-03-03 10:00')).delivered).toBe(0);
  expect(told).toHaveLength(1);
});

it('is told nothing before the hour of digests, on a day off, from a copy, or where another host sends', async () => {
  await seen();
  await run('2026-03-03 07:00');
  book.isCopy = true;
  await run('2026-03-03 09:00');
  book.isCopy = false;
  book.add('parameters', { key: 'senderHost', value: 'apps-script' });
  await run('2026-03-03 09:30');
  expect(told).toEqual([]);
  const parameters = book.sheets.get('parameters')!;
  parameters.rows = parameters.rows.filter(({ cells }) => !cells.includes('senderHost'));
  await run('2026-03-07 10:00');
  expect(told).toEqual([]);
  await run('2026-03-09 09:00');
  expect(told).toHaveLength(1);
});

it('a message that did not get through goes out later with the same words; a refused one waits for a person, and newer ones go on', async () => {
  await seen();
  answers.push({ ok: false, reason: 'later', message: '太忙' });
  expect((await run('2026-03-03 09:00')).undelivered).toEqual([{ key: '每日摘要/2026-03-03 09:00/督办群', message: '太忙' }]);
  expect((await run('2026-03-03 09:10')).undelivered).toEqual([]);
  answers.push({ ok: false, reason: 'settings', message: '没有这个机器人' });
  await run('2026-03-03 09:20');
  expect(entries.get('每日摘要/2026-03-03 09:00/督办群')).toMatchObject({ attempts: 1, state: 'failed', error: '没有这个机器人' });
  answers.push({ ok: false, reason: 'content', message: '拒收' });
  const refused = await run('2026-03-03 10:00');
  expect(refused.undelivered).toHaveLength(1);
  expect(rows()).toMatchObject([{ status: '失败', attempts: 2, error: '拒收', sentAt: null }]);
  expect((await run('2026-03-03 11:00')).state).toBe('unchanged');
  await run('2026-03-05 09:00');
  expect(told).toHaveLength(1);
  expect(told[0]!.subject).toBe('督办动态 3月5日');
  book.edit('notices', '每日摘要/2026-03-03 09:00/督办群', 'status', '待发');
  await run('2026-03-05 10:00');
  expect(told.map(({ subject }) => subject)).toEqual(['督办动态 3月5日', '督办动态 3月3日']);
  expect(rows()[0]).toMatchObject({ status: '已发', attempts: 3 });
});

it('a run that died over a message sends it again; people who delete its row don\'t have it sent once more', async () => {
  await seen();
  await expect(run('2026-03-03 09:00', [{ ...ROBOT, send: () => Promise.reject(new Error('killed')) }])).rejects.toThrow('killed');
  await run('2026-03-03 09:01');
  expect(told).toHaveLength(1);
  expect([...entries.values()].filter(({ channel }) => channel === '钉钉群')).toMatchObject([{ state: 'sent', at: moment('2026-03-03 09:01') }]);
  const sheet = book.sheets.get('notices')!;
  sheet.rows = sheet.rows.filter(({ cells }) => cells[sheet.keys.indexOf('recipient')] !== '督办群');
  await run('2026-03-03 12:00');
  expect(told).toHaveLength(1);
  expect(rows()).toHaveLength(1);
});
