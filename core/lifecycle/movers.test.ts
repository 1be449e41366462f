import { describe, expect, it } from 'vitest';
import { day } from '../calendar/plain-date.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { directoryOf, peopleSheet } from '../workbook/directory-fixture.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Status } from '../workbook/values.ts';
import type { Mover } from './edges.ts';
import { isOffice, moverFault } from './movers.ts';

const UNITS = [{ name: '工程部', head: '工程经理', dutyPerson: '工程主管' }, { name: '采购部', head: '采购经理' }, { name: '财务部', head: '财务经理' }];
const PEOPLE = [
  { name: '专员', roles: '督办专员' }, { name: '经办', unit: '' }, { name: '责任' }, { name: '工程经理' }, { name: '工程主管' }, { name: '工程员', unit: '工程部' }, { name: '采购经理' }, { name: '财务经理' },
  { name: '财务员', unit: '财务部' }, { name: '闲人' }, { name: '分管甲', roles: '分管领导' }, { name: '分管乙', roles: '分管领导' }, { name: '总经理甲', roles: '总经理', substitute: '副总', substituteFrom: day('2026-03-16') }, { name: '副总' },
  { name: '前任', leftOn: day('2026-03-02'), successor: '接任' }, { name: '接任' },
];

/** A regulation by which 总经理 issues 总经理督办 and, where `others` says so, 分管领导 all else. */
function office(others = true, recusals: readonly object[] = []): Workbook {
  const approvals = [{ clause: 'x-1', when: { forms: ['总经理督办'] }, roles: ['总经理'] }, { clause: 'x-2', when: {}, roles: ['分管领导'] }];
  return {
    directory: directoryOf(PEOPLE, UNITS, day('2026-03-16')), sheets: { people: peopleSheet(PEOPLE), recusals: { rows: recusals.map((cells) => ({ cells })) } },
    policy: { officeRoles: ['督办专员'], supervisingUnit: '督办室', issueApprovals: others ? approvals : approvals.slice(0, 1), clauses: { supervision: 'x-8', registration: 'x-9' } },
  } as unknown as Workbook;
}

const ITEM = { leadUnit: '工程部', coUnits: '采购部', handler: '经办', dutyPerson: '责任', initiatorUnit: '财务部', leaderInCharge: '分管甲', form: '', category: '' };

/** Why somebody may not move an item to a status along an edge that is for `by`; null where he may. */
function fault(by: readonly Mover[], actor: string, cells: object = {}, to: Status = '办理中', workbook = office()): string | null {
  const found = moverFault(workbook, { ...ITEM, ...cells } as unknown as CellsOf<'items'>, { from: ['已下发'], to, guards: [], by }, actor, day('2026-03-16'));
  return found === null ? null : `${found.sentence}(${found.clause})`;
}

describe('who moves an item', () => {
  it.each<[string, readonly Mover[], string, object, boolean]>([
    ['the office', ['office'], '专员', {}, true],
    ['nobody else for the office', ['office'], '经办', {}, false],
    ['a leader', ['leader'], '分管乙', {}, true],
    ['not the office for a leader', ['leader'], '专员', {}, false],
    ['the 承办人', ['unit'], '经办', {}, true],
    ['the 责任人', ['unit'], '责任', {}, true],
    ['a person to whom it was assigned in the place of a unit', ['unit'], '闲人', { leadUnit: '闲人' }, true],
    ['the head of the lead unit', ['unit'], '工程经理', {}, true],
    ['the 责任人 of the lead unit', ['unit'], '工程主管', {}, true],
    ['a member of the lead unit', ['unit'], '工程员', {}, true],
    ['the head of an assisting unit', ['unit'], '采购经理', {}, true],
    ['nobody of another unit', ['unit'], '财务员', {}, false],
    ['nobody who belongs to no unit', ['unit'], '闲人', {}, false],
    ['nobody where the unit is not registered', ['unit'], '闲人', { leadUnit: '没登记', coUnits: '' }, false],
    ['the successor of the 承办人', ['unit'], '接任', { handler: '前任' }, true],
    ['a member of the unit that initiated it', ['initiator'], '财务员', {}, true],
    ['a member of the lead unit where nobody else initiated it', ['initiator'], '工程员', { initiatorUnit: '' }, true],
    ['not the lead unit where another initiated it', ['initiator'], '工程员', {}, false],
    ['nobody who belongs to no unit, where nobody initiated it', ['initiator'], '闲人', { initiatorUnit: '', leadUnit: '' }, false],
    ['one of several', ['unit', 'office'], '专员', {}, true],
    ['no stranger', ['unit', 'office', 'leader', 'initiator', 'issuer'], '生人', {}, false],
    ['who issues it', ['issuer'], '分管甲', {}, true],
    ['not another with the same role', ['issuer'], '分管乙', {}, false],
    ['not the office where somebody has to issue it', ['issuer'], '专员', {}, false],
    ['the one who issues that form', ['issuer'], '总经理甲', { form: '总经理督办' }, true],
    ['and who stands in for him', ['issuer'], '副总', { form: '总经理督办' }, true],
    ['not the one who issues the others', ['issuer'], '分管甲', { form: '总经理督办' }, false],
  ])('%s', (_name, by, actor, cells, may) => {
    expect(fault(by, actor, cells) === null).toBe(may);
  });

  it('is the office where no rule says who issues an item, and only there', () => {
    expect([fault(['issuer'], '专员', {}, '已下发', office(false)), fault(['leader'], '专员', {}, '已办结', office(false))]).toEqual([null, '应由督办室操作,「专员」无权改为「已办结」(x-8)']);
    expect(fault(['issuer'], '闲人', {}, '已下发', office(false))).toBe('应由督办室操作,「闲人」无权改为「已下发」(x-8)');
  });

  it('is told to who may not', () => {
    expect(fault(['issuer'], '闲人', {}, '已下发')).toBe('须由分管甲批准,「闲人」无权下发(x-2)');
    expect(fault(['issuer', 'office'], '闲人', {}, '拟立项')).toBe('应由督办室操作,「闲人」无权改为「拟立项」(x-9)');
    expect(fault(['unit', 'office'], '闲人')).toBe('应由承办单位或督办室操作,「闲人」无权改为「办理中」(x-8)');
  });

  it('is not the office or a leader in 回避 against the unit; what a unit does on its own item is no supervision', () => {
    const entry = { against: '工程部', from: null, to: null, reason: '' };
    const recused = (person: string, by: readonly Mover[]): string | null => fault(by, person, {}, '已退办', office(true, [{ ...entry, person }]));
    expect(recused('专员', ['office', 'leader'])).toBe('「专员」应回避(已登记回避),不能改为「已退办」(工作簿约定)');
    expect(['分管甲', '工程经理'].map((person) => recused(person, ['leader', 'unit']) === null)).toEqual([false, true]);
  });

  it('knows the office by its roles', () => {
    expect(['专员', '分管甲', '生人'].map((name) => isOffice(office(), name))).toEqual([true, false, false]);
  });
});
