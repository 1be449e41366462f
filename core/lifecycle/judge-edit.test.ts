import { describe, expect, it } from 'vitest';
import { day, moment, type Day } from '../calendar/plain-date.ts';
import { createCalendar } from '../calendar/working-calendar.ts';
import type { Policy } from '../policy/schema.ts';
import type { CellsOf, SheetKey } from '../workbook/columns.ts';
import { directoryOf, peopleSheet } from '../workbook/directory-fixture.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { STATUSES, type Status } from '../workbook/values.ts';
import { judgeEdit, judgeStatus, type Edit, type Verdict } from './judge-edit.ts';

const PEOPLE = [
  { name: '专员', roles: '督办专员' }, { name: '经办', unit: '工程部' }, { name: '分管', roles: '分管领导', substitute: '副手', substituteFrom: day('2026-03-16') }, { name: '副手' },
];
const UNITS = [{ name: '工程部' }, { name: '采购部' }, { name: '广告公司', type: '外部' as const }];
const ITEM = {
  itemId: 'X-1', title: '甲', leadUnit: '工程部', coUnits: '', handler: '经办', dutyPerson: '', initiatorUnit: '', leaderInCharge: '', supervisingLeader: '', deadlineSet: moment('2026-03-20 18:00'), remarkDeadline: null,
  receivedAt: null, issuedAt: null, submittedAt: null, result: '办完', returnReason: '重做', remark: '理由', specialReason: '', category: '', form: '', urgency: '', rowType: '', nodeType: '', dispatchOpinion: '主办', status: '办理中',
};
const REQUEST = {
  requestId: 'Q-1', itemId: 'X-1', type: '延期', appliedAt: moment('2026-03-10 09:00'), reason: '雨', otherUnit: '', outcome: '', nextStep: '', hint: '', overrideReason: '', requestedLimit: null, grantedLimit: null,
  approver1: '', decision1: '', opinion1: '', decidedAt1: null, approver2: '', decision2: '', opinion2: '', decidedAt2: null, approver3: '', decision3: '', opinion3: '', decidedAt3: null,
};
const CLAUSES = {
  intake: 'x-intake', issue: 'x-issue', handling: 'x-handling', closing: 'x-closing', archive: 'x-archive', assignment: 'x-assignment', supervision: 'x-supervision', registration: 'x-registration', interpretation: 'x-interpretation',
  reassignment: 'x-reassignment',
};

function office(cells: Partial<CellsOf<'items'>> = {}, more: Partial<Policy> = {}): Workbook {
  const people = peopleSheet(PEOPLE);
  const requests = [{ cells: REQUEST }];
  return {
    policy: {
      id: 'tax', statuses: STATUSES, clauses: CLAUSES, officeRoles: ['督办专员'], supervisingUnit: '督办室', assignableUnitTypes: [], issueApprovals: [], guards: [], guardClauses: {}, deadlines: [],
      approvals: [{ type: '延期', clause: 'x-extension', when: {}, levels: [['分管领导']] }], rights: [{ clause: 'x-right', sheet: 'notices', columns: ['status'], roles: ['分管领导'] }], ...more,
    },
    directory: directoryOf(PEOPLE, UNITS, null), calendar: createCalendar([]),
    sheets: { people, archives: { rows: [] }, recusals: { rows: [] }, units: { rows: UNITS.map((unit, ref) => ({ ref, cells: { code: '', type: '', head: '', dutyPerson: '', leaderInCharge: '', formerNames: '', mergedInto: '', effectiveFrom: null, active: '', ...unit } })) }, requests: { rows: requests } },
    index: { item: new Map([['X-1', { cells: { ...ITEM, ...cells } }]]), requestsOf: new Map([['X-1', requests]]), childrenOf: new Map(), feedbackOf: new Map(), baseline: new Map() },
    parameters: { number: () => null, choice: () => '', text: () => null },
  } as unknown as Workbook;
}

function judged(sheet: SheetKey, column: string, { actor = null, before = '', after = '新', on, row = null, workbook = office() }: {
  actor?: string | null; before?: string; after?: string; on?: Day; row?: object | null; workbook?: Workbook;
} = {}): string {
  const edit = { actor, sheet, column, before, after, row: row === null ? null : { cells: row }, ...(on === undefined ? {} : { on }) } as unknown as Edit;
  if (sheet === 'requests' && row !== null) return said(judgeEdit(workbook, { ...edit, row: workbook.sheets.requests.rows[0]! }));
  return said(judgeEdit(workbook, edit));
}

