import { describe, expect, it } from 'vitest';
import type { Role } from '../workbook/values.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { assignmentFault } from './assignment.ts';

const UNITS: Readonly<Record<string, string>> = { 征管科: '科室', 分公司: '分(子)公司', 广告公司: '外部' };
const PEOPLE: Readonly<Record<string, string>> = { 科长: '单位负责人', 干事: '承办人' };

/** A regulation that is for units of some types ([]: any), and for people of some roles (undefined: it names none). */
function office(types: readonly string[], roles?: readonly Role[], units = UNITS): Workbook {
  return {
    directory: {
      units: Object.keys(units), unit: (name: string) => (name in units ? { type: units[name] } : null), person: (name: string) => (name in PEOPLE ? { roles: PEOPLE[name] } : null),
    },
    policy: { assignableUnitTypes: types, assignableRoles: roles },
  } as unknown as Workbook;
}

describe('an item may be assigned to', () => {
  it.each<[string, Workbook, string, RegExp | null]>([
    ['a unit of any type', office([]), '分公司', null],
    ['no unit from outside', office([]), '广告公司', /不在本制度适用单位内/],
    ['a unit of a type that the regulation is for', office(['科室']), '征管科', null],
    ['no unit of another type', office(['科室']), '分公司', /不在本制度适用单位内/],
    ['a person in charge', office([], ['单位负责人']), '科长', null],
    ['no person below', office([], ['单位负责人']), '干事', /不是中层以上管理人员/],
    ['anybody where the regulation names no roles', office([]), '干事', null],
    ['a name that is not registered, which is told elsewhere', office(['科室'], ['单位负责人']), '没登记', null],
    ['nobody yet', office(['科室'], ['单位负责人']), '', null],
    ['anybody while no unit is registered', office(['科室'], ['单位负责人'], {}), '干事', null],
  ])('%s', (_name, workbook, name, fault) => {
    const found = assignmentFault(workbook, name);
    if (fault === null) expect(found).toBeNull();
    else expect(found).toMatch(fault);
  });
});
