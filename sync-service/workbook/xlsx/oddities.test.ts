import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { at, day, endOfDay, moment, serialOfDay, serialOfMoment, type Cell, type Change, type OutValue } from '#core';
import { openXlsxStore } from './store.ts';
import { readZip } from './zip.ts';
import { writeZip } from './zip-write.ts';

const disk = vi.hoisted(() => ({ refusal: '' }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    renameSync: (from: string, to: string) => {
      if (disk.refusal !== '' && to.endsWith('.xlsx')) throw Object.assign(new Error('held'), { code: disk.refusal });
      fs.renameSync(from, to);
    },
  };
});

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'duban-odd-'));
  file = join(folder, 'book.xlsx');
});
afterEach(() => {
  disk.refusal = '';
  rmSync(folder, { recursive: true, force: true });
});

interface Book {
  /** Rows of 督办台账 below its header A1 灯号, B1 事项编号, C1 督办事项, D1 现行时限, E1 剩余天数, F1 状态. */
  readonly rows?: string;
  readonly tail?: string;
  readonly head?: string;
  readonly sheet?: string;
  readonly strings?: string;
  readonly formats?: string;
  readonly names?: string;
  readonly date1904?: string;
  readonly table?: string;
  readonly name?: string;
  readonly properties?: string;
}

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const text = (ref: string, value: string): string => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;
const HEADER = `<row r="1">${['灯号', '事项编号', '督办事项', '现行时限', '剩余天数', '状态'].map((value, index) => text(`${'ABCDEF'[index]!}1`, value)).join('')}</row>`;
const item = (row: number, id: string, more = '', attributes = ''): string => `<row r="${row}"${attributes}>${text(`B${row}`, id)}${more}</row>`;

async function put(book: Book, path = file): Promise<void> {
  const relations = (list: string): Buffer => Buffer.from(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list}</Relationships>`);
  const relation = (id: string, type: string, target: string): string => `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  const parts = new Map<string, Buffer>([
    ['_rels/.rels', relations(relation('r1', 'officeDocument', 'xl/workbook.xml') + (book.properties === undefined ? '' : relation('r2', 'custom-properties', 'docProps/custom.xml')))],
    ['xl/workbook.xml', Buffer.from(`<workbook ${MAIN}>${book.date1904 ?? ''}<sheets><sheet name="${book.name ?? '督办台账'}" sheetId="1" r:id="r1"/></sheets><definedNames>${book.names ?? ''}</definedNames></workbook>`)],
    ['xl/_rels/workbook.xml.rels', relations(relation('r1', 'worksheet', 'worksheets/sheet1.xml') + relation('r2', 'sharedStrings', 'sharedStrings.xml') + relation('r3', 'styles', 'styles.xml'))],
    ['xl/styles.xml', Buffer.from(`<styleSheet ${MAIN}>${book.formats ?? ''}<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="0"><alignment wrapText="1"/></xf></cellXfs></styleSheet>`)],
    ['xl/sharedStrings.xml', Buffer.from(`<sst ${MAIN}>${book.strings ?? ''}</sst>`)],
    ['xl/worksheets/sheet1.xml', Buffer.from(book.sheet ?? `<worksheet ${MAIN}>${book.head ?? ''}<sheetData>${HEADER}${book.rows ?? ''}</sheetData>${book.tail ?? ''}</worksheet>`)],
  ]);
  if (book.table !== undefined) {
    parts.set('xl/worksheets/_rels/sheet1.xml.rels', relations(relation('r1', 'table', '../tables/table1.xml')));
    parts.set('xl/tables/table1.xml', Buffer.from(book.table));
  }
  if (book.properties !== undefined) parts.set('docProps/custom.xml', Buffer.from(book.properties));
  writeFileSync(path, Buffer.concat(await writeZip({ buffer: Buffer.alloc(0), entries: new Map() }, parts)));
}

const part = (name: string): string => readZip(readFileSync(file)).read(name)!.toString();
const sheetXml = (): string => part('xl/worksheets/sheet1.xml');
const rowsOf = async (path = file) => (await openXlsxStore(path).read()).sheets[0]!.rows;
const cellOf = async (ref: number, column: number): Promise<Cell> => (await rowsOf()).find((row) => row.ref === ref)?.cells[column] ?? null;
const set = (id: string | null, ref: number, column: string, before: Cell, after: OutValue): Change =>
  ({ kind: 'cell', sheet: 'items', row: { id, ref }, column, before, after, because: 'test' });
