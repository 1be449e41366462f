import { columnsFilledBy, columnsOf, compareText, formatLimit, ITEM_VIEWS, itemFinder, officeOverview, OPEN_COLUMNS, showCell, viewItems, type ColumnKey, type ItemsAt, type ItemView } from '#core';
import type { ColumnView, LedgerRow, LedgerView } from './api-types.ts';
import { itemColumns } from './columns.ts';
import { formNames, registersOf } from './forms.ts';
import { seenItems, type SeenItem } from './seen-items.ts';

/** How 台账 is asked for; everything has a default, so that a bare address works. */
export interface LedgerQuery {
  readonly q: string; readonly light: string; readonly status: string; readonly unit: string; readonly view: ItemView; readonly sort: string; readonly desc: '' | '1'; readonly offset: number; readonly limit: number;
}
const WINDOW = 100;
const WIDEST_WINDOW = 200;
const FARTHEST = 1_000_000;
const LONGEST = 100;

/** What an address asks for; what it says that can't be read counts as not asked. */
export function ledgerQuery(query: Readonly<Record<string, string>>): LedgerQuery {
  const text = (key: string): string => (query[key] ?? '').slice(0, LONGEST);
  const count = (key: string, least: number, most: number, instead: number): number => {
    const value = Number(query[key] ?? '');
    return query[key] !== undefined && query[key] !== '' && Number.isInteger(value) && value >= least && value <= most ? value : instead;
  };
  return {
    q: text('q'), light: text('light'), status: text('status'), unit: text('unit'), view: ITEM_VIEWS.find((view) => view === query['view']) ?? '全部', sort: text('sort'), desc: query['desc'] === '1' ? '1' : '',
    offset: count('offset', 0, FARTHEST, 0), limit: count('limit', 1, WIDEST_WINDOW, WINDOW),
  };
}

type ItemColumn = ColumnKey<'items'>;
const TYPES = new Map(columnsOf('items').map(({ key, type }) => [key, type]));

/** A window of 台账: filtered, searched and sorted on the server, so that a page of 100 000 rows costs a screen's worth. */
export function ledgerView(at: ItemsAt, viewer: string, query: LedgerQuery, version: string): LedgerView {
  const { workbook } = at;
  const columns = itemColumns(workbook);
  const found = foundItems(at, viewer, query);
  return {
    columns, total: found.length, offset: query.offset, registers: registersOf(at, viewer), forms: formNames(at), version,
    rows: found.slice(query.offset, query.offset + query.limit).map((item) => ledgerRow(at, viewer, item, columns)),
    statuses: workbook.policy.statuses, units: unitsOf(at, viewer),
  };
}

/** The items that a person sees and asked for, in the order asked for. Kept for the windows that a scrolling reader asks for next. */
export function foundItems(at: ItemsAt, viewer: string, query: LedgerQuery): readonly SeenItem[] {
  const asked = JSON.stringify([viewer, query.q.trim(), query.light, query.status, query.unit, query.view, query.sort, query.desc]);
  const known = FOUND.get(at) ?? new Map<string, readonly SeenItem[]>();
  FOUND.set(at, known);
  const before = known.get(asked);
  if (before !== undefined) return before;
  const found = sorted(at, filtered(at, viewer, seenItems(at, viewer), query), query);
  if (known.size >= MOST_KEPT) known.delete(known.keys().next().value!);
  known.set(asked, found);
  return found;
}

const MOST_KEPT = 20;
const FOUND = new WeakMap<ItemsAt, Map<string, readonly SeenItem[]>>();
const UNITS = new WeakMap<readonly SeenItem[], readonly string[]>();

function unitsOf(at: ItemsAt, viewer: string): readonly string[] {
  const seen = seenItems(at, viewer);
  const units = UNITS.get(seen) ?? [...new Set(seen.map(({ facts }) => facts.unit).filter((unit) => unit !== ''))].sort(compareText);
  UNITS.set(seen, units);
  return units;
}

