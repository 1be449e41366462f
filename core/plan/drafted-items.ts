import { addDays, dayOf, endOfDay, type Day } from '../calendar/plain-date.ts';
import { periodOf } from '../appraisal/periods.ts';
import { groupOf } from '../lifecycle/status-groups.ts';
import type { NodeTemplate } from '../policy/classification-rules.ts';
import { matchesCondition } from '../policy/match-item.ts';
import { STATUSES, type Status } from '../workbook/values.ts';
import { splitNames } from '../workbook/names.ts';
import { columnsOf, type CellsOf, type ColumnKey } from '../workbook/columns.ts';
import { indexRows } from '../workbook/index-rows.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { lazyRowClass, valueFor, type Value } from '../workbook/row-cells.ts';
import type { RowRef } from '../workbook/snapshot.ts';
import type { ChangeList } from './change-list.ts';
import type { RunClock } from './moment-of-run.ts';

/** A row of 督办台账 that automation adds, and the clause that asks for it. */
export interface DraftedItem {
  readonly cells: Partial<CellsOf<'items'>> & { readonly itemId: string };
  readonly clause: string;
}

const REF = 'draft:';
const QUARTERS = ['一', '二', '三', '四'] as const;

/** The nodes that templates want below items not yet issued (company 6.5, platform 三). Ids follow from the item's own, so that a run cut off adds the rest. */
export function draftedNodes(workbook: Workbook, clock: RunClock): DraftedItem[] {
  const templates = workbook.policy.nodeTemplates ?? [];
  if (templates.length === 0) return [];
  return workbook.sheets.items.rows.flatMap((row) => {
    const id = row.cells.itemId;
    const template = templates.find((candidate) => matchesCondition(candidate.when, row.cells) && (candidate.projects !== true || row.cells.projectPhase !== ''));
    if (id === '' || template === undefined || workbook.index.doubledItems.has(id) || (row.cells.rowType || '事项') !== '事项' || !isDraft(workbook, row, clock)) return [];
    const nodes = nodesOf(workbook, row.cells, template, clock);
    const ids = nodes.map((_, index) => `${id}-${index + 1}`);
    const below = workbook.index.childrenOf.get(id) ?? [];
    // Once 底账 knows a node the set was complete: what people took away since stays away.
    if (below.some((child) => !ids.includes(child.cells.itemId)) || ids.some((nodeId) => workbook.index.baseline.has(nodeId))) return [];
    return nodes.flatMap((node, index): DraftedItem[] => workbook.index.item.has(ids[index]!) ? [] : [{
      clause: template.clause,
      cells: {
        itemId: ids[index]!, title: `${row.cells.title}:${node.name}`, leadUnit: row.cells.leadUnit, handler: row.cells.handler, status: '拟立项', rowType: '节点', parentId: id,
        category: row.cells.category, form: row.cells.form, confidentiality: row.cells.confidentiality,
        nodeType: index === nodes.length - 1 ? template.lastNodeType : template.nodeType, deadlineSet: node.due === null ? null : endOfDay(node.due),
      },
    }]);
  });
}

/** Not issued yet; and where its id was given by this very moment's run, not before the next, so that a second run plans nothing. */
function isDraft(workbook: Workbook, { cells }: ParsedRow<'items'>, clock: RunClock): boolean {
  const recorded = workbook.index.baseline.get(cells.itemId)?.cells;
  const standing = (recorded?.effectiveStatus ?? cells.status) || '拟立项';
  if (recorded !== undefined && recorded.firstSeen !== null && recorded.firstSeen >= clock.now) return false;
  return cells.title !== '' && (STATUSES as readonly string[]).includes(standing) && groupOf(standing as Status) === 'before';
}

function nodesOf(workbook: Workbook, cells: CellsOf<'items'>, { nodes }: NodeTemplate, clock: RunClock): { readonly name: string; readonly due: Day | null }[] {
  const { parameters } = workbook;
  if (nodes.kind === 'list') return splitNames(parameters.text(nodes.namesKey, clock.today)).map((name) => ({ name, due: null }));
  const limit = cells.remarkDeadline ?? cells.deadlineSet;
  if (limit === null || parameters.text(nodes.switchKey, clock.today) !== '是') return [];
  const end = dayOf(limit);
  const found: { name: string; due: Day | null }[] = [];
  for (let day = cells.receivedAt === null ? clock.today : dayOf(cells.receivedAt); day <= end && found.length < 8;) {
    const quarter = periodOf('quarter', day);
    const due = quarter.last < end ? quarter.last : end;
    found.push({ name: `第${QUARTERS[Number(quarter.id.slice(-1)) - 1]!}季度`, due });
    day = addDays(quarter.last, 1);
  }
  return found.length > 1 ? found : [];
}

/** The workbook with the drafted rows in it, so that the run judges them like all others. */
export function withDrafts(workbook: Workbook, drafts: readonly DraftedItem[]): Workbook {
  const { items } = workbook.sheets;
  const columns = columnsOf('items');
  const width = Math.max(...Object.values(items.columns).map((place) => place + 1), 0);
  const Row = lazyRowClass('items', columns, items.columns);
  const rows = drafts.map(({ cells }) => {
    const values: Value[] = Array.from({ length: width }, () => null);
    for (const [key, value] of Object.entries(cells)) {
      const place = items.columns[key as ColumnKey<'items'>];
      if (place !== undefined && value !== '') values[place] = valueFor(columns.find((column) => column.key === key)!.type, value);
    }
    return new Row(`${REF}${cells.itemId}`, values, values) as unknown as ParsedRow<'items'>;
  });
  const sheets = { ...workbook.sheets, items: { ...items, rows: [...items.rows, ...rows] } };
  return { ...workbook, sheets, index: indexRows(sheets, []) };
}

export function isDrafted(ref: RowRef | null): boolean {
  return typeof ref === 'string' && ref.startsWith(REF);
}

/** Turns what the run wrote into drafted rows into rows to append. */
export function foldDrafts(drafts: readonly DraftedItem[], changes: ChangeList): void {
  const added = new Map<RowRef, Record<string, (typeof changes.cells)[number]['after']>>();
  const kept = changes.cells.filter((write) => {
    if (write.sheet !== 'items' || !isDrafted(write.row.ref)) return true;
    const values = added.get(write.row.ref) ?? {};
    values[write.column] = write.after;
    added.set(write.row.ref, values);
    return false;
  });
  // One by one: a call takes no more arguments than fit the stack.
  changes.cells.length = 0;
  for (const write of kept) changes.cells.push(write);
  for (const { cells, clause } of drafts) {
    changes.append('items', cells, clause);
    const append = changes.appends.at(-1)!;
    changes.appends[changes.appends.length - 1] = { ...append, values: { ...append.values, ...added.get(`${REF}${cells.itemId}`) } };
  }
}