const add = (id: string): Change => ({ kind: 'append', sheet: 'items', id, values: { itemId: id, title: '新' }, because: 'test' });
async function apply(...changes: Change[]) {
  const store = openXlsxStore(file, { editorPatienceMs: 0 });
  return store.apply(await store.read(), changes);
}

describe('values read from odd cells', () => {
  const cases: [string, string, Cell, string?][] = [
    ['a shared string', '<c r="C2" t="s"><v>1</v></c>', 'b', '<si><t>a</t></si><si><t>b</t></si>'],
    ['shared rich text', '<c r="C2" t="s"><v>0</v></c>', 'a b', '<si><r><rPr><b/></rPr><t xml:space="preserve">a </t></r><r><t>b</t></r></si>'],
    ['a shared string without its phonetic hint', '<c r="C2" t="s"><v>0</v></c>', '字', '<si><t>字</t><rPh sb="0" eb="1"><t>zi</t></rPh><phoneticPr fontId="1"/></si>'],
    ['a shared string of CDATA and a comment', '<c r="C2" t="s"><v>0</v></c>', 'a<&b', '<!-- <si><t>x</t></si> --><si><t><![CDATA[a<&b]]></t></si>'],
    ['inline rich text without its phonetic hint', '<c r="C2" t="inlineStr"><is><r><t>a</t></r><rPh><t>x</t></rPh><r><t>b</t></r></is></c>', 'ab'],
    ['escapes of characters', '<c r="C2" t="inlineStr"><is><t>a_x000D_\nb_x005F_x000D_&#10;&lt;&#x4e8b;</t></is></c>', 'a\r\nb_x000D_\n<事'],
    ['line ends of the file as \\n', '<c r="C2" t="inlineStr"><is><t>a\r\nb</t></is></c>', 'a\nb'],
    ['true as 1', '<c r="C2" t="b"><v>1</v></c>', true],
    ['true in letters', '<c r="C2" t="b"><v>true</v></c>', true],
    ['false in letters', '<c r="C2" t="b"><v>false</v></c>', false],
    ['true behind a comment', '<c r="C2" t="b"><v><!-- x -->1</v></c>', true],
    ['a number of CDATA', '<c r="C2"><v><![CDATA[12.5]]></v></c>', 12.5],
    ['a number with an exponent', '<c r="C2"><v>1.5E3</v></c>', 1500],
    ['an ISO date', '<c r="C2" t="d"><v>2026-03-05</v></c>', serialOfDay(day('2026-03-05'))],
    ['an ISO date with hours', '<c r="C2" t="d"><v>2026-03-05T12:00:00Z</v></c>', serialOfDay(day('2026-03-05')) + 0.5],
    ['an error', '<c r="C2" t="e"><v>#N/A</v></c>', { error: '#N/A' }],
    ['a formula with text', '<c r="C2" t="str"><f>A1&amp;"x"</f><v>x</v></c>', { formula: 'A1&"x"', value: 'x' }],
    ['an empty formula', '<c r="C2"><f/><v>3</v></c>', { formula: '', value: 3 }],
    ['a blank styled cell', '<c r="C2" s="1"/>', null],
  ];
  it.each(cases)('reads %s', async (_, cell, value, strings = '') => {
    await put({ rows: item(2, 'A', cell), strings });
    expect(await cellOf(2, 2)).toEqual(value);
    expect((await apply(set('A', 2, 'status', null, '办理中'))).state).toBe('saved');
    expect(await cellOf(2, 2)).toEqual(value);
  });
});

describe('text', () => {
  it.each([
    ['carriage returns', 'a\rb\r\nc'], ['line feeds', '\na\n\n'], ['tabs and blanks at both ends', ' \ta\t '], ['blanks alone', '   '],
    ['what looks like an escape', '_x000D_ _x005F_x0041_'], ['markup', '<a href="x">&amp;]]></a>'], ['control characters', 'a\u0000\u0001\u0002\u001f'],
    ['characters beyond the BMP', '𠮷😀'], ['what looks like a formula', '=1+1'], ['a no-break space and a line separator', '\u00a0a\u2028'],
  ])('with %s reads back equal', async (_, value) => {
    await put({ rows: item(2, 'A') });
    expect((await apply(set('A', 2, 'title', null, value))).state).toBe('saved');
    expect(await cellOf(2, 2)).toBe(value);
    expect((await apply(set('A', 2, 'title', null, value))).state).toBe('unchanged');
  });

  it.each([
    ['of 40 000 characters', '字'.repeat(40_000)], ['cut within a character of two halves', `${'字'.repeat(32_765)}😀😀`],
    ['with half a character', 'a\ud83d'],
  ])('%s is written once and is done ever after', async (_, value) => {
    await put({ rows: item(2, 'A') });
    expect((await apply(set('A', 2, 'title', null, value))).written).toBe(1);
    expect((await apply(set('A', 2, 'title', await cellOf(2, 2), value))).state).toBe('unchanged');
  });
});

