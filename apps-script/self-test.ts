import { at, day, formatMoment, locateChanges, parseSheet, serialOfMoment, SHEETS, type Change, type SheetSnapshot } from '#core';
import { cellData } from '#google';
import { messageOf } from './host-error.ts';
import { TimeBudget } from './jobs/time-budget.ts';
import { isCopyOf } from './set-up/set-up.ts';
import { homeOf } from './workbook/anchors.ts';
import { applyChanges } from './workbook/apply-changes.ts';
import { momentNow, plainCell, requireTimeZone } from './workbook/cell-from-google.ts';
import type { GSheet, GSpreadsheet } from './workbook/google.ts';
import { readBook, whole } from './workbook/read-book.ts';

const SHEET_NAME = '督办自检(可删)';
const ANCHOR = 'duban.selftest';

/** What the program takes for granted of Google, tried in this very spreadsheet on a sheet of its own. */
type Case = readonly [what: string, run: (bench: Bench) => string | null];
interface Bench { readonly spreadsheet: GSpreadsheet; readonly sheet: GSheet; readonly sheetId: number }

const MOMENT = at(day('2026-03-05'), 17, 30);

const CASES: readonly Case[] = [
  ['表格时区是北京时间', ({ spreadsheet }) => {
    requireTimeZone(spreadsheet);
    return null;
  }],
  ['以 = + - @ 开头的文字写入后仍是文字', ({ spreadsheet, sheet, sheetId }) => {
    const texts = ['=1+1', '+86', '-5人', '@全体', '007', '2026-03-05', '1/2'];
    write(spreadsheet, sheetId, texts);
    const read = sheet.getRange(1, 1, 1, texts.length).getValues()[0] as unknown[];
    const formulas = sheet.getRange(1, 1, 1, texts.length).getFormulas()[0]!;
    return differs(read.map((value, index) => (formulas[index] === '' ? value : `公式 ${formulas[index]!}`)), texts);
  }],
  ['时间写入后读回同一分钟', ({ spreadsheet, sheet, sheetId }) => {
    const serial = serialOfMoment(MOMENT);
    write(spreadsheet, sheetId, [serial]);
    sheet.getRange(1, 1).setNumberFormat('yyyy-mm-dd hh:mm');
    SpreadsheetApp.flush();
    const cell = plainCell((sheet.getRange(1, 1).getValues() as unknown[][])[0]![0]);
    return typeof cell === 'number' && Math.abs(cell - serial) < 1e-9 ? null : `写入 ${serial}(${formatMoment(MOMENT)}),读回 ${JSON.stringify(cell)}`;
  }],
  ['一批请求要么全做要么全不做', ({ spreadsheet, sheet, sheetId }) => {
    const bad = { updateCells: { start: { sheetId, rowIndex: 5_000_000, columnIndex: 0 }, rows: [{ values: [cellData('x')] }], fields: 'userEnteredValue' } };
    const good = { updateCells: { start: { sheetId, rowIndex: 0, columnIndex: 0 }, rows: [{ values: [cellData('不该写入')] }], fields: 'userEnteredValue' } };
    try {
      Sheets!.Spreadsheets.batchUpdate({ requests: [good, bad] }, spreadsheet.getId());
      return '越界的请求没有被拒绝';
    } catch (error) {
      const refused = messageOf(error);
      const value = String(sheet.getRange(1, 1).getValue());
      return value === '不该写入' ? `前半已写入(${refused})` : null;
    }
  }],
  ['插入的行把原有内容推下去', ({ spreadsheet, sheet, sheetId }) => {
    sheet.getRange(1, 1, 3, 1).setValues([['表头'], ['甲'], ['他人刚填的']]);
    SpreadsheetApp.flush();
    Sheets!.Spreadsheets.batchUpdate({ requests: [
      { insertDimension: { range: { sheetId, dimension: 'ROWS', startIndex: 2, endIndex: 3 }, inheritFromBefore: true } },
      { updateCells: { start: { sheetId, rowIndex: 2, columnIndex: 0 }, rows: [{ values: [cellData('新行')] }], fields: 'userEnteredValue' } },
    ] }, spreadsheet.getId());
    return differs((sheet.getRange(1, 1, 4, 1).getValues() as unknown[][]).map(([value]) => value), ['表头', '甲', '新行', '他人刚填的']);
  }],
  ['列的隐藏标记随列移动', ({ sheet }) => {
    sheet.getRange('B:B').addDeveloperMetadata(ANCHOR, 'b');
    sheet.insertColumnBefore(1);
    const [entry] = sheet.createDeveloperMetadataFinder().withKey(ANCHOR).find();
    const column = entry?.getLocation().getColumn()?.getColumn();
    entry?.remove();
    sheet.deleteColumn(1);
    return column === 3 ? null : `应在第 3 列,实在第 ${String(column)} 列`;
  }],
  ['拒绝手填的格子,程序仍能写入', ({ spreadsheet, sheet, sheetId }) => {
    sheet.getRange(1, 1).setDataValidation(SpreadsheetApp.newDataValidation().requireFormulaSatisfied('=FALSE').setAllowInvalid(false).build());
    SpreadsheetApp.flush();
    write(spreadsheet, sheetId, ['程序写入']);
    const value = String(sheet.getRange(1, 1).getValue());
    sheet.getRange(1, 1).clearDataValidations();
    SpreadsheetApp.flush();
    return value === '程序写入' ? null : `读回 ${value}`;
  }],
  ['公式读作公式,合并格读得到范围', ({ sheet }) => {
    sheet.getRange(1, 1).setFormula('=1+1');
    sheet.getRange(2, 1).setValue('合并');
    sheet.getRange(2, 1, 2, 1).merge();
    SpreadsheetApp.flush();
    const formula = sheet.getRange(1, 1).getFormulas()[0]![0];
    const merges = sheet.getDataRange().getMergedRanges().length;
    sheet.getRange(2, 1, 2, 1).breakApart();
    return formula === '=1+1' && merges === 1 ? null : `公式 ${String(formula)},合并 ${merges} 处`;
  }],
  ['文档锁、文档属性、发信额度可用', ({ spreadsheet }) => {
    const lock = LockService.getDocumentLock();
    if (!lock.tryLock(5_000)) return '拿不到文档锁(可能有巡检正在运行)';
    lock.releaseLock();
    const store = PropertiesService.getDocumentProperties();
    store.setProperty(ANCHOR, '是');
    const kept = store.getProperty(ANCHOR);
    store.deleteProperty(ANCHOR);
    return kept === '是' && MailApp.getRemainingDailyQuota() >= 0 && spreadsheet.getId() !== '' ? null : '文档属性没有保存';
  }],
  ['读得懂一行台账,找得到要写的格子', () => {
    const rows = [['事项编号', '督办事项', '灯号'], ['T-1', '自检', null]].map((cells, index) => ({ ref: index + 1, cells }));
    const sheet: SheetSnapshot = { name: SHEETS.items.name, anchor: 'items', columnAnchors: {}, rows };
    const change: Change = { kind: 'cell', sheet: 'items', row: { id: 'T-1', ref: 9 }, column: 'light', before: null, after: '绿', because: '自检' };
    const { written } = locateChanges({ snapshot: { sheets: [sheet], home: null, modifiedAt: null, isCopy: false }, home: new Map() }, [change]);
    const parsed = parseSheet(sheet, 'items', {}, []).rows[0]?.cells.title;
    return written === 1 && parsed === '自检' ? null : `写 ${written} 处,读到 ${String(parsed)}`;
  }],
  ['合同各表齐全,再写一遍不改动任何格子', ({ spreadsheet }) => {
    if (homeOf(spreadsheet) === null || isCopyOf(spreadsheet)) return '尚未初始化,或是副本:先点「初始化/修复」';
    const book = readBook(spreadsheet, whole('parameters'));
    const sheet = book.snapshot.sheets[0];
    if (sheet === undefined) return '没有「制度参数」';
    const row = parseSheet(sheet, 'parameters', {}, []).rows[0];
    if (row === undefined) return '「制度参数」没有内容';
    const change: Change = { kind: 'cell', sheet: 'parameters', row: { id: null, ref: row.ref }, column: 'label', before: row.cells.label, after: row.cells.label, because: '自检' };
    const { conflicts } = applyChanges(book, [change], new TimeBudget());
    return conflicts.length === 0 ? null : `冲突:${conflicts[0]!.reason}`;
  }],
];

