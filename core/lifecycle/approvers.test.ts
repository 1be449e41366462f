import { describe, expect, it } from 'vitest';
import { day } from '../calendar/plain-date.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { directoryOf, peopleSheet } from '../workbook/directory-fixture.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Role } from '../workbook/values.ts';
import { askedOn, hasRole, holders, holdersOf, mayDecide, personOf, substituteOn } from './approvers.ts';

type Person = Partial<CellsOf<'people'>>;

const UNITS = [
  { name: '工程部', head: '工程经理', dutyPerson: '工程主管', leaderInCharge: '分管甲' },
  { name: '采购部', head: '采购经理', dutyPerson: '采购主管', leaderInCharge: '分管乙' },
  { name: '新设部' },
];
/** One holder of each role beside those whom items and units name. */
const ROLES: readonly Role[] = ['分管领导', '主管领导', '责任人', '督办领导', '单位负责人', '总经理'];
const HOLDERS: readonly Person[] = ROLES.map((role) => ({ name: `别的${role}`, roles: role }));

function office(people: readonly Person[] = HOLDERS, on = '2026-03-16'): Workbook {
  return { directory: directoryOf(people, UNITS, day(on)), sheets: { people: peopleSheet(people) } } as unknown as Workbook;
}

function item(cells: Partial<CellsOf<'items'>>): CellsOf<'items'> {
  return { leadUnit: '工程部', leaderInCharge: '', initiatorUnit: '', dutyPerson: '', supervisingLeader: '', ...cells } as CellsOf<'items'>;
}

describe('who holds a role for an item', () => {
  it.each<[string, Role, Partial<CellsOf<'items'>>, string]>([
    ['the 分管领导 of its lead unit', '分管领导', {}, '分管甲'],
    ['the 分管领导 named on it before that of the unit', '分管领导', { leaderInCharge: '分管丙' }, '分管丙'],
    ['everybody with the role where neither names one', '分管领导', { leadUnit: '新设部' }, '别的分管领导'],
    ['everybody with the role where its unit is not registered', '分管领导', { leadUnit: '没登记' }, '别的分管领导'],
    ['the leader in charge of the unit that initiated it', '主管领导', { initiatorUnit: '采购部' }, '分管乙'],
    ['not the one of the lead unit where nobody initiated it', '主管领导', {}, '别的主管领导'],
    ['everybody with the role where the initiator has none', '主管领导', { initiatorUnit: '新设部' }, '别的主管领导'],
    ['everybody with the role where the initiator is not registered', '主管领导', { initiatorUnit: '没登记' }, '别的主管领导'],
    ['the 责任人 of its lead unit', '责任人', {}, '工程主管'],
    ['the 责任人 named on it', '责任人', { dutyPerson: '项目责任人' }, '项目责任人'],
    ['everybody with the role where neither names a 责任人', '责任人', { leadUnit: '新设部' }, '别的责任人'],
    ['everybody with the role where the unit of a 责任人 is not registered', '责任人', { leadUnit: '没登记' }, '别的责任人'],
    ['the 督办领导 named on it', '督办领导', { supervisingLeader: '督办甲' }, '督办甲'],
    ['everybody with the role where no 督办领导 is named', '督办领导', {}, '别的督办领导'],
    ['the head of its lead unit', '单位负责人', {}, '工程经理'],
    ['everybody with the role where the unit has no head', '单位负责人', { leadUnit: '新设部' }, '别的单位负责人'],
    ['a role that neither items nor units name', '总经理', { leaderInCharge: '分管丙', dutyPerson: '项目责任人', supervisingLeader: '督办甲', initiatorUnit: '采购部' }, '别的总经理'],
  ])('%s', (_name, role, cells, expected) => {
    expect(holders(office(), item(cells), role)).toEqual([expected]);
  });

  it('is asked for the other unit where that one answers', () => {
    expect(holders(office(), item({}), '单位负责人', '采购部')).toEqual(['采购经理']);
  });

  it('whoever holds two of the roles is named once', () => {
    expect(holdersOf(office(), item({ dutyPerson: '分管甲' }), ['分管领导', '责任人', '总经理'])).toEqual(['分管甲', '别的总经理']);
  });
});

