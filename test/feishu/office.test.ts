import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { decideRequest, moment, momentFromEpoch, parseWorkbook, planRun, SHEETS } from '#core';
import { POLICIES } from '#policies';
import { SAMPLES } from '#templates';
import { parseConfig } from '../../sync-service/config/config.ts';
import { openCloudBook } from '../../sync-service/console/cloud-book.ts';
import { bookKey } from '../../sync-service/console/xlsx-book.ts';
import { listen, openFeishuOffice, type FeishuOffice } from '../../sync-service/cli/feishu-office.ts';
import { runWorkbook } from '../../sync-service/jobs/run-workbook.ts';
import { bitableApiFrom } from '../../sync-service/workbook/feishu-bitable/access.ts';
import { setUpBase } from '../../sync-service/workbook/feishu-bitable/set-up.ts';
import { holdWorkbook } from '../../sync-service/workbook/held-workbook.ts';
import type { Card } from '../../sync-service/feishu/card.ts';
import { openPressLedger } from '../../sync-service/feishu/press-ledger.ts';
import { cardPage } from './card-page.ts';
import { Base, type ModelRecord, type ModelTable } from './bitable-model.ts';
import { feishuBench, type FeishuBench } from './contract-workbook.ts';

const PATH = 'bitable:bascnOffice';
const NOW = moment('2026-03-16 09:00');
const log = pino({ level: 'silent' });
let folder: string;
let bench: FeishuBench;
let changed: string[];
let office: FeishuOffice;
let closeLine: (() => void) | null;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'duban-office-'));
  bench = await feishuBench(new Base('bascnOffice', '某局督办'));
  for (const [name, value] of [['DUBAN_FEISHU_APP_ID', bench.double.appId], ['DUBAN_FEISHU_APP_SECRET', bench.double.appSecret], ['DUBAN_FEISHU_URL', bench.root]] as const) vi.stubEnv(name, value);
  await setUpBase(bench.api, POLICIES.tax, SAMPLES.tax);
  changed = [];
});

