import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { day, moment, serialOfDay } from '#core';
import { POLICIES } from '#policies';
import { openFeishuOffice } from '../../sync-service/cli/feishu-office.ts';
import { parseConfig } from '../../sync-service/config/config.ts';
import { actsOfReader } from '../../sync-service/console/answer-links.ts';
import { noticeCard } from '../../sync-service/feishu/card.ts';
import { openMessages } from '../../sync-service/feishu/messages.ts';
import { openMessenger, type Messenger } from '../../sync-service/feishu/messenger.ts';
import { openPeople } from '../../sync-service/feishu/people.ts';
import { runWorkbook, type RunOutcome } from '../../sync-service/jobs/run-workbook.ts';
import { openJournalOf } from '../../sync-service/workbook/memory/delivery-journal.ts';
import type { Mail } from '../../sync-service/notify/mail.ts';
import { MemoryWorkbook } from '../support/memory-workbook.ts';
import { memoryStore } from '../support/memory-store.ts';
import { feishuBench, plainBase, type FeishuBench } from './contract-workbook.ts';
import { CARD, type OfficeModel } from './office-model.ts';
import { openApiWitness } from './openapi-witness.ts';

let folder: string;
let bench: FeishuBench;
let office: OfficeModel;
let book: MemoryWorkbook;
let mails: Mail[];
let days: number;
let steps: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'duban-cards-'));
  bench = await feishuBench(plainBase({}));
  ({ office } = bench.double);
  [book, mails, days, steps] = [new MemoryWorkbook(), [], 0, []];
  book.add('parameters', { key: 'policy', value: 'tax' });
  book.add('units', { name: '征管科', head: '甲科长', active: '是' });
  const person = (name: string, more: Readonly<Record<string, string>>): void => { book.add('people', { name, unit: '征管科', roles: '承办人', ...more }); };
  person('甲科长', { roles: '单位负责人', email: 'head@example.com', phone: '+86 138-0000-0001' });
  person('乙经办', { email: 'handler@example.com' });
  person('丙经办', { email: 'third@example.com', phone: '13800000003' });
  person('丁经办', { email: 'fourth@example.com', feishuId: 'ou_four' });
  const item = (id: string, handler: string, title: string): void => {
    book.add('items', { itemId: id, title, leadUnit: '征管科', handler, form: '一般', category: '局领导交办', status: '办理中', deadlineSet: serialOfDay(day('2026-03-05')) });
  };
  item('DB-1', '甲科长', '联系人 13912345678 的来信');
  item('DB-2', '乙经办', '办理乙');
  item('DB-3', '丙经办', '办理丙');
  item('DB-4', '丁经办', '办理丁');
  office.people.push({ openId: 'ou_one', mobile: '13800000001' }, { openId: 'ou_two', email: 'handler@example.com' }, { openId: 'ou_four' });
  // The first sight of a table is taken as it stands.
  await run('2026-02-27 09:00');
  mails = [];
});

afterEach(async () => {
  await bench.double.close();
  rmSync(folder, { recursive: true });
});

function messenger(): Messenger {
  const messages = openMessages(bench.client);
  const maker = { url: 'https://duban.example.cn', secret: Buffer.alloc(32, 1), book: 'bk' };
  return openMessenger({
    messages, people: openPeople(folder, 'cli_x', messages, () => Date.UTC(2026, 2, 3) + days * 86_400_000), book: 'bk',
    actsOf: (workbook, notice, reader) => actsOfReader(workbook, notice, reader, moment('2026-03-03 09:00'), maker).map(({ kind, id, name, url, mayExtend }) => (kind === 'item' ? { kind, name, url, mayExtend } : { kind, name, requestId: id, url })),
  });
}

function run(now: string, by: Messenger = messenger()): Promise<RunOutcome> {
  return runWorkbook({
    store: memoryStore(book), policies: POLICIES, now: moment(now), policyExpected: null, memory: openJournalOf(folder, 'book'), messenger: by, dryRun: false, digests: 'at-once', version: 'test',
    progress: { step: (message) => { steps.push(message); }, count: () => undefined }, elapsed: () => 1,
    transport: { name: 'smtp', send: (mail) => { mails.push(mail); return Promise.resolve({ ok: true }); }, check: () => Promise.resolve({ ok: true }), close: () => Promise.resolve() },
  });
}

