import { lockedMonths, periodLocks } from '../appraisal/locks.ts';
import { isReversal } from '../appraisal/reversals.ts';
import { dayOf, type Moment } from '../calendar/plain-date.ts';
import { CLEARED_ROW, clearingRow, isOfPurge } from '../plan/history-chain.ts';
import { ChangeList } from '../plan/change-list.ts';
import type { Change } from '../plan/plan.ts';
import { CONTRACT } from '../workbook/basis.ts';
import { isError, isFormula, valueOf, type Cell } from '../workbook/cell.ts';
import { columnsOf, HOME_SHEET_NAME, SHEET_KEYS, type CellsOf, type SheetKey } from '../workbook/columns.ts';
import { rowName } from '../workbook/issue.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { RowRef, WorkbookSnapshot } from '../workbook/snapshot.ts';
import { CLEARED_WORDS, mentionOf, type Mention } from './mention.ts';

/** A cell that keeps its place: what it holds from now on, null for nothing. */
export interface ClearedCell {
  readonly ref: RowRef;
  /** 0-based physical column. */
  readonly column: number;
  readonly text: string | null;
}

/** What of one sheet goes. */
export interface ClearedSheet {
  /** As people see it. */
  readonly name: string;
  /** Rows that become blank, with all columns of people's own. */
  readonly rows: readonly RowRef[];
  readonly cells: readonly ClearedCell[];
}

export interface PurgePlan {
  readonly mention: Mention;
  readonly sheets: readonly ClearedSheet[];
  /** What is written when that is gone: the row of 流转记录 that says so. */
  readonly changes: readonly Change[];
  /** The keys of its own notices, and of those that list it among others: mails are named by them. */
  readonly ownKeys: readonly string[];
  readonly listingKeys: readonly string[];
  /** What the program can't judge or undo, in sentences for people. */
  readonly notes: readonly string[];
}

/** Sheets whose rows are about one item. */
const OF_ITEM = ['items', 'requests', 'feedback', 'inspections', 'notices', 'scores', 'sanctions', 'archives'] as const satisfies readonly SheetKey[];
/** Sheets whose texts list items line by line. */
const LISTING: ReadonlySet<SheetKey> = new Set(['notices', 'bulletins']);
/** What stays of an item in 底账, so that its number is never given to another. */
const STUB: ReadonlySet<string> = new Set(['itemId', 'firstSeen', 'effectiveStatus', 'statusAt']);
const STUB_STATUS = '已撤销';
const LISTED = 5;
/** What stays of a score whose month was signed. */
const SUMMED: ReadonlySet<string> = new Set(['month', 'unit', 'origin', 'proposed', 'coefficient', 'status', 'confirmed', 'confirmedAt']);

/**
 * What to take out of a workbook so that nothing of an item is left in it but its number: its row, all rows about it, and the
 * words that name it anywhere else. Needs every row and every sheet of the file, people's own too. null where nothing names it.
 */