describe('workbooks that count from 1904', () => {
  const limit = day('2026-03-05');
  const writes: [string, string, OutValue, Cell][] = [
    ['a day', 'deadlineCurrent', { kind: 'day', day: limit }, serialOfDay(limit)],
    ['a limit that ends with its day', 'deadlineCurrent', { kind: 'moment', moment: endOfDay(limit) }, serialOfDay(limit)],
    ['a limit with an hour', 'deadlineCurrent', { kind: 'moment', moment: at(limit, 12) }, serialOfMoment(at(limit, 12))],
    ['a moment at midnight', 'deadlineCurrent', { kind: 'moment', moment: at(limit, 0) }, serialOfMoment(at(limit, 0))],
    ['a number', 'daysLeft', 12, 12], ['a large number', 'daysLeft', 50_000, 50_000], ['nought', 'daysLeft', 0, 0], ['a negative number', 'daysLeft', -3, -3],
  ];
  for (const style of ['', ' s="1"']) {
    it.each(writes)(`read back %s from a ${style === '' ? 'plain' : 'date'} cell`, async (_, column, out, cell) => {
      await put({ date1904: '<workbookPr date1904="true"/>', rows: item(2, 'A', `<c r="D2"${style}/><c r="E2"${style}/>`) });
      expect((await apply(set('A', 2, column, null, out))).state).toBe('saved');
      expect(await cellOf(2, column === 'daysLeft' ? 4 : 3)).toBeCloseTo(cell as number, 8);
      expect((await apply(set('A', 2, column, null, out))).state).toBe('unchanged');
    });
  }
  it.each(['<numFmts count="0"/>', '<numFmts count="1"><numFmt numFmtId="170" formatCode="0.0"/></numFmts>'])('get a new date format where there is %s', async (formats) => {
    await put({ date1904: '<workbookPr date1904="1"/>', formats, rows: item(2, 'A') });
    await apply(set('A', 2, 'deadlineCurrent', null, { kind: 'moment', moment: at(limit, 12) }));
    expect(await cellOf(2, 3)).toBeCloseTo(serialOfMoment(at(limit, 12)), 8);
  });
  it('read dates as those of the 1900 system', async () => {
    await put({ date1904: '<workbookPr date1904="1"/>', rows: item(2, 'A', `<c r="D2" s="1"><v>${serialOfDay(limit) - 1462}</v></c><c r="E2"><v>7</v></c>`) });
    expect((await rowsOf())[1]!.cells.slice(3)).toEqual([serialOfDay(limit), 7]);
  });
});

describe('sheets written by other programs', () => {
  const bare = (values: string[]): string => values.map((value) => `<c t="inlineStr"><is><t>${value}</t></is></c>`).join('');
  const cases: [string, Book][] = [
    ['with a namespace prefix', { sheet: `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>${(HEADER + item(2, 'A') + item(3, 'B')).replaceAll(/<(\/?)/g, '<$1x:')}</x:sheetData></x:worksheet>` }],
    ['with rows out of order', { sheet: `<worksheet ${MAIN}><sheetData>${item(3, 'B')}${HEADER}${item(2, 'A')}</sheetData></worksheet>` }],
    ['with rows and cells without r', { sheet: `<worksheet ${MAIN}><sheetData><row>${bare(['灯号', '事项编号', '督办事项', '现行时限', '剩余天数', '状态'])}</row><row><c/>${bare(['A'])}</row><row><c/>${bare(['B'])}</row></sheetData></worksheet>` }],
    ['with rows and cells that close themselves', { rows: `${item(2, 'A', '<c r="C2"/><c r="F2"/>')}${item(3, 'B')}<row r="4"/><row r="5" ht="20"/>` }],
    ['with comments between and inside rows', { rows: `<!-- <row r="9"> -->${item(2, 'A', '<!-- <c r="F2"><v>1</v></c> -->')}${item(3, 'B')}` }],
    ['with attributes on lines of their own', { rows: `<row\n r="2">${text('B2', 'A')}</row><row\nr='3'>${text('B3', 'B')}</row>` }],
  ];
  it.each(cases)('%s are read, changed and appended to', async (_, book) => {
    await put(book);
    expect(await apply(set('A', 2, 'status', null, '办理中'), set('B', 3, 'title', null, '题'), add('C'))).toMatchObject({ written: 3, conflicts: [] });
    const seen = (await rowsOf()).slice(1).map(({ ref, cells }) => [ref, ...[1, 2, 5].map((column) => cells[column] ?? null)]);
    expect(seen).toEqual([[2, 'A', null, '办理中'], [3, 'B', '题', null], [4, 'C', '新', null]]);
  });
});

