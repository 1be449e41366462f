import { dayOf, type Change, type Workbook } from '#core';
import { POLICIES } from '#policies';
import { messageOf } from '../host-error.ts';
import { TimeBudget } from '../jobs/time-budget.ts';
import { setUp } from '../set-up/set-up.ts';
import { applyChanges } from '../workbook/apply-changes.ts';
import { momentNow } from '../workbook/cell-from-google.ts';
import type { GSpreadsheet } from '../workbook/google.ts';
import type { Book } from '../workbook/read-book.ts';
import { openWorkbook } from '../workbook/open-workbook.ts';
import { chase } from './chase-form.ts';
import { FORM_IDS, refuse, type Answer, type Filled, type FormId } from './form.ts';
import { isRowForm } from './open-form.ts';
import { readFilled, rowOf } from './read-filled.ts';
import { ROW_FORMS, rowForm, rowProblems } from './row-forms.ts';
import { approve, bulletin, type Wanted } from './special-forms.ts';

/** Checks what a page sent, whatever the page itself checked, and writes it as a person's own input. */
export function submit(id: string, sent: unknown): Answer {
  const formId = FORM_IDS.find((known) => known === id);
  if (formId === undefined) return refuse({}, '不认识的表单');
  const filled = textsOf(sent);
  try {
    const spreadsheet = SpreadsheetApp.getActive();
    if (formId === 'policy') return choosePolicy(spreadsheet, filled);
    const { workbook, book } = openWorkbook(spreadsheet);
    return write(book, wantedBy(workbook, formId, filled));
  } catch (error) {
    return refuse({}, messageOf(error));
  }
}

function wantedBy(workbook: Workbook, id: Exclude<FormId, 'policy'>, filled: Filled): Wanted | Answer {
  if (isRowForm(id)) {
    const form = rowForm(id, workbook, {});
    const { sheet, done } = ROW_FORMS[id];
    const { cells, errors } = readFilled(workbook, sheet, form.fields, filled);
    const problems = { ...rowProblems(id, filled), ...errors };
    if (Object.keys(problems).length > 0) return refuse(problems);
    return { changes: [rowOf(sheet, id === 'score' ? { ...cells, origin: '手动' } : cells)], done };
  }
  switch (id) {
    case 'approval': return approve(workbook, filled);
    case 'chase': return chase(workbook, filled, dayOf(momentNow()));
    case 'bulletin': return bulletin(workbook, filled, momentNow());
    default: return refuse({}, '不认识的表单');
  }
}

function write(book: Book, wanted: Wanted | Answer): Answer {
  if ('ok' in wanted) return wanted;
  const { conflicts, finished } = applyChanges(book, wanted.changes, new TimeBudget());
  const changed = conflicts.filter(({ reason }) => reason !== 'row-exists');
  if (changed.length > 0 || !finished) return refuse({}, `表格刚被人改动,${describe(changed.map(({ change }) => change))}没有写入:请关闭后重新打开再填`);
  return { ok: true, message: wanted.done };
}

function describe(changes: readonly Change[]): string {
  return changes.length > 1 ? `${changes.length} 处` : '这一处';
}

function choosePolicy(spreadsheet: GSpreadsheet, filled: Filled): Answer {
  const policy = Object.values(POLICIES).find(({ id }) => id === filled['policy']);
  if (policy === undefined) return refuse({ policy: '请选择适用制度' });
  return { ok: true, message: `初始化完成(${policy.name}):${setUp(spreadsheet, policy).join(';')}。请先登记「单位」「人员」,核对「制度参数」。` };
}

/** A page can be made to send anything: only texts count, no longer than a cell. */
function textsOf(sent: unknown): Filled {
  if (typeof sent !== 'object' || sent === null) return {};
  return Object.fromEntries(Object.entries(sent).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value.slice(0, 32_767)]] : [])));
}
