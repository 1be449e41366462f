import type { Workbook } from '../workbook/parse-workbook.ts';
import { hasRole } from './approvers.ts';

/** Why an item can't be assigned to a unit or person; null where it can, and where no units are registered yet. */
export function assignmentFault(workbook: Workbook, name: string): string | null {
  const { directory, policy } = workbook;
  if (name === '' || directory.units.length === 0) return null;
  const unit = directory.unit(name);
  if (unit !== null) {
    const known = unit.type !== '外部' && (policy.assignableUnitTypes.length === 0 || policy.assignableUnitTypes.includes(unit.type));
    return known ? null : `「${name}」不在本制度适用单位内,不能承办:请改填适用单位`;
  }
  const person = directory.person(name);
  if (person !== null && policy.assignableRoles !== undefined) {
    return hasRole(person, policy.assignableRoles) ? null : `「${name}」不是中层以上管理人员,不能作为承办主体:请改填单位或中层以上人员`;
  }
  return null;
}
