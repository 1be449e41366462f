import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { splitNames } from '../workbook/names.ts';
import type { ColumnKey } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { isOverseer, maySee } from './may-see.ts';

/** How much of an item a person sees. `open`: what the regulation makes public of it, and nothing that people wrote to each other. */
export type Sight = 'none' | 'open' | 'full';

/** What everybody sees of an item of a public form (expo 9.4e). */
export const OPEN_COLUMNS: readonly ColumnKey<'items'>[] = [
  'light', 'itemId', 'title', 'leadUnit', 'coUnits', 'deadlineCurrent', 'daysLeft', 'status', 'category', 'form', 'rowType', 'parentId', 'closedAt', 'onTime',
];

/** The one answer to who sees an item, and how much of it: those who look over all and those it concerns see the whole row. */
export function sightOf(workbook: Workbook, facts: ItemFacts, viewer: string): Sight {
  if (!maySee(workbook, facts, viewer)) return 'none';
  return isOverseer(workbook, viewer) || concerns(workbook, facts, viewer) ? 'full' : 'open';
}

function concerns(workbook: Workbook, { cells }: ItemFacts, viewer: string): boolean {
  if ([cells.handler, cells.dutyPerson, cells.leaderInCharge, cells.supervisingLeader].includes(viewer)) return true;
  const unit = workbook.directory.person(viewer)?.unit ?? '';
  return unit !== '' && [cells.leadUnit, cells.initiatorUnit, ...splitNames(cells.coUnits)].includes(unit);
}