describe('what is never written over', () => {
  const cases: [string, string, string, string?][] = [
    ['the master of a shared formula', 'formula', item(2, 'A', '<c r="F2"><f t="shared" ref="F2:F3" si="0">A1</f><v>1</v></c>')],
    ['a dependent of a shared formula', 'formula', item(2, 'A', '<c r="F2"><f t="shared" si="0"/><v>1</v></c>')],
    ['an array formula', 'formula', item(2, 'A', '<c r="F2"><f t="array" ref="F2">A1</f><v>1</v></c>')],
    ['a dependent of an array formula', 'formula', item(2, 'A', '<c r="E2"><f t="array" ref="E2:F2">A1</f><v>1</v></c><c r="F2"><v>1</v></c>')],
    ['a blank dependent of an array formula', 'formula', item(2, 'A', '<c r="E2"><f t="array" ref="E2:F2">A1</f><v>1</v></c>')],
    ['an empty formula', 'formula', item(2, 'A', '<c r="F2"><f/></c>')],
    ['the hidden part of a merge', 'cell-changed', item(2, 'A', text('E2', '合')), '<mergeCells count="1"><mergeCell ref="E2:F2"/></mergeCells>'],
    ['one of two rows with the id, away from where it was seen', 'row-gone', item(2, 'X') + item(3, 'A') + item(4, 'A')],
  ];
  it.each(cases)('%s', async (_, reason, rows, tail = '') => {
    await put({ rows, tail });
    const before = await cellOf(2, 5);
    const result = await apply(set('A', 2, 'status', before, '新值'), add('Z'));
    expect(result.conflicts.map((conflict) => conflict.reason)).toEqual([reason]);
    expect(result.written).toBe(1);
    expect(await cellOf(2, 5)).toEqual(before);
  });

  it('a merge repeats its value over its rows, and rows are added below it', async () => {
    await put({ rows: item(2, 'A', text('C2', '合')) + item(3, 'B'), tail: '<mergeCells count="1"><mergeCell ref="C2:C6"/></mergeCells>' });
    expect(await cellOf(3, 2)).toBe('合');
    await apply(add('N'));
    expect((await rowsOf()).find(({ cells }) => cells[1] === 'N')).toMatchObject({ ref: 7 });
  });
});

describe('rows are fitted to what the program writes', () => {
  const wrapped = (ref: string, value: string): string => text(ref, value).replace('<c ', '<c s="2" ');
  const rowTag = (row: number): string | undefined => new RegExp(`<row [^>]*r="${row}"[^>]*>`).exec(sheetXml())?.[0];
  const title = '会议决定的事项请各单位抓紧办理并按时反馈';

  it.each([
    ['a wrapped text that grows', wrapped('C2', 'x'), ' spans="1:3"', '<row ht="126" r="2" spans="1:3">'],
    ['a wrapped text in a row of another height', wrapped('C2', 'x'), ' ht="15.75"', '<row r="2" ht="126">'],
    ['a height set by hand', wrapped('C2', 'x'), ' ht="15.75" customHeight="1"', '<row r="2" ht="15.75" customHeight="1">'],
    ['a text on one line', text('C2', 'x'), '', '<row r="2">'],
  ])('%s', async (_, cell, attributes, tag) => {
    await put({ rows: item(2, 'A', cell, attributes), head: '<cols><col min="1" max="3" width="6"/></cols>' });
    await apply(set('A', 2, 'title', 'x', title));
    expect(await cellOf(2, 2)).toBe(title);
    expect(rowTag(2)).toBe(tag);
  });

  it('a merged text, which has the room of several columns', async () => {
    await put({ rows: item(2, 'A', wrapped('C2', 'x')), head: '<cols><col min="1" max="3" width="6"/></cols>', tail: '<mergeCells count="1"><mergeCell ref="C2:F2"/></mergeCells>' });
    await apply(set('A', 2, 'title', 'x', title));
    expect(rowTag(2)).toBe('<row r="2">');
  });

  it('an appended row has room for all its text', async () => {
    await put({ rows: item(2, 'A', wrapped('C2', 'x')), head: '<cols><col min="1" max="3" width="21"/></cols>' });
    await apply({ kind: 'append', sheet: 'items', id: 'N', values: { itemId: 'N', title }, because: 'test' });
    expect(rowTag(3)).toBe('<row r="3" ht="36">');
  });
});

