import type { Day } from '../calendar/plain-date.ts';
import { yearOf } from '../calendar/plain-date.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { splitNames } from '../workbook/names.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { RowRef, RowSnapshot, WorkbookSnapshot } from '../workbook/snapshot.ts';
import { findLedgerTable, textOf, type HeaderMap, type ImportKey, type LedgerColumn } from './ledger-table.ts';
import { readLedgerRow, type Doubt, type LedgerContext } from './read-ledger-row.ts';

/** One item to be taken over, with whatever a person must still look at. */
export interface ProposedItem {
  readonly sheet: string;
  readonly ref: RowRef;
  readonly values: Partial<CellsOf<'items'>>;
  readonly doubts: readonly Doubt[];
}

export interface ProposedTable {
  readonly sheet: string;
  readonly columns: readonly LedgerColumn[];
}

export interface LeftOut {
  readonly sheet: string;
  readonly ref: RowRef | null;
  readonly reason: string;
}

/** What importing a ledger would do. Nothing is written by making it. */
export interface ImportProposal {
  readonly tables: readonly ProposedTable[];
  readonly items: readonly ProposedItem[];
  /** Names of units and people that 单位 and 人员 don't know yet, in the order in which they occur. */
  readonly units: readonly string[];
  readonly people: readonly { readonly name: string; readonly unit: string }[];
  readonly leftOut: readonly LeftOut[];
}

const TOTALS = /^(合计|总计|小计|共计)/;

/** Reads an office's own ledger, sheet by sheet, into a proposal for a workbook. `told` settles headers the program can't know. */
export function proposeImport(ledger: WorkbookSnapshot, into: Workbook, told: HeaderMap, today: Day): ImportProposal {
  const context = contextOf(into, today);
  const tables: ProposedTable[] = [];
  const items: ProposedItem[] = [];
  const leftOut: LeftOut[] = [];
  const known = new Set(into.sheets.items.rows.map(({ cells }) => sameness(cells.title, cells.leadUnit)));
  for (const sheet of ledger.sheets) {
    const table = findLedgerTable(sheet, told);
    if (table === null) {
      if (sheet.rows.length > 0) leftOut.push({ sheet: sheet.name, ref: null, reason: '没有找到台账的表头' });
      continue;
    }
    // Shown without its title too: only a person can say which column it is.
    tables.push({ sheet: sheet.name, columns: table.columns });
    if (!table.columns.some(({ key }) => key === 'title')) {
      leftOut.push({ sheet: sheet.name, ref: null, reason: '没有「督办事项」列:请指明哪一列是事项(命令行用 --map)' });
      continue;
    }
    const hasStatus = table.columns.some(({ key }) => key === 'status');
    for (const row of table.rows) {
      const reason = notAnItem(row, table.columns);
      if (reason === null) {
        const read = readLedgerRow(row, table.columns, context);
        const item = settle({ sheet: sheet.name, ref: row.ref, ...read }, hasStatus);
        const same = sameness(item.values.title ?? '', item.values.leadUnit ?? '');
        if (known.has(same)) leftOut.push({ sheet: sheet.name, ref: row.ref, reason: `台账已有同名事项「${item.values.title ?? ''}」` });
        else items.push(item);
        known.add(same);
      } else if (reason !== '') leftOut.push({ sheet: sheet.name, ref: row.ref, reason });
    }
  }
  return { tables, items, ...newNames(items, into), leftOut };
}

function contextOf(into: Workbook, today: Day): LedgerContext {
  const { policy } = into;
  return { choices: { category: policy.categories, form: policy.forms, sourceType: policy.sourceTypes }, statuses: policy.statuses, year: yearOf(today) };
}

/** '' for a blank row, a reason for one that is something else, null for an item. */
function notAnItem(row: RowSnapshot, columns: readonly LedgerColumn[]): string | null {
  const texts = row.cells.map(textOf).filter((text) => text !== '');
  if (texts.length === 0) return '';
  if (texts.some((text) => TOTALS.test(text))) return '合计行';
  const distinct = new Set(texts);
  // A heading merged over the table repeats in every cell; one that isn't merged stands alone in its row.
  if (distinct.size === 1 && (texts.length > 2 || texts.length === 1)) return `分节标题「${texts[0]!}」`;
  const title = columns.find(({ key }) => key === 'title')!;
  return textOf(row.cells[title.place]) === '' ? '没有事项名称' : null;
}

/** Defaults that only a whole row tells: running where the ledger has no status, not issued where no limit can be read. */
function settle(item: ProposedItem, hasStatus: boolean): ProposedItem {
  const doubts = [...item.doubts];
  const values = { ...item.values };
  const isStanding = values.feedbackCycle !== undefined && values.feedbackCycle !== '';
  if (values.status === undefined && !hasStatus) values.status = values.submittedAt === undefined || values.submittedAt === null ? '办理中' : '已办结';
  const hasLimit = values.deadlineSet != null || values.remarkDeadline != null;
  if (!hasLimit && !isStanding && (values.status === '办理中' || values.status === '已下发')) {
    doubts.push({ header: '要求时限', value: '', message: `没有可用的时限:按「拟立项」导入,补填时限后再改为「${values.status}」` });
    values.status = '拟立项';
  }
  if (doubts.length > 0) values.remark = [values.remark ?? '', noteOf(doubts)].filter((part) => part !== '').join('；');
  return { ...item, values, doubts };
}

/** What stays in 备注 until somebody has looked: the original words and the question. */
function noteOf(doubts: readonly Doubt[]): string {
  return `导入待核:${doubts.map(({ header, value, message }) => (value === '' ? `${header}${message}` : `${header}「${value}」${message}`)).join('；')}`;
}

function newNames(items: readonly ProposedItem[], into: Workbook): Pick<ImportProposal, 'units' | 'people'> {
  const units = new Set<string>();
  const people = new Map<string, string>();
  for (const { values } of items) {
    for (const unit of [values.leadUnit ?? '', values.initiatorUnit ?? '', ...splitNames(values.coUnits ?? '')]) {
      if (unit !== '' && into.directory.unit(unit) === null) units.add(unit);
    }
    for (const name of [values.handler ?? '', values.dutyPerson ?? '']) {
      if (name !== '' && !people.has(name) && into.directory.person(name) === null && !into.directory.isAmbiguous(name)) people.set(name, values.leadUnit ?? '');
    }
  }
  return { units: [...units], people: [...people].map(([name, unit]) => ({ name, unit })) };
}

function sameness(title: string, unit: string): string {
  return `${title.replace(/\s+/g, '')}\n${unit}`;
}

/** The columns of 督办台账 that a proposal fills, for the preview's table. */
export function filledColumns(proposal: ImportProposal): ImportKey[] {
  const used = new Set(proposal.items.flatMap(({ values }) => Object.keys(values)));
  return [...used] as ImportKey[];
}