describe('who stands in for a person', () => {
  const away = (from: string | null, to: string | null, substitute = '副手'): Workbook => office([
    { name: '正职', substitute, substituteFrom: from === null ? null : day(from), substituteTo: to === null ? null : day(to) }, { name: '副手' },
  ]);
  it.each<[string, Workbook, string, string]>([
    ['the day before', away('2026-03-16', '2026-03-19'), '2026-03-15', ''],
    ['the first day', away('2026-03-16', '2026-03-19'), '2026-03-16', '副手'],
    ['the last day', away('2026-03-16', '2026-03-19'), '2026-03-19', '副手'],
    ['the day after', away('2026-03-16', '2026-03-19'), '2026-03-20', ''],
    ['with no end, for good', away('2026-03-16', null), '2027-03-16', '副手'],
    ['with no end, not before', away('2026-03-16', null), '2026-03-15', ''],
    ['with no beginning, nobody', away(null, '2026-03-19'), '2026-03-16', ''],
    ['with a time and no name, nobody', away('2026-03-16', null, ''), '2026-03-16', ''],
  ])('%s', (_name, workbook, on, expected) => {
    expect(substituteOn(workbook, '正职', day(on))).toBe(expected);
    expect(askedOn(workbook, ['正职'], day(on))).toEqual([expected === '' ? '正职' : expected]);
    // The one who is away may decide all the same; the one who stands in only then.
    expect([mayDecide(workbook, ['正职'], '正职', day(on)), mayDecide(workbook, ['正职'], '副手', day(on))]).toEqual([true, expected !== '']);
  });

  it('nobody, where 人员 does not know the person', () => {
    expect(substituteOn(office([]), '生人', day('2026-03-16'))).toBe('');
  });
});

describe('who is asked', () => {
  const LEFT = { name: '前任', leftOn: day('2026-03-16'), successor: '继任' };
  const people = [LEFT, { name: '继任', substitute: '副手', substituteFrom: day('2026-03-18') }, { name: '走了', leftOn: day('2026-03-02') }, { name: '同名' }, { name: '同名' }];
  it.each<[string, readonly string[], string | null, readonly string[]]>([
    ['whoever holds the role, where no day is known', ['前任', '走了'], null, ['前任', '走了']],
    ['the holder until he leaves', ['前任'], '2026-03-15', ['前任']],
    ['his successor from that day on, once', ['前任', '继任'], '2026-03-16', ['继任']],
    ["the successor's substitute", ['前任'], '2026-03-18', ['副手']],
    ['nobody in the place of one who left without a successor', ['走了', '继任'], '2026-03-16', ['继任']],
    ['a name that two people bear', ['同名'], '2026-03-16', ['同名']],
  ])('%s', (_name, names, on, expected) => {
    expect(askedOn(office(people), names, on === null ? null : day(on))).toEqual(expected);
  });

  it.each<[string, string, string | null, boolean]>([
    ['the holder, where no day is known', '前任', null, true],
    ['nobody else, where no day is known', '继任', null, false],
    ['the holder before he left', '前任', '2026-03-15', true],
    ['not once he left', '前任', '2026-03-16', false],
    ['but his successor', '继任', '2026-03-16', true],
    ['not the successor before', '继任', '2026-03-15', false],
    ['not a stranger', '生人', '2026-03-16', false],
  ])('may decide: %s', (_name, by, on, expected) => {
    expect(mayDecide(office(people), ['前任', '同名'], by, on === null ? null : day(on))).toBe(expected);
  });
});

describe('the person whom a host names as the editor', () => {
  const people = [
    { name: '甲', email: 'a@example.com', feishuId: 'ou_a', roles: '承办人、联络员' }, { name: '乙', email: 'b@example.com', feishuId: 'ou_b', active: '否' },
    { name: '丙', email: 'c@example.com', leftOn: day('2026-03-16'), successor: '甲' },
  ];
  it.each([
    ['by name', '甲', '甲'], ['by mail address', 'a@example.com', '甲'], ['by Feishu id', 'ou_a', '甲'], ['a stranger', 'x@example.com', null],
    ['one put out of use, by name', '乙', null], ['one put out of use, by mail address', 'b@example.com', null], ['one who left, by name', '丙', null], ['one who left, by mail address', 'c@example.com', null],
  ])('%s', (_name, actor, expected) => {
    expect(personOf(office(people), actor)?.name ?? null).toBe(expected);
  });

  it('holds a role where one of several is it', () => {
    const person = personOf(office(people), '甲')!;
    expect([hasRole(person, ['联络员', '总经理']), hasRole(person, ['总经理'])]).toEqual([true, false]);
  });
});
