import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { splitNames } from '../workbook/names.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Role } from '../workbook/values.ts';

/** Roles that may be told of any item: the supervising unit and the leaders. */
const ABOVE: readonly Role[] = [
  '督办管理员', '督办专员', '督查组组长', '督查组成员', '办公室主任', '分管领导', '督办领导', '主管领导', '局领导', '总经理',
];

/**
 * True where the regulation checks recipients (tax 2.3) and a person is registered in a unit that has no part in the item,
 * without belonging to the supervising unit or the leaders. Who is registered nowhere has no address either.
 */
export function isOutsider(workbook: Workbook, facts: ItemFacts, name: string): boolean {
  if (workbook.policy.clauses.recipientCheck === undefined) return false;
  const person = workbook.directory.person(name);
  if (person === null || person.unit === '') return false;
  const { cells } = facts;
  if (person.unit === cells.leadUnit) return false;
  if (splitNames(person.roles).some((role) => ABOVE.some((allowed) => allowed === role))) return false;
  const unit = workbook.directory.unit(person.unit);
  const own = [cells.leadUnit, ...splitNames(cells.coUnits), cells.initiatorUnit, facts.unit].filter((candidate) => candidate !== '');
  return own.length > 0 && !own.some((candidate) => candidate === person.unit || (unit !== null && workbook.directory.unit(candidate) === unit));
}

/** A hint for each person named on an open item whom the check keeps from being told; none where the regulation has no check. */
export function outsiderHints(workbook: Workbook, facts: ItemFacts): string[] {
  const clause = workbook.policy.clauses.recipientCheck;
  if (clause === undefined) return [];
  const { cells } = facts;
  return ([['承办人', cells.handler], ['责任人', cells.dutyPerson]] as const)
    .filter(([, name]) => name !== '' && isOutsider(workbook, facts, name))
    .map(([header, name]) => `${header}「${name}」不属于本事项的单位,不向其发信:请核对${header}或单位(${clause})`);
}