describe('appended rows', () => {
  const FILTER = `<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'督办台账'!$A$1:$F$3</definedName>`;
  const table = (more: string): string => `<table ${MAIN} id="1" name="t" displayName="t" ref="A1:F3"${more}><autoFilter ref="A1:F3"/><tableColumns count="6"/></table>`;
  it('stretch validations, both kinds of conditional formats, filter, table and dimension', async () => {
    await put({
      rows: item(2, 'A', '', ' ht="33" customHeight="1" hidden="1"') + item(3, 'B', '<c r="F3" s="1"/>'), head: '<dimension ref="A1:F3"/>', names: FILTER, table: table(''),
      tail: '<autoFilter ref="A1:F3"/><conditionalFormatting sqref="A2:A3"><cfRule type="x"/></conditionalFormatting><dataValidations count="1"><dataValidation type="list" sqref="F2:F3 H9"><formula1>"a"</formula1></dataValidation></dataValidations>'
        + '<extLst><ext><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule/><xm:sqref>B2:B3</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>',
    });
    await apply(add('N'));
    const xml = sheetXml();
    for (const found of ['<dimension ref="A1:F4"/>', '<autoFilter ref="A1:F4"/>', 'sqref="A2:A4"', 'sqref="F2:F4 H9"', '<xm:sqref>B2:B4</xm:sqref>', item(2, 'A', '', ' ht="33" customHeight="1" hidden="1"'), '<c r="F4" s="1"/>']) expect(xml).toContain(found);
    expect(xml).not.toMatch(/<row r="4"[^>]*hidden/);
    expect(part('xl/tables/table1.xml')).toContain('ref="A1:F4"><autoFilter ref="A1:F4"');
    expect(part('xl/workbook.xml')).toContain('$A$1:$F$4');
  });

  it('go below a row of totals, which stays what it is', async () => {
    const totals = '<row r="3"><c r="A3" t="inlineStr"><is><t>汇总</t></is></c><c r="E3"><f>SUBTOTAL(109,E2:E2)</f><v>0</v></c></row>';
    await put({ rows: item(2, 'A') + totals, table: table(' totalsRowCount="1"') });
    await apply(add('N'));
    expect(sheetXml()).toContain(totals);
    expect(part('xl/tables/table1.xml')).toBe(table(' totalsRowCount="1"'));
    expect((await rowsOf()).find(({ cells }) => cells[1] === 'N')?.ref).toBe(4);
  });

  it('follow the last row of a sheet of which only head and end are read', async () => {
    const header = `<row r="1">${text('A1', '序号')}${text('B1', '时间')}${text('C1', '运行编号')}${text('D1', '事项编号')}</row>`;
    await put({ name: '流转记录', sheet: `<worksheet ${MAIN}><sheetData>${header}${Array.from({ length: 60 }, (_, index) => `<row r="${index + 2}"><c r="A${index + 2}"><v>${index + 1}</v></c></row>`).join('')}<row r="62"/></sheetData></worksheet>` });
    const rows = await rowsOf();
    expect(rows).toHaveLength(21);
    expect(rows.at(-1)).toEqual({ ref: 61, cells: [60] });
    await apply({ kind: 'append', sheet: 'history', id: null, values: { itemId: 'A' }, because: 'test' });
    expect((await rowsOf()).at(-1)).toEqual({ ref: 62, cells: [null, null, null, 'A'] });
  });
});

