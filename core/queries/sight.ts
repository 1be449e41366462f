import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { ColumnKey } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { isNamed, isOfUnits, isOverseer, seerOf } from './may-see.ts';

/** How much of an item a person sees. `open`: what the regulation makes public of it, and nothing that people wrote to each other. */
export type Sight = 'none' | 'open' | 'full';

/** What everybody sees of an item of a public form (expo 9.4e). */
export const OPEN_COLUMNS: readonly ColumnKey<'items'>[] = [
  'light', 'itemId', 'title', 'leadUnit', 'coUnits', 'deadlineCurrent', 'daysLeft', 'status', 'category', 'form', 'rowType', 'parentId', 'closedAt', 'onTime',
];

/** The one answer to who sees an item, and how much of it: those who look over all and those it concerns see the whole row. */
export function sightOf(workbook: Workbook, facts: ItemFacts, viewer: string): Sight {
  return sightsOf(workbook, viewer)(facts);
}

/** The same for many items: who the person is, is asked once. */
export function sightsOf(workbook: Workbook, viewer: string): (facts: ItemFacts) => Sight {
  const maySee = seerOf(workbook, viewer);
  const overseer = isOverseer(workbook, viewer);
  const unit = workbook.directory.person(viewer)?.unit ?? '';
  return (facts) => (!maySee(facts) ? 'none' : overseer || isNamed(facts.cells, viewer) || isOfUnits(facts.cells, unit) ? 'full' : 'open');
}
