import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import * as sheetjs from '@e965/xlsx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day, endOfDay, moment, serialOfDay, type Change, type SheetSnapshot } from '#core';
import { StoreError, type StoreErrorCode } from '../store.ts';
import { openDeliveryJournal } from './delivery-journal.ts';
import { openXlsxStore } from './store.ts';
import { readZip } from './zip.ts';
import { writeZip } from './zip-write.ts';

const FIXTURE = join(dirname(fileURLToPath(import.meta.url)), 'test-workbook.py');
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'duban-xlsx-'));
  file = join(folder, '台账.xlsx');
  execFileSync('/usr/bin/python3', ['-W', 'ignore', FIXTURE, file]);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (id: string, column: string, before: string | number | null, after: Extract<Change, { kind: 'cell' }>['after']): Change =>
  ({ kind: 'cell', sheet: 'items', row: { id, ref: 4 }, column, before, after, because: 'test' });
const append = (id: string): Change => ({
  kind: 'append', sheet: 'items', id, because: 'test',
  values: { itemId: id, title: `=新事项 <&> ${id}`, deadlineSet: { kind: 'moment', moment: endOfDay(day('2026-05-06')) } },
});
const itemsOf = (sheets: readonly SheetSnapshot[]): SheetSnapshot => sheets.find(({ name }) => name === '督办台账')!;
const rowOf = (sheet: SheetSnapshot, id: string) => sheet.rows.find(({ cells }) => cells[1] === id)!;

describe('reading', () => {
  it('gives values, anchors, formulas, errors and merged cells', async () => {
    const items = itemsOf((await openXlsxStore(file).read()).sheets);
    expect(items.anchor).toBe('items');
    expect(items.columnAnchors).toMatchObject({ light: 0, itemId: 1, title: 2 });
    expect(items.rows[0]!.cells.slice(0, 3)).toEqual(['某单位督办台账', '某单位督办台账', '某单位督办台账']);
    expect(rowOf(items, 'DB-1').cells[3]).toBe(serialOfDay(day('2026-03-05')));
    expect(rowOf(items, 'DB-2').cells[6]).toMatchObject({ formula: 'LEN(C4)' });
  });
});

