import type { Day } from '../calendar/plain-date.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { Person } from '../workbook/directory.ts';
import { splitNames } from '../workbook/names.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Role } from '../workbook/values.ts';

/** Who holds a role for an item, or ever held it: the leader named on it or its unit, else everybody with the role. */
export function holders(workbook: Workbook, item: CellsOf<'items'>, role: Role, otherUnit = ''): readonly string[] {
  const { directory } = workbook;
  const unit = directory.unit(otherUnit === '' ? item.leadUnit : otherUnit);
  if (role === '分管领导') {
    const named = item.leaderInCharge !== '' ? item.leaderInCharge : unit?.leaderInCharge ?? '';
    if (named !== '') return [named];
  }
  if (role === '主管领导') {
    // 按分工负责: the leader in charge of the unit that initiated it (bus 11.1).
    const named = item.initiatorUnit === '' ? '' : directory.unit(item.initiatorUnit)?.leaderInCharge ?? '';
    if (named !== '') return [named];
  }
  if (role === '责任人') {
    const named = item.dutyPerson !== '' ? item.dutyPerson : unit?.dutyPerson ?? '';
    if (named !== '') return [named];
  }
  if (role === '督办领导' && item.supervisingLeader !== '') return [item.supervisingLeader];
  if (role === '单位负责人' && unit !== null && unit.head !== '') return [unit.head];
  return directory.withRole(role, null).map((person) => person.name);
}

/** Everybody who may decide for one of the roles, before successors and substitutes. */
export function holdersOf(workbook: Workbook, item: CellsOf<'items'>, roles: readonly Role[], otherUnit = ''): string[] {
  return [...new Set(roles.flatMap((role) => holders(workbook, item, role, otherUnit)))];
}

/** The substitute who stands in for a person on a day; '' where nobody does. */
export function substituteOn(workbook: Workbook, name: string, on: Day): string {
  const person = workbook.directory.person(name);
  if (person === null || person.substitute === '' || person.substituteFrom === null) return '';
  const away = person.substituteFrom <= on && (person.substituteTo === null || on <= person.substituteTo);
  return away ? person.substitute : '';
}

/** Who is asked on a day: successors in the place of people who left, substitutes in the place of people who are away. */
export function askedOn(workbook: Workbook, names: readonly string[], on: Day | null): string[] {
  if (on === null) return [...names];
  const present = [...new Set(names.map((name) => presentOn(workbook, name, on)).filter((name) => name !== ''))];
  return [...new Set(present.map((name) => substituteOn(workbook, name, on) || name))];
}

/** Whether a name may decide in the place of one of the holders on a day: a holder in office then, a successor, or a substitute. */
export function mayDecide(workbook: Workbook, names: readonly string[], by: string, on: Day | null): boolean {
  if (on === null) return names.includes(by);
  return names.some((name) => presentOn(workbook, name, on) === by) || askedOn(workbook, names, on).includes(by);
}

/** Two people of one name may both be the holder: for a decision the name is enough. */
function presentOn(workbook: Workbook, name: string, on: Day): string {
  return workbook.directory.isAmbiguous(name) ? name : workbook.directory.present(name, on);
}

/** The person of 人员 that a host's name for an editor means: name, mail address or Feishu id. */
export function personOf(workbook: Workbook, actor: string): Person | null {
  const { directory } = workbook;
  const found = directory.person(actor)
    ?? workbook.sheets.people.rows.find(({ cells }) => cells.active !== '否' && (cells.email === actor || cells.feishuId === actor))?.cells ?? null;
  return found === null || directory.leaver(found.name) !== null ? null : found;
}

/** Whether a person holds one of the roles in 人员. */
export function hasRole(person: Person, roles: readonly Role[]): boolean {
  return splitNames(person.roles).some((role) => (roles as readonly string[]).includes(role));
}
