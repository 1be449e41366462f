import { formatMoment, type Moment } from '../calendar/plain-date.ts';
import { isError, valueOf, type Cell } from '../workbook/cell.ts';
import { columnsOf, SHEETS, type SheetKey } from '../workbook/columns.ts';
import { readName, readText } from '../workbook/parse-cell.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { readLimit } from '../workbook/read-date.ts';
import { momentFromSerial, formatLimit } from '../calendar/plain-date.ts';
import { ChangeList, describeOut } from './change-list.ts';
import { chainHead, linkAfter, type HistoryEntry } from './history-chain.ts';
import type { RunClock } from './moment-of-run.ts';
import type { CellWrite, RowAppend } from './plan.ts';

/** Columns whose every change stands in 流转记录; what merely follows the clock (lights, days, hints) does not. */
const RECORDED: Readonly<Partial<Record<SheetKey, readonly string[]>>> = {
  items: ['itemId', 'status', 'issuedAt', 'signedAt', 'submittedAt', 'deadlineOriginal', 'deadlineCurrent', 'deadlineAssessed', 'chaseDeadline', 'extensionCount', 'closedAt'],
  requests: ['outcome', 'decidedAt1', 'decidedAt2', 'decidedAt3', 'appliedAt'],
  scores: ['status', 'proposed', 'unit'],
  baseline: ['effectiveStatus'],
};

/** Appended rows that stand in 流转记录, and what of them. */
const APPENDED: Readonly<Partial<Record<SheetKey, { readonly field: string; readonly shows: string }>>> = {
  items: { field: '起草', shows: 'title' }, baseline: { field: '首次登记', shows: 'effectiveStatus' }, scores: { field: '计分', shows: 'working' },
};

const AUTOMATION = '督办程序';

/**
 * The rows of 流转记录 for the changes of a run, each chained to the one before by sha256, and the new head. They are
 * applied first, so that no cell ever changes without its record; what a run that was cut off recorded and this one does
 * stands there already.
 */
export function planHistory(workbook: Workbook, writes: readonly CellWrite[], appends: readonly RowAppend[], clock: RunClock): { rows: RowAppend[]; head: string } {
  let { seq, chain } = chainHead(workbook);
  const list = new ChangeList();
  const runId = runIdAt(clock.now);
  const recorded = recordsCutOff(workbook);
  const add = (row: Omit<HistoryEntry, 'seq' | 'at' | 'runId'>, because: string): void => {
    if (recorded.size > 0 && isTaken(recorded, contentOf(row))) return;
    seq += 1;
    const entry = { ...row, seq, at: clock.now, runId };
    chain = linkAfter(chain, entry);
    list.append('history', { ...entry, chain }, because);
  };
  for (const write of writes) {
    if (RECORDED[write.sheet]?.includes(write.column) !== true) continue;
    const column = columnsOf(write.sheet).find((candidate) => candidate.key === write.column)!;
    let before = describeCell(write.before, column.type);
    for (const step of [...write.passed ?? [], { value: describeOut(write.after), because: write.because }]) {
      add({ itemId: write.row.id ?? '', sheet: SHEETS[write.sheet].name, field: column.header, before, after: step.value, actor: AUTOMATION, clause: step.because }, step.because);
      before = step.value;
    }
  }
  for (const append of appends) {
    const told = APPENDED[append.sheet];
    if (told === undefined) continue;
    const itemId = append.values['itemId'];
    add({
      itemId: typeof itemId === 'string' ? itemId : '', sheet: SHEETS[append.sheet].name, field: told.field,
      before: '', after: describeOut(append.values[told.shows] ?? null), actor: AUTOMATION, clause: append.because,
    }, append.because);
  }
  return { rows: list.appends, head: chain };
}

/**
 * What the last run recorded if it never came to its row of 运行记录, by content, with how often: on hosts that can't write
 * several tables at once it may have been stopped in between.
 */
function recordsCutOff({ sheets: { history, runs } }: Workbook): Map<string, number> {
  const published = new Set(runs.rows.map(({ cells }) => cells.chainHead));
  const through = history.rows.reduce((most, { cells }) => (published.has(cells.chain) ? Math.max(most, cells.seq ?? 0) : most), 0);
  const rows = history.rows.filter(({ cells }) => (cells.seq ?? 0) > through);
  const last = rows.reduce<(typeof rows)[number] | null>((latest, row) => (latest === null || (row.cells.seq ?? 0) > (latest.cells.seq ?? 0) ? row : latest), null);
  const found = new Map<string, number>();
  for (const { cells } of rows) {
    if (cells.runId === '' || cells.runId !== last?.cells.runId) continue;
    const content = contentOf(cells);
    found.set(content, (found.get(content) ?? 0) + 1);
  }
  return found;
}

/** Takes one of this content, where one is left. */
function isTaken(recorded: Map<string, number>, content: string): boolean {
  const left = recorded.get(content) ?? 0;
  if (left > 0) recorded.set(content, left - 1);
  return left > 0;
}

/** As the cells read back. */
function contentOf({ itemId, sheet, field, before, after }: Pick<HistoryEntry, 'itemId' | 'sheet' | 'field' | 'before' | 'after'>): string {
  return JSON.stringify([readName(itemId), ...[sheet, field, before, after].map(readText)]);
}

/** A run is named by its minute: two runs at the same moment are the same run. */
export function runIdAt(now: Moment): string {
  return `R${formatMoment(now).replace(/[^0-9]/g, '')}`;
}

/** A cell as 流转记录 shows it. */
export function describeCell(cell: Cell, type: string): string {
  const value = valueOf(cell);
  if (value === null) return '';
  if (isError(value)) return value.error;
  const moment = typeof value !== 'number' ? null : type === 'limit' ? readLimit(value) : type === 'moment' || type === 'day' ? momentFromSerial(value) : null;
  if (moment !== null) return formatLimit(moment);
  return String(value);
}
