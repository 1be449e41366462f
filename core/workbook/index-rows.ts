import type { SheetKey } from './columns.ts';
import { compareText } from './directory.ts';
import { shown, type RowIssue } from './issue.ts';
import type { ParsedRow } from './parse-sheet.ts';
import type { ParsedSheets } from './parse-workbook.ts';

/** Rows by what they are looked up with. Rows whose id stands twice are in no index: nothing is decided about them. */
export interface RowIndex {
  readonly item: ReadonlyMap<string, ParsedRow<'items'>>;
  readonly doubledItems: ReadonlySet<string>;
  readonly baseline: ReadonlyMap<string, ParsedRow<'baseline'>>;
  readonly notice: ReadonlyMap<string, ParsedRow<'notices'>>;
  readonly score: ReadonlyMap<string, ParsedRow<'scores'>>;
  readonly requestsOf: ReadonlyMap<string, readonly ParsedRow<'requests'>[]>;
  readonly feedbackOf: ReadonlyMap<string, readonly ParsedRow<'feedback'>[]>;
  readonly inspectionsOf: ReadonlyMap<string, readonly ParsedRow<'inspections'>[]>;
  /** 催办通知 by item. */
  readonly chasesOf: ReadonlyMap<string, readonly ParsedRow<'notices'>[]>;
  readonly childrenOf: ReadonlyMap<string, readonly ParsedRow<'items'>[]>;
  /** Items that are their own ancestor. */
  readonly inCycle: ReadonlySet<string>;
}

export function indexRows(sheets: ParsedSheets, issues: RowIssue[]): RowIndex {
  const baseline = byId(sheets.baseline.rows, (cells) => cells.itemId);
  const { unique: item, doubled } = uniqueItems(sheets, baseline, issues);
  const children: ParsedRow<'items'>[] = [];
  for (const row of item.values()) if (row.cells.parentId !== '') children.push(row);
  const childrenOf = group(children, (row) => row.cells.parentId);
  return {
    item,
    doubledItems: doubled,
    baseline,
    notice: byId(sheets.notices.rows, (cells) => cells.noticeId),
    score: byId(sheets.scores.rows, (cells) => cells.scoreId),
    requestsOf: group(sheets.requests.rows, (row) => row.cells.itemId),
    feedbackOf: group(sheets.feedback.rows, (row) => row.cells.itemId),
    inspectionsOf: group(sheets.inspections.rows, (row) => row.cells.itemId),
    chasesOf: chases(sheets),
    childrenOf,
    inCycle: findCycles(item),
  };
}

function byId<S extends SheetKey>(rows: readonly ParsedRow<S>[], idOf: (cells: ParsedRow<S>['cells']) => string): Map<string, ParsedRow<S>> {
  const found = new Map<string, ParsedRow<S>>();
  for (const row of rows) found.set(idOf(row.cells), row);
  return found;
}

/** Of two rows with one id the one that still bears the recorded title is the item; where that does not decide, neither. */
function uniqueItems(
  sheets: ParsedSheets, baseline: ReadonlyMap<string, ParsedRow<'baseline'>>, issues: RowIssue[],
): { unique: Map<string, ParsedRow<'items'>>; doubled: Set<string> } {
  const unique = new Map<string, ParsedRow<'items'>>();
  const clashes = new Map<string, ParsedRow<'items'>[]>();
  for (const row of sheets.items.rows) {
    const id = row.cells.itemId;
    if (id === '') continue;
    const first = unique.get(id);
    if (first === undefined) unique.set(id, row);
    else clashes.set(id, [...(clashes.get(id) ?? [first]), row]);
  }
  for (const [id, rows] of clashes) {
    const recorded = baseline.get(id)?.cells.title;
    const matching = recorded === undefined ? [] : rows.filter((row) => row.cells.title === recorded);
    const keeper = matching.length === 1 ? matching[0]! : null;
    if (keeper === null) unique.delete(id);
    else unique.set(id, keeper);
    for (const row of rows) {
      if (row === keeper) continue;
      issues.push({
        code: 'id-doubled', severity: 'hint', sheet: sheets.items.name, row: row.ref, column: '事项编号', value: shown(id),
        message: `事项编号「${shown(id)}」重复:复制出的行请清空编号,由程序另编`, because: null,
      });
    }
  }
  return { unique, doubled: new Set(clashes.keys()) };
}

function chases(sheets: ParsedSheets): Map<string, ParsedRow<'notices'>[]> {
  const byItem = new Map<string, ParsedRow<'notices'>[]>();
  for (const row of sheets.notices.rows) {
    if (row.cells.type !== '催办通知' || row.cells.itemId === '') continue;
    const list = byItem.get(row.cells.itemId);
    if (list === undefined) byItem.set(row.cells.itemId, [row]);
    else list.push(row);
  }
  return byItem;
}

function findCycles(items: ReadonlyMap<string, ParsedRow<'items'>>): Set<string> {
  const inCycle = new Set<string>();
  const settled = new Set<string>();
  for (const start of items.keys()) {
    if (items.get(start)!.cells.parentId === '' || settled.has(start)) continue;
    const path: string[] = [];
    const onPath = new Map<string, number>();
    let id = start;
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

function group<R extends ParsedRow<'items'> | ParsedRow<'requests'> | ParsedRow<'feedback'> | ParsedRow<'inspections'>>(
  rows: readonly R[], keyOf: (row: R) => string,
): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === '') continue;
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [row]);
    else list.push(row);
  }
  for (const list of groups.values()) {
    if (list.length > 1) list.sort((a, b) => compareText(idOf(a), idOf(b)));
  }
  return groups;
}

function idOf(row: ParsedRow<'items'> | ParsedRow<'requests'> | ParsedRow<'feedback'> | ParsedRow<'inspections'>): string {
  const { cells } = row;
  if ('requestId' in cells) return cells.requestId;
  if ('feedbackId' in cells) return cells.feedbackId;
  return 'inspectionId' in cells ? cells.inspectionId : cells.itemId;
}