function said(verdict: Verdict): string {
  const passed = 'passed' in verdict ? ` ${verdict.passed.status} ${verdict.passed.because}` : '';
  return `${verdict.verdict} ${verdict.because}${'message' in verdict ? ` ${verdict.message}` : ''}${passed}`;
}

describe('a hand edit', () => {
  it.each<[string, SheetKey, string, Parameters<typeof judged>[2], string | RegExp]>([
    ['of a column that the contract does not know is people\'s own', 'items', 'notes', {}, 'accept x-handling'],
    ['of a cell that is the program\'s is put back', 'items', 'light', { before: '绿' }, /^restore .*「灯号」由程序填写/],
    ['and where that cell was blank', 'items', 'light', {}, /^restore .*「灯号」由程序填写/],
    ['but may begin a row of 考核计分', 'scores', 'month', {}, 'accept x-handling'],
    ['and not change one', 'scores', 'month', { before: '2026-03' }, /^restore .*「考核月份」由程序填写/],
    ['and may begin a row of 问责处理', 'sanctions', 'clause', {}, 'accept x-handling'],
    ['and not change that', 'sanctions', 'clause', { before: 'x-1' }, /^restore .*由程序填写/],
    ['nor begin a row of another sheet of the program\'s', 'rankings', 'period', {}, /^restore .*「期间」由程序填写/],
    ['by somebody without the right is put back', 'notices', 'status', { actor: '经办', before: '待签', after: '待发' }, 'restore x-right 只有分管领导可以填写,「经办」无权改动,改动已还原(x-right)'],
    ['by somebody with the right stands', 'notices', 'status', { actor: '分管', before: '待签', after: '待发' }, 'accept x-handling'],
    ['by nobody knows whom stands', 'notices', 'status', { before: '待签', after: '待发' }, 'accept x-handling'],
    ['of a request that is not a decision stands', 'requests', 'reason', { actor: '经办', row: REQUEST }, 'accept x-handling'],
    ['of a decision by somebody else takes no effect', 'requests', 'decision1', { actor: '经办', after: '同意', row: REQUEST }, 'refuse x-extension 应由分管批复,「经办」无权批复(x-extension)'],
    ['of a decision by nobody knows whom stands', 'requests', 'decision1', { after: '同意', row: REQUEST }, 'accept x-handling'],
    ['of a decision in no known row stands', 'requests', 'decision1', { actor: '经办', after: '同意' }, 'accept x-handling'],
    ['by who stands in, while he does', 'requests', 'decision1', { actor: '副手', after: '同意', row: REQUEST, on: day('2026-03-16') }, 'accept x-handling'],
    ['and not before', 'requests', 'decision1', { actor: '副手', after: '同意', row: REQUEST, on: day('2026-03-15') }, /^refuse x-extension/],
    ['and not where the day is unknown', 'requests', 'decision1', { actor: '副手', after: '同意', row: REQUEST }, /^refuse x-extension/],
    ['of another sheet is people\'s own', 'feedback', 'progress', { row: { status: '办理中' } }, 'accept x-handling'],
    ['of a status on no known row stands', 'items', 'status', { after: '已办结' }, 'accept x-handling'],
    ['of 状态 on a row of another sheet is none of an item', 'inspections', 'status', { row: ITEM, after: '已办结' }, 'accept x-handling'],
    ['of a lead unit stands', 'items', 'leadUnit', { after: '采购部', row: ITEM }, 'accept x-handling'],
    ['of a lead unit to one outside is refused', 'items', 'leadUnit', { after: '广告公司', row: ITEM }, /^refuse x-assignment 「广告公司」不在本制度适用单位内.*\(x-assignment\)$/],
    ['of 要求时限 after 下发 is refused', 'items', 'deadlineSet', { after: '2026-03-27', row: ITEM }, /^refuse x-issue 下发后改「要求时限」不改变时限/],
    ['of 要求时限 of a draft stands', 'items', 'deadlineSet', { after: '2026-03-27', row: { ...ITEM, status: '拟立项' } }, 'accept x-handling'],
    ['of 要求时限 with a status that nobody knows stands', 'items', 'deadlineSet', { after: '2026-03-27', row: { ...ITEM, status: '快了' } }, 'accept x-handling'],
    ['of any other cell of an item stands', 'items', 'progress', { row: ITEM }, 'accept x-handling'],
    ['of 状态 is judged along the edges', 'items', 'status', { before: '办理中', after: '已办结', row: ITEM }, /^refuse x-handling 不能由「办理中」直接改为「已办结」/],
  ])('%s', (_name, sheet, column, given, expected) => {
    const found = judged(sheet, column, given);
    if (typeof expected === 'string') expect(found).toBe(expected);
    else expect(found).toMatch(expected);
  });
});

