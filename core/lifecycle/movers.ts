import { matchesCondition } from '../policy/match-item.ts';
import { splitNames } from '../workbook/names.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { Person } from '../workbook/directory.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Role } from '../workbook/values.ts';
import type { Day } from '../calendar/plain-date.ts';
import { askedOn, hasRole, holdersOf, mayDecide, personOf } from './approvers.ts';
import type { Edge, Mover } from './edges.ts';
import { recusalClause, recusedFrom } from './recusal.ts';
import { groupOf } from './status-groups.ts';

export const LEADERS: readonly Role[] = ['分管领导', '督办领导', '主管领导', '局领导', '总经理'];

/** Whether someone belongs to the supervising unit. */
export function isOffice(workbook: Workbook, actor: string): boolean {
  const person = personOf(workbook, actor);
  return person !== null && hasRole(person, workbook.policy.officeRoles);
}

/** Whether someone belongs to the supervising unit or leads: who confirms scores and signs letters and bulletins, where no rule of the regulation says otherwise. */
export function isOfficeOrLeader(workbook: Workbook, actor: string): boolean {
  const person = personOf(workbook, actor);
  return person !== null && hasRole(person, [...workbook.policy.officeRoles, ...LEADERS]);
}

/** Why somebody may not move an item along an edge, with the clause; null where they may. */
export function moverFault(workbook: Workbook, cells: CellsOf<'items'>, edge: Edge, actor: string, on: Day | null): { sentence: string; clause: string } | null {
  const person = personOf(workbook, actor);
  const issue = edge.by.includes('issuer') ? workbook.policy.issueApprovals.find((rule) => matchesCondition(rule.when, cells)) : undefined;
  const movers = issue === undefined && edge.by.includes('issuer') ? [...edge.by, 'office' as const] : edge.by;
  const recused = person === null ? null : recusedFrom(workbook, cells, person.name, on);
  // What a unit does on its own item is no supervision.
  const own = recused === null ? movers : movers.filter((mover) => mover === 'unit' || mover === 'initiator');
  if (person !== null && own.some((mover) => isMover(workbook, cells, mover, person, issue?.roles ?? [], on))) return null;
  if (recused !== null) return { sentence: `「${actor}」应回避(${recused}),不能改为「${edge.to}」`, clause: recusalClause(workbook) };
  const { clauses, supervisingUnit } = workbook.policy;
  if (issue !== undefined && edge.to === '已下发') {
    return { sentence: `须由${askedOn(workbook, holdersOf(workbook, cells, issue.roles), on).join('、') || issue.roles.join('、')}批准,「${actor}」无权下发`, clause: issue.clause };
  }
  const who = movers.includes('unit') ? `承办单位或${supervisingUnit}` : supervisingUnit;
  const clause = groupOf(edge.to) === 'before' ? clauses.registration ?? clauses.supervision : clauses.supervision;
  return { sentence: `应由${who}操作,「${actor}」无权改为「${edge.to}」`, clause };
}

function isMover(workbook: Workbook, cells: CellsOf<'items'>, mover: Mover, person: Person, issuers: readonly Role[], on: Day | null): boolean {
  switch (mover) {
    case 'office': return hasRole(person, workbook.policy.officeRoles);
    case 'leader': return hasRole(person, LEADERS);
    case 'issuer': return issuers.length > 0 && mayDecide(workbook, holdersOf(workbook, cells, issuers), person.name, on);
    case 'initiator': return person.unit !== '' && person.unit === (cells.initiatorUnit || cells.leadUnit);
    case 'unit': return isOfUnit(workbook, cells, person);
  }
}

/** Whether a person answers for an item on its unit's side: named on it, or a member or head of one of its units. */
function isOfUnit(workbook: Workbook, cells: CellsOf<'items'>, person: Person): boolean {
  if ([cells.handler, cells.dutyPerson, cells.leadUnit].some((name) => name === person.name || workbook.directory.present(name) === person.name)) return true;
  return [cells.leadUnit, ...splitNames(cells.coUnits)].some((name) => isMember(workbook, name, person));
}

/** Whether a person belongs to a unit: its head, its duty person, or registered there. */
export function isMember(workbook: Workbook, unitName: string, person: Person): boolean {
  const unit = workbook.directory.unit(unitName);
  return unit !== null && (unit.head === person.name || unit.dutyPerson === person.name || (person.unit !== '' && workbook.directory.unit(person.unit) === unit));
}
