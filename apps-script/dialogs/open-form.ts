import { dayOf, formatDay, SHEETS, type Workbook } from '#core';
import { messageOf } from '../host-error.ts';
import { momentNow } from '../workbook/cell-from-google.ts';
import { openWorkbook } from '../workbook/open-workbook.ts';
import { chaseForm } from './chase-form.ts';
import type { Filled, Form, FormId } from './form.ts';
import { ROW_FORMS, rowForm, type RowFormId } from './row-forms.ts';
import { approvalForm, bulletinForm, policyForm } from './special-forms.ts';

const PAGE = 'dialog';
const WIDTH = 560;
const HEIGHT = 620;
/** Where the page waits for its form. */
const MARK = '/*FORM*/null';

/** Shows a form in a dialog over the spreadsheet; what hinders it is told in a box. */
export function openForm(id: FormId): void {
  try {
    show(id === 'policy' ? policyForm() : formOf(id, openWorkbook(SpreadsheetApp.getActive()).workbook));
  } catch (error) {
    SpreadsheetApp.getUi().alert('督办', messageOf(error), SpreadsheetApp.getUi().ButtonSet.OK);
  }
}

export function formOf(id: Exclude<FormId, 'policy'>, workbook: Workbook): Form {
  const today = dayOf(momentNow());
  switch (id) {
    case 'approval': return approvalForm(workbook, selected('requests', 'requestId', workbook));
    case 'chase': return chaseForm(workbook, selectedItems(workbook), today);
    case 'bulletin': return bulletinForm(today);
    case 'inspection': return rowForm(id, workbook, { ...selected('items', 'itemId', workbook), date: formatDay(today) });
    case 'newItem': return rowForm(id, workbook, {});
    case 'request':
    case 'score': return rowForm(id, workbook, selected('items', 'itemId', workbook));
  }
}

export function isRowForm(id: FormId): id is RowFormId {
  return id in ROW_FORMS;
}

/** The id in the row that people stand on, where they stand in that sheet. */
function selected(sheetKey: 'items' | 'requests', column: 'itemId' | 'requestId', workbook: Workbook): Filled {
  const range = SpreadsheetApp.getActive().getActiveRange();
  const sheet = workbook.sheets[sheetKey];
  if (range === null || (range.getSheet().getName() !== sheet.name && range.getSheet().getName() !== SHEETS[sheetKey].name)) return {};
  const row = sheet.rows.find(({ ref }) => ref === range.getRow());
  const id = row === undefined ? '' : (row.cells as Readonly<Record<string, unknown>>)[column];
  return typeof id === 'string' && id !== '' ? { [column]: id } : {};
}

/** The items in all the rows that people marked in 督办台账, in several places too; none where they stand elsewhere. */
function selectedItems(workbook: Workbook): ReadonlySet<string> {
  const ranges = SpreadsheetApp.getActive().getActiveRangeList()?.getRanges() ?? [];
  const { name, rows } = workbook.sheets.items;
  if (ranges[0]?.getSheet().getName() !== name) return new Set();
  const marked = ranges.map((range) => [range.getRow(), range.getLastRow()] as const);
  return new Set(rows.filter(({ ref, cells }) => cells.itemId !== '' && marked.some(([from, to]) => Number(ref) >= from && Number(ref) <= to)).map(({ cells }) => cells.itemId));
}

function show(form: Form): void {
  const page = HtmlService.createHtmlOutputFromFile(PAGE).getContent();
  // `<` in a text must not end the script; a function, since `$&` in a text must not stand for anything.
  const data = JSON.stringify(form).replace(/</g, '\\u003c').replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029');
  const output = HtmlService.createHtmlOutput(page.replace(MARK, () => data)).setWidth(WIDTH).setHeight(HEIGHT);
  SpreadsheetApp.getUi().showModalDialog(output, form.title);
}