describe('writing', () => {
  it('changes only the asked cells and keeps every other entry byte for byte', async () => {
    const before = readZip(readFileSync(file));
    const store = openXlsxStore(file);
    const result = await store.apply(await store.read(), [
      write('DB-2', 'status', '办理中', '待审核'), write('DB-1', 'light', '绿', '=1+1'),
      write('DB-2', 'deadlineSet', null, { kind: 'moment', moment: moment('2026-04-01 12:30') }), append('DB-100'), append('DB-101'),
    ]);
    expect(result).toEqual({ written: 5, conflicts: [], state: 'saved' });
    const after = readZip(readFileSync(file));
    const touched = [...before.entries.keys()].filter((name) => !before.read(name)!.equals(after.read(name)!));
    expect(touched.sort()).toEqual(['xl/styles.xml', 'xl/tables/table1.xml', 'xl/workbook.xml', 'xl/worksheets/sheet1.xml']);
    for (const [name, entry] of before.entries) {
      if (touched.includes(name)) continue;
      const copy = after.entries.get(name)!;
      expect(after.buffer.subarray(copy.rawStart, copy.rawEnd).equals(before.buffer.subarray(entry.rawStart, entry.rawEnd)), name).toBe(true);
    }
    const xml = after.read('xl/worksheets/sheet1.xml')!.toString();
    expect(xml).toContain('sqref="E3:E13"');
    expect(xml).toMatch(/conditionalFormatting sqref="A3:A13"/);
    expect(xml).toContain('<sheetProtection');
    expect(after.read('xl/tables/table1.xml')!.toString()).toContain('ref="A2:G13"');
    expect(after.read('xl/workbook.xml')!.toString()).toContain('fullCalcOnLoad="1"');

    const sheet = sheetjs.read(readFileSync(file)).Sheets['督办台账']!;
    expect(sheet['A3']).toMatchObject({ t: 's', v: '=1+1' });
    expect(sheet['E4']).toMatchObject({ v: '待审核' });
    expect(sheet['C13']).toMatchObject({ v: '=新事项 <&> DB-101' });
    const seen = execFileSync('/usr/bin/python3', ['-W', 'ignore', '-c',
      'import openpyxl,sys;s=openpyxl.load_workbook(sys.argv[1])["督办台账"];print(s["A3"].value,s["A3"].data_type,s["D4"].value,s["D13"].value,s["D13"].number_format,s["G4"].value)', file]).toString();
    expect(seen.trim()).toBe('=1+1 s 2026-04-01 12:30:00 2026-05-06 00:00:00 yyyy-mm-dd =LEN(C4)');
  });

  it('opens in LibreOffice', async () => {
    const store = openXlsxStore(file);
    await store.apply(await store.read(), [append('DB-100')]);
    execFileSync('soffice', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'csv:Text - txt - csv (StarCalc):44,34,76', '--outdir', folder, file], { stdio: 'ignore' });
    const csv = readFileSync(join(folder, readdirSync(folder).find((name) => name.endsWith('.csv'))!), 'utf8');
    expect(csv).toContain('DB-100,=新事项 <&> DB-100,2026-05-06');
  });

  it('finds rows by id, says what it could not write, and does nothing the second time', async () => {
    const store = openXlsxStore(file);
    const changes = [
      write('DB-3', 'status', '办理中', '待审核'), write('DB-1', 'status', '已办结', '待审核'),
      write('DB-2', 'daysLeft', 3, 4), write('DB-X', 'status', null, '待审核'), append('DB-1'),
    ];
    const first = await store.apply(await store.read(), changes);
    expect(first.written).toBe(1);
    expect(first.conflicts.map(({ reason }) => reason)).toEqual(['cell-changed', 'formula', 'row-gone', 'row-exists']);
    expect(rowOf(itemsOf((await store.read()).sheets), 'DB-3').cells[4]).toBe('待审核');
    const bytes = readFileSync(file);
    expect((await store.apply(await store.read(), changes)).state).toBe('unchanged');
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('asks to read again where somebody saved in between', async () => {
    const store = openXlsxStore(file);
    const snapshot = await store.read();
    const zip = readZip(readFileSync(file));
    writeFileSync(file, Buffer.concat(await writeZip(zip, new Map([['x.txt', Buffer.from('x')]]))));
    await expect(store.apply(snapshot, [append('DB-100')])).rejects.toMatchObject({ code: 'changed-meanwhile' });
  });

  it('keeps five old versions, leaves no temporary files and removes those of dead processes', async () => {
    writeFileSync(join(folder, '.台账.xlsx.4194999.tmp'), 'half');
    const store = openXlsxStore(file);
    for (let index = 0; index < 6; index += 1) await store.apply(await store.read(), [append(`N-${index}`)]);
    expect(readdirSync(join(folder, '.duban', 'versions'))).toHaveLength(5);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(existsSync(join(folder, '.duban', '台账.xlsx.lock'))).toBe(false);
  });
});

describe('editors and processes', () => {
  it('journals while an editor holds the file and writes at the next read', async () => {
    const store = openXlsxStore(file, { editorPatienceMs: 0 });
    const bytes = readFileSync(file);
    writeFileSync(join(folder, '~$台账.xlsx'), Buffer.from('\u0004demo'));
    expect((await store.apply(await store.read(), [append('DB-100')])).state).toBe('journaled');
    expect((await store.apply(await store.read(), [append('DB-100')])).state).toBe('journaled');
    expect(readFileSync(file).equals(bytes)).toBe(true);
    rmSync(join(folder, '~$台账.xlsx'));
    const rows = itemsOf((await store.read({ settleAt: moment('2026-03-02 09:00') })).sheets).rows.filter(({ cells }) => cells[1] === 'DB-100');
    expect(rows).toHaveLength(1);
  });

  it('passes over an Excel lock of last week', async () => {
    const lock = join(folder, '~$台账.xlsx');
    writeFileSync(lock, Buffer.from('\u0004demo'));
    const lastWeek = Date.now() / 1000 - 7 * 86_400;
    utimesSync(lock, lastWeek, lastWeek);
    const store = openXlsxStore(file, { editorPatienceMs: 0 });
    expect((await store.apply(await store.read(), [append('DB-100')])).state).toBe('saved');
  });

  it('takes over the lock of a dead process and waits for a live one', async () => {
    mkdirSync(join(folder, '.duban'));
    const lock = join(folder, '.duban', '台账.xlsx.lock');
    writeFileSync(lock, JSON.stringify({ pid: 4_194_999, started: '1', host: hostname(), at: Date.now() }));
    const store = openXlsxStore(file, { lockPatienceMs: 100 });
    expect((await store.apply(await store.read(), [append('DB-100')])).state).toBe('saved');
    const stat = readFileSync('/proc/1/stat', 'utf8');
    writeFileSync(lock, JSON.stringify({ pid: 1, started: stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19], host: hostname(), at: Date.now() }));
    await expect(store.apply(await store.read(), [append('DB-102')])).rejects.toThrow('另一个督办程序');
  });

  it('remembers deliveries across a torn last line', () => {
    const delivery = { key: 'k', at: moment('2026-03-02 09:00'), attempts: 1, error: '', permanent: false, subject: 's', body: 'b', members: [] };
    openDeliveryJournal(file).record({ ...delivery, state: 'sending' });
    openDeliveryJournal(file).record({ ...delivery, state: 'sent' });
    appendFileSync(join(folder, '.duban', 'deliveries.jsonl'), '{"workbook":"x","key":"k","sta');
    expect(openDeliveryJournal(file).entries().get('k')?.state).toBe('sent');
    openDeliveryJournal(file).reached('l').add('a@example.cn');
    openDeliveryJournal(file).record({ ...delivery, key: 'l', state: 'failed' });
    expect([openDeliveryJournal(file).reached('l').has('a@example.cn'), openDeliveryJournal(file).reached('k').has('a@example.cn')]).toEqual([true, false]);
    expect([...openDeliveryJournal(file).entries().keys()]).toEqual(['k', 'l']);
  });
});