export function planPurge(snapshot: WorkbookSnapshot, workbook: Workbook, itemId: string, now: Moment): PurgePlan | null {
  const titles = [...new Set([
    ...workbook.sheets.items.rows.filter(({ cells }) => cells.itemId === itemId).map(({ cells }) => cells.title),
    ...workbook.sheets.baseline.rows.filter(({ cells }) => cells.itemId === itemId).map(({ cells }) => cells.title),
  ])].filter((title) => title !== '');
  const mention = mentionOf(itemId, titles);
  const rows = new Map<string, Set<RowRef>>();
  const signed = signedRows(workbook, itemId, now);
  for (const key of OF_ITEM) rows.set(workbook.sheets[key].name, new Set(rowsAbout(workbook.sheets[key], itemId)));
  for (const ref of signed) rows.get(workbook.sheets.scores.name)!.delete(ref);
  const ownKeys = workbook.sheets.notices.rows.flatMap(({ ref, cells }) => {
    if (cells.itemId !== itemId && !mention.names(cells.noticeId)) return [];
    rows.get(workbook.sheets.notices.name)!.add(ref);
    return [cells.noticeId];
  });
  const listingKeys = workbook.sheets.notices.rows.filter(({ ref, cells }) => !rows.get(workbook.sheets.notices.name)!.has(ref) && mention.names(`${cells.subject}\n${cells.body}`)).map(({ cells }) => cells.noticeId);
  const notes = [...openScores(workbook, itemId, signed), ...sentMails(workbook, new Set(ownKeys)), ...childrenOf(workbook, itemId)];
  const cleared: number[] = [];
  const sheets = snapshot.sheets.map(({ name, rows: lines, covered }): ClearedSheet => {
    const gone = rows.get(name) ?? new Set<RowRef>();
    const key = SHEET_KEYS.find((candidate) => workbook.sheets[candidate].name === name && workbook.sheets[candidate].present) ?? null;
    const cells: ClearedCell[] = key === 'baseline' ? stubCells(workbook, itemId) : key === 'scores' ? namelessScores(workbook, signed) : [];
    const own = key === 'history' ? clearedHistory(workbook, mention, cleared) : [];
    const settled = new Set([...gone, ...[...own, ...cells].map(({ ref }) => ref), ...(key === 'history' ? workbook.sheets.history.rows.filter((row) => isOfPurge(row.cells)).map(({ ref }) => ref) : [])]);
    const titled: RowRef[] = [];
    for (const { ref, cells: line } of lines) {
      if (settled.has(ref) || (key === 'baseline' && isStub(workbook, ref, itemId))) continue;
      line.forEach((cell, column) => {
        const text = textOf(cell);
        if (text === null || covered?.get(ref)?.has(column) === true) return;
        if (!mention.names(text)) {
          if (mention.titles(text)) titled.push(ref);
        } else if (isFormula(cell)) notes.push(`「${name}」${rowName(ref)}里程序不能写的一格(公式等)提到本事项,没有改`);
        else cells.push({ ref, column, text: linesOf(key, workbook, name, column) ? mention.withoutLines(text) : mention.withoutWords(text) });
      });
    }
    if (titled.length > 0) notes.push(`「${name}」有同样的事项名而没有编号,没有改,请自行核对:${placesOf(titled)}`);
    const fingerprints = key === 'bulletins' ? unsigned(workbook, cells) : [];
    if (fingerprints.length > 0) notes.push(`已签发的通报提到本事项,已抹去该行,「指纹」由下次运行重算:${placesOf(fingerprints.map(({ ref }) => ref))}`);
    if (key === null && name !== HOME_SHEET_NAME && cells.length > 0) notes.push(`本单位自用的「${name}」里抹去了编号,同一行的其他内容请自行核对:${placesOf(cells.map(({ ref }) => ref))}`);
    return { name, rows: [...gone], cells: [...cells, ...own, ...fingerprints] };
  }).filter(({ rows: gone, cells }) => gone.length > 0 || cells.length > 0);
  if (sheets.length === 0) return null;
  const changes = new ChangeList();
  changes.append('history', clearingRow(workbook, itemId, cleared, now, CONTRACT), CONTRACT);
  return { mention, sheets, changes: changes.all(), ownKeys, listingKeys, notes };
}

function rowsAbout({ rows }: { readonly rows: readonly { readonly ref: RowRef; readonly cells: { readonly itemId: string } }[] }, itemId: string): RowRef[] {
  return rows.filter(({ cells }) => cells.itemId === itemId).map(({ ref }) => ref);
}

/** 底账: all but the number and its times; nothing to do where that is all there is. */
function stubCells(workbook: Workbook, itemId: string): ClearedCell[] {
  const { rows, columns } = workbook.sheets.baseline;
  return rows.filter(({ cells }) => cells.itemId === itemId && !(cells.title === '' && cells.seal === '' && cells.effectiveStatus === STUB_STATUS)).flatMap(({ ref }) =>
    Object.entries(columns).flatMap(([key, column]): ClearedCell[] => {
      if (key === 'effectiveStatus') return [{ ref, column, text: STUB_STATUS }];
      return STUB.has(key) ? [] : [{ ref, column, text: null }];
    }));
}

/** 流转记录: rows that name it keep their place in the chain; their numbers are added to `cleared`. */
function clearedHistory(workbook: Workbook, mention: Mention, cleared: number[]): ClearedCell[] {
  const { rows, columns } = workbook.sheets.history;
  return rows.filter(({ cells }) => !isOfPurge(cells) && [cells.itemId, cells.before, cells.after].some((text) => mention.names(text))).flatMap(({ ref, cells }) => {
    if (cells.seq !== null) cleared.push(cells.seq);
    return Object.entries(CLEARED_ROW).flatMap(([key, text]): ClearedCell[] => {
      const column = columns[key as keyof typeof CLEARED_ROW];
      return column === undefined ? [] : [{ ref, column, text: text === '' ? null : text }];
    });
  });
}

