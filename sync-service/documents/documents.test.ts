import { read, utils, type CellObject } from '@e965/xlsx';
import { TemplateHandler } from 'easy-template-x';
import { Document, Packer, Paragraph } from 'docx';
import { beforeAll, describe, expect, test } from 'vitest';
import { day, type PolicyId } from '#core';
import { DOCUMENTS } from '../../templates/document-register.ts';
import { articlesOf } from './articles.ts';
import { chineseDate, openingSentence, rankNote, type BulletinData, type RankingRow } from './bulletin-data.ts';
import { percentText, plainText } from './document-text.ts';
import { rankingChartPng } from './ranking-chart.ts';
import { fillTemplate, TemplateError } from './docx-template.ts';
import { formDocx, formTemplate, registerDocx } from './form-docx.ts';
import { bulletinDocx, type Bulletin } from './bulletin-docx.ts';
import { rankingXlsx } from './report-xlsx.ts';

const row = (rank: string, unit: string, rate: number | null, group = '全部单位'): RankingRow => ({
  group, rank, unit, rate, dueCount: 20, onTimeCount: 18, extensionRate: null, returnCount: 1, points: -1.5,
});
const DATA: BulletinData = {
  title: '2026年3月督办事项办理情况通报',
  period: '2026年3月',
  issuer: '督查办公室',
  date: day('2026-04-03'),
  overall: { dueCount: 128, onTimeCount: 115, rate: 0.8984, previousRate: 0.877 },
  ranking: [row('1', '第一分公司', 0.95), row('2', '=cmd|/c calc', 0.9), row('不排名', '审计室', null)],
  rankMinimum: 3,
  late: [
    { itemId: 'DB-2026-014', title: '充电桩改造 {标题} <b>&', unit: '维修中心', deadline: '2026-03-02', daysLate: 32, confidential: false },
    { itemId: 'DB-2026-021', title: '机密事项名', unit: '机密单位', deadline: '2026-03-09', daysLate: 25, confidential: true },
  ],
};
const templateWith = async (text: string) => new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph(text)] }] })));
const dimensions = (png: Uint8Array) => [Buffer.from(png).readUInt32BE(16), Buffer.from(png).readUInt32BE(20)];
const textOf = async (docx: Uint8Array) => (await new TemplateHandler().getText(Buffer.from(docx)));
const xmlOf = async (docx: Uint8Array) => JSON.stringify(await new TemplateHandler().getXml(Buffer.from(docx)), (key, value: unknown) => (key === 'parentNode' || key === 'nextSibling' ? undefined : value));

describe('the opening sentence', () => {
  const { overall } = DATA;
  test.each([
    ['a rate that rose', overall, '2026年3月应办结督办事项128件，按时办结115件，按时办结率89.8%，比上期提高2.1个百分点。'],
    ['a rate that fell', { ...overall, previousRate: 0.95 }, '2026年3月应办结督办事项128件，按时办结115件，按时办结率89.8%，比上期下降5.2个百分点。'],
    ['a rate that reads the same', { ...overall, previousRate: 0.8981 }, '2026年3月应办结督办事项128件，按时办结115件，按时办结率89.8%，与上期持平。'],
    ['a first period', { ...overall, previousRate: null }, '2026年3月应办结督办事项128件，按时办结115件，按时办结率89.8%。'],
    ['a period in which nothing was due', { dueCount: 0, onTimeCount: 0, rate: null, previousRate: 0.9 }, '2026年3月没有应办结的督办事项。'],
  ])('%s', (_, given, sentence) => {
    expect(openingSentence({ ...DATA, overall: given })).toBe(sentence);
  });
});

test.each([
  ['a control character', 'a\u0000b\u001bc', 'abc'],
  ['half of a surrogate pair', 'a\ud83db', 'ab'],
  ['a whole pair', '督😀办', '督😀办'],
  ['line breaks of three kinds', 'a\r\nb\u2028c\rd', 'a\nb\nc\nd'],
])('text for XML: %s', (_, text, expected) => {
  expect(plainText(text)).toBe(expected);
});

test('rates and dates as people read them', () => {
  expect([percentText(1), percentText(0.0005), percentText(null), chineseDate(DATA.date)]).toEqual(['100.0%', '0.1%', '—', '2026年4月3日']);
});

