import { describe, expect, it } from 'vitest';
import { day, endOfDay, serialOfDay } from '../calendar/plain-date.ts';
import type { Cell } from '../workbook/cell.ts';
import type { SheetSnapshot } from '../workbook/snapshot.ts';
import { findLedgerTable } from './ledger-table.ts';
import { readLedgerRow, type LedgerContext } from './read-ledger-row.ts';
import { readStatusWord } from '../workbook/status-words.ts';

const STATUSES = ['拟立项', '已下发', '办理中', '待审核', '已退办', '已办结', '已归档', '已撤销'];
const CONTEXT: LedgerContext = { choices: { category: ['局会议决定', '其它'] }, statuses: STATUSES, year: 2026 };
const sheetOf = (...rows: Cell[][]): SheetSnapshot => ({ name: '台账', anchor: null, columnAnchors: {}, rows: rows.map((cells, index) => ({ ref: index + 1, cells })) });
const keysOf = (...rows: Cell[][]): (string | null)[] | undefined => findLedgerTable(sheetOf(...rows), {})?.columns.map(({ key }) => key);

describe('the header of a foreign ledger', () => {
  it.each<[string, Cell[][], (string | null)[]]>([
    ['under other names', [['序号', '工作任务', '责任部门', '完成时限', '进展']], ['itemId', 'title', 'leadUnit', 'deadlineSet', 'progress']],
    ['below a title over the whole width', [['2026年重点工作督办台账', '2026年重点工作督办台账', '2026年重点工作督办台账'], ['事项', '主办单位', '办结期限']], ['title', 'leadUnit', 'deadlineSet']],
    ['on two lines, group headings above', [['事项', '责任分工', '责任分工', '时限'], ['事项', '牵头单位', '配合单位', '时限']], ['title', 'leadUnit', 'coUnits', 'deadlineSet']],
    ['with words around the known ones', [['重点工作内容', '责任单位(部门)', '要求完成时限']], ['title', 'leadUnit', 'deadlineSet']],
    ['with a column nobody knows', [['事项', '牵头单位', '投资额(万元)']], ['title', 'leadUnit', null]],
    ['of two that mean the same the exact one wins', [['责任单位', '督办事项', '牵头单位']], [null, 'title', 'leadUnit']],
    ["with 完成时间 beside a limit as the day it was done", [['事项', '完成时限', '实际完成时间']], ['title', 'deadlineSet', 'submittedAt']],
  ])('%s', (_name, rows, expected) => {
    expect(keysOf(...rows)).toEqual(expected);
  });
  it('is not the first row of the data, and no table is found where none is', () => {
    expect(findLedgerTable(sheetOf(['事项', '牵头单位'], ['修路', '工程部']), {})!.rows).toHaveLength(1);
    expect(findLedgerTable(sheetOf(['通讯录'], ['姓名', '电话']), {})).toBeNull();
  });
  it('can be told: a header to another column, or left out', () => {
    const table = findLedgerTable(sheetOf(['名目', '牵头单位', '备注']), { 名目: '督办事项', 备注: null });
    expect(table!.columns.map(({ key, match }) => [key, match])).toEqual([['title', 'told'], ['leadUnit', 'header'], [null, 'told']]);
  });
});

describe('a cell of a foreign ledger', () => {
  const read = (header: string, cell: Cell): ReturnType<typeof readLedgerRow> => {
    const { columns } = findLedgerTable(sheetOf(['事项', '牵头单位', header]), {})!;
    return readLedgerRow({ ref: 2, cells: ['修路', '工程部', cell] }, columns, CONTEXT);
  };
  it.each<[string, string, Cell, Record<string, unknown>]>([
    ['a real date', '完成时限', serialOfDay(day('2026-04-30')), { deadlineSet: endOfDay(day('2026-04-30')) }],
    ['a date as text', '完成时限', '2026.4.30', { deadlineSet: endOfDay(day('2026-04-30')) }],
    ['a running number is no id', '序号', 3, { itemId: undefined }],
    ['a number of the office is kept', '编号', '督字〔2026〕3号', { itemId: '督字〔2026〕3号' }],
    ["an office's word for a status", '办理状态', '推进中', { status: '办理中' }],
    ['a choice of the policy', '事项类别', '局会议决定', { category: '局会议决定' }],
  ])('%s is taken without a doubt', (_name, header, cell, expected) => {
    const { values, doubts } = read(header, cell);
    for (const [key, value] of Object.entries(expected)) expect((values as Record<string, unknown>)[key]).toEqual(value);
    expect(doubts).toEqual([]);
  });
  it.each<[string, string, Cell, Record<string, unknown>, RegExp]>([
    ['a month is proposed, not taken', '完成时限', '4月底前', { deadlineSet: undefined }, /建议填 2026-04-30/],
    ['长期坚持 becomes a feedback cycle', '完成时限', '长期坚持', { deadlineSet: undefined, feedbackCycle: '每月' }, /长期事项.*请确认周期/],
    ['two people: the first, to be checked', '承办人', '经办甲、经办乙', { handler: '经办甲' }, /有 2 个人/],
    ['a name with a telephone: the name alone', '承办人', '经办甲 13800000000', { handler: '经办甲' }, /电话/],
    ['逾期 is still running, to be confirmed', '办理状态', '逾期未完成', { status: '办理中' }, /请确认/],
    ['an unknown status is left out', '办理状态', '看情况', { status: undefined }, /不认识的状态/],
    ['an unknown category is left out', '事项类别', '杂项', { category: undefined }, /不是本制度的选项/],
    ['an error is left out', '完成时限', { error: '#REF!' }, { deadlineSet: undefined }, /错误值/],
  ])('%s', (_name, header, cell, expected, doubt) => {
    const { values, doubts } = read(header, cell);
    for (const [key, value] of Object.entries(expected)) expect((values as Record<string, unknown>)[key]).toEqual(value);
    expect(doubts.map(({ message }) => message).join()).toMatch(doubt);
  });
  it('of two units the first leads, the other assists, and both are to be confirmed', () => {
    const { columns } = findLedgerTable(sheetOf(['事项', '责任单位', '配合单位']), {})!;
    const { values, doubts } = readLedgerRow({ ref: 2, cells: ['修路', '工程部、财务部', '人事部'] }, columns, CONTEXT);
    expect(values).toMatchObject({ leadUnit: '工程部' });
    expect(values.coUnits!.split('、').sort()).toEqual(['人事部', '财务部'].sort());
    expect(doubts).toMatchObject([{ header: '责任单位', message: expect.stringMatching(/「工程部」牵头,财务部协办/) as string }]);
  });
});

it.each([['已完成', '已办结', true], ['√', '已办结', true], ['在办', '办理中', true], ['未办结', '办理中', false], ['研究中', null, false], ['待审核', '待审核', true], ['暂停', null, false]])(
  'the status word %s means %s, sure: %s', (word, status, sure) => {
    expect(readStatusWord(word, STATUSES)).toEqual({ status, sure });
  });
