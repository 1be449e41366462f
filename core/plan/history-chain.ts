import { sha256 } from 'js-sha256';
import { dayOf, type Day, type Moment } from '../calendar/plain-date.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { readName, readText } from '../workbook/parse-cell.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** What one row of 流转记录 says, without its link. */
export type HistoryEntry = Omit<CellsOf<'history'>, 'chain'>;

/** The last number of 流转记录 and its link. */
export interface ChainHead {
  readonly seq: number;
  readonly chain: string;
}

const GENESIS = '0'.repeat(64);

/** The chain after the last row of 流转记录. */
export function chainHead(workbook: Workbook): ChainHead {
  let seq = 0;
  let chain = GENESIS;
  for (const { cells } of workbook.sheets.history.rows) {
    if (cells.seq !== null && cells.seq >= seq) {
      seq = cells.seq;
      chain = cells.chain;
    }
  }
  return { seq, chain };
}

/** 字段 of a row whose content was purged, and of the row that says which were. */
const CLEARED = '已清除';
const CLEARING = '清除';

/** What stays of a row of 流转记录 whose content is purged: its place in the chain, the time and the run. */
export const CLEARED_ROW = { itemId: '', sheet: '', field: CLEARED, before: '', after: '', actor: '', clause: '' } as const satisfies Partial<HistoryEntry>;

/**
 * The row that says that an item was purged, and which rows of 流转记录 bear no content since: links still hold, since each is
 * over the link before it. It names the number and nothing else of the item.
 */
export function clearingRow(workbook: Workbook, itemId: string, cleared: readonly number[], at: Moment, because: string): CellsOf<'history'> {
  const head = chainHead(workbook);
  const entry: HistoryEntry = {
    seq: head.seq + 1, at, runId: '', itemId, sheet: '', field: CLEARING, before: '', after: cleared.length === 0 ? '' : `序号 ${spansOf(cleared)}`,
    actor: 'duban purge', clause: because,
  };
  return { ...entry, chain: linkAfter(head.chain, entry) };
}

/** 字段 of the row that says which rows of 流转记录 moved to a yearly archive. */
const MOVED_OUT = '移出';

/**
 * The row that says what moved to a yearly archive, in which file, with the sha256 of that file. `last`: where rows of
 * 流转记录 moved too, the last of them; 原值 is its link, so that what stays can still be proved. Null: none did.
 */
export function movedOutRow(workbook: Workbook, told: { readonly items: number; readonly file: string; readonly sha256: string; readonly last: ChainHead | null }, at: Moment, because: string): CellsOf<'history'> {
  const head = chainHead(workbook);
  const { items, file, sha256: fingerprint, last } = told;
  const entry: HistoryEntry = {
    seq: head.seq + 1, at, runId: '', itemId: '', sheet: '', field: MOVED_OUT, before: last === null ? '' : last.chain,
    after: `${items} 件事项移入「${file}」(sha256 ${fingerprint})${last === null ? '' : `,序号 ${last.seq} 及以前的流转记录随之移出`}`, actor: 'duban archive', clause: because,
  };
  return { ...entry, chain: linkAfter(head.chain, entry) };
}

/** The links that rows say moved out: each is the last of what an archive holds. */
export function movedOutLinks(workbook: Workbook): string[] {
  return workbook.sheets.history.rows.flatMap(({ cells }) => (cells.field === MOVED_OUT && cells.before !== '' ? [cells.before] : []));
}

/** Where 流转记录 begins: what its rows say moved out before the first that is here; the start of all where none did. */
function chainStart(rows: readonly { readonly cells: CellsOf<'history'> }[]): ChainHead {
  const first = rows.find(({ cells }) => cells.seq !== null)?.cells.seq ?? 1;
  for (const { cells } of rows) {
    const through = cells.field === MOVED_OUT && cells.before !== '' ? /,序号 (\d+) 及以前的流转记录随之移出$/.exec(cells.after)?.[1] : undefined;
    if (through !== undefined && Number(through) === first - 1) return { seq: first - 1, chain: cells.before };
  }
  return { seq: 0, chain: GENESIS };
}

/** `3、5-8` */
function spansOf(numbers: readonly number[]): string {
  const spans: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last !== undefined && number <= last[1] + 1) last[1] = number;
    else spans.push([number, number]);
  }
  return spans.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join('、');
}