describe('anchors and identity', () => {
  it('follow a home cell and a column that people moved', async () => {
    const name = (key: string, place: string): string => `<definedName name="_duban.${key}" hidden="1">'督办台账'!${place}</definedName>`;
    await put({ rows: item(2, 'A', text('F2', '旧')) + `<row r="9"><c r="H9"><v>4</v></c></row>`, names: name('home.toReview', '$H$9') + name('items.status', '$G$1') });
    const result = await apply({ kind: 'home', key: 'toReview', before: 4, after: 5, because: 'test' }, set('A', 2, 'status', null, '办理中'));
    expect(result).toMatchObject({ written: 2, conflicts: [] });
    expect([await cellOf(9, 7), await cellOf(2, 6), await cellOf(2, 5)]).toEqual([5, '办理中', '旧']);
  });

  it('tell a copy from a workbook that was renamed or moved with its .duban', async () => {
    const properties = `<Properties><property name="duban.id"><x>id-1</x></property><property name="duban.home"><x>${file}</x></property></Properties>`;
    await put({ rows: item(2, 'A'), properties });
    const isCopy = async (path: string): Promise<boolean> => (await openXlsxStore(path).read()).isCopy;
    await apply(add('N'));
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    cpSync(file, join(elsewhere, 'book.xlsx'));
    expect([await isCopy(file), await isCopy(join(elsewhere, 'book.xlsx'))]).toEqual([false, true]);
    const renamed = join(folder, 'renamed.xlsx');
    renameSync(file, renamed);
    expect([await isCopy(renamed), await isCopy(join(elsewhere, 'book.xlsx'))]).toEqual([false, true]);
    cpSync(join(folder, '.duban'), join(elsewhere, '.duban'), { recursive: true });
    expect(await isCopy(join(elsewhere, 'book.xlsx'))).toBe(false);
  });
});

describe('saving under bad conditions', () => {
  it.each(['EBUSY', 'EPERM', 'EACCES'])('keeps the changes in the journal where the rename fails with %s', async (code) => {
    await put({ rows: item(2, 'A') });
    const bytes = readFileSync(file);
    disk.refusal = code;
    expect(await apply(add('N'))).toEqual({ written: 0, conflicts: [], state: 'journaled' });
    expect(await rowsOf()).toHaveLength(2);
    expect(readFileSync(file).equals(bytes)).toBe(true);
    disk.refusal = '';
    const { sheets } = await openXlsxStore(file).read({ settleAt: moment('2026-03-02 09:00') });
    expect(sheets[0]!.rows.map(({ cells }) => cells[1])).toEqual(['事项编号', 'A', 'N']);
  });

  it('leaves the old or the new file whole where the process is killed', async () => {
    await put({ rows: Array.from({ length: 3000 }, (_, index) => item(index + 2, `A-${index}`, text(`C${index + 2}`, `题${index * 7919}`))).join('') });
    const script = join(folder, 'save.mjs');
    await build({
      stdin: {
        contents: `import { openXlsxStore } from './store.ts';
          for (let turn = 0; ; turn += 1) {
            const store = openXlsxStore(process.argv[2]);
            const snapshot = await store.read();
            const id = 'N-' + process.pid + '-' + turn;
            if (turn === 0) process.stdout.write('go');
            await store.apply(snapshot, [{ kind: 'append', sheet: 'items', id, values: { itemId: id }, because: 'test' }]);
          }`,
        resolveDir: dirname(fileURLToPath(import.meta.url)), loader: 'ts',
      },
      bundle: true, platform: 'node', format: 'esm', outfile: script, logLevel: 'silent',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    const first = (await rowsOf()).length;
    let rows = first;
    // On a busy machine a save takes longer: the kills come later and later until some saves were done.
    for (let turn = 0; turn < 10 || (rows === first && turn < 60); turn += 1) {
      const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
      await new Promise((resolve) => child.stdout.once('data', resolve));
      await wait(Math.random() * 40 * (turn + 1));
      const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
      child.kill('SIGKILL');
      expect(await ended).toBe('SIGKILL');
      const now = (await rowsOf()).length;
      expect(now).toBeGreaterThanOrEqual(rows);
      rows = now;
    }
    expect(rows).toBeGreaterThan(first);
    expect((await apply(add('last'))).state).toBe('saved');
  }, 60_000);
});
