import { ItemPlaces } from './by-item.ts';
import { columnsOf, type CellsOf } from './columns.ts';
import { groupBy } from './group-by.ts';
import { shown, type RowIssue } from './issue.ts';
import type { ParsedRow, ParsedSheet } from './parse-sheet.ts';
import { lazyRowClass } from './row-cells.ts';

type Item = ParsedRow<'items'>;
type Recorded = ParsedRow<'baseline'>;

/**
 * 督办台账 with every row under its own number again. 底账 remembers which matter bore which number, so a number that was
 * cleared, typed over, filled down or sorted away from its row (or a whole deleted column of them) is found by the title
 * and the standing of the row. A row that only resembles a recorded one keeps what it says. A cleared number is written
 * back; one that people typed stays in its cell and is told.
 */
export function reclaimIds(items: ParsedSheet<'items'>, baseline: ParsedSheet<'baseline'>, issues: RowIssue[]): ParsedSheet<'items'> {
  const place = items.columns.itemId;
  if (place === undefined) return items;
  const found = match(items, baseline);
  if (found.size === 0) return items;
  const Row = lazyRowClass('items', columnsOf('items'), items.columns);
  const rows = items.rows.map((row): Item => {
    const id = found.get(row);
    if (id === undefined) return row;
    tell(items.name, row, id, issues);
    const values = [...row.values];
    while (values.length <= place) values.push(null);
    values[place] = id;
    return new Row(row.ref, row.raw, values) as unknown as Item;
  });
  return { ...items, rows };
}

function tell(sheet: string, { ref, cells }: Item, id: string, issues: RowIssue[]): void {
  const cleared = cells.itemId === '';
  issues.push({
    code: cleared ? 'id-restored' : 'id-altered', severity: 'hint', sheet, row: ref, column: '事项编号', value: shown(cells.itemId), because: null,
    message: cleared ? `「事项编号」被清空,已补回 ${id}` : `「事项编号」应为「${id}」,现为「${shown(cells.itemId)}」:请改回,在此之前仍按 ${id} 办理`,
  });
}

/** The true number of each row whose cell does not show it. */
function match(items: ParsedSheet<'items'>, baseline: ParsedSheet<'baseline'>): Map<Item, string> {
  const places = new ItemPlaces(baseline.rows.map((row) => row.cells.itemId));
  const isOwn = ({ cells }: Item): boolean => {
    const own = cells.itemId === '' ? undefined : baseline.rows[places.of(cells.itemId)];
    return own !== undefined && own.cells.title === cells.title;
  };
  const suspects = items.rows.filter((row) => !isOwn(row) && row.cells.title !== '');
  const found = new Map<Item, string>();
  if (suspects.length === 0) return found;
  const held = new Set(items.rows.filter(isOwn).map((row) => row.cells.itemId));
  const unheld = baseline.rows.filter(({ cells: { itemId, title } }, index) => itemId !== '' && title !== '' && !held.has(itemId) && places.of(itemId) === index);
  const free = groupBy(unheld, ({ cells }) => cells.title);
  const isStatusGone = items.header?.restored.includes('status') === true;
  const claims = new Map<string, Item[]>();
  for (const row of suspects) {
    const id = onlyMatch(row.cells, free.get(row.cells.title) ?? [], isStatusGone);
    if (id !== null) claims.set(id, [...claims.get(id) ?? [], row]);
  }
  for (const [id, rows] of claims) if (rows.length === 1 && rows[0]!.cells.itemId !== id) found.set(rows[0]!, id);
  dropContested(items, found);
  return found;
}

/** The one free record that stands where this row stands; of several with one title, the one with the same times. */
function onlyMatch(cells: CellsOf<'items'>, candidates: readonly Recorded[], isStatusGone: boolean): string | null {
  const status = cells.status === '' ? '拟立项' : cells.status;
  let left = candidates.filter((record) => isStatusGone || record.cells.effectiveStatus === status);
  if (left.length > 1) {
    left = left.filter(({ cells: record }) => record.issuedAt === cells.issuedAt && record.deadlineOriginal === cells.deadlineOriginal && record.closedAt === cells.closedAt);
  }
  return left.length === 1 ? left[0]!.cells.itemId : null;
}

/** A number that another row shows, and keeps, is not given to a second one; nor written into a cleared cell while any row shows it. */
function dropContested(items: ParsedSheet<'items'>, found: Map<Item, string>): void {
  const shownIds = new Set(items.rows.map((row) => row.cells.itemId));
  for (const [row, id] of found) if (row.cells.itemId === '' && shownIds.has(id)) found.delete(row);
  for (let dropped = true; dropped;) {
    dropped = false;
    const kept = new Set(items.rows.filter((row) => !found.has(row)).map((row) => row.cells.itemId));
    for (const [row, id] of found) {
      if (!kept.has(id)) continue;
      found.delete(row);
      dropped = true;
    }
  }
}