/** Which numbers rows say were purged, and which row says so. */
function purgedSpans(workbook: Workbook): { from: number; to: number; saidAt: number }[] {
  return workbook.sheets.history.rows.filter(({ cells }) => cells.field === CLEARING).flatMap(({ cells }) =>
    [...cells.after.matchAll(/(\d+)(?:-(\d+))?/g)].map(([, from, to]) => ({ from: Number(from), to: Number(to ?? from), saidAt: cells.seq ?? 0 })));
}

/** Whether a row without content is one that a later row says was purged. */
function clearedRows(workbook: Workbook): (cells: CellsOf<'history'>) => boolean {
  const spans = purgedSpans(workbook);
  return (cells) => Object.entries(CLEARED_ROW).every(([key, value]) => cells[key as keyof typeof CLEARED_ROW] === value)
    && spans.some(({ from, to, saidAt }) => cells.seq !== null && cells.seq >= from && cells.seq <= to && cells.seq < saidAt);
}

/** The last row of 流转记录 that may leave with a year: all rows up to it are of that year or earlier. Null: there is none. Needs every row. */
export function lastThrough(workbook: Workbook, through: Day): ChainHead | null {
  let last: ChainHead | null = null;
  const rows = [...workbook.sheets.history.rows].sort((a, b) => (a.cells.seq ?? 0) - (b.cells.seq ?? 0));
  for (const { cells: { seq, at, chain } } of rows) {
    if (seq === null || at === null || dayOf(at) > through) break;
    last = { seq, chain };
  }
  return last;
}

/** Whether a row after `seq` says of one up to it that it was purged: without that row the other can't be proved. */
export function isPurgedLater(workbook: Workbook, seq: number): boolean {
  return purgedSpans(workbook).some(({ from, saidAt }) => saidAt > seq && from <= seq);
}

/** The link that 流转记录 begins after; see chainBreaks. */
export function linkBefore(workbook: Workbook): string {
  return chainStart([...workbook.sheets.history.rows].sort((a, b) => (a.cells.seq ?? 0) - (b.cells.seq ?? 0))).chain;
}

/** Whether a row of 流转记录 tells of a purge. */
export function isOfPurge({ field }: Pick<HistoryEntry, 'field'>): boolean {
  return field === CLEARED || field === CLEARING;
}

/** The link of a row: sha256 over the link before it and what the row says. */
export function linkAfter(previous: string, entry: HistoryEntry): string {
  const { seq, at, runId, itemId, sheet, field, before, after, actor, clause } = entry;
  // As the cells read back: a text that a sheet returns without its outer spaces is still the same record.
  return sha256([previous, seq, at, runId, readName(itemId), ...[sheet, field, before, after, actor, clause].map(readText)].join('\n'));
}

/**
 * Where 流转记录 is no longer what was written: rows changed, doubled or gone, and links that 运行记录 published but no row
 * holds. Rows whose content was purged stand by their link alone, the first row by what a later one says moved out before it.
 * Sentences for people, empty where the chain is whole. Needs every row of both sheets: a snapshot made for a run may hold the
 * last only.
 */
export function chainBreaks(workbook: Workbook): string[] {
  const breaks: string[] = [];
  const rows = [...workbook.sheets.history.rows].sort((a, b) => (a.cells.seq ?? 0) - (b.cells.seq ?? 0));
  let last = chainStart(rows);
  const links = new Set([GENESIS, last.chain]);
  const isCleared = clearedRows(workbook);
  for (const { ref, cells } of rows) {
    const { seq } = cells;
    const place = `流转记录第${ref}行`;
    if (seq === null) {
      breaks.push(`${place}没有序号,不是程序写的`);
      continue;
    }
    links.add(cells.chain);
    if (seq === last.seq) breaks.push(`${place}的序号 ${seq} 重复`);
    else if (seq > last.seq + 1) breaks.push(`流转记录缺少序号 ${seq === last.seq + 2 ? last.seq + 1 : `${last.seq + 1} 至 ${seq - 1}`} 的行(在第${ref}行之前)`);
    else if (linkAfter(last.chain, cells) !== cells.chain && !isCleared(cells)) breaks.push(`${place}(序号 ${seq},${cells.itemId}「${cells.field}」)与当初登记的不符:内容或「链」被改过`);
    last = { seq, chain: cells.chain };
  }
  const lost = workbook.sheets.runs.rows.filter(({ cells }) => cells.chainHead !== '' && !links.has(cells.chainHead));
  if (lost.length > 0) breaks.push(`运行记录 ${lost[0]!.cells.runId} 公布的链首在流转记录里找不到${lost.length > 1 ? `(此类共 ${lost.length} 次)` : ''}:末尾的行被删去或改过`);
  return breaks;
}