const digests = (): Record<string, unknown>[] => {
  const sheet = book.sheets.get('notices')!;
  return sheet.rows.map(({ cells }): Record<string, unknown> => Object.fromEntries(sheet.keys.map((key, place) => [key ?? '', cells[place]]))).filter(({ type }) => type === '每日摘要');
};

describe('a run with Feishu', () => {
  it('sends cards to whom Feishu knows by mobile, mailbox or 飞书ID, mail to the others, and says so in 渠道', async () => {
    const witness = openApiWitness();
    bench.double.witness = witness.see;
    const outcome = await run('2026-03-03 09:00');
    expect(office.messages.map(({ to }) => to).sort()).toEqual(['ou_four', 'ou_one', 'ou_two']);
    expect(mails.map(({ to }) => to.map(({ address }) => address))).toEqual([['third@example.com']]);
    expect(Object.fromEntries(digests().map(({ recipient, channel, status }) => [recipient, `${String(channel)} ${String(status)}`]))).toEqual({ 甲科长: '飞书 已发', 乙经办: '飞书 已发', 丙经办: '邮件 已发', 丁经办: '飞书 已发' });
    expect(outcome.undelivered).toEqual([]);
    expect(witness.problems).toEqual([]);
    expect((await run('2026-03-03 09:00')).state).toBe('unchanged');
    expect([office.messages.length, mails.length]).toEqual([3, 1]);
  });

  it('shows the words of the mail, what can be done, and no mobile\'s number', async () => {
    await run('2026-03-03 09:00');
    const { card } = office.messages.find(({ to }) => to === 'ou_one')!;
    const text = JSON.stringify(card);
    expect(card.header).toEqual({ title: { tag: 'plain_text', content: '督办每日摘要 3月3日:1 件待办' }, template: 'orange' });
    expect(text).toContain("<font color='orange'>**【黄】**</font>DB-1 联系人 139····5678 的来信");
    expect(text).not.toContain('13912345678');
    const buttons = card.body.elements.flatMap((element) => (element.tag === 'column_set' ? element.columns.flatMap(({ elements }) => elements) : []));
    expect(buttons.map(({ text: { content } }) => content)).toEqual(['去反馈', '申请延期']);
    expect(buttons[1]!.behaviors[0]).toMatchObject({ type: 'open_url', default_url: expect.stringMatching(/^https:\/\/duban\.example\.cn\/answer\/item\/[\w.-]+#act=%E7%94%B3%E8%AF%B7%E5%BB%B6%E6%9C%9F$/) as string });
  });

  it('bears links for Google spreadsheets too, which the console serves like the others', async () => {
    for (const [name, value] of [['DUBAN_FEISHU_APP_ID', bench.double.appId], ['DUBAN_FEISHU_APP_SECRET', bench.double.appSecret], ['DUBAN_FEISHU_URL', bench.root]] as const) vi.stubEnv(name, value);
    const result = parseConfig('workbooks: [{ path: "gsheet:1AbCdEfGhIjKlMnOpQrStUvWxYz" }]\nfeishu: { messages: true }\nconsole: { url: "https://duban.example.cn" }\n', folder);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    const feishu = openFeishuOffice({ config: result.config, folder }, null, pino({ level: 'silent' }))!;
    await run('2026-03-03 09:00', feishu.messengerFor(result.config.workbooks[0]!));
    vi.unstubAllEnvs();
    expect(JSON.stringify(office.messages.find(({ to }) => to === 'ou_one')!.card)).toContain('"default_url":"https://duban.example.cn/answer/item/');
  });

  it('asks once who people are, and again the next day of those whom Feishu did not know', async () => {
    await run('2026-03-03 09:00');
    const asked = office.lookUps;
    expect(asked).toBeLessThanOrEqual(2);
    expect(readFileSync(join(folder, 'feishu-people.json'), 'utf8')).not.toMatch(/1380000|example/);
    await run('2026-03-05 09:00');
    expect(office.lookUps).toBe(asked);
    days = 2;
    office.people.push({ openId: 'ou_three', mobile: '13800000003' });
    await run('2026-03-06 09:00');
    expect(office.messages.filter(({ to }) => to === 'ou_three')).toHaveLength(1);
  });

  it.each([['who is not among the app\'s users', 400, 230013], ['who stopped the app', 400, 230053], ['whose card is refused', 400, 230099], ['where the leak check refuses', 400, 230028], ['where the app may send none', 400, 230006]])('%s gets the mail', async (_, status, code) => {
    office.refuses.set('ou_one', { status, code });
    await run('2026-03-03 09:00');
    expect(mails.map(({ to }) => to[0]!.address).sort()).toEqual(['head@example.com', 'third@example.com']);
    expect(digests().every(({ status: state }) => state === '已发')).toBe(true);
  });

  it('tells nobody twice where the answer was lost', async () => {
    office.refuses.set('ou_one', 'lost');
    const first = await run('2026-03-03 09:00');
    expect(first.undelivered).toEqual([{ key: '每日摘要/2026-03-03/甲科长', message: '飞书没有答复是否送达 甲科长(1255040)' }]);
    office.refuses.clear();
    expect((await run('2026-03-03 09:05')).delivered).toBe(0);
    expect((await run('2026-03-03 09:30')).delivered).toBe(1);
    expect(office.messages.filter(({ to }) => to === 'ou_one')).toHaveLength(1);
    expect(mails).toHaveLength(1);
  });

  it('Feishu that can\'t be reached leaves all to the mail', async () => {
    await bench.double.close();
    await run('2026-03-03 09:00');
    bench = await feishuBench(plainBase({}));
    expect(mails.map(({ to }) => to[0]!.address).sort()).toEqual(['fourth@example.com', 'handler@example.com', 'head@example.com', 'third@example.com']);
    expect(steps.join()).toMatch(/飞书没有查到收件人\(ECONN\w+ .*,改发邮件/);
  });
});

describe('a card', () => {
  const acts = [{ kind: 'request' as const, name: 'SQ-1(DB-1 甲)', requestId: 'SQ-1', url: null }];
  it('is kept below what Feishu takes, its buttons first', () => {
    const body = Array.from({ length: 900 }, (_, index) => `段落 ${index} ${'督办'.repeat(30)}`).join('\n\n');
    const card = noticeCard({ subject: '通报', body, footer: [] }, { acts, callback: { book: 'bk', notice: 'k' }, result: null });
    expect(Buffer.byteLength(JSON.stringify(JSON.stringify(card)))).toBeLessThan(30_000);
    expect(JSON.stringify(card)).toContain('……内容较长,其余见督办台账。');
    expect(JSON.stringify(card)).toContain('不同意');
  });

  it('lets no title be markup', () => {
    const card = noticeCard({ subject: '<at id=all></at>', body: "【红】DB-1 **重** <font color='red'>x</font> [点此](http://evil.example)", footer: ['<b>'] }, { acts: [], callback: null, result: null });
    expect(CARD.safeParse(card).success).toBe(true);
    expect(card.body.elements.map((element) => (element.tag === 'markdown' ? element.content.replaceAll(/<\/?font[^>]*>/g, '') : '')).join('')).not.toMatch(/[<>[\]`]/);
    expect(JSON.stringify(card.body)).toContain('＜font color=');
  });

  it('without anybody who hears offers a page in place of a decision, or says where to decide', () => {
    const [page, none] = [{ ...acts[0]!, url: 'https://duban.example.cn/answer/request/x' }, acts[0]!].map((act) => JSON.stringify(noticeCard({ subject: '批复提醒', body: '请批', footer: [] }, { acts: [act], callback: null, result: null })));
    expect(page).toContain('去审批');
    expect(none).not.toContain('"button"');
  });
});
