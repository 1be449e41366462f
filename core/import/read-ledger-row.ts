import type { Day, Moment } from '../calendar/plain-date.ts';
import { isError, valueOf, type Cell } from '../workbook/cell.ts';
import { columnsOf, type CellsOf } from '../workbook/columns.ts';
import { shown } from '../workbook/issue.ts';
import { splitNames } from '../workbook/names.ts';
import { choiceReader, readName, readNumber, readPercent, readText } from '../workbook/parse-cell.ts';
import { isStanding, proposeDate } from '../workbook/propose-date.ts';
import { readDay, readLimit, readMoment } from '../workbook/read-date.ts';
import type { RowSnapshot } from '../workbook/snapshot.ts';
import type { ImportKey, LedgerColumn } from './ledger-table.ts';
import { readStatusWord } from '../workbook/status-words.ts';

/** A cell that was not taken over as it stands: left out until a person decides, or taken in a way a person must confirm. */
export interface Doubt {
  readonly header: string;
  readonly value: string;
  readonly message: string;
}

export interface LedgerRow {
  readonly values: Partial<CellsOf<'items'>>;
  readonly doubts: readonly Doubt[];
}

export interface LedgerContext {
  /** The dropdown of each choice column under the workbook's policy; an empty list allows any text. */
  readonly choices: Readonly<Partial<Record<ImportKey, readonly string[]>>>;
  readonly statuses: readonly string[];
  /** The year that a date without one most likely means. */
  readonly year: number;
}

const TELEPHONE = /(?:\+?86)?1\d{10}|\d{3,4}-\d{7,8}|\d{7,8}/g;
const BETWEEN_NAMES = /[、,，;；/\n]+|\s+(?=[\u4e00-\u9fff]{2,})/;

/** Reads one row of an office's ledger. A doubtful cell is never guessed: it stays blank, or is kept with a doubt to confirm. */
export function readLedgerRow(row: RowSnapshot, columns: readonly LedgerColumn[], context: LedgerContext): LedgerRow {
  const values: Record<string, string | number | null> = {};
  const doubts: Doubt[] = [];
  for (const { place, header, key } of columns) {
    const cell = row.cells[place];
    if (key === null || cell === undefined || cell === null || cell === '') continue;
    readInto(values, key, cell, context, (message) => doubts.push({ header, value: shownCell(cell), message }));
  }
  return { values, doubts };
}

function readInto(
  values: Record<string, string | number | null>, key: ImportKey, cell: Cell, context: LedgerContext, doubt: (message: string) => void,
): void {
  const content = valueOf(cell);
  if (content === null) return;
  if (typeof content === 'object') {
    doubt('是错误值,没有导入:请核对原表的公式');
    return;
  }
  const column = columnsOf('items').find((candidate) => candidate.key === key)!;
  switch (column.type) {
    case 'limit': case 'moment': case 'day': readDate(values, key, content, column.type, context, doubt); return;
    case 'unit': readUnits(values, key, readText(content), doubt); return;
    case 'person': readPerson(values, key, readText(content), doubt); return;
    case 'number': putNumber(values, key, readNumber(content), doubt, '不是数字,没有导入:请填数字'); return;
    case 'percent': putNumber(values, key, readPercent(content), doubt, '不是百分数,没有导入:请填 0% 到 100%'); return;
    case 'id': readId(values, readName(content), doubt); return;
    case 'choice': readChoice(values, key, content, context, doubt); return;
    case 'list': addNames(values, key, readName(content).split(BETWEEN_NAMES)); return;
    case 'text': case 'ref': values[key] = readText(content); return;
  }
}

function putNumber(values: Record<string, string | number | null>, key: ImportKey, value: number | null, doubt: (message: string) => void, message: string): void {
  if (value === null) doubt(message);
  else values[key] = value;
}