describe('the ranking chart', () => {
  const rows = [{ unit: '甲单位', rate: 0.9, rank: '1' }, { unit: '乙单位', rate: 0.8, rank: '2' }, { unit: '丙单位', rate: null, rank: '不排名' }];

  test('is a PNG of fixed width that grows with the rows', async () => {
    const png = await rankingChartPng(rows, '排名');
    expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect(dimensions(png)).toEqual([1440, 2 * (64 + 3 * 32 + 16)]);
  });

  test('is sorted by rank: the order of the input makes no difference', async () => {
    expect(Buffer.from(await rankingChartPng([...rows].reverse(), '排名')).equals(await rankingChartPng(rows, '排名'))).toBe(true);
  });

  test.each([
    ['a name (so Chinese signs are really drawn)', [{ ...rows[0]!, unit: '丁单位' }, ...rows.slice(1)], '排名'],
    ['a rate', [{ ...rows[0]!, rate: 0.91 }, ...rows.slice(1)], '排名'],
    ['the title', rows, '顺序'],
  ])('another picture for another: %s', async (_, changed, title) => {
    expect(Buffer.from(await rankingChartPng(changed, title)).equals(await rankingChartPng(rows, '排名'))).toBe(false);
  });

  test('shows at most forty bars, survives no rows and any name', async () => {
    expect(dimensions(await rankingChartPng(Array.from({ length: 100 }, (_, i) => ({ unit: `单位${i}`, rate: 0.5, rank: String(i + 1) })), '排名'))[1]).toBe(2 * (64 + 40 * 32 + 16));
    expect(dimensions(await rankingChartPng([], ''))[0]).toBe(1440);
    expect(dimensions(await rankingChartPng([{ unit: '{name|x}<&>\u0000\n"', rate: 7, rank: '1' }], '</svg>'))[0]).toBe(1440);
  });
});

describe('the ranking as a workbook', () => {
  const sheetOf = async (data: BulletinData) => read(await rankingXlsx(data), { cellNF: true }).Sheets['排名']!;
  const cellOf = (sheet: Awaited<ReturnType<typeof sheetOf>>, name: string) => sheet[name] as CellObject | undefined;

  test('title, opening sentence, header, rows, note and signatures stand where they belong', async () => {
    const rows = utils.sheet_to_json<unknown[]>(await sheetOf(DATA), { header: 1, blankrows: true, defval: null });
    expect(rows[0]![0]).toBe('2026年3月督办事项按时办结率排名表');
    expect(rows[1]![0]).toBe(openingSentence(DATA));
    expect(rows[2]).toEqual(['名次', '单位', '应办数', '按时办结数', '办结率', '延期率', '退办数', '扣分']);
    expect(rows[3]).toEqual(['1', '第一分公司', 20, 18, 0.95, '—', 1, -1.5]);
    expect(rows[6]![0]).toBe('注：应办数不足3件的单位不参加排名。');
    expect([0, 2, 5].map((column) => rows[8]![column])).toEqual(['制表：', '审核：', '签发：']);
    expect(rows[9]![0]).toBe('督查办公室  2026年4月3日');
  });

  test('a name that looks like a formula is text in a text cell', async () => {
    const cell = cellOf(await sheetOf(DATA), 'B5');
    expect([cell?.t, cell?.v, cell?.f, cell?.z]).toEqual(['s', '=cmd|/c calc', undefined, '@']);
  });

  test('rates are numbers with a percent format', async () => {
    const cell = cellOf(await sheetOf(DATA), 'E4');
    expect([cell?.t, cell?.v, cell?.z]).toEqual(['n', 0.95, '0.0%']);
  });

  test('groups get a band each, a lone group none', async () => {
    const grouped = await sheetOf({ ...DATA, ranking: [row('1', '甲', 1, '分公司'), row('1', '乙', 1, '机关部室')] });
    expect(['A4', 'B5', 'A6', 'B7'].map((name) => cellOf(grouped, name)?.v)).toEqual(['分公司', '甲', '机关部室', '乙']);
    expect(cellOf(await sheetOf(DATA), 'A4')?.v).toBe('1');
  });
});

const BULLETIN: Bulletin = {
  policy: 'bus', title: DATA.title, number: 'TB-2026-03', body: `${openingSentence(DATA)}\n\n## 存在问题\n充电桩到货慢\n\n依据:bus-14.3a\n督查办公室`, ranking: DATA.ranking, rankNote: rankNote(DATA), late: DATA.late, entries: [],
  issuer: DATA.issuer, signer: '', date: chineseDate(DATA.date), fingerprint: '', articleOf: articlesOf('bus'),
};

