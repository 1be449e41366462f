import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { RecipientRole } from '../policy/schema.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/**
 * The names behind a role for an item. Of a confidential item only people named on the item itself are ever told.
 */
export function recipientsFor(workbook: Workbook, facts: ItemFacts, roles: readonly RecipientRole[]): string[] {
  const names = roles.flatMap((role) => namesFor(workbook, facts, role));
  return [...new Set(names.filter((name) => name !== ''))];
}

function namesFor(workbook: Workbook, facts: ItemFacts, role: RecipientRole): readonly string[] {
  const { cells } = facts;
  const unit = workbook.directory.unit(facts.unit);
  const confidential = cells.confidentiality === '保密';
  const named = { handler: cells.handler, dutyPerson: cells.dutyPerson, leaderInCharge: cells.leaderInCharge, supervisingLeader: cells.supervisingLeader };
  switch (role) {
    case 'handler': return [cells.handler !== '' || confidential ? cells.handler : unit?.dutyPerson || unit?.head || ''];
    case 'dutyPerson': return [cells.dutyPerson !== '' || confidential ? cells.dutyPerson : unit?.dutyPerson || unit?.head || ''];
    case 'unitHead': return [confidential ? '' : unit?.head ?? ''];
    case 'leaderInCharge': return [named.leaderInCharge !== '' || confidential ? named.leaderInCharge : unit?.leaderInCharge ?? ''];
    case 'supervisingLeader': return [named.supervisingLeader];
    case 'office': return confidential ? [] : officeNames(workbook);
  }
}

/** The people of the supervising office: 督办专员, else 督办管理员, else 办公室主任. */
export function officeNames(workbook: Workbook): readonly string[] {
  for (const role of ['督办专员', '督办管理员', '办公室主任'] as const) {
    const people = workbook.directory.withRole(role);
    if (people.length > 0) return people.map((person) => person.name);
  }
  return [];
}

/** How an item may be called outside the table: a confidential one by its number alone. */
export function titleFor(facts: ItemFacts): string {
  return facts.cells.confidentiality === '保密' ? '(保密事项)' : facts.cells.title;
}
