import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as sheetjs from '@e965/xlsx';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SAMPLES } from '#templates';
import { duban } from './support/built-cli.ts';
import { byHandIn } from './support/by-hand.ts';
import { readZip, type ZipArchive } from '../sync-service/workbook/xlsx/zip.ts';
import { writeZip } from '../sync-service/workbook/xlsx/zip-write.ts';

const NOW = ['--now', '2026-03-16T09:00+08:00'];
const folder = mkdtempSync(join(tmpdir(), 'duban-fidelity-'));
const file = join(folder, '台账.xlsx');
/** Parts that the contract knows nothing of, and the end of the ledger's XML with what people's Excel puts there. */
const FOREIGN = new Map([
  ['xl/threadedComments/threadedComment1.xml', '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>'],
  ['xl/persons/person.xml', '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>'],
  ['xl/pivotTables/pivotTable1.xml', '<pivotTableDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'],
  ['xl/media/image1.png', '\u0089PNG'],
]);
const EXTENSION = '<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:sparklineGroups/></ext></extLst>';
let before: ZipArchive;
let after: ZipArchive;

beforeAll(async () => {
  await duban(['init', file, '--policy', 'tax', '--sample', ...NOW]);
  byHandIn(file, 'own-sheet');
  const zip = readZip(readFileSync(file));
  const changed = new Map([...FOREIGN].map(([name, text]) => [name, Buffer.from(text)]));
  const ledger = 'xl/worksheets/sheet2.xml';
  const xml = zip.read(ledger)!.toString();
  if (!xml.includes('extLst')) changed.set(ledger, Buffer.from(xml.replace('</worksheet>', `${EXTENSION}</worksheet>`)));
  writeFileSync(file, Buffer.concat(await writeZip(zip, changed)));
  before = readZip(readFileSync(file));
  const { status, stderr } = await duban(['run', file, ...NOW]);
  expect(status, stderr).toBe(0);
  after = readZip(readFileSync(file));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('every part that the run has no business with is the same bytes', () => {
  expect([...after.entries.keys()].sort()).toEqual([...before.entries.keys()].sort());
  const touched = [...before.entries.keys()].filter((name) => !before.read(name)!.equals(after.read(name)!));
  const sheets = before.read('xl/workbook.xml')!.toString();
  const own = [...sheets.matchAll(/<sheet [^>]*name="([^"]*)"/g)].findIndex(([, name]) => name === '我的统计') + 1;
  expect(own).toBeGreaterThan(0);
  expect(touched.filter((name) => !/^xl\/(workbook|styles|worksheets\/sheet\d+)\.xml$/.test(name))).toEqual([]);
  expect(touched).not.toContain(`xl/worksheets/sheet${own}.xml`);
  expect(touched).toContain('xl/worksheets/sheet2.xml');
  const end = (zip: ZipArchive): string | undefined => /<extLst>.*<\/extLst>/s.exec(zip.read('xl/worksheets/sheet2.xml')!.toString())?.[0];
  expect(end(before)).toBeDefined();
  expect(end(after)).toBe(end(before));
});

it('openpyxl, SheetJS and LibreOffice read the same ledger', () => {
  const plain = (value: unknown): string => (typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '');
  const script = 'import openpyxl,json,sys;b=openpyxl.load_workbook(sys.argv[1]);s=b["督办台账"];print(json.dumps([[("" if c.value is None else c.value.strftime("%Y-%m-%d") if hasattr(c.value,"strftime") else str(c.value)) for c in r[:9]] for r in s.iter_rows()],ensure_ascii=False))';
  const rowsOf = (rows: unknown[][]): string[][] => rows.map((row) => Array.from({ length: 9 }, (_, at) => plain(row[at]))).filter((row) => row[1] !== '');
  const python = rowsOf(JSON.parse(execFileSync('/usr/bin/python3', ['-W', 'ignore', '-c', script, file]).toString()) as unknown[][]);
  const format = { header: 1, raw: false, defval: '', dateNF: 'yyyy-mm-dd' } as const;
  const sheet = sheetjs.read(readFileSync(file), { cellDates: false }).Sheets['督办台账']!;
  expect(rowsOf(sheetjs.utils.sheet_to_json<unknown[]>(sheet, format))).toEqual(python);
  execFileSync('soffice', ['--headless', '-env:UserInstallation=file:///tmp/lo_e2e', '--convert-to', 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2', '--outdir', folder, file], { stdio: 'ignore' });
  const csv = readFileSync(join(folder, readdirSync(folder).find((name) => name.endsWith('.csv'))!), 'utf8');
  const office = sheetjs.read(csv, { type: 'string', raw: true });
  expect(rowsOf(sheetjs.utils.sheet_to_json<unknown[]>(office.Sheets[office.SheetNames[0]!]!, format))).toEqual(python);
  expect(python).toHaveLength(SAMPLES.tax.rows.items!.length + 1);
});
