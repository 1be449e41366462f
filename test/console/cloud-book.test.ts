import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chainBreaks, columnsOf, editCell, epochOf, moment, SHEETS } from '#core';
import type { Book } from '../../sync-service/console/book.ts';
import { openCloudBook } from '../../sync-service/console/cloud-book.ts';
import { ACCOUNT, googleBench, type GoogleBench } from '../google/contract-workbook.ts';
import { plainBook, type Rows } from '../google/plain-book.ts';
import { serviceAccountFile } from '../google/tokens.ts';
import { feishuBench, plainBase, APP_TOKEN, type FeishuBench } from '../feishu/contract-workbook.ts';

const ROWS: Rows = {
  parameters: [{ key: 'policy', value: 'tax' }],
  units: [{ name: '征管科', head: '征管科科长', active: '是' }],
  people: [{ name: '督办专员', unit: '征管科', roles: '督办专员', email: 'office@example.com' }, { name: '经办', unit: '征管科', roles: '承办人', email: 'handler@example.com' }],
  items: [{ itemId: 'DB-1', title: '报送税收分析', leadUnit: '征管科', handler: '经办', form: '一般', category: '局领导交办', status: '办理中' }],
};
const START = epochOf(moment('2026-03-02 09:00'));
const folder = mkdtempSync(join(tmpdir(), 'duban-cloud-book-'));
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

interface Place {
  readonly location: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Somebody types into the table. */
  type(column: 'remark' | 'progress', text: string): void;
  shown(column: 'remark' | 'progress'): unknown;
  reads(): number;
  close(): Promise<void>;
}

async function google(): Promise<Place> {
  const bench: GoogleBench = await googleBench(plainBook('sheet-1', ROWS, [ACCOUNT]));
  const place = (column: string): number => columnsOf('items').findIndex(({ key }) => key === column) + 1;
  let reads = 0;
  bench.double.beforeCall = (kind) => { if (kind === 'read') reads += 1; };
  return {
    location: 'gsheet:sheet-1', environment: { DUBAN_GOOGLE_CREDENTIALS: JSON.stringify(serviceAccountFile(ACCOUNT)), DUBAN_GOOGLE_URL: bench.root },
    type: (column, text) => { bench.book.sheet(SHEETS.items.name)!.write(2, place(column), text); },
    shown: (column) => bench.book.sheet(SHEETS.items.name)!.read(2, place(column)),
    reads: () => reads, close: () => bench.double.close(),
  };
}

async function feishu(): Promise<Place> {
  const bench: FeishuBench = await feishuBench(plainBase(ROWS));
  const table = bench.base.named(SHEETS.items.name);
  return {
    location: `bitable:${APP_TOKEN}`, environment: { DUBAN_FEISHU_APP_ID: bench.double.appId, DUBAN_FEISHU_APP_SECRET: bench.double.appSecret, DUBAN_FEISHU_URL: bench.root },
    type: (column, text) => { table.put(table.records[0]!, table.field(column), text); },
    shown: (column) => table.records[0]!.values.get(table.field(column).id),
    reads: () => 0, close: () => bench.double.close(),
  };
}

describe.each([['a Google spreadsheet', google], ['a Feishu base', feishu]] as const)('%s in the console', (_name, open) => {
  let place: Place;
  let book: Book;
  let now = START;
  const failures: unknown[] = [];
  beforeAll(async () => {
    place = await open();
    book = openCloudBook({ location: place.location, site: join(folder, `${place.location.split(':')[1]!}.xlsx`), environment: place.environment, clock: () => now, runs: () => 0, failed: (error) => failures.push(error), programVersion: 'test', written: () => undefined });
  });
  afterAll(() => place.close());
  const remark = async (): Promise<string> => (await book.state()).at.items.get('DB-1')!.facts.cells.remark;
  const edit = (seen: string, text: string): ReturnType<Book['write']> => book.write('督办专员', (workbook, at) => editCell(workbook, { itemId: 'DB-1', column: 'remark', seen, text, by: '督办专员' }, at));

  it('is read once for many readers, and again after a while: what people typed shows', async () => {
    expect(await Promise.all([remark(), remark(), remark()])).toEqual(['', '', '']);
    const reads = place.reads();
    const { version } = await book.state();
    place.type('remark', '人手写的');
    expect(await remark()).toBe('');
    expect(place.reads()).toBe(reads);
    now += 181_000;
    await book.state();
    await expect.poll(async () => (await book.state()).version !== version, { timeout: 20_000 }).toBe(true);
    expect(await remark()).toBe('人手写的');
  });

  it('is written where it holds what was seen, with its record; else nothing is', async () => {
    expect(await edit('昨天看到的', '不写')).toMatchObject({ kind: 'refused', message: expect.stringContaining('刚被别人改为「人手写的」') as string });
    expect(await edit('人手写的', '网页写的')).toEqual({ kind: 'done', written: 1 });
    expect(place.shown('remark')).toBe('网页写的');
    expect(await remark()).toBe('网页写的');
    expect((await book.historyOf('DB-1')).map(({ field, after, actor }) => [field, after, actor])).toEqual([['备注', '网页写的', '督办专员']]);
    expect(chainBreaks((await book.state()).at.workbook)).toEqual([]);
    expect(failures).toEqual([]);
  });
});

it('a place without credentials says so when it is read, and starts all the same', async () => {
  const book = openCloudBook({ location: 'gsheet:nowhere', site: join(folder, 'nowhere.xlsx'), environment: {}, clock: () => START, runs: () => 0, failed: () => undefined, programVersion: 'test', written: () => undefined });
  expect(book.key).toMatch(/^[\w-]{10}$/);
  await expect(book.state()).rejects.toThrow(/DUBAN_GOOGLE_CREDENTIALS/);
});