describe('the bulletin', () => {
  let docx: Uint8Array;
  beforeAll(async () => { docx = await bulletinDocx(BULLETIN); });

  test('holds the words, every row, the late items, the signature and the picture', async () => {
    const text = await textOf(docx);
    for (const part of ['督查督办通报', DATA.title, openingSentence(DATA), '一、存在问题', '依据:第十四条3', '各单位按时办结率排名', '第一分公司', '95.0%', '审计室', '下列2件事项逾期', 'DB-2026-014', '督查办公室', '2026年4月3日']) {
      expect(text).toContain(part);
    }
    expect(text.indexOf('第一分公司')).toBeLessThan(text.indexOf('审计室'));
    expect(await xmlOf(docx)).toContain('各单位按时办结率排名图');
  });

  test('a confidential item appears by number alone', async () => {
    expect(await textOf(docx)).toContain('DB-2026-021');
    expect(await xmlOf(docx)).not.toMatch(/机密|2026-03-09/);
  });

  test('what people typed is never markup, tag or formula', async () => {
    const text = await textOf(docx);
    expect(text).toContain('充电桩改造 {标题} <b>&');
    expect(text).toContain('=cmd|/c calc');
  });

  test('without late items it says so, and no tag is left over', async () => {
    const text = await textOf(await bulletinDocx({ ...BULLETIN, late: [], rankNote: '', ranking: [row('1', '甲', 1, '分公司'), row('1', '乙', 1, '机关部室')] }));
    expect(text).toContain('本期没有逾期事项。');
    expect(text).not.toMatch(/[{}]|事项编号|不参加排名/);
    expect(text).toMatch(/分公司按时办结率排名.*甲.*机关部室按时办结率排名.*乙/s);
  });

  test('the words of a draft tell what is late themselves', async () => {
    expect(await textOf(await bulletinDocx({ ...BULLETIN, late: null, ranking: [] }))).not.toMatch(/逾期/);
  });

  test("an office's own template is filled", async () => {
    expect(await textOf(await bulletinDocx({ ...BULLETIN, ranking: [] }, await templateWith('{标题}——{落款}')))).toBe('2026年3月督办事项办理情况通报——督查办公室');
  });

  test.each([
    ['an unknown tag', () => templateWith('{标题}{办结绿}'), /「通报」不能使用：不认识的标签 \{办结绿\}/],
    ['a loop that is not closed', () => templateWith('{#逾期}{编号}'), /\{#逾期\} 后面没有 \{\/逾期\}/],
    ['a brace that is not closed', () => templateWith('{标题'), /花括号不成对：「…\{标题…」/],
    ['a file that is no .docx', () => Promise.resolve(new TextEncoder().encode('not a zip')), /请确认它是 \.docx/],
  ])('a template with %s is refused in words', async (_, template, message) => {
    const filled = bulletinDocx({ ...BULLETIN, ranking: [] }, await template());
    await expect(filled).rejects.toThrow(TemplateError);
    await expect(filled).rejects.toThrow(message);
  });

  test('all faults of a template are listed at once, by their tags', async () => {
    const filled = bulletinDocx({ ...BULLETIN, ranking: [] }, await templateWith('{办结绿}{#逾期}{#条目}{标提}{/逾期}{/段}{#分组}'));
    await expect(filled).rejects.toMatchObject({ faults: [expect.stringMatching(/\{办结绿\}、\{标提\}/), '{#条目} 后面没有 {/条目}', '{/段} 前面没有 {#段}', '{#分组} 后面没有 {/分组}'] });
    await expect(filled).rejects.toThrow(/有 4 处要改。1\. /);
  });
});

describe.each(Object.keys(DOCUMENTS) as PolicyId[])('the forms of %s', (policy) => {
  const head = { policy, policyName: '制度名', supervisingUnit: '督办部门', date: DATA.date, articleOf: articlesOf(policy) };

  test.each([...new Set(DOCUMENTS[policy].map(({ name }) => name))])('%s has a layout that holds its name and all its fields, whatever stands in them', async (name) => {
    const template = formTemplate(policy, DOCUMENTS[policy], name);
    const { fields, register, clause } = DOCUMENTS[policy].find((definition) => definition.name === name)!;
    const isOf = (fact: string) => fields.filter(({ from }) => 'fact' in from && from.fact === fact).map(({ label }) => label);
    const signed = fields.filter(({ from }) => 'opinionBy' in from || 'blank' in from).map(({ label }) => label);
    const value = (label: string): string => `=值<${label}>`;
    const nodes = isOf('nodes').length > 0 ? [{ title: '第一步', handler: '甲', limit: '2026-05-01', status: '办理中' }] : [];
    const docx = register === true
      ? await registerDocx(template, { title: name, clause, columns: ['编号', ...fields.map(({ label }) => label)], rows: [['DB-1', ...fields.map(({ label }) => value(label))]] }, head)
      : await formDocx(template, [{ title: name, number: 'DB-1', clause, fields: fields.map(({ label }) => [label, value(label)]), signatures: signed.map((label) => [label, `签${label}`]), nodes, missing: ['某栏'] }], head);
    const text = await textOf(docx);
    const shown = fields.map(({ label }) => label).filter((label) => !isOf('nodes').includes(label));
    for (const part of [name, 'DB-1', articlesOf(policy)(clause), ...shown.map(value), ...(register === true ? [] : signed.map((label) => `签${label}`)), ...nodes.flatMap(({ title, limit }) => [title, limit])]) expect(text).toContain(part);
    expect(text).not.toMatch(/[{}]/);
  });
});

test('an own template of a form without its repeated part would stay blank, and is refused', async () => {
  const template = formTemplate('tax', DOCUMENTS.tax, '督导记录');
  await expect(fillTemplate(template, {}, await templateWith('{情况}'))).rejects.toThrow(/缺少 \{#表\}/);
});
