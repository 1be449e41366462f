import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { isIssued } from '../lifecycle/status-groups.ts';
import { splitNames } from '../workbook/names.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Role } from '../workbook/values.ts';

/** Roles whose holders look over every unit. */
const OVERSEERS: ReadonlySet<string> = new Set<Role>([
  '督办管理员', '督办专员', '督查组组长', '督查组成员', '联络员', '办公室主任', '分管领导', '督办领导', '主管领导', '局领导', '总经理', '查看',
]);

/**
 * Whether a person may see an item (platform-6a, platform-2.0d, expo-8.2): a confidential one only who is named on it;
 * otherwise supervisors and leaders all, a unit its own once issued, and everybody those of a public form.
 */
export function maySee(workbook: Workbook, facts: ItemFacts, viewer: string): boolean {
  return seerOf(workbook, viewer)(facts);
}

/** The same for many items: who the person is, is asked once. */
export function seerOf(workbook: Workbook, viewer: string): (facts: ItemFacts) => boolean {
  const person = workbook.directory.person(viewer);
  const overseer = isOverseer(workbook, viewer);
  return ({ cells, status }) => {
    if (viewer === '') return false;
    const named = isNamed(cells, viewer);
    if (cells.confidentiality === '保密') return named;
    if (person === null) return false;
    if (overseer) return true;
    if (!isIssued(status)) return person.unit !== '' && person.unit === cells.initiatorUnit;
    return named || workbook.policy.publicForms?.forms.includes(cells.form) === true || isOfUnits(cells, person.unit);
  };
}

/** Whether an item names a person: who may see it where it is confidential. */
export function isNamed(cells: CellsOf<'items'>, viewer: string): boolean {
  return cells.handler === viewer || cells.dutyPerson === viewer || cells.leaderInCharge === viewer || cells.supervisingLeader === viewer;
}

/** Whether a unit leads, helps with or initiated an item. */
export function isOfUnits(cells: CellsOf<'items'>, unit: string): boolean {
  return unit !== '' && (cells.leadUnit === unit || cells.initiatorUnit === unit || splitNames(cells.coUnits).includes(unit));
}

/** Whether a person looks over every unit: the supervising office, the leaders, and those who only read. */
export function isOverseer(workbook: Workbook, viewer: string): boolean {
  const person = workbook.directory.person(viewer);
  return person !== null && splitNames(person.roles).some((role) => OVERSEERS.has(role));
}
