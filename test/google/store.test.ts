import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { columnsOf, SHEETS, type Cell, type Change, type WorkbookSnapshot } from '#core';
import { HOME_ANCHOR } from '#google';
import { openOwnQuota } from '../../sync-service/workbook/call-quota.ts';
import { openSheetsApi } from '../../sync-service/workbook/google-sheets/client.ts';
import { readCredentials, type GoogleCredentials } from '../../sync-service/workbook/google-sheets/credentials.ts';
import { openGoogleStore } from '../../sync-service/workbook/google-sheets/store.ts';
import { StoreError, type WorkbookStore } from '../../sync-service/workbook/store.ts';
import { ACCOUNT, googleBench, type GoogleBench } from './contract-workbook.ts';
import { plainBook, type Rows } from './plain-book.ts';
import { foreignKeyFile, serviceAccountFile } from './tokens.ts';

const ITEM: Readonly<Record<string, Cell>> = { itemId: 'DB-1', title: '甲', leadUnit: '征管科', status: '办理中' };
const folder = mkdtempSync(join(tmpdir(), 'duban-google-store-'));
let bench: GoogleBench | null = null;

afterEach(async () => {
  await bench?.double.close();
  bench = null;
  rmSync(folder, { recursive: true, force: true });
});

async function opened(rows: Rows = { items: [ITEM] }, editors: readonly string[] = [ACCOUNT]): Promise<GoogleBench & { store: WorkbookStore }> {
  bench = await googleBench(plainBook('sheet-1', rows, editors));
  return { ...bench, store: openGoogleStore(bench.api, 'sheet-1', folder) };
}

