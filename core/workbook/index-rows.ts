import { ByItem, ItemPlaces, RowsByItem, type Lookup } from './by-item.ts';
import { columnsOf, type ColumnKey } from './columns.ts';
import { compareText } from './directory.ts';
import { groupBy } from './group-by.ts';
import { shown, type RowIssue } from './issue.ts';
import type { ParsedRow } from './parse-sheet.ts';
import type { ParsedSheets } from './parse-workbook.ts';

/** Rows by what they are looked up with. Items whose id stands twice are in no index: nothing is decided about them. */
export interface RowIndex {
  /** Every item that has an id of its own, in the sheet's order. */
  readonly items: readonly ParsedRow<'items'>[];
  readonly places: ItemPlaces;
  readonly item: Lookup<ParsedRow<'items'>>;
  readonly doubledItems: ReadonlySet<string>;
  readonly baseline: Lookup<ParsedRow<'baseline'>>;
  /** Rows of 底账 whose item stands nowhere in 督办台账. */
  readonly vanished: ReadonlyMap<string, ParsedRow<'baseline'>>;
  readonly notice: ReadonlyMap<string, ParsedRow<'notices'>>;
  /** Of notices with one id the last counts; these are the others. */
  readonly superseded: ReadonlySet<ParsedRow<'notices'>>;
  readonly requestsOf: Groups<ParsedRow<'requests'>>;
  readonly feedbackOf: Groups<ParsedRow<'feedback'>>;
  readonly inspectionsOf: Groups<ParsedRow<'inspections'>>;
  /** 催办通知 by item. */
  readonly chasesOf: Groups<ParsedRow<'notices'>>;
  readonly childrenOf: ReadonlyMap<string, readonly ParsedRow<'items'>[]>;
  /** Items that are their own ancestor. */
  readonly inCycle: ReadonlySet<string>;
}

/** Rows by the item they name, ordered by their own id. */
interface Groups<R> {
  get(itemId: string): readonly R[] | undefined;
  has(itemId: string): boolean;
}

export function indexRows(sheets: ParsedSheets, issues: RowIssue[]): RowIndex {
  const { items, places, doubled } = uniqueItems(sheets, issues);
  const item = new ByItem<ParsedRow<'items'>>(places);
  for (const row of items) item.set(row.cells.itemId, row);
  const baseline = new ByItem<ParsedRow<'baseline'>>(places);
  for (const row of sheets.baseline.rows) baseline.set(row.cells.itemId, row);
  const children = items.filter((row) => row.cells.parentId !== '');
  const childrenOf = groupBy(children, (row) => row.cells.parentId);
  inOrder(childrenOf.values(), (row) => row.cells.itemId);
  const superseded = new Set<ParsedRow<'notices'>>();
  return {
    items, places, item, doubledItems: doubled, baseline,
    vanished: new Map([...baseline.strays].filter(([id]) => id !== '' && !doubled.has(id))),
    notice: byNoticeId(sheets.notices.rows, superseded),
    superseded,
    requestsOf: group(places, sheets.requests.rows, (row) => row.cells.requestId),
    feedbackOf: group(places, sheets.feedback.rows, (row) => row.cells.feedbackId),
    inspectionsOf: group(places, sheets.inspections.rows, (row) => row.cells.inspectionId),
    chasesOf: group(places, sheets.notices.rows.filter((row) => row.cells.type === '催办通知'), (row) => row.cells.noticeId),
    childrenOf,
    inCycle: findCycles(item, children),
  };
}

function byNoticeId(rows: readonly ParsedRow<'notices'>[], superseded: Set<ParsedRow<'notices'>>): Map<string, ParsedRow<'notices'>> {
  const found = new Map<string, ParsedRow<'notices'>>();
  for (const row of rows) found.set(row.cells.noticeId, row);
  if (found.size < rows.length) for (const row of rows) if (found.get(row.cells.noticeId) !== row) superseded.add(row);
  return found;
}

/**
 * Of two rows with one id the one that still bears the recorded title is the item; of rows that say all the same (a line
 * copied and not yet changed) the first; where neither decides, none is.
 */
function uniqueItems(
  sheets: ParsedSheets, issues: RowIssue[],
): { items: readonly ParsedRow<'items'>[]; places: ItemPlaces; doubled: ReadonlySet<string> } {
  const { rows } = sheets.items;
  const numbered = rows.every((row) => row.cells.itemId !== '') ? rows : rows.filter((row) => row.cells.itemId !== '');
  const all = placesOf(numbered);
  if (all.size === numbered.length) return { items: numbered, places: all, doubled: new Set() };
  const clashes = new Map([...groupBy(numbered, (row) => row.cells.itemId)].filter(([, rows]) => rows.length > 1));
  const recorded = new Map(sheets.baseline.rows.map((row) => [row.cells.itemId, row.cells.title]));
  const dropped = new Set<ParsedRow<'items'>>();
  for (const [id, rows] of clashes) {
    const title = recorded.get(id);
    const matching = title === undefined ? rows : rows.filter((row) => row.cells.title === title);
    const keeper = matching.length > 0 && matching.every((row) => isCopy(row, matching[0]!)) ? matching[0]! : null;
    for (const row of rows) {
      if (row === keeper) continue;
      dropped.add(row);
      issues.push({
        code: 'id-doubled', severity: 'hint', sheet: sheets.items.name, row: row.ref, column: '事项编号', value: shown(id),
        message: `事项编号「${shown(id)}」重复:复制出的行请清空编号,由程序另编;多余的请删除`, because: null,
      });
    }
  }
  const items = numbered.filter((row) => !dropped.has(row));
  return { items, places: placesOf(items), doubled: new Set(clashes.keys()) };
}

/** Whether two rows say the same in every column that people fill. */
function isCopy(a: ParsedRow<'items'>, b: ParsedRow<'items'>): boolean {
  return columnsOf('items').every(({ key, editor }) => editor === 'A' || a.cells[key as ColumnKey<'items'>] === b.cells[key as ColumnKey<'items'>]);
}

function placesOf(items: readonly ParsedRow<'items'>[]): ItemPlaces {
  return new ItemPlaces(items.map((row) => row.cells.itemId));
}

function findCycles(items: Lookup<ParsedRow<'items'>>, children: readonly ParsedRow<'items'>[]): Set<string> {
  const inCycle = new Set<string>();
  const settled = new Set<string>();
  for (const start of children) {
    const path: string[] = [];
    const onPath = new Map<string, number>();
    let id = start.cells.itemId;
    while (items.has(id) && !settled.has(id) && !onPath.has(id)) {
      onPath.set(id, path.length);
      path.push(id);
      id = items.get(id)!.cells.parentId;
    }
    const loopStart = onPath.get(id);
    if (loopStart !== undefined) for (const member of path.slice(loopStart)) inCycle.add(member);
    for (const member of path) settled.add(member);
  }
  return inCycle;
}

function inOrder<R>(lists: Iterable<R[]>, idOf: (row: R) => string): void {
  for (const list of lists) list.sort((a, b) => compareText(idOf(a), idOf(b)));
}

function group<R extends ParsedRow<'requests'> | ParsedRow<'feedback'> | ParsedRow<'inspections'> | ParsedRow<'notices'>>(
  places: ItemPlaces, rows: readonly R[], idOf: (row: R) => string,
): Groups<R> {
  const groups = new RowsByItem<R>(places);
  for (const row of rows) if (row.cells.itemId !== '') groups.add(row.cells.itemId, row);
  groups.sort((a, b) => compareText(idOf(a), idOf(b)));
  return groups;
}