describe('a change of 状态', () => {
  const status = (before: string, after: string, cells: Partial<CellsOf<'items'>> = {}, more: Partial<Policy> = {}, actor: string | null = null): string =>
    said(judgeStatus(office(cells, more), { cells: { ...ITEM, ...cells } } as unknown as ParsedRow<'items'>, before, after, actor));

  it.each<[Status, Status, string, Partial<Policy>]>([
    ['拟立项', '待批示', 'x-intake', { id: 'bus' }], ['待批示', '不予立项', 'x-intake', { id: 'bus' }], ['待批示', '已下发', 'x-issue', { id: 'bus' }], ['已下发', '办理中', 'x-handling', {}], ['办理中', '协调中', 'x-handling', {}],
    ['办理中', '待审核', 'x-handling', {}], ['待审核', '已退办', 'x-handling', {}], ['分管领导审核', '已办结', 'x-closing', {}], ['办理中', '阶段性办毕', 'x-closing', { id: 'bus' }], ['已办结', '已归档', 'x-archive', {}],
    ['办理中', '已撤销', 'x-intake', {}],
  ])('from %s to %s stands by %s', (before, after, clause, more) => {
    expect(status(before, after, {}, more)).toBe(`accept ${clause}`);
  });

  it('along two edges says what it passed', () => {
    expect(status('已下发', '待审核')).toBe('accept x-handling 办理中 x-handling');
  });

  it.each<[string, string, string, Partial<CellsOf<'items'>>, Partial<Policy>, string | null, string | RegExp]>([
    ['an emptied cell', '办理中', '', {}, {}, null, 'refuse x-handling 状态被清空:仍按「办理中」办理,请重新选择'],
    ['a status nobody knows', '办理中', '快了', {}, {}, null, 'refuse x-handling 不认识的状态「快了」:仍按「办理中」办理,请从下拉中选择'],
    ['any from a status nobody knows', '快了', '办理中', {}, {}, null, 'refuse x-handling 不认识的状态「办理中」:仍按「快了」办理,请从下拉中选择'],
    ['a leap', '待审核', '已办结', {}, {}, null, 'refuse x-handling 不能由「待审核」直接改为「已办结」,仍按「待审核」办理:可改为分管领导审核、已退办、已撤销'],
    ['any of what is over', '已归档', '办理中', {}, {}, null, 'refuse x-handling 不能由「已归档」直接改为「办理中」,仍按「已归档」办理:此状态不再变更'],
    ['one of another\'s to make', '待审核', '分管领导审核', {}, {}, '经办', /^refuse x-supervision 改为「分管领导审核」未生效:.*「经办」无权/],
    ['one that lacks something', '办理中', '待审核', { result: '' }, {}, null, 'refuse x-handling 改为「待审核」未生效:请先填「办理结果」(x-handling)'],
    ['with the clause of the guard', '办理中', '待审核', { result: '' }, { guardClauses: { 'result-present': 'x-result' } }, null, 'refuse x-result 改为「待审核」未生效:请先填「办理结果」(x-result)'],
    ['what the first of two lacks', '已下发', '待审核', { handler: '' }, {}, null, 'refuse x-handling 改为「待审核」未生效:须先经「办理中」,请先填「承办人」(x-handling)'],
    ['what the second of two lacks', '已下发', '待审核', { result: '' }, {}, null, 'refuse x-handling 改为「待审核」未生效:请先填「办理结果」(x-handling)'],
  ])('refuses %s', (_name, before, after, cells, more, actor, expected) => {
    const found = status(before, after, cells, more, actor);
    if (typeof expected === 'string') expect(found).toBe(expected);
    else expect(found).toMatch(expected);
  });

  it('to 已归档 waits for the file', () => {
    const archive = { clause: 'x-file', required: ['report'], optional: [] } as unknown as NonNullable<Policy['archive']>;
    expect(status('已办结', '已归档', {}, { archive })).toMatch(/^refuse x-archive 改为「已归档」未生效:案卷缺.*\(x-file\)$/);
  });
});
