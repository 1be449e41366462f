import { describe, expect, it } from 'vitest';
import { day, type Day } from '../calendar/plain-date.ts';
import type { CellsOf } from './columns.ts';
import { directoryOf } from './directory-fixture.ts';
import type { Directory } from './directory.ts';
import { isInService } from './unit-register.ts';

type Person = Partial<CellsOf<'people'>>;
type Unit = Partial<CellsOf<'units'>>;

function directory(people: readonly Person[], units: readonly Unit[] = [], on: Day | null = day('2026-03-16')): Directory {
  return directoryOf(people, units, on);
}

const LEFT = { name: '张三', leftOn: day('2026-03-16'), successor: '李四' };

describe('who is addressed in the place of a name', () => {
  it.each<[string, readonly Person[], string, string]>([
    ['a person in office', [{ name: '张三' }], '2026-03-16', '张三'],
    ['somebody 人员 does not know', [], '2026-03-16', '张三'],
    ['on the day before the departure', [LEFT, { name: '李四' }], '2026-03-15', '张三'],
    ['from the day of departure on', [LEFT, { name: '李四' }], '2026-03-16', '李四'],
    ['a successor whom 人员 does not know', [LEFT], '2026-03-16', '李四'],
    ['a successor who left as well', [LEFT, { name: '李四', leftOn: day('2026-03-01'), successor: '王五' }, { name: '王五' }], '2026-03-16', '王五'],
    ['nobody succeeded', [{ name: '张三', leftOn: day('2026-03-16') }], '2026-03-16', ''],
    ['two who succeed each other', [LEFT, { name: '李四', leftOn: day('2026-03-01'), successor: '张三' }], '2026-03-16', ''],
    ['two of one name', [{ name: '张三' }, { name: '张三' }], '2026-03-16', ''],
    ['two of one name, of whom one left', [LEFT, { name: '张三' }], '2026-03-16', '张三'],
    ['out of use, with a successor and no date', [{ name: '张三', active: '否', successor: '李四' }], '2026-03-16', '李四'],
    ['out of use, but still in office by the date', [{ ...LEFT, active: '否' }], '2026-03-15', '张三'],
    ['out of use without a successor', [{ name: '张三', active: '否' }], '2026-03-16', '张三'],
  ])('%s', (_name, people, on, expected) => {
    expect(directory(people, [], day(on)).present('张三')).toBe(expected);
  });

  it('roles follow the date; whoever ever held one is found without it', () => {
    const people = directory([{ ...LEFT, roles: '分管领导' }, { name: '李四', roles: '分管领导' }]);
    expect(people.withRole('分管领导').map(({ name }) => name)).toEqual(['李四']);
    expect(people.withRole('分管领导', day('2026-03-15')).map(({ name }) => name)).toEqual(['张三', '李四']);
    expect(people.withRole('分管领导', null).map(({ name }) => name)).toEqual(['张三', '李四']);
    expect([people.leaver('张三')?.successor, people.leaver('李四'), people.predecessorsOf('李四')]).toEqual(['李四', null, ['张三']]);
  });
});

describe('what a unit is called', () => {
  const from = day('2026-04-01');
  it.each<[string, readonly Unit[], string, string, string]>([
    ['an unknown unit', [], '甲科', '2026-04-01', '甲科'],
    ['renamed, before', [{ name: '乙科', formerNames: '甲科', effectiveFrom: from }], '甲科', '2026-03-31', '甲科'],
    ['renamed, from the day on', [{ name: '乙科', formerNames: '甲科', effectiveFrom: from }], '甲科', '2026-04-01', '乙科'],
    ['renamed, the new name before its day', [{ name: '乙科', formerNames: '甲科', effectiveFrom: from }], '乙科', '2026-03-31', '甲科'],
    ['renamed without a date', [{ name: '乙科', formerNames: '甲科' }], '甲科', '2026-03-31', '乙科'],
    ['a new row of the same code, before', [{ name: '甲科', code: '01' }, { name: '乙科', code: '01', effectiveFrom: from }], '甲科', '2026-03-31', '甲科'],
    ['a new row of the same code, from the day on', [{ name: '甲科', code: '01' }, { name: '乙科', code: '01', effectiveFrom: from }], '甲科', '2026-04-01', '乙科'],
    ['merged, before', [{ name: '甲科', mergedInto: '乙科', effectiveFrom: from }, { name: '乙科' }], '甲科', '2026-03-31', '甲科'],
    ['merged, from the day on', [{ name: '甲科', mergedInto: '乙科', effectiveFrom: from }, { name: '乙科' }], '甲科', '2026-04-01', '乙科'],
    ['merged into one that was merged itself', [{ name: '甲科', mergedInto: '乙科' }, { name: '乙科', mergedInto: '丙科' }, { name: '丙科' }], '甲科', '2026-04-01', '丙科'],
    ['merged into one that is not registered', [{ name: '甲科', mergedInto: '乙科' }], '甲科', '2026-04-01', '甲科'],
  ])('%s', (_name, units, name, on, expected) => {
    expect(directory([], units).unitNameOn(name, day(on))).toBe(expected);
  });

  it('a row without a name names nothing, whatever stands beside it', () => {
    expect(directory([], [{ formerNames: '甲科', code: '01' }]).unitNameOn('甲科', from)).toBe('甲科');
  });

  it('two that were merged into each other end the search', () => {
    expect(['甲科', '乙科']).toContain(directory([], [{ name: '甲科', mergedInto: '乙科' }, { name: '乙科', mergedInto: '甲科' }]).unitNameOn('甲科', from));
  });

  it.each<[string, Unit, string, boolean]>([
    ['in use', {}, '2026-04-01', true], ['out of use', { active: '否' }, '2026-04-01', false],
    ['not begun yet', { effectiveFrom: from }, '2026-03-31', false], ['begun', { effectiveFrom: from }, '2026-04-01', true],
    ['not merged yet', { mergedInto: '乙科', effectiveFrom: from }, '2026-03-31', true], ['merged', { mergedInto: '乙科', effectiveFrom: from }, '2026-04-01', false],
    ['merged without a date', { mergedInto: '乙科' }, '2026-03-31', false],
  ])('a unit %s', (_name, unit, on, expected) => {
    expect(isInService(directory([], [{ name: '甲科', ...unit }]).units[0]!, day(on))).toBe(expected);
  });
});
