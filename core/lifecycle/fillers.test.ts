import { describe, expect, it } from 'vitest';
import { columnsOf, type CellsOf } from '../workbook/columns.ts';
import { directoryOf, peopleSheet } from '../workbook/directory-fixture.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { columnsFilledBy } from './fillers.ts';

const PEOPLE = [
  { name: '专员', roles: '督办专员' }, { name: '经办' }, { name: '责任' }, { name: '工程经理' }, { name: '采购员', unit: '采购部' }, { name: '财务员', unit: '财务部' }, { name: '闲人' },
  { name: '分管', roles: '分管领导' }, { name: '总经理甲', roles: '总经理' }, { name: '看客', roles: '查看' }, { name: '分管兼经办', roles: '分管领导' },
];
const UNITS = [{ name: '工程部', head: '工程经理' }, { name: '采购部' }, { name: '财务部' }];
const ITEM = { leadUnit: '工程部', coUnits: '采购部', handler: '经办', dutyPerson: '责任', initiatorUnit: '财务部', status: '办理中' };

const HEADERS = new Map(columnsOf('items').map(({ key, header }) => [key, header]));

function filled(actor: string, cells: Partial<CellsOf<'items'>> = {}, hiddenColumns: readonly string[] = []): string[] {
  const workbook = { directory: directoryOf(PEOPLE, UNITS, null), sheets: { people: peopleSheet(PEOPLE) }, policy: { officeRoles: ['督办专员'], hiddenColumns } } as unknown as Workbook;
  return columnsFilledBy(workbook, { ...ITEM, ...cells } as CellsOf<'items'>, actor).flatMap((key) => HEADERS.get(key) ?? []);
}

const REPORT = ['承办人', '状态', '进展情况', '备注', '责任人', '附件', '签收时间', '进度', '办理结果'];
const DECISION = ['状态', '备注', '分办意见', '特殊原因', '退办原因', '退办期限', '验证评价'];
const byPlace = (headers: readonly string[]): string[] => [...HEADERS.values()].filter((header) => headers.includes(header));

describe('who fills what of an item', () => {
  it.each<[string, string, Partial<CellsOf<'items'>>, readonly string[]]>([
    ['its 承办人 the report', '经办', {}, REPORT],
    ['its 责任人 the report', '责任', {}, REPORT],
    ['the head of its lead unit the report', '工程经理', {}, REPORT],
    ['a member of an assisting unit the report', '采购员', {}, REPORT],
    ['a leader what he decides', '分管', {}, DECISION],
    ['the general manager as well', '总经理甲', {}, DECISION],
    ['a leader who handles it himself both', '分管兼经办', { handler: '分管兼经办' }, [...new Set([...REPORT, ...DECISION])]],
    ['nobody of another unit anything', '财务员', {}, []],
    ['nobody who only looks on', '看客', {}, []],
    ['nobody without a part in it', '闲人', {}, []],
    ['no stranger', '生人', { handler: '生人' }, []],
    ['nobody without a unit the draft of no unit', '闲人', { status: '拟立项', initiatorUnit: '' }, []],
  ])('%s', (_name, actor, cells, expected) => {
    expect(filled(actor, cells)).toEqual(byPlace(expected));
  });

  it.each(['', '拟立项', '待批示'])('the unit that initiated it the draft, while it is one (状态 「%s」)', (status) => {
    const draft = filled('财务员', { status });
    expect(draft.slice(0, 6)).toEqual(['督办事项', '牵头单位', '承办人', '状态', '要求时限', '备注']);
    expect(draft).toContain('内容及要求');
    for (const header of ['事项编号', '现行时限', '进展情况', '办理结果', '退办原因', '下发时间']) expect(draft).not.toContain(header);
  });

  it.each(['已下发', '已撤销', '别的'])('nobody the draft of what is none (状态 「%s」)', (status) => {
    expect(filled('财务员', { status })).toEqual([]);
  });

  it('the office every cell of people\'s, and never a number', () => {
    const all = columnsOf('items').filter(({ editor, key }) => editor !== 'A' && key !== 'itemId').map(({ header }) => header);
    expect(filled('专员')).toEqual(all);
    expect(all).toContain('退办期限');
    expect(filled('专员')).not.toContain('事项编号');
  });

  it('nobody a column that the regulation has no use for', () => {
    expect([filled('专员', {}, ['percent']).includes('进度'), filled('经办', {}, ['percent'])]).toEqual([false, byPlace(REPORT.filter((header) => header !== '进度'))]);
  });
});
