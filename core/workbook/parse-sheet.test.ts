import { describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import { day, endOfDay, serialOfDay } from '../calendar/plain-date.ts';
import { findSheet } from './bind-columns.ts';
import type { Cell } from './cell.ts';
import { columnsOf, SHEET_KEYS, SHEETS, type SheetKey } from './columns.ts';
import type { RowIssue } from './issue.ts';
import { parseSheet, rawCell, type ChoiceLists, type ParsedSheet } from './parse-sheet.ts';
import type { SheetSnapshot } from './snapshot.ts';

const MARCH = serialOfDay(day('2026-03-05'));
const ITEM_HEADERS = ['事项编号', '督办事项', '牵头单位', '要求时限', '状态', '进度', '不符合处数', '收受时间'];

function sheetOf(rows: readonly (readonly Cell[])[], more: Partial<SheetSnapshot> = {}): SheetSnapshot {
  return { name: '督办台账', anchor: null, columnAnchors: {}, rows: rows.map((cells, index) => ({ ref: index + 1, cells })), ...more };
}

function parse<S extends SheetKey>(snapshot: SheetSnapshot | undefined, key: S, choices: ChoiceLists = {}): { sheet: ParsedSheet<S>; issues: RowIssue[] } {
  const issues: RowIssue[] = [];
  return { sheet: parseSheet(snapshot, key, choices, issues), issues };
}

/** The item row of one cell under one header, with the issues of that row. */
function parseCell(header: string, cell: Cell, choices: ChoiceLists = {}): { cells: ParsedSheet<'items'>['rows'][number]['cells'] | undefined; issues: RowIssue[] } {
  const { sheet, issues } = parse(sheetOf([['事项编号', header], ['A-1', cell]]), 'items', choices);
  return { cells: sheet.rows[0]?.cells, issues: issues.filter((issue) => issue.row !== null) };
}

describe('a sheet', () => {
  it('is read into typed rows that know their place and their raw cells', () => {
    const { sheet } = parse(sheetOf([ITEM_HEADERS, ['A-1', '修路 ', '一 队', MARCH, '办理中', '80%', 2, '2026/3/1 9:30']]), 'items');
    expect(sheet.present).toBe(true);
    expect(sheet.rows).toHaveLength(1);
    const row = sheet.rows[0]!;
    expect(row.ref).toBe(2);
    expect(row.cells).toMatchObject({
      itemId: 'A-1', title: '修路', leadUnit: '一队', deadlineSet: endOfDay(day('2026-03-05')), status: '办理中', percent: 0.8, defectCount: 2,
      handler: '', closedAt: null, daysLate: null,
    });
    expect([rawCell(sheet, row, 'title'), rawCell(sheet, row, 'handler')]).toEqual(['修路 ', null]);
  });

  it('that is missing is absent, with an issue that says what to do', () => {
    const { sheet, issues } = parse(undefined, 'items');
    expect(sheet).toMatchObject({ present: false, rows: [] });
    expect(issues).toMatchObject([{ code: 'sheet-missing', severity: 'error', sheet: '督办台账' }]);
  });

  it('without a header is absent, with an issue', () => {
    const { sheet, issues } = parse(sheetOf([['随便', '写写'], [1, 2]]), 'items');
    expect([sheet.present, issues.map((issue) => issue.code)]).toEqual([false, ['header-missing']]);
  });

  it('with its header below the first twenty rows is not searched further', () => {
    const above = Array.from({ length: 20 }, () => ['说明'] as Cell[]);
    expect(parse(sheetOf([...above.slice(1), ITEM_HEADERS, ['A-1']]), 'items').sheet.rows).toHaveLength(1);
    expect(parse(sheetOf([...above, ITEM_HEADERS, ['A-1']]), 'items').sheet.present).toBe(false);
  });

  it('leaves out rows whose contract cells are all blank', () => {
    const { sheet } = parse(sheetOf([[...ITEM_HEADERS, '自用'], [null, '', ' ', '　', null, null, null, null, '记号'], [], ['A-1']]), 'items');
    expect(sheet.rows.map((row) => row.ref)).toEqual([4]);
  });

  it('keeps a row whose only content can not be read', () => {
    const { sheet } = parse(sheetOf([ITEM_HEADERS, [null, null, null, '长期坚持']]), 'items');
    expect(sheet.rows).toHaveLength(1);
  });
});

describe('a sheet is found', () => {
  const named = (name: string, anchor: SheetKey | null = null): SheetSnapshot => sheetOf([], { name, anchor });
  const find = (...sheets: SheetSnapshot[]): string | undefined =>
    findSheet({ sheets, home: null, modifiedAt: null, isCopy: false }, 'items')?.name;

  it('by its anchor before its name', () => expect(find(named('督办台账'), named('台账2026', 'items'))).toBe('台账2026'));
  it('by its name before a similar one', () => expect(find(named(' 督办 台账'), named('督办台账'))).toBe('督办台账'));
  it('by a name that differs in spaces', () => expect(find(named(' 督办　台账 '))).toBe(' 督办　台账 '));
  it('never in a sheet that is anchored as another', () => expect(find(named('督办台账', 'notices'))).toBeUndefined());
});

describe('columns', () => {
  const titleOf = (header: readonly Cell[], more: Partial<SheetSnapshot> = {}): string | undefined =>
    parse(sheetOf([header, header.map((_cell, index) => `第${index + 1}列`)], more), 'items').sheet.rows[0]?.cells.title;

  it('are found by header whatever its width, spaces, line breaks and required mark', () => {
    expect(titleOf(['事项编号', '* 督办\n事项：'])).toBe('第2列');
  });
  it('are found by synonym where the header is absent', () => expect(titleOf(['事项编号', '事项名称'])).toBe('第2列'));
  it('are found by header before synonym', () => expect(titleOf(['事项编号', '事项名称', '督办事项'])).toBe('第3列'));
  it('are found by anchor before header', () => {
    expect(titleOf(['事项编号', '督办事项', '我们的叫法'], { columnAnchors: { title: 2 } })).toBe('第3列');
  });
  it('are found by anchors alone where every header was renamed', () => {
    expect(titleOf(['甲', '乙'], { columnAnchors: { itemId: 0, title: 1 } })).toBe('第2列');
  });

  it('with one header twice are read from the first, with an issue', () => {
    const { sheet, issues } = parse(sheetOf([['事项编号', '督办事项', '督办事项'], ['A-1', '甲', '乙']]), 'items');
    expect(sheet.rows[0]!.cells.title).toBe('甲');
    expect(issues.filter((issue) => issue.code === 'column-doubled')).toMatchObject([{ column: '督办事项', sheet: '督办台账' }]);
  });

  it('that are missing parse as blank, with a hint each', () => {
    const { issues } = parse(sheetOf([ITEM_HEADERS]), 'items');
    const missing = issues.filter((issue) => issue.code === 'column-missing');
    expect(missing).toHaveLength(columnsOf('items').length - ITEM_HEADERS.length);
    expect(missing.every((issue) => issue.severity === 'hint')).toBe(true);
  });
});

describe('a cell that can not be read stays blank', () => {
  test.each<[string, string, Cell, string, string]>([
    ['a vague date, with a proposal', '要求时限', '2026年4月底前', 'date-unreadable', '建议填 2026-04-30'],
    ['no date at all', '要求时限', '长期坚持', 'date-unreadable', '建议在「反馈周期」选「每月」'],
    ['a date that does not exist', '要求时限', '2026-02-30', 'date-impossible', '2026-02-28'],
    ['a number in words', '不符合处数', '若干', 'number-unreadable', '只填数字'],
    ['a share above the whole', '进度', 180, 'number-unreadable', '80%'],
    ['an unknown choice, with the allowed ones', '缓急程度', '火急', 'value-unknown', '普通、紧急、特急'],
    ['an error value', '要求时限', { error: '#N/A' }, 'cell-error', '#N/A'],
    ['a formula that ends in an error', '备注', { formula: 'A1/0', value: { error: '#DIV/0!' } }, 'cell-error', '#DIV/0!'],
  ])('%s', (_name, header, cell, code, words) => {
    const { cells, issues } = parseCell(header, cell);
    const key = columnsOf('items').find((column) => column.header === header)!.key;
    expect([null, '']).toContain(cells![key as keyof typeof cells]);
    const issue = issues.find((candidate) => candidate.code === code);
    expect(issue).toMatchObject({ sheet: '督办台账', row: 2, column: header });
    expect(issue!.message).toContain(words);
  });

  it('and a year that the text leaves out is proposed from the dates of its row', () => {
    const { issues } = parse(sheetOf([ITEM_HEADERS, ['A-1', '', '', '4月底前', '', null, null, '2027-03-01']]), 'items');
    expect(issues.find((issue) => issue.code === 'date-unreadable')!.message).toContain('2027-04-30');
  });

  it('and where the row has none, from the latest date of the sheet', () => {
    const { issues } = parse(sheetOf([ITEM_HEADERS, ['A-1', '', '', '4月底前'], ['A-2', '', '', MARCH]]), 'items');
    expect(issues.find((issue) => issue.code === 'date-unreadable')!.message).toContain('2026-04-30');
  });
});

describe('a cell that is read all the same', () => {
  it('is a formula, by its cached value, without a word about it in a date column', () => {
    const { cells, issues } = parseCell('要求时限', { formula: 'TODAY()', value: MARCH });
    expect([cells!.deadlineSet, issues]).toEqual([endOfDay(day('2026-03-05')), []]);
  });

  it("is a formula in people's text, with a hint", () => {
    const { cells, issues } = parseCell('督办事项', { formula: 'A1&B1', value: '修路' });
    expect([cells!.title, issues.map((issue) => issue.code)]).toEqual(['修路', ['formula-in-text']]);
  });

  it('is a long text, with a hint', () => {
    const long = '长'.repeat(20_001);
    const { cells, issues } = parseCell('督办事项', long);
    expect([cells!.title === long, issues.map((issue) => issue.code)]).toEqual([true, ['text-too-long']]);
    expect(parseCell('督办事项', '长'.repeat(20_000)).issues).toEqual([]);
    expect(parseCell('督办事项', '长'.repeat(32_768)).issues[0]!.message).toContain('32767');
  });

  it('is a choice of the policy; one of another policy is unknown', () => {
    const choices = { 'items.status': ['办理中', '已办结'], 'items.category': [] };
    expect(parseCell('状态', '办理中', choices).issues).toEqual([]);
    expect(parseCell('状态', '协调中', choices).issues.map((issue) => issue.code)).toEqual(['value-unknown']);
    expect(parseCell('事项类别', '任何类别', choices).cells!.category).toBe('任何类别');
  });

  it('is a role that nobody knows, with a hint', () => {
    const { sheet, issues } = parse(sheetOf([['姓名', '角色'], ['王　芳', '承办人,大管家']], { name: '人员' }), 'people');
    expect(sheet.rows[0]!.cells).toMatchObject({ name: '王芳', roles: '承办人、大管家' });
    expect(issues.filter((issue) => issue.row !== null)).toMatchObject([{ code: 'value-unknown', value: '大管家', row: 2 }]);
  });

  it("is automation's own key, unchanged", () => {
    const { sheet } = parse(sheetOf([['通知编号', '类型'], ['催办通知：Ａ－１', '催办通知']], { name: '通知' }), 'notices');
    expect(sheet.rows[0]!.cells.noticeId).toBe('催办通知：Ａ－１');
  });
});

describe('whatever the cells hold', () => {
  const plain: fc.Arbitrary<Exclude<Cell, { formula: string }>> = fc.oneof(
    fc.constant(null), fc.string({ unit: 'binary' }), fc.double(), fc.integer(), fc.boolean(), fc.record({ error: fc.string() }),
    fc.constantFrom('4月底前', '2026-02-30', '20260305', '80%', '√', '　', '\u200B', '-1', '9'.repeat(400), '2026.', '..', '年月日', 'x'.repeat(40_000), -45_000, 1e300, '__proto__', 'constructor'),
  );
  const cell: fc.Arbitrary<Cell> = fc.oneof({ weight: 5, arbitrary: plain }, { weight: 1, arbitrary: fc.record({ formula: fc.string(), value: plain }) });
  const key = fc.constantFrom(...SHEET_KEYS);

  it('parsing never throws, every value has its type, and every issue is a Chinese sentence that names the sheet', () => {
    fc.assert(fc.property(key, fc.array(fc.array(cell, { maxLength: 70 }), { maxLength: 6 }), fc.boolean(), (sheetKey, rows, withHeader) => {
      const header = columnsOf(sheetKey).map((column) => column.header);
      const { sheet, issues } = parse(sheetOf(withHeader ? [header, ...rows] : rows, { name: SHEETS[sheetKey].name }), sheetKey);
      for (const row of sheet.rows) {
        for (const column of columnsOf(sheetKey)) {
          const value: unknown = row.cells[column.key as keyof typeof row.cells];
          const isNumeric = ['day', 'limit', 'moment', 'number', 'percent'].includes(column.type);
          expect(isNumeric ? value === null || Number.isFinite(value) : typeof value === 'string').toBe(true);
        }
      }
      for (const issue of issues) {
        expect(issue.sheet).toBe(SHEETS[sheetKey].name);
        expect(issue.message).toMatch(/[\u4E00-\u9FFF].*:/s);
        expect(issue.value.length).toBeLessThanOrEqual(41);
      }
    }), { numRuns: 200 });
  });

  it('row order, column order, other columns and a title above never change the parsed rows', () => {
    const table = fc.integer({ min: 1, max: 6 }).chain((height) => fc.record({
      rows: fc.array(fc.array(cell, { minLength: ITEM_HEADERS.length, maxLength: ITEM_HEADERS.length }), { minLength: height, maxLength: height }),
      rowKeys: fc.array(fc.integer(), { minLength: height, maxLength: height }),
      columnKeys: fc.array(fc.integer(), { minLength: ITEM_HEADERS.length + 2, maxLength: ITEM_HEADERS.length + 2 }),
      title: fc.boolean(),
    }));
    fc.assert(fc.property(table, ({ rows, rowKeys, columnKeys, title }) => {
      const wide = [[...ITEM_HEADERS, '自用一', '自用二'], ...rows.map((row) => [...row, '记号', 7])];
      const order = sortedBy(columnKeys);
      const [header, ...body] = wide.map((row) => order.map((index) => row[index]!));
      const moved = [...(title ? [['某单位督办事项一览', null] as Cell[]] : []), header!, ...sortedBy(rowKeys).map((index) => body[index]!)];
      const values = (cells: readonly (readonly Cell[])[]): string[] =>
        parse(sheetOf(cells), 'items').sheet.rows.map((row) => JSON.stringify(columnsOf('items').map(({ key }) => (row.cells as unknown as Record<string, unknown>)[key]))).sort();
      expect(values(moved)).toEqual(values([ITEM_HEADERS, ...rows]));
    }), { numRuns: 200 });
  });

  function sortedBy(keys: readonly number[]): number[] {
    return keys.map((_key, index) => index).sort((a, b) => keys[a]! - keys[b]! || a - b);
  }
});