afterEach(async () => {
  closeLine?.();
  await office.stop();
  await bench.double.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** The office of a duban.yaml with the base, connected. */
async function open(): Promise<void> {
  const result = parseConfig(`workbooks: [{ path: "${PATH}" }]\nfeishu: { messages: true }\nconsole: { url: "https://duban.example.cn" }\n`, folder);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  const [{ site }] = result.config.workbooks as [typeof result.config.workbooks[number]];
  const book = openCloudBook({ location: PATH, site, environment: process.env, clock: Date.now, failed: (error) => { throw error; }, programVersion: 'test', runs: () => 0, written: () => { changed.push('written'); } });
  office = openFeishuOffice({ config: result.config, folder }, { books: new Map([[PATH, book]]), changed: (path) => { changed.push(path); }, calm: { quietMs: 300, longestMs: 3_000 } }, log)!;
  closeLine = await listen(result.config, office, log);
  expect(bench.double.line.isOpen).toBe(true);
  const { store, openJournal } = await holdWorkbook(PATH, site, process.env);
  const outcome = await runWorkbook({
    store, policies: POLICIES, now: NOW, policyExpected: null, memory: openJournal(), messenger: office.messengerFor(result.config.workbooks[0]!), dryRun: false, digests: 'at-once', version: 'test',
    progress: { step: () => undefined, count: () => undefined }, elapsed: () => 1,
    transport: { name: 'smtp', send: () => Promise.resolve({ ok: true }), check: () => Promise.resolve({ ok: true }), close: () => Promise.resolve() },
  });
  expect(outcome.conflicts).toEqual([]);
}

const requests = (): ModelTable => bench.base.named(SHEETS.requests.name);
const requestRow = (id: string): ModelRecord => requests().records.find(({ values }) => values.get(requests().field('requestId').id) === id)!;
const decision = (id: string): unknown => requestRow(id).values.get(requests().field('decision1').id);

/** Who may decide the sample's open request. */
async function approver(): Promise<{ name: string; email: string }> {
  const { store } = await holdWorkbook(PATH, join(folder, 'x.xlsx'), process.env);
  const workbook = parseWorkbook(await store.read(), POLICIES).workbook!;
  planRun(workbook, NOW);
  const found = workbook.sheets.people.rows.find(({ cells }) => decideRequest(workbook, { requestId: 'SQ-2026-002', by: cells.name, decision: '同意', opinion: '', limit: null }, momentFromEpoch(Date.now())).kind === 'done');
  return found!.cells;
}

function pressed(operator: string, messageId: string, value: unknown, id = `press-${Math.random()}`): unknown {
  return { schema: '2.0', header: { event_id: id, event_type: 'card.action.trigger', token: 't' }, event: { operator: { open_id: operator }, token: 'c-1', action: { tag: 'button', value }, context: { open_message_id: messageId, open_chat_id: 'oc_1' } } };
}

it('a leader decides from his card: answered at once, written once in his name, the card shows what came of it', async () => {
  const { name, email } = await approver();
  bench.double.office.people.push({ openId: 'ou_leader', email }, { openId: 'ou_other', email: 'bgs@example.com' });
  await open();
  expect(bench.double.office.subscribed).toEqual(['bascnOffice']);
  const before = bench.double.office.messages.map(({ card: sent }) => sent as Card);
  const card = bench.double.office.messages.find(({ to, card: sent }) => to === 'ou_leader' && JSON.stringify(sent).includes('"request":"SQ-2026-002"'))!;
  const buttons = card.card.body.elements.flatMap((element) => (element.tag === 'column_set' ? element.columns.flatMap(({ elements }) => elements) : []));
  const { behaviors: [agree] } = buttons.find(({ text, behaviors: [behavior] }) => text.content === '同意' && JSON.stringify(behavior).includes('SQ-2026-002'))!;
  const value = agree!.type === 'callback' ? agree!.value : null;
  expect(value).toEqual({ act: 'decide', book: bookKey(PATH), notice: expect.any(String) as string, request: 'SQ-2026-002', decision: '同意' });

  // Somebody to whom the card was forwarded.
  expect(await bench.double.line.tell(pressed('ou_stranger', card.id, value))).toEqual({ code: 200, data: { toast: { type: 'info', content: '已收到,正在办理,稍后卡片上显示结果' } } });
  await vi.waitFor(() => { expect(card.replaced).toBe(1); }, 20_000);
  expect(JSON.stringify(card.card)).toContain('没有办成');
  expect(decision('SQ-2026-002')).toBeUndefined();

  const started = Date.now();
  expect((await bench.double.line.tell(pressed('ou_leader', card.id, value, 'press-1'))).data).toMatchObject({ toast: { type: 'info' } });
  expect(Date.now() - started).toBeLessThan(1000);
  await vi.waitFor(() => { expect(card.replaced).toBe(2); }, 20_000);
  expect(decision('SQ-2026-002')).toBe('同意');
  expect(card.card.header.template).toBe('green');
  expect(JSON.stringify(card.card)).toContain(`**${name}已同意 SQ-2026-002**`);
  expect(JSON.stringify(card.card)).not.toContain('"request":"SQ-2026-002"');
  expect(changed).toContain('written');
  const history = bench.base.named(SHEETS.history.name);
  const actors = (): unknown[] => history.records.map(({ values }) => values.get(history.field('actor').id)).filter((actor) => actor === `${name}(飞书卡片)`);
  const written = actors().length;
  expect(written).toBeGreaterThan(0);

  // Only what the cards' page draws: bold and coloured. DUBAN_CARD_PAGE names a file in which to look at them.
  const page = cardPage([...before, card.card as Card]);
  expect(page).not.toMatch(/\*\*|&lt;font|undefined/);
  if (process.env['DUBAN_CARD_PAGE'] !== undefined) writeFileSync(process.env['DUBAN_CARD_PAGE'], page);

  // The same press again, and a second press: nothing is decided anew.
  await bench.double.line.tell(pressed('ou_leader', card.id, value, 'press-1'));
  await bench.double.line.tell(pressed('ou_leader', card.id, { ...value, decision: '不同意' }));
  await vi.waitFor(() => { expect(card.replaced).toBe(3); }, 20_000);
  expect(decision('SQ-2026-002')).toBe('同意');
  expect(actors()).toHaveLength(written);
  expect((await bench.double.line.tell(pressed('ou_leader', card.id, { act: 'erase' }))).data).toMatchObject({ toast: { type: 'error' } });
});

it('a press that a dead process took in is carried out by the next', async () => {
  const { email } = await approver();
  bench.double.office.people.push({ openId: 'ou_leader', email });
  await open();
  const card = bench.double.office.messages.find(({ to }) => to === 'ou_leader')!;
  closeLine?.();
  await office.stop();
  const file = join(folder, '.duban', 'feishu-actions.jsonl');
  expect(existsSync(file)).toBe(false);
  const notice = bench.base.named(SHEETS.notices.name);
  const key = notice.records.map(({ values }) => values.get(notice.field('noticeId').id)).find((id) => typeof id === 'string' && id.startsWith('每日摘要/'));
  openPressLedger(file, Date.now).take({ id: 'press-lost', operator: 'ou_leader', messageId: card.id, value: { act: 'decide', book: bookKey(PATH), notice: key as string, request: 'SQ-2026-002', decision: '不同意' } });
  await open();
  await vi.waitFor(() => { expect(decision('SQ-2026-002')).toBe('不同意'); }, 20_000);
  await office.stop();
  expect(openPressLedger(file, Date.now).left).toEqual([]);
});

it('a run follows people\'s edits, once for a burst, and not the program\'s own', async () => {
  await open();
  const items = bench.base.named(SHEETS.items.name);
  const record = items.records[0]!;
  const event = (after: Record<string, string>, table = items.id): unknown => ({
    schema: '2.0', header: { event_id: `ev-${Math.random()}`, event_type: 'drive.file.bitable_record_changed_v1', token: 't' },
    event: { file_type: 'bitable', file_token: 'bascnOffice', table_id: table, action_list: [{ record_id: record.id, action: 'record_edited', before_value: [], after_value: Object.entries(after).map(([field_id, field_value]) => ({ field_id, field_value })) }] },
  });
  const light = items.field('light');
  const own = { [light.id]: light.property!.options!.find(({ name }) => name === record.values.get(light.id))!.id! };
  expect(await bench.double.line.tell(event(own))).toEqual({ code: 200, data: null });
  await wait(600);
  // Nor did the line's first opening ask for a run: the service's own run at its start comes after it.
  expect(changed).toEqual([]);
  for (let edit = 0; edit < 3; edit += 1) await bench.double.line.tell(event({ [items.field('progress').id]: JSON.stringify([{ type: 'text', text: `进展 ${edit}` }]) }));
  await vi.waitFor(() => { expect(changed).toEqual([PATH]); }, 10_000);
  // What the line lost while it was down nobody told: the base is looked at once it is open again.
  bench.double.line.cut();
  await vi.waitFor(() => { expect(changed).toEqual([PATH, PATH]); }, 15_000);
  expect(bitableApiFrom(process.env, 'bascnOffice').own.isEcho(items.id, record.id, new Map([[light.id, '"另一种"']]))).toBe(false);
});
