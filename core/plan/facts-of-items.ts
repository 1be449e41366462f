import { itemFacts, type ItemFacts } from '../lifecycle/item-facts.ts';
import { ByItem } from '../workbook/by-item.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { assignIds } from './ids.ts';
import type { RunClock } from './moment-of-run.ts';

/** Facts of every item whose id is unique, by id; rows without an id get theirs first. */
export function factsOfItems(workbook: Workbook, clock: RunClock): ByItem<ItemFacts> {
  const { items } = workbook.sheets;
  const blank = items.rows.filter((row) => row.cells.itemId === '' && row.cells.title !== '');
  const used = blank.length === 0 ? [] : [...items.rows.map((row) => row.cells.itemId), ...workbook.sheets.baseline.rows.map((row) => row.cells.itemId)];
  const fresh = assignIds('DB', used, blank.map((row) => row.ref), clock.today);
  const facts = new ByItem<ItemFacts>(workbook.index.places);
  for (const row of workbook.index.items) facts.set(row.cells.itemId, itemFacts(workbook, row, row.cells.itemId, clock));
  for (const row of blank) {
    const id = fresh.get(row.ref)!;
    facts.set(id, itemFacts(workbook, row, id, clock));
  }
  return facts;
}