function isStub(workbook: Workbook, ref: RowRef, itemId: string): boolean {
  return workbook.index.baseline.get(itemId)?.ref === ref;
}

function placesOf(refs: readonly RowRef[]): string {
  const places = [...new Set(refs)];
  const listed = places.slice(0, LISTED);
  return `${listed.every((place) => typeof place === 'number') ? `第 ${listed.join('、')} 行` : listed.map(rowName).join('、').trimEnd()}${places.length > LISTED ? `等 ${places.length} 行` : ''}`;
}

/** 指纹 of signed bulletins whose text changes with this: blank, the next run signs what is left. */
function unsigned(workbook: Workbook, cells: readonly ClearedCell[]): ClearedCell[] {
  const { rows, columns: { fingerprint } } = workbook.sheets.bulletins;
  const changed = new Set(cells.map(({ ref }) => ref));
  return fingerprint === undefined ? [] : rows.filter((row) => changed.has(row.ref) && row.cells.fingerprint !== '').map(({ ref }) => ({ ref, column: fingerprint, text: null }));
}

/** Whether a cell's lines tell of one item each and go whole; else only the words that name it go. */
function linesOf(key: SheetKey | null, workbook: Workbook, name: string, column: number): boolean {
  if (key === null) return name === HOME_SHEET_NAME;
  if (LISTING.has(key)) return true;
  const columns: Readonly<Record<string, number | undefined>> = workbook.sheets[key].columns;
  return columnsOf(key).some((candidate) => columns[candidate.key] === column && candidate.editor === 'A');
}

function textOf(cell: Cell): string | null {
  if (isFormula(cell)) return `${cell.formula}\n${textOf(cell.value) ?? ''}`;
  const value = valueOf(cell);
  return typeof value === 'string' && !isError(value) ? value : null;
}

/** Scores of signed months that count: the sums that were signed must still add up. */
function signedRows(workbook: Workbook, itemId: string, now: Moment): Set<RowRef> {
  const isLocked = lockedMonths(periodLocks(workbook, dayOf(now)));
  return new Set(workbook.sheets.scores.rows.filter(({ cells }) => cells.itemId === itemId && cells.status === '生效' && isLocked(cells.month)).map(({ ref }) => ref));
}

/** What stays of them is month, unit and value. */
function namelessScores(workbook: Workbook, signed: ReadonlySet<RowRef>): ClearedCell[] {
  const { rows, columns } = workbook.sheets.scores;
  return rows.filter(({ ref }) => signed.has(ref)).flatMap(({ ref, cells }) => Object.entries(columns).flatMap(([key, column]): ClearedCell[] => {
    if (SUMMED.has(key) || (key === 'reason' && isReversal(cells))) return [];
    return [{ ref, column, text: key === 'working' ? CLEARED_WORDS : null }];
  }));
}

function openScores(workbook: Workbook, itemId: string, signed: ReadonlySet<RowRef>): string[] {
  const months = workbook.sheets.scores.rows.filter(({ ref, cells }) => cells.itemId === itemId && cells.status !== '撤销' && !signed.has(ref)).map(({ cells }) => cells.month);
  return [
    ...(signed.size === 0 ? [] : ['已签发月份的考核计分只留月份、单位和分值,合计不变']),
    ...(months.length === 0 ? [] : [`考核计分随事项一并清除,这些月份的合计随之改变:${[...new Set(months)].sort().join('、')}`]),
  ];
}

function sentMails(workbook: Workbook, keys: ReadonlySet<string>): string[] {
  const sent = workbook.sheets.notices.rows.filter(({ cells }) => cells.status === '已发' && keys.has(cells.noticeId)).map(({ cells }) => cells.recipient);
  const to = [...new Set(sent)];
  return sent.length === 0 ? [] : [`已发出的通知收不回来,共 ${sent.length} 条:请告知 ${to.slice(0, 2 * LISTED).join('、')}${to.length > 2 * LISTED ? ` 等 ${to.length} 人` : ''}删除`];
}

function childrenOf(workbook: Workbook, itemId: string): string[] {
  const children = workbook.sheets.items.rows.map(({ cells }) => cells).filter((cells: CellsOf<'items'>) => cells.parentId === itemId).map((cells) => cells.itemId);
  return children.length === 0 ? [] : [`下级事项仍在,「上级事项」已清空,内容相同的请一并清除:${children.slice(0, 2 * LISTED).join('、')}${children.length > 2 * LISTED ? ` 等 ${children.length} 件` : ''}`];
}