function readDate(
  values: Record<string, string | number | null>, key: ImportKey, content: string | number | boolean, type: 'limit' | 'moment' | 'day',
  context: LedgerContext, doubt: (message: string) => void,
): void {
  const read: Day | Moment | null = type === 'limit' ? readLimit(content) : type === 'day' ? readDay(content) : readMoment(content);
  if (read !== null) {
    values[key] = read;
    return;
  }
  const text = readText(content).replace(/\s+/g, '');
  if (key === 'deadlineSet' && isStanding(text)) {
    values['feedbackCycle'] = '每月';
    doubt('是长期事项,没有时限:按反馈周期「每月」导入,请确认周期,或填本阶段的截止日');
    return;
  }
  const proposal = proposeDate(text, context.year);
  doubt(proposal === null ? '不是具体日期,没有导入:请填年月日' : `不是具体日期,没有导入:建议填 ${proposal},请核对后填写`);
}

/** Of several units the first leads and the rest assist, which a person must confirm. */
function readUnits(values: Record<string, string | number | null>, key: ImportKey, text: string, doubt: (message: string) => void): void {
  const names = text.split(BETWEEN_NAMES).map(readName).filter((name) => name !== '');
  const [first, ...others] = names;
  if (first === undefined) return;
  values[key] = first;
  if (others.length === 0) return;
  if (key !== 'leadUnit') {
    doubt(`有 ${names.length} 个单位,只导入「${shown(first)}」:请核对`);
    return;
  }
  addNames(values, 'coUnits', others);
  doubt(`有 ${names.length} 个单位:暂由「${shown(first)}」牵头,${others.map(shown).join('、')}协办,请确认`);
}

/** Another column may have named some already. */
function addNames(values: Record<string, string | number | null>, key: ImportKey, names: readonly string[]): void {
  const before = values[key];
  values[key] = [...new Set([...splitNames(typeof before === 'string' ? before : ''), ...names])].filter((name) => name !== '').join('、');
}

function readPerson(values: Record<string, string | number | null>, key: ImportKey, text: string, doubt: (message: string) => void): void {
  const names = text.replaceAll(TELEPHONE, ' ').replaceAll(/[()（）:：]/g, ' ').split(/[、,，;；/\n]+|\s{2,}/).map(readName).filter((name) => name !== '');
  const [first, ...others] = names;
  if (first === undefined) {
    doubt('没有姓名,没有导入:请填姓名,电话请登记到「人员」表');
    return;
  }
  values[key] = first;
  if (others.length > 0) doubt(`有 ${names.length} 个人,只导入「${shown(first)}」:请核对由谁承担`);
  else if (first !== readName(text)) doubt(`只导入姓名「${shown(first)}」:电话请登记到「人员」表`);
}

/** A bare running number says nothing outside its own table: such rows are numbered anew. */
function readId(values: Record<string, string | number | null>, text: string, doubt: (message: string) => void): void {
  if (/^\d{1,4}$/.test(text)) return;
  if (text.length > 40) doubt('不像编号,没有导入:由程序另编');
  else values['itemId'] = text;
}

function readChoice(
  values: Record<string, string | number | null>, key: ImportKey, content: string | number | boolean, context: LedgerContext, doubt: (message: string) => void,
): void {
  if (key === 'status') {
    const { status, sure } = readStatusWord(readName(content), context.statuses);
    if (status !== null) values['status'] = status;
    if (!sure) doubt(status === null ? '不认识的状态,没有导入:请从下拉中选择' : `按「${status}」导入,请确认`);
    return;
  }
  const allowed = context.choices[key] ?? columnsOf('items').find((column) => column.key === key)?.values ?? [];
  if (allowed.length === 0) {
    values[key] = readName(content);
    return;
  }
  const read = choiceReader(allowed)(content);
  if (read === null) doubt(`不是本制度的选项,没有导入:请改为 ${allowed.join('、')} 之一`);
  else values[key] = read;
}

function shownCell(cell: Cell): string {
  const value = valueOf(cell);
  if (value === null) return '';
  return shown(isError(value) ? value.error : value);
}