describe('bad files', () => {
  const cfb = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
  const cases: [string, StoreErrorCode, () => Promise<Buffer> | Buffer][] = [
    ['an encrypted workbook', 'encrypted', () => Buffer.concat([cfb, Buffer.from('EncryptedPackage', 'utf16le')])],
    ['an old .xls', 'old-format', () => cfb],
    ['a text file', 'not-xlsx', () => Buffer.from('事项,时限\n')],
    ['an empty file', 'truncated', () => Buffer.alloc(0)],
    ['half a file', 'truncated', () => readFileSync(file).subarray(0, 3000)],
    ['a zip of something else', 'not-xlsx', async () => Buffer.concat(await writeZip(readZip(readFileSync(file)), new Map([['xl/workbook.xml', null], ['_rels/.rels', null]])))],
    ['an .xlsb', 'binary-format', async () => Buffer.concat(await writeZip(readZip(readFileSync(file)), new Map([['xl/workbook.bin', Buffer.from('x')]])))],
    ['strict OOXML', 'strict-ooxml', async () => {
      const zip = readZip(readFileSync(file));
      const xml = zip.read('xl/workbook.xml')!.toString().replace('http://schemas.openxmlformats.org/spreadsheetml/2006/main', 'http://purl.oclc.org/ooxml/spreadsheetml/main');
      return Buffer.concat(await writeZip(zip, new Map([['xl/workbook.xml', Buffer.from(xml)]])));
    }],
    ['an entry that claims to be huge', 'zip-bomb', () => {
      const bytes = Buffer.from(readFileSync(file));
      const entry = readZip(bytes).entries.get('xl/worksheets/sheet1.xml')!;
      bytes.writeUInt32LE(2_000_000_000, entry.centralStart + 24);
      return bytes;
    }],
    ['an entry that is larger than it says', 'zip-bomb', async () => {
      const zip = readZip(readFileSync(file));
      const bytes = Buffer.concat(await writeZip(zip, new Map([['xl/workbook.xml', Buffer.alloc(100_000, ' ')]])));
      bytes.writeUInt32LE(10, readZip(bytes).entries.get('xl/workbook.xml')!.centralStart + 24);
      return bytes;
    }],
    ['a zip64 file', 'zip64', () => {
      const bytes = Buffer.from(readFileSync(file));
      bytes.writeUInt16LE(0xffff, bytes.length - 12);
      return bytes;
    }],
    ['a flipped bit', 'truncated', () => {
      const bytes = Buffer.from(readFileSync(file));
      const entry = readZip(bytes).entries.get('xl/worksheets/sheet1.xml')!;
      deflateRawSync(Buffer.from('other')).copy(bytes, entry.dataStart);
      return bytes;
    }],
  ];
  it.each(cases)('refuses %s as %s', async (_, code, make) => {
    const bytes = await make();
    writeFileSync(file, bytes);
    const error: unknown = await openXlsxStore(file).read().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(StoreError);
    expect((error as StoreError).code).toBe(code);
    expect((error as StoreError).message).toMatch(/[:：].*请|请/);
  });
  it('says that a file is missing', async () => {
    await expect(openXlsxStore(join(folder, '没有.xlsx')).read()).rejects.toMatchObject({ code: 'not-found' });
  });
});