/** A row as far as the person sees it, and the places that he fills. */
export function ledgerRow(at: ItemsAt, viewer: string, item: SeenItem, columns: readonly ColumnView[]): LedgerRow {
  const fills = item.sight === 'full' ? columnsFilledBy(at.workbook, item.facts.cells, viewer) : [];
  return {
    id: item.facts.id,
    cells: columns.map(({ key }) => (item.sight === 'full' || OPEN_COLUMNS.includes(key as ItemColumn) ? shownCell(item, key as ItemColumn) : '')),
    fills: columns.flatMap(({ key }, place) => (fills.includes(key as ItemColumn) ? [place] : [])),
  };
}

/** The cell; what follows the clock as it is now, not as the last run wrote it. */
function shownCell({ facts, light }: SeenItem, key: ItemColumn): string {
  switch (key) {
    case 'light': return light.light;
    case 'itemId': return facts.id;
    case 'daysLeft': return light.daysLeft === null ? '' : String(light.daysLeft);
    case 'deadlineCurrent': return facts.current === null ? '' : formatLimit(facts.current);
    default: return showCell(TYPES.get(key)!, facts.cells[key]);
  }
}

function filtered(at: ItemsAt, viewer: string, seen: readonly SeenItem[], { q, light, status, unit, view }: LedgerQuery): SeenItem[] {
  const wanted = q.trim();
  const inView = view === '全部' ? null : new Set(viewItems(at, view satisfies ItemView).map(({ facts }) => facts.id));
  const isFound = wanted === '' ? null : itemFinder(at, wanted, viewer);
  return seen.filter((item) => (light === '' || item.light.light === light) && (status === '' || item.facts.status === status)
    && (unit === '' || item.facts.unit === unit) && (inView === null || inView.has(item.facts.id)) && (isFound === null || isFound(item)));
}

/** By a column, blanks last; without one the most urgent first, then what is over. */
function sorted(at: ItemsAt, items: SeenItem[], { sort, desc }: LedgerQuery): SeenItem[] {
  const type = TYPES.get(sort);
  if (type === undefined) return byUrgency(at, items);
  const key = sort as ItemColumn;
  const isNumber = !['text', 'id', 'ref', 'choice', 'list', 'unit', 'person'].includes(type);
  const valueOf = (item: SeenItem): string | number | null => {
    if (item.sight === 'open' && !OPEN_COLUMNS.includes(key)) return null;
    if (key === 'daysLeft') return item.light.daysLeft;
    if (key === 'deadlineCurrent') return item.facts.current;
    const value = isNumber ? item.facts.cells[key] : shownCell(item, key);
    return value === '' ? null : value;
  };
  const way = desc === '1' ? -1 : 1;
  return items.map((item) => ({ item, value: valueOf(item) })).sort((a, b) => {
    if (a.value === null || b.value === null) return a.value === b.value ? compareText(a.item.facts.id, b.item.facts.id) : a.value === null ? 1 : -1;
    const order = typeof a.value === 'number' && typeof b.value === 'number' ? a.value - b.value : compareText(String(a.value), String(b.value));
    return order === 0 ? compareText(a.item.facts.id, b.item.facts.id) : order * way;
  }).map(({ item }) => item);
}

function byUrgency(at: ItemsAt, items: SeenItem[]): SeenItem[] {
  const known = ORDER.get(at) ?? new Map(officeOverview(at.workbook, [...at.items.values()]).map(({ id }, place) => [id, place]));
  ORDER.set(at, known);
  const place = (item: SeenItem): number => known.get(item.facts.id) ?? Infinity;
  return items.sort((a, b) => (place(a) === place(b) ? compareText(b.facts.id, a.facts.id) : place(a) - place(b)));
}

const ORDER = new WeakMap<ItemsAt, ReadonlyMap<string, number>>();