async function refusalOf(work: Promise<unknown>): Promise<StoreError> {
  const error = await work.then(() => null, (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StoreError);
  return error as StoreError;
}

const light = (id: string, before: Cell, after: string): Change => ({ kind: 'cell', sheet: 'items', row: { id, ref: 2 }, column: 'light', before, after, because: 'test' });
const record = (seq: number): Change => ({ kind: 'append', sheet: 'history', id: null, because: 'test', values: { seq, itemId: 'DB-1', field: '灯号', sheet: '督办台账' } });
const place = (column: string): number => columnsOf('items').findIndex(({ key }) => key === column);

describe('calls', () => {
  it('two to read, two more to look again and write, whatever is written', async () => {
    const { store, api } = await opened({ items: Array.from({ length: 300 }, (_, index) => ({ ...ITEM, itemId: `DB-${index}` })) });
    const snapshot = await store.read();
    expect(api.calls()).toEqual({ reads: 2, writes: 0 });
    await store.apply(snapshot, [...Array.from({ length: 300 }, (_, index) => light(`DB-${index}`, null, '黄')), record(1)]);
    expect(api.calls()).toEqual({ reads: 3, writes: 1 });
  });

  it('of a sheet that only grows the head and the end are read, and all of it only where people left blank rows below', async () => {
    const { store, book, api } = await opened({ items: [ITEM], history: Array.from({ length: 4_000 }, (_, index) => ({ seq: index + 1, itemId: 'DB-1' })) });
    const rows = (snapshot: WorkbookSnapshot): readonly { ref: string | number; cells: readonly Cell[] }[] => snapshot.sheets.find(({ anchor }) => anchor === 'history')!.rows;
    const tail = rows(await store.read());
    expect(tail.length).toBeLessThan(1_600);
    expect(tail.at(-1)).toMatchObject({ ref: 4_001 });
    expect(api.calls().reads).toBe(2);
    const history = book.sheet(SHEETS.history.name)!;
    history.insertRows(history.maxRows + 1, 3_000, 'before');
    const snapshot = await store.read();
    expect(api.calls().reads).toBe(5);
    expect(rows(snapshot).at(-1)).toMatchObject({ ref: 4_001 });
    expect((await store.apply(snapshot, [record(4_001)])).written).toBe(1);
    expect(history.lastRow()).toBe(4_002);
  });
});

describe('a write', () => {
  it.each(['unavailable-after', 'cut-off-after'] as const)('whose answer is lost (%s) is not made twice', async (mishap) => {
    const { store, double, book } = await opened();
    const snapshot = await store.read();
    double.beforeCall = (kind) => { if (kind === 'write' && double.writes() === 0) double.mishaps.push(mishap); };
    expect(await store.apply(snapshot, [light('DB-1', null, '黄'), record(1)])).toMatchObject({ written: 2, conflicts: [] });
    expect(double.writes()).toBe(1);
    expect(book.sheet(SHEETS.history.name)!.lastRow()).toBe(2);
  });

  it.each(['quota', 'unavailable'] as const)('that Google does not carry out (%s) is made again, once', async (mishap) => {
    const { store, double, book } = await opened();
    const snapshot = await store.read();
    double.beforeCall = (kind) => { if (kind === 'write' && double.writes() === 0) double.mishaps.push(mishap); };
    expect(await store.apply(snapshot, [light('DB-1', null, '黄'), record(1)])).toMatchObject({ written: 2, conflicts: [] });
    expect(double.writes()).toBe(2);
    expect(book.sheet(SHEETS.history.name)!.lastRow()).toBe(2);
  });

  it('gives back what it covered where people sorted and inserted under it, and keeps what they typed', async () => {
    const { store, double, book } = await opened({ items: [{ ...ITEM, remark: '甲的备注' }, { ...ITEM, itemId: 'DB-2', title: '乙', remark: '乙的备注', light: '绿' }, { ...ITEM, itemId: 'DB-3', title: '丙' }] });
    const sheet = book.sheet(SHEETS.items.name)!;
    const snapshot = await store.read();
    double.beforeCall = (kind) => {
      if (kind !== 'write') return;
      double.beforeCall = null;
      sheet.insertRows(2, 1, 'before');
      sheet.write(2, place('title') + 1, '刚插入的事项');
    };
    const remark: Change = { kind: 'cell', sheet: 'items', row: { id: 'DB-2', ref: 3 }, column: 'remark', before: '乙的备注', after: '程序写的', because: 'test' };
    await store.apply(snapshot, [light('DB-1', null, '黄'), remark]);
    const column = (name: string): unknown[] => [2, 3, 4, 5].map((row) => sheet.read(row, place(name) + 1));
    expect(column('itemId')).toEqual([null, 'DB-1', 'DB-2', 'DB-3']);
    expect(column('remark')).toEqual([null, '甲的备注', '乙的备注', null]);
    expect(column('light')[0]).toBeNull();
    expect(column('title')[0]).toBe('刚插入的事项');
  });

  it('is planned on the new shape where people renamed a sheet or took rows away meanwhile', async () => {
    const { store, double, book } = await opened({ items: [ITEM, { ...ITEM, itemId: 'DB-2' }] });
    const sheet = book.sheet(SHEETS.items.name)!;
    const snapshot = await store.read();
    sheet.name = '台账2026';
    double.beforeCall = (kind) => {
      if (kind !== 'write') return;
      double.beforeCall = null;
      sheet.deleteRows(4, sheet.maxRows - 3);
      sheet.deleteRows(2, 1);
    };
    expect(await store.apply(snapshot, [light('DB-2', null, '黄')])).toMatchObject({ written: 1, conflicts: [] });
    expect([sheet.read(2, place('itemId') + 1), sheet.read(2, place('light') + 1)]).toEqual(['DB-2', '黄']);
  });

  it('of more cells than a call carries goes in several, each marked', async () => {
    const { store, api } = await opened({ items: Array.from({ length: 9_000 }, (_, index) => ({ itemId: `DB-${index}`, title: `事项${index}` })) });
    const changes = Array.from({ length: 9_000 }, (_, index): Change[] => ['light', 'hint', 'latestFeedback'].map((column) => ({ kind: 'cell', sheet: 'items', row: { id: `DB-${index}`, ref: index + 2 }, column, before: null, after: '写', because: 'test' }))).flat();
    expect(await store.apply(await store.read(), changes)).toMatchObject({ written: 27_000, conflicts: [] });
    expect(api.calls()).toEqual({ reads: 3, writes: 2 });
  });
});

describe('refusals are sentences', () => {
  it('of a spreadsheet that is not shared, not there, a copy, in another zone, not set up', async () => {
    const { book, api, store } = await opened(undefined, []);
    expect(await refusalOf(store.read())).toMatchObject({ code: 'no-permission', message: expect.stringContaining(ACCOUNT) as string });
    book.editors.add(ACCOUNT);
    expect(await refusalOf(openGoogleStore(api, 'another', folder).read())).toMatchObject({ code: 'not-found' });
    book.timeZone = 'America/New_York';
    expect(await refusalOf(store.read())).toMatchObject({ code: 'time-zone' });
    book.timeZone = 'Asia/Shanghai';
    const home = book.metadata.find(({ key }) => key === HOME_ANCHOR)!;
    home.value = 'the-original';
    expect((await store.read()).isCopy).toBe(true);
    book.metadata = book.metadata.filter((entry) => entry !== home);
    expect(await refusalOf(store.read())).toMatchObject({ code: 'not-set-up' });
  });

  it('of a key that is missing, broken, or not Google\'s any more; none repeats the key', async () => {
    const read = (value: string | undefined): string => {
      try {
        readCredentials('DUBAN_GOOGLE_CREDENTIALS', value);
      } catch (error) {
        if (error instanceof StoreError && error.code === 'credentials') return error.message;
        throw error;
      }
      return '';
    };
    const file = join(mkdtempSync(join(tmpdir(), 'duban-key-')), 'key.json');
    writeFileSync(file, JSON.stringify(serviceAccountFile(ACCOUNT)));
    expect(read(file)).toBe('');
    expect([undefined, '/nowhere/key.json', '{"private_key": "SECRET', JSON.stringify({ ...serviceAccountFile(ACCOUNT), client_email: '' })].map(read)).toEqual([
      expect.stringContaining('没有设置'), expect.stringContaining('不存在'), expect.stringMatching(/^(?!.*SECRET).*不是有效的 JSON/), expect.stringMatching(/^(?!.*PRIVATE).*client_email/),
    ]);
    const { root } = await opened();
    const refusal = await refusalOf(storeFor(readCredentials('X', JSON.stringify(foreignKeyFile(ACCOUNT))), root).read());
    expect(refusal).toMatchObject({ code: 'credentials' });
    expect(refusal.message).not.toContain('PRIVATE KEY');
  });

  it('of a network that is down, a quota that stays used up, a Google that stays unavailable', async () => {
    const { store, double } = await opened();
    double.mishaps.push(...Array<'unavailable'>(8).fill('unavailable'));
    expect(await refusalOf(store.read())).toMatchObject({ code: 'unreachable' });
    double.quota = { perProject: 0, perUser: 0 };
    expect(await refusalOf(store.read())).toMatchObject({ code: 'quota' });
    expect(double.reads()).toBe(16);
    await double.close();
    expect(await refusalOf(store.read())).toMatchObject({ code: 'unreachable' });
    bench = null;
  });

  it('a person\'s own sign-in works too, and a token that ran out is renewed', async () => {
    const { double, book, root } = await opened();
    double.tokens.refreshTokens.set('refresh-1', 'office@example.com');
    const store = storeFor({ type: 'authorized_user', client_id: 'id', client_secret: 'secret', refresh_token: 'refresh-1' }, root);
    book.editors.add('office@example.com');
    expect((await store.read()).isCopy).toBe(false);
    double.tokens.revoke();
    expect((await store.read()).isCopy).toBe(false);
    double.tokens.refreshTokens.clear();
    double.tokens.revoke();
    expect(await refusalOf(store.read())).toMatchObject({ code: 'credentials' });
  });
});

it('the double refuses what Google\'s types don\'t name', async () => {
  const { api } = await opened();
  const refused = (body: object): Promise<StoreError> => refusalOf(api.batchUpdate('sheet-1', body, 'spreadsheetId'));
  expect((await refused({ requests: [{ updateCells: { start: { sheetId: 0, row: 1 }, rows: [], fields: 'userEnteredValue' } }] })).message).toContain('Unknown name "row" at \'requests[0].updateCells.start\'');
  expect((await refused({ requests: [{ updateCells: { start: { sheetId: 0 }, rows: [] } }] })).message).toContain('At least one field');
  expect((await refused({ requests: [] })).message).toContain('at least one request');
  expect((await refusalOf(api.get('sheet-1', ['没有这张表'], 'sheets(data)'))).message).toContain('Unable to parse range');
  expect((await refusalOf(api.get('sheet-1', [], 'sheets(cells)'))).message).toContain('cells');
});

describe('of two machines that know nothing of each other', () => {
  async function twoMachines(): Promise<[WorkbookStore, WorkbookStore, GoogleBench]> {
    const { store, ...rest } = await opened();
    return [store, openGoogleStore(rest.api, 'sheet-1', join(folder, 'other')), rest];
  }

  it('one sends: what the other read meanwhile is old, and then it has to wait', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 2, 2, 1) });
    try {
      const [one, other, { api }] = await twoMachines();
      const [seen, seenThere] = [await one.read(), await other.read()];
      const before = api.calls();
      await one.claimSending!(seen);
      expect(api.calls()).toEqual({ reads: before.reads, writes: before.writes + 1 });
      expect(await refusalOf(other.claimSending!(seenThere))).toMatchObject({ code: 'changed-meanwhile' });
      expect(await refusalOf(other.claimSending!(await other.read()))).toMatchObject({ code: 'sent-elsewhere', message: expect.stringContaining('到 09:30 为止') as string });
      await one.claimSending!(await one.read());
      vi.setSystemTime(Date.UTC(2026, 2, 2, 1, 31));
      await other.claimSending!(await other.read());
      expect(await refusalOf(one.claimSending!(await one.read()))).toMatchObject({ code: 'sent-elsewhere' });
    } finally {
      vi.useRealTimers();
    }
  });

  it('one sends also where Google lost its answer', async () => {
    const [one, other, { double }] = await twoMachines();
    const [seen, seenThere] = [await one.read(), await other.read()];
    double.mishaps.push('cut-off-after');
    await one.claimSending!(seen);
    expect(await refusalOf(other.claimSending!(seenThere))).toMatchObject({ code: 'changed-meanwhile' });
  });
});

it('no more calls go out than the quota of a minute, and none waits for ever', async () => {
  vi.useFakeTimers();
  try {
    const quota = openOwnQuota();
    let sent = 0;
    const all = Array.from({ length: 100 }, async () => {
      await quota.take([{ name: 'reads', calls: 60, seconds: 60 }]);
      sent += 1;
    });
    await vi.advanceTimersByTimeAsync(59_000);
    expect(sent).toBe(60);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toBe(100);
    await Promise.all(all);
  } finally {
    vi.useRealTimers();
  }
});

function storeFor(credentials: GoogleCredentials, root: string): WorkbookStore {
  return openGoogleStore(openSheetsApi({ credentials, root, perMinute: 10_000, quota: openOwnQuota(), firstWaitMs: 1 }), 'sheet-1', folder);
}
