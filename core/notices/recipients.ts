import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { RecipientRole } from '../policy/schema.ts';
import { splitNames } from '../workbook/names.ts';
import { ROLES } from '../workbook/values.ts';
import { isOutsider } from './outsiders.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** Who a notice about a request names beside the people of the item. */
export interface Party {
  readonly approver: string;
  readonly applicant: string;
  readonly otherUnit: string;
}

/**
 * The names behind a role for an item, successors in the place of people who left. Of a confidential item only people named on
 * the item itself are ever told, no successor before he is; where the regulation checks recipients, nobody outside the
 * item's units is (tax 2.3).
 */
export function recipientsFor(workbook: Workbook, facts: ItemFacts, roles: readonly RecipientRole[], party?: Party): string[] {
  const { directory } = workbook;
  const named = namedOn(facts);
  const names = roles.flatMap((role) => namesFor(workbook, facts, role, party))
    .filter((name) => name !== '' && named?.includes(name) !== false && !isOutsider(workbook, facts, name));
  return [...new Set(names.map((name) => directory.present(name)).filter((name) => name !== '' && named?.includes(name) !== false))];
}

/** Whom alone a confidential item may be told to; null where it is not confidential. */
export function namedOn({ cells }: ItemFacts): readonly string[] | null {
  return cells.confidentiality === '保密' ? [cells.handler, cells.dutyPerson, cells.leaderInCharge, cells.supervisingLeader] : null;
}

function namesFor(workbook: Workbook, facts: ItemFacts, role: RecipientRole, party: Party | undefined): readonly string[] {
  const { cells } = facts;
  const unit = workbook.directory.unit(facts.unit);
  const confidential = cells.confidentiality === '保密';
  const named = { handler: cells.handler, dutyPerson: cells.dutyPerson, leaderInCharge: cells.leaderInCharge, supervisingLeader: cells.supervisingLeader };
  switch (role) {
    case 'handler': return [confidential || isReached(workbook, cells.handler) ? cells.handler : unit === null ? '' : contactIn(workbook, [unit.dutyPerson, unit.head])];
    case 'dutyPerson': return [confidential || isReached(workbook, cells.dutyPerson) ? cells.dutyPerson : unit === null ? '' : contactIn(workbook, [unit.dutyPerson, unit.head])];
    case 'unitHead': return [confidential ? '' : unit?.head ?? ''];
    case 'leaderInCharge': return [named.leaderInCharge !== '' || confidential ? named.leaderInCharge : unit?.leaderInCharge ?? ''];
    case 'supervisingLeader': return [named.supervisingLeader];
    case 'office': return confidential ? [] : officeNames(workbook);
    case 'leadUnit': return [confidential ? cells.handler : contactOf(workbook, facts.unit) || cells.handler];
    case 'coUnits': return confidential ? [] : splitNames(cells.coUnits).map((name) => contactOf(workbook, name));
    case 'initiator': return [confidential ? '' : contactOf(workbook, cells.initiatorUnit) || cells.initiatorUnit];
    case 'groupHead': return confidential ? [] : groupHeads(workbook);
    case 'bureauLeaders': return confidential ? [] : workbook.directory.withRole('局领导').map((person) => person.name);
    case 'generalManager': return confidential ? [] : workbook.directory.withRole('总经理').map((person) => person.name);
    // Where nobody holds the role, the request names the role itself: 首页 says so, and nobody is told.
    case 'approver': return splitNames(party?.approver ?? '').filter((name) => !isRole(name) || workbook.directory.person(name) !== null);
    case 'applicant': return [party?.applicant ?? ''];
    case 'otherUnit': return [confidential || party === undefined || party.otherUnit === '' ? '' : contactOf(workbook, party.otherUnit) || party.otherUnit];
  }
}

function isRole(name: string): boolean {
  return ROLES.some((role) => role === name);
}

/** Who answers for a unit to the outside: its 负责人, else its 责任人, else the unit's own address; '' where it is unknown. */
export function contactOf(workbook: Workbook, name: string): string {
  const unit = workbook.directory.unit(name);
  return unit === null ? '' : contactIn(workbook, [unit.head, unit.dutyPerson]) || unit.name;
}

function contactIn(workbook: Workbook, names: readonly string[]): string {
  return names.map((name) => workbook.directory.present(name)).find((name) => name !== '') ?? '';
}

/** Whether somebody is reached by a name: not where it is blank, borne by two, or of one who left without a successor. */
function isReached(workbook: Workbook, name: string): boolean {
  return name !== '' && workbook.directory.present(name) !== '';
}

/** The head of the supervising group, else the office. */
export function groupHeads(workbook: Workbook): readonly string[] {
  const heads = workbook.directory.withRole('督查组组长');
  return heads.length > 0 ? heads.map((person) => person.name) : officeNames(workbook);
}

/** The leaders of the organisation who are told of periods. */
export function leaderNames(workbook: Workbook): string[] {
  return [...new Set((['总经理', '局领导', '主管领导'] as const).flatMap((role) => workbook.directory.withRole(role).map((person) => person.name)))];
}

/** The people of the supervising office: 督办专员, else 督办管理员, else 办公室主任. */
export function officeNames(workbook: Workbook): readonly string[] {
  for (const role of ['督办专员', '督办管理员', '办公室主任'] as const) {
    const people = workbook.directory.withRole(role);
    if (people.length > 0) return people.map((person) => person.name);
  }
  return [];
}

/** In place of the title of a confidential item. */
export const CONFIDENTIAL_TITLE = '(保密事项)';

/** How an item may be called outside the table: a confidential one by its number alone. */
export function titleFor(facts: Pick<ItemFacts, 'cells'>): string {
  return facts.cells.confidentiality === '保密' ? CONFIDENTIAL_TITLE : facts.cells.title;
}
