import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, chainBreaks, dayOf, epochOf, giveFeedback, momentFromEpoch, parseWorkbook, type Answer, type Moment, type Workbook } from '#core';
import { POLICIES } from '#templates';
import { createFile } from '../../sync-service/cli/commands/init.ts';
import { answerLinks } from '../../sync-service/console/answer-links.ts';
import { linkSecret, LinkSecretError } from '../../sync-service/console/link-secret.ts';
import { openXlsxBook } from '../../sync-service/console/xlsx-book.ts';
import { runLocated } from '../../sync-service/jobs/run-located.ts';
import { openOutbox } from '../../sync-service/notify/outbox-transport.ts';
import { readEveryRow } from '../../sync-service/workbook/xlsx/read-snapshot.ts';

const root = mkdtempSync(join(tmpdir(), 'duban-console-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const file = join(root, '台账.xlsx');
const secret = linkSecret(root, {});
const url = 'https://duban.example.cn';
// The console lives in real time.
const now = momentFromEpoch(Date.now());

const whole = (): Workbook => parseWorkbook(readEveryRow(readFileSync(file), Date.now()).snapshot, POLICIES).workbook!;
const run = (when: Moment): Promise<unknown> => runLocated(file, { site: file,
  now: when, transport: openOutbox(join(root, 'outbox'), { name: '督办', address: 'duban@example.com' }), dryRun: false, digests: 'at-once', version: 'test', policyExpected: null,
  progress: { step: () => undefined, count: () => undefined }, answerLinks: answerLinks(url, secret, 'book'),
});
const report = (text: string) => (workbook: Workbook, when: Moment): Answer => giveFeedback(workbook, { itemId: 'DB-2026-106', by: '客运一公司经办', progress: text, nextPlan: '' }, when);
const told = (): string[] => whole().index.feedbackOf.get('DB-2026-106')!.map(({ cells }) => cells.progress);

describe('the console on a file', () => {
  beforeAll(async () => {
    await createFile(file, { policy: 'bus', sample: true, now });
    await run(now);
  });
  const book = openXlsxBook(file, { programVersion: 'test', written: () => undefined });

  it('writes between two runs, and the chain of 流转记录 goes through both', async () => {
    expect((await book.state()).at.items.size).toBeGreaterThan(30);
    expect(await book.write('客运一公司经办', report('约定了施工日'))).toEqual({ kind: 'done', written: 1 });
    expect((await book.historyOf('DB-2026-106')).at(-1)).toMatchObject({ actor: '客运一公司经办', sheet: '进展反馈' });
    await run((now + 1) as Moment);
    expect(chainBreaks(whole())).toEqual([]);
    expect((await book.state()).at.workbook.index.feedbackOf.get('DB-2026-106')!.map(({ cells }) => cells.progress)).toContain('约定了施工日');
  });

  it('what a colleague’s stale save takes away comes back with the next run', async () => {
    copyFileSync(file, join(root, 'opened.xlsx'));
    expect((await book.write('客运一公司经办', report('电表已装'))).kind).toBe('done');
    // Opened before, saved after.
    writeFileSync(file, readFileSync(join(root, 'opened.xlsx')));
    expect(told()).not.toContain('电表已装');
    await run((now + 2) as Moment);
    expect(told()).toContain('电表已装');
    expect(chainBreaks(whole())).toEqual([]);
  });

  it('refuses while an editor has it open, and leaves nothing behind that would be written later', async () => {
    const lock = join(root, '~$台账.xlsx');
    writeFileSync(lock, '');
    expect(await book.write('客运一公司经办', report('正开着'))).toMatchObject({ kind: 'held', message: expect.stringContaining('正被人打开') as string });
    rmSync(lock);
    await run((now + 3) as Moment);
    expect(told()).not.toContain('正开着');
    expect((await book.write('客运一公司经办', report('关了再写'))).kind).toBe('done');
    expect(told()).toContain('关了再写');
  });

  it('people who write at the same time all get in', async () => {
    const outcomes = await Promise.all(['甲', '乙', '丙'].map((text) => book.write('客运一公司经办', report(text))));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'done', 'done']);
    expect(told()).toEqual(expect.arrayContaining(['甲', '乙', '丙']));
    expect(chainBreaks(whole())).toEqual([]);
  });
});

describe('links in mails', () => {
  const workbook = (): Workbook => whole();
  const outgoing = (to: string[], copy: string[], itemIds: string[]): Parameters<ReturnType<typeof answerLinks>>[1] => ({
    key: 'k', to: to.map((name) => ({ name, address: `${name}@example.com`, phone: '', feishuId: '' })), copy: copy.map((name) => ({ name, address: 'x@example.com', phone: '', feishuId: '' })), subject: '', body: '', members: [], attempts: 0, itemIds, clause: '', plannedOn: dayOf(now),
  });
  const labels = (to: string[], copy: string[], itemIds: string[]): string[] => answerLinks(url, secret, 'book')(workbook(), outgoing(to, copy, itemIds), now).map(({ label }) => label);

  it('are for the one reader of a mail, and for what waits for him', () => {
    expect(labels(['客运一公司经办'], [], ['DB-2026-101', 'DB-2026-103'])).toEqual(['办理 DB-2026-101 新能源车辆投放方案']);
    expect(labels(['主管领导'], [], ['DB-2026-106'])).toEqual(['审批 SQ-2026-001(DB-2026-106 充电桩扩容)']);
    expect(labels(['客运一公司经办'], ['督办专员'], ['DB-2026-101'])).toEqual([]);
    expect(labels(['客运一公司经办', '督办专员'], [], ['DB-2026-101'])).toEqual([]);
    expect(labels(['督办专员'], [], ['DB-2026-101'])).toEqual([]);
    expect(labels(['人力部经办'], [], ['DB-2026-108'])).toEqual(['办理 DB-2026-108 (保密事项)']);
  });

  it('are the same for the same mail, and end two weeks after its day', () => {
    const made = answerLinks(url, secret, 'book');
    const mail = outgoing(['客运一公司经办'], [], ['DB-2026-101']);
    expect(made(workbook(), mail, (now + 60) as Moment)).toEqual(made(workbook(), mail, now));
    const claim = JSON.parse(Buffer.from(made(workbook(), mail, now)[0]!.url.split('/').at(-1)!.split('.')[0]!, 'base64url').toString('utf8')) as { until: number };
    expect(claim.until).toBe(epochOf(at((dayOf(now) + 14) as ReturnType<typeof dayOf>, 23, 59)));
  });
});

describe('the secret behind links', () => {
  it('is made once, for its owner’s eyes, unless the environment gives one that is long enough', () => {
    expect(linkSecret(root, {})).toEqual(secret);
    expect(secret).toHaveLength(32);
    expect(linkSecret(root, { DUBAN_LINK_KEY: 'x'.repeat(32) })).toEqual(Buffer.from('x'.repeat(32)));
    expect(() => linkSecret(root, { DUBAN_LINK_KEY: 'short' })).toThrow(LinkSecretError);
  });
});
