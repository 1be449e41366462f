import { itemFacts, type ItemFacts } from '../lifecycle/item-facts.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { assignIds } from './ids.ts';
import type { RunClock } from './moment-of-run.ts';

/** Facts of every item whose id is unique, by id; rows without an id get theirs first. */
export function factsOfItems(workbook: Workbook, clock: RunClock): Map<string, ItemFacts> {
  const { items } = workbook.sheets;
  const blank = items.rows.filter((row) => row.cells.itemId === '' && row.cells.title !== '');
  const used = blank.length === 0 ? [] : [...items.rows.map((row) => row.cells.itemId), ...workbook.index.baseline.keys()];
  const fresh = assignIds('DB', used, blank.map((row) => row.ref), clock.today);
  const facts = new Map<string, ItemFacts>();
  for (const [id, row] of workbook.index.item) facts.set(id, itemFacts(workbook, row, id, clock));
  for (const row of blank) {
    const id = fresh.get(row.ref)!;
    facts.set(id, itemFacts(workbook, row, id, clock));
  }
  return facts;
}
