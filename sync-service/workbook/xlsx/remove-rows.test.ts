import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import fc from 'fast-check';
import { clearedWorkbook } from './clear-cells.ts';
import { loadWholeWorkbook } from './read-snapshot.ts';
import { rowMoves, movedRange } from './row-moves.ts';
import { shiftFormula, translateFormula } from './shift-formula.ts';
import { readZip } from './zip.ts';
import { writeZip } from './zip-write.ts';

const folder = mkdtempSync(join(tmpdir(), 'duban-rows-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const relations = (...list: readonly (readonly [type: string, target: string])[]): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.map(([type, target], index) => `<Relationship Id="r${index + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`).join('')}</Relationships>`;
const sheet = (rows: string, tail = '', head = ''): string => `<worksheet ${MAIN}>${head}<sheetData>${rows}</sheetData>${tail}</worksheet>`;
/** Rows 2 to 9: A holds the number the row began with, B what is given for it. */
const rows = (second: (row: number) => string = () => ''): string =>
  `<row r="1"><c r="A1" t="inlineStr"><is><t>号</t></is></c></row>${[2, 3, 4, 5, 6, 7, 8, 9].map((row) => `<row r="${row}" ht="20"><c r="A${row}"><v>${row}</v></c>${second(row)}</row>`).join('')}`;

interface Book { readonly first: string; readonly second?: string; readonly names?: string; readonly more?: Readonly<Record<string, string>>; readonly bookRelations?: readonly (readonly [string, string])[] }

/** The workbook 表一, 表二 without rows of 表一: its parts afterwards, and why rows stayed. */
async function without(gone: readonly number[], { first, second = sheet(''), names = '', more = {}, bookRelations = [] }: Book): Promise<{ part: (name: string) => string; reasons: readonly string[]; names: string[] }> {
  const file = join(folder, 'book.xlsx');
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types><Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>',
    '_rels/.rels': relations(['officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': `<workbook ${MAIN}><sheets><sheet name="表一" sheetId="1" r:id="r1"/><sheet name="表二" sheetId="2" r:id="r2"/></sheets><definedNames>${names}</definedNames></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(['worksheet', 'worksheets/sheet1.xml'], ['worksheet', 'worksheets/sheet2.xml'], ...bookRelations),
    'xl/worksheets/sheet1.xml': first, 'xl/worksheets/sheet2.xml': second, ...more,
  };
  writeFileSync(file, Buffer.concat(await writeZip({ buffer: Buffer.alloc(0), entries: new Map() }, new Map(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)])))));
  const { bytes, removal } = await clearedWorkbook(loadWholeWorkbook(file), [{ name: '表一', rows: gone, cells: [] }]);
  const zip = readZip(bytes);
  return { part: (name) => zip.read(name)!.toString(), reasons: removal.reasons, names: [...zip.entries.keys()] };
}

const ONE = 'xl/worksheets/sheet1.xml';
const TWO = 'xl/worksheets/sheet2.xml';

it('rows move up, with the formulas that name them, shared ones and those of other sheets', async () => {
  const shared = (row: number): string => `<c r="B${row}">${row === 3 ? '<f t="shared" ref="B3:B9" si="0">A3*$A$2+SUM(A$2:A3)</f>' : row > 3 ? '<f t="shared" si="0"/>' : ''}<v>1</v></c>`;
  const { part, reasons, names } = await without([3, 5], {
    first: sheet(rows(shared), '', '<dimension ref="A1:B9"/><sheetViews><sheetView><selection activeCell="B5" sqref="B5:B9"/></sheetView></sheetViews>'),
    second: sheet('<row r="1"><c r="A1"><f>SUM(表一!A2:A9)&amp;"表一!A9"&amp;\'表一\'!B9&amp;表一!9:9&amp;A9&amp;LOG10(9)&amp;表[A9]&amp;[1]表一!A9</f></c></row>'),
    names: '<definedName name="x">\'表一\'!$A$6:$A$9</definedName><definedName name="y">表二!$A$9</definedName>',
    more: { 'xl/calcChain.xml': '<calcChain/>' }, bookRelations: [['calcChain', 'calcChain.xml']],
  });
  expect(reasons).toEqual([]);
  const xml = part(ONE);
  expect([...xml.matchAll(/<row r="(\d+)" ht="20"><c r="A(\d+)"><v>(\d+)</g)].map(([, ...found]) => found.join())).toEqual(['2,2,2', '3,3,4', '4,4,6', '5,5,7', '6,6,8', '7,7,9']);
  expect([...xml.matchAll(/<c r="(B\d+)"><f>([^<]*)/g)].map(([, cell, formula]) => `${cell} ${formula}`)).toEqual(['B3 A3*$A$2+SUM(A$2:A3)', 'B4 A4*$A$2+SUM(A$2:A4)', 'B5 A5*$A$2+SUM(A$2:A5)', 'B6 A6*$A$2+SUM(A$2:A6)', 'B7 A7*$A$2+SUM(A$2:A7)']);
  expect(xml).toContain('<dimension ref="A1:B7"/>');
  expect(xml).toContain('activeCell="B4" sqref="B4:B7"');
  expect(part(TWO)).toContain('SUM(表一!A2:A7)&amp;&quot;表一!A9&quot;&amp;\'表一\'!B7&amp;表一!7:7&amp;A9&amp;LOG10(9)&amp;表[A9]&amp;[1]表一!A9<');
  expect(part('xl/workbook.xml')).toContain('>\'表一\'!$A$4:$A$7<');
  expect(part('xl/workbook.xml')).toContain('>表二!$A$9<');
  // The order of calculation lists cells by place: without it the program that reads counts anew.
  expect(names).not.toContain('xl/calcChain.xml');
  expect(part('xl/_rels/workbook.xml.rels') + part('[Content_Types].xml')).not.toContain('calcChain');
});

it('rules, filter, links, merges, breaks, tables and notes follow', async () => {
  const { part, reasons } = await without([2, 3, 5], {
    first: sheet(rows(), '<autoFilter ref="A1:B9"/><mergeCells count="2"><mergeCell ref="C2:D3"/><mergeCell ref="C8:C9"/></mergeCells>'
      + '<conditionalFormatting sqref="A3:A900"><cfRule type="expression"><formula>$A3&gt;A$9</formula></cfRule></conditionalFormatting>'
      + '<dataValidations count="1"><dataValidation type="custom" sqref="B2:B3"><formula1>B2&gt;0</formula1></dataValidation></dataValidations>'
      + '<hyperlinks><hyperlink ref="A5" location="表二!A1"/><hyperlink ref="A6" location="表一!A9"/></hyperlinks><rowBreaks count="2" manualBreakCount="2"><brk id="4" man="1"/><brk id="5" man="1"/></rowBreaks>'
      + '<tableParts count="1"><tablePart r:id="r1"/></tableParts>'
      + '<extLst><ext><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule><xm:f>A4=表二!$A$1</xm:f></x14:cfRule><xm:sqref>A4:A9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>'),
    more: {
      'xl/worksheets/_rels/sheet1.xml.rels': relations(['table', '../tables/table1.xml'], ['comments', '../comments1.xml'], ['vmlDrawing', '../drawings/vml1.vml']),
      'xl/tables/table1.xml': `<table ${MAIN} id="1" ref="A1:B9"><autoFilter ref="A1:B9"/></table>`,
      'xl/comments1.xml': '<comments><commentList><comment ref="A3" authorId="0"><text><t>去</t></text></comment><comment ref="A6" authorId="0"><text><t>留</t></text></comment></commentList></comments>',
      'xl/drawings/vml1.vml': '<xml><v:shape id="a"><x:Anchor>1, 1, 2, 1, 3, 1, 4, 1</x:Anchor><x:Row>2</x:Row></v:shape><v:shape id="b"><x:Anchor>1, 1, 5, 1, 3, 1, 8, 1</x:Anchor><x:Row>5</x:Row></v:shape></xml>',
    },
  });
  expect(reasons).toEqual([]);
  const xml = part(ONE);
  for (const found of [
    '<autoFilter ref="A1:B6"/>', '<mergeCells count="1"><mergeCell ref="C5:C6"/></mergeCells>',
    // A rule for rows to come keeps its end; its formula counts from the first cell of its range.
    'sqref="A2:A900"><cfRule type="expression"><formula>$A2&gt;A$6</formula>',
    // A rule whose rows all go stays for those that follow.
    'sqref="B2:B2"><formula1>B2&gt;0</formula1>',
    '<hyperlinks><hyperlink ref="A3" location="表一!A6"/></hyperlinks>', '<rowBreaks count="1" manualBreakCount="1"><brk id="2" man="1"/></rowBreaks>',
    '<xm:f>A2=表二!$A$1</xm:f></x14:cfRule><xm:sqref>A2:A6</xm:sqref>',
  ]) expect(xml).toContain(found);
  expect(part('xl/tables/table1.xml')).toContain('ref="A1:B6"><autoFilter ref="A1:B6"/>');
  expect(part('xl/comments1.xml')).toBe('<comments><commentList><comment ref="A3" authorId="0"><text><t>留</t></text></comment></commentList></comments>');
  expect(part('xl/drawings/vml1.vml')).toBe('<xml><v:shape id="b"><x:Anchor>1, 1, 2, 1, 3, 1, 5, 1</x:Anchor><x:Row>2</x:Row></v:shape></xml>');
});

it.each([
  ['a formula elsewhere names the row', { first: sheet(rows()), second: sheet('<row r="1"><c r="A1"><f>表一!A4</f></c></row>') }, [4], '有公式、图表或名称指向这里(第 4 行)'],
  ['a merge holds it together with a row that stays', { first: sheet(rows(), '<mergeCells count="1"><mergeCell ref="B4:B5"/></mergeCells>') }, [4], '合并单元格(B4)跨到留下的行'],
  ['a block of one formula does', { first: sheet(rows((row) => (row === 3 ? '<c r="B3"><f t="array" ref="B3:B4">A3:A4</f></c>' : ''))) }, [4], '数组公式(B3)跨到留下的行'],
  ['formulas span several sheets', { first: sheet(rows()), second: sheet('<row r="1"><c r="A1"><f>SUM(表一:表二!A4)</f></c></row>') }, [4, 6], '有公式跨多张表取数(如 表1:表3!A1)'],
  ['the sheet holds what nobody knows', { first: sheet(rows(), '<novelty ref="A4"/>') }, [4, 6], '表里有程序不认识的内容(novelty)'],
] as const)('where %s, rows become blank and stay', async (_name, book, blank, why) => {
  const { part, reasons } = await without([4, 6], book);
  expect(reasons).toEqual([`「表一」有 ${blank.length} 行只能清空,不能删去:${why}`]);
  const xml = part(ONE);
  expect(xml).toContain('<c r="A4"/>');
  expect(xml.includes('<v>6</v>')).toBe(false);
  expect([...xml.matchAll(/<row r=/g)]).toHaveLength(blank.length === 2 ? 9 : 8);
});

it('moving is counting: every place that stays is the same place, whatever rows go', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 2, max: 40 }), { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 45 }), fc.integer({ min: 0, max: 10 }), (gone, first, more) => {
    const moves = rowMoves(new Set(gone));
    const left = Array.from({ length: 60 }, (_, index) => index + 1).filter((row) => !gone.includes(row));
    const inside = left.filter((row) => row >= first && row <= first + more).map((row) => left.indexOf(row) + 1);
    expect(movedRange(`A$${first}:C${first + more}`, moves)).toBe(inside.length === 0 ? null : `A$${inside[0]!}:C${inside.at(-1)!}`);
    const { text, lost } = shiftFormula(`X!B${first}`, '', { of: (sheet) => (sheet === 'X' ? moves : undefined) });
    expect(text).toBe(inside.length > 0 && !gone.includes(first) ? `X!B${left.indexOf(first) + 1}` : `X!B${first}`);
    expect(lost.length).toBe(gone.includes(first) ? 1 : 0);
  }));
});

it('a list that OFFSET counts from a row begins with the row that takes its place', () => {
  const moves = rowMoves(new Set([2, 3]));
  expect(shiftFormula("OFFSET('甲'!$B$2,0,0,MAX(1,COUNTA('甲'!$B$2:$B$9)),1)", '', { of: () => moves })).toEqual({ text: "OFFSET('甲'!$B$2,0,0,MAX(1,COUNTA('甲'!$B$2:$B$7)),1)", lost: [], spansSheets: false });
});

it('a shared formula means in each cell what Excel makes of it', () => {
  expect(translateFormula('A1+$B2*C$3+$D$4&"A1"&SUM(5:6)&SUM($5:6)&SUM(A:B)&\'a b\'!A1', 2, 1)).toBe('B3+$B4*D$3+$D$4&"A1"&SUM(7:8)&SUM($5:8)&SUM(A:B)&\'a b\'!B3');
});
