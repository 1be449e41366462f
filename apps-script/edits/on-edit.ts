import { dayOf, headerOf, judgeEdit, parseWorkbook, SHEETS, type ParsedRow, type RowIssue, type Workbook } from '#core';
import { POLICIES } from '#policies';
import { messageOf } from '../host-error.ts';
import { momentNow } from '../workbook/cell-from-google.ts';
import type { GRange, GSheet, GSpreadsheet } from '../workbook/google.ts';
import { readBook, whole } from '../workbook/read-book.ts';
import { parametersOf } from '../workbook/read-parameters.ts';
import { forgetRefusals, noteRefusal } from './pending-refusals.ts';

/** Google gives a simple trigger 30 seconds; beyond this many rows the next run judges. */
const MOST_ROWS = 5_000;
const MOST_EDITED = 200;
const TOAST_SECONDS = 12;
const JUDGED = ['status', 'deadlineSet'] as const;
/** Sentences of an earlier judgement within a 提示. */
const OWN_SENTENCE = /^(改为|不能由|状态被清空|不认识的状态|下发后改)/;

/** What the event carries: `value` and `oldValue` only where one cell was typed into, whatever Google's types say. */
interface EditEvent { readonly range?: GRange; readonly oldValue?: string }

/**
 * The simple trigger: judges a status or a limit at once. It is a convenience only, since Google drops quick edits: the next
 * run judges all that it missed. It never throws: an error here would annoy people at every keystroke.
 */
export function judgeEdits(event: unknown): void {
  try {
    const { range, oldValue } = event as EditEvent;
    if (range !== undefined) judge(range, oldValue);
  } catch (error) {
    console.error(messageOf(error));
  }
}

function judge(range: GRange, oldValue: string | undefined): void {
  const sheet = range.getSheet();
  if (sheet.getName() !== SHEETS.items.name) return;
  const width = sheet.getLastColumn();
  // The header first: most edits concern neither column, and reading all for each would slow people down.
  const head = sheet.getRange(1, 1, Math.min(20, sheet.getLastRow()), width).getValues() as unknown[][];
  const headers = JUDGED.map((key) => headerOf('items', key));
  const touched = head.some((row) => row.some((cell, place) => typeof cell === 'string' && headers.includes(cell.trim()) && isWithin(range, place)));
  if (!touched) return;

  const spreadsheet = SpreadsheetApp.getActive();
  if (sheet.getLastRow() > MOST_ROWS) {
    leaveToRun(spreadsheet, sheet, range, head);
    return;
  }
  const book = readBook(spreadsheet, whole('items', 'requests', 'notices', 'units', 'people', 'calendar', 'parameters', 'baseline'));
  const { workbook } = parseWorkbook({ ...book.snapshot, isCopy: false }, POLICIES);
  if (workbook === null) return;
  const strict = workbook.parameters.text('editMode', dayOf(momentNow())) === 'strict';
  const hintPlace = workbook.sheets.items.columns.hint;
  const rows = workbook.sheets.items.rows.filter(({ ref }) => Number(ref) >= range.getRow() && Number(ref) <= range.getLastRow()).slice(0, MOST_EDITED);
  const told: string[] = [];
  for (const row of rows) {
    const messages = messagesOf(workbook, row, range, oldValue);
    if (strict && isWithin(range, workbook.sheets.items.columns.status)) settleRefusal(row.cells.itemId, messages.length > 0);
    if (hintPlace !== undefined) writeHint(sheet.getRange(Number(row.ref), hintPlace + 1), row.cells.hint, messages);
    told.push(...messages.map((message) => `${row.cells.itemId === '' ? `第 ${String(row.ref)} 行` : row.cells.itemId}:${message}`));
  }
  const more = told.length > 3 ? `\n等 ${told.length} 条,见「提示」列` : '';
  if (told.length > 0) spreadsheet.toast(told.slice(0, 3).join('\n') + more + (strict ? '\n十分钟内未改正的状态将被改回' : ''), '督办', TOAST_SECONDS);
}

/** Whether a 0-based column lies in a range. */
function isWithin(range: GRange, place: number | undefined): boolean {
  return place !== undefined && place + 1 >= range.getColumn() && place + 1 <= range.getLastColumn();
}

function settleRefusal(itemId: string, refused: boolean): void {
  if (refused) noteRefusal(itemId);
  else forgetRefusals([itemId]);
}

/** A ledger too large to be judged in a simple trigger's time: a strict office's ten-minute run judges the rows. */
function leaveToRun(spreadsheet: GSpreadsheet, sheet: GSheet, range: GRange, head: readonly unknown[][]): void {
  const [idPlace, statusPlace] = [headerOf('items', 'itemId'), headerOf('items', 'status')].map((header) => Math.max(...head.map((row) => row.indexOf(header))));
  if (idPlace! < 0 || !isWithin(range, statusPlace) || !isStrict(spreadsheet)) return;
  const ids = sheet.getRange(range.getRow(), idPlace! + 1, Math.min(MOST_EDITED, range.getNumRows()), 1).getValues() as unknown[][];
  for (const [id] of ids) if (typeof id === 'string' && id !== '') noteRefusal(id);
}

function isStrict(spreadsheet: GSpreadsheet): boolean {
  return parametersOf(readBook(spreadsheet, whole('parameters')).snapshot.sheets[0])?.text('editMode', dayOf(momentNow())) === 'strict';
}

function messagesOf(workbook: Workbook, row: ParsedRow<'items'>, range: GRange, oldValue: string | undefined): string[] {
  const { columns } = workbook.sheets.items;
  return JUDGED.flatMap((column) => {
    const place = columns[column];
    if (place === undefined || !isWithin(range, place)) return [];
    // A row that no run has seen yet is taken as it stands.
    const standing = workbook.index.baseline.get(row.cells.itemId)?.cells;
    if (standing === undefined) return [];
    const unreadable = unreadableOf(workbook.issues, row, column, place);
    if (unreadable !== null) return [unreadable];
    const before = column === 'status' ? standing.effectiveStatus : oldValue ?? '';
    const after = column === 'status' ? row.cells.status : String(row.cells.deadlineSet ?? '');
    if (column === 'status' && before === after) return [];
    const verdict = judgeEdit(workbook, { actor: null, sheet: 'items', row, column, before, after });
    return verdict.verdict === 'accept' ? [] : [verdict.message];
  });
}

function unreadableOf(issues: readonly RowIssue[], row: ParsedRow<'items'>, column: string, place: number): string | null {
  if (typeof row.raw[place] !== 'string') return null;
  const header = headerOf('items', column);
  return issues.find((issue) => issue.sheet === SHEETS.items.name && issue.row === row.ref && issue.column === header)?.message ?? null;
}

/** 提示 is automation's: what other rules said stays, an earlier judgement goes. */
function writeHint(cell: GRange, hint: string, messages: readonly string[]): void {
  const kept = hint.split('；').filter((part) => part !== '' && !OWN_SENTENCE.test(part));
  const next = [...kept, ...messages].join('；');
  if (next !== hint) cell.setValue(next);
}