/** Runs every case, leaves nothing behind, and reports in Chinese. */
export function runSelfTest(): string {
  const spreadsheet = SpreadsheetApp.getActive();
  const old = spreadsheet.getSheetByName(SHEET_NAME);
  if (old !== null) spreadsheet.deleteSheet(old);
  const sheet = spreadsheet.insertSheet(SHEET_NAME, spreadsheet.getNumSheets());
  const bench: Bench = { spreadsheet, sheet, sheetId: sheet.getSheetId() };
  const lines: string[] = [];
  let failed = 0;
  try {
    for (const [what, run] of CASES) {
      const fault = attempt(run, bench);
      if (fault !== null) failed += 1;
      lines.push(`${fault === null ? '√' : '×'} ${what}${fault === null ? '' : `:${fault}`}`);
      sheet.clearContents();
    }
  } finally {
    SpreadsheetApp.flush();
    spreadsheet.deleteSheet(sheet);
  }
  return [`督办自检 ${formatMoment(momentNow())}:${failed === 0 ? '全部通过' : `${failed} 项未通过`}`, ...lines].join('\n');
}

function attempt(run: Case[1], bench: Bench): string | null {
  try {
    SpreadsheetApp.flush();
    return run(bench);
  } catch (error) {
    return messageOf(error);
  }
}

/** Writes the first row as the program writes: by the API, text as text. */
function write(spreadsheet: GSpreadsheet, sheetId: number, values: readonly (string | number)[]): void {
  SpreadsheetApp.flush();
  Sheets!.Spreadsheets.batchUpdate({ requests: [{ updateCells: {
    start: { sheetId, rowIndex: 0, columnIndex: 0 }, rows: [{ values: values.map(cellData) }], fields: 'userEnteredValue',
  } }] }, spreadsheet.getId());
}

function differs(read: readonly unknown[], wanted: readonly unknown[]): string | null {
  const index = wanted.findIndex((value, place) => read[place] !== value);
  return index < 0 ? null : `应为「${String(wanted[index])}」,读回「${String(read[index])}」`;
}
