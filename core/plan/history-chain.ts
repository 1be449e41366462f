import { sha256 } from 'js-sha256';
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

/** The link of a row: sha256 over the link before it and what the row says. */
export function linkAfter(previous: string, entry: HistoryEntry): string {
  const { seq, at, runId, itemId, sheet, field, before, after, actor, clause } = entry;
  // As the cells read back: a text that a sheet returns without its outer spaces is still the same record.
  return sha256([previous, seq, at, runId, readName(itemId), ...[sheet, field, before, after, actor, clause].map(readText)].join('\n'));
}

/**
 * Where 流转记录 is no longer what was written: rows changed, doubled or gone, and links that 运行记录 published but no row
 * holds; sentences for people, empty where the chain is whole. Needs every row of both sheets: a snapshot made for a run
 * may hold the last only.
 */
export function chainBreaks(workbook: Workbook): string[] {
  const breaks: string[] = [];
  const links = new Set([GENESIS]);
  let last: ChainHead = { seq: 0, chain: GENESIS };
  const rows = [...workbook.sheets.history.rows].sort((a, b) => (a.cells.seq ?? 0) - (b.cells.seq ?? 0));
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
    else if (linkAfter(last.chain, cells) !== cells.chain) breaks.push(`${place}(序号 ${seq},${cells.itemId}「${cells.field}」)与当初登记的不符:内容或「链」被改过`);
    last = { seq, chain: cells.chain };
  }
  const lost = workbook.sheets.runs.rows.filter(({ cells }) => cells.chainHead !== '' && !links.has(cells.chainHead));
  if (lost.length > 0) breaks.push(`运行记录 ${lost[0]!.cells.runId} 公布的链首在流转记录里找不到${lost.length > 1 ? `(此类共 ${lost.length} 次)` : ''}:末尾的行被删去或改过`);
  return breaks;
}
