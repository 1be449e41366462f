import { headerOf, judgeEdit, parseWorkbook, SHEETS, type ParsedRow, type RowIssue, type Workbook } from '#core';
import { POLICIES } from '#policies';
import { messageOf } from '../host-error.ts';
import type { GRange } from '../workbook/google.ts';
import { readBook, whole } from '../workbook/read-book.ts';

/** Google gives a simple trigger 30 seconds; beyond this many rows the next patrol judges. */
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
  if (sheet.getName() !== SHEETS.items.name || sheet.getLastRow() > MOST_ROWS) return;
  const width = sheet.getLastColumn();
  // The header first: most edits concern neither column, and reading all for each would slow people down.
  const head = sheet.getRange(1, 1, Math.min(20, sheet.getLastRow()), width).getValues() as unknown[][];
  const headers = JUDGED.map((key) => headerOf('items', key));
  const touched = head.some((row) => row.some((cell, place) => typeof cell === 'string' && headers.includes(cell.trim()) && place + 1 >= range.getColumn() && place + 1 <= range.getLastColumn()));
  if (!touched) return;

  const spreadsheet = SpreadsheetApp.getActive();
  const book = readBook(spreadsheet, whole('items', 'requests', 'notices', 'units', 'people', 'calendar', 'parameters', 'baseline'));
  const { workbook } = parseWorkbook({ ...book.snapshot, isCopy: false }, POLICIES);
  if (workbook === null) return;
  const hintPlace = workbook.sheets.items.columns.hint;
  const rows = workbook.sheets.items.rows.filter(({ ref }) => Number(ref) >= range.getRow() && Number(ref) <= range.getLastRow()).slice(0, MOST_EDITED);
  const told: string[] = [];
  for (const row of rows) {
    const messages = messagesOf(workbook, row, range, oldValue);
    if (hintPlace !== undefined) writeHint(sheet.getRange(Number(row.ref), hintPlace + 1), row.cells.hint, messages);
    told.push(...messages.map((message) => `${row.cells.itemId === '' ? `第 ${String(row.ref)} 行` : row.cells.itemId}:${message}`));
  }
  if (told.length > 0) spreadsheet.toast(told.slice(0, 3).join('\n') + (told.length > 3 ? `\n等 ${told.length} 条,见「提示」列` : ''), '督办', TOAST_SECONDS);
}

function messagesOf(workbook: Workbook, row: ParsedRow<'items'>, range: GRange, oldValue: string | undefined): string[] {
  const { columns } = workbook.sheets.items;
  return JUDGED.flatMap((column) => {
    const place = columns[column];
    if (place === undefined || place + 1 < range.getColumn() || place + 1 > range.getLastColumn()) return [];
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
