import { describe, expect, it } from 'vitest';
import { day, endOfDay, formatLimit, formatMoment, moment } from '../calendar/plain-date.ts';
import { createCalendar } from '../calendar/working-calendar.ts';
import type { ApprovalRule } from '../policy/schema.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { directoryOf } from '../workbook/directory-fixture.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Status } from '../workbook/values.ts';
import { evaluateRequests, TO_COMPLETE, type LimitHistory, type RequestState } from './requests.ts';

type Request = Partial<CellsOf<'requests'>>;

const BLANK = {
  requestId: '', itemId: 'X-1', type: '延期', applicant: '', appliedAt: moment('2026-03-10 09:00'), reason: '雨', progress: '', requestedLimit: null, otherUnit: '', bothReasons: '', attachments: '',
  approver1: '', decision1: '', opinion1: '', decidedAt1: null, approver2: '', decision2: '', opinion2: '', decidedAt2: null, approver3: '', decision3: '', opinion3: '', decidedAt3: null,
  grantedLimit: null, overrideReason: '', correctedField: '', correctedTo: '', outcome: '', nextStep: '', hint: '',
};
const ONE_LEVEL: readonly (readonly ['分管领导' | '总经理'])[] = [['分管领导']];
const RULES = [
  { type: '延期', clause: 'x-1', when: {}, levels: ONE_LEVEL, requires: ['requestedLimit'], replyWorkdaysKey: 'reply' },
  { type: '重定时限', clause: 'x-2', when: {}, levels: ONE_LEVEL },
  { type: '限期整改', clause: 'x-3', when: {}, levels: ONE_LEVEL },
  { type: '办结', clause: 'x-4', when: {}, levels: [['分管领导'], ['总经理']] },
] as unknown as readonly ApprovalRule[];
const AGREED: Request = { decision1: '同意', decidedAt1: moment('2026-03-11 09:00') };
const LIMITS: LimitHistory = { original: endOfDay(day('2026-03-20')), firstChase: null, receivedAt: null };
const STAMP = moment('2026-03-12 09:00');

function office(requests: readonly Request[], feedback: readonly object[] = [], isRecorded = true): Workbook {
  const item = { cells: { itemId: 'X-1', leadUnit: '', leaderInCharge: '', initiatorUnit: '', dutyPerson: '', supervisingLeader: '', category: '', form: '', urgency: '', rowType: '', nodeType: '' } };
  return {
    policy: { approvals: RULES, clauses: { handling: 'x-0' } }, calendar: createCalendar([]),
    parameters: { number: () => 3, text: () => null, choice: () => null },
    directory: directoryOf([{ name: '领导', roles: '分管领导' }, { name: '老总', roles: '总经理' }], [], day('2026-03-12')), sheets: { recusals: { rows: [] } },
    index: {
      requestsOf: new Map([['X-1', requests.map((cells) => ({ cells: { ...BLANK, ...cells } }))], ['X-9', [{ cells: { ...BLANK, itemId: 'X-9' } }]]]),
      item: new Map([['X-1', item]]), feedbackOf: new Map([['X-1', feedback.map((cells) => ({ cells }))]]), baseline: new Map(isRecorded ? [['X-1', {}]] : []),
    },
  } as unknown as Workbook;
}

/** What becomes of the only request of an item. */
function only(cells: Request, status: Status | null = '办理中', feedback: readonly object[] = [], isRecorded = true): RequestState {
  return evaluateRequests(office([cells], feedback, isRecorded), 'X-1', LIMITS, STAMP, status)[0]!;
}

describe('requests of an item', () => {
  const ids = (requests: readonly Request[], stamp: typeof STAMP | null = STAMP): string[] => evaluateRequests(office(requests), 'X-1', LIMITS, stamp).map(({ row, ordinal }) => `${row.cells.requestId} ${ordinal}`);

  it('are judged in the order of application, those of one moment by their ids; a blank time is the moment of the run', () => {
    const early = { requestId: 'Q-3', appliedAt: moment('2026-03-10 09:00') };
    const late = { requestId: 'Q-1', appliedAt: moment('2026-03-16 09:00') };
    const untimed = { requestId: 'Q-2', appliedAt: null };
    expect(ids([late, untimed, early])).toEqual(['Q-3 1', 'Q-2 2', 'Q-1 3']);
    expect(ids([untimed, late, early], null)).toEqual(['Q-3 1', 'Q-1 2', 'Q-2 3']);
    expect(ids([{ requestId: 'Q-5' }, { requestId: 'Q-4' }])).toEqual(['Q-4 1', 'Q-5 2']);
  });

  it('are counted kind by kind', () => {
    expect(ids([{ requestId: 'Q-1' }, { requestId: 'Q-2', type: '重定时限' }, { requestId: 'Q-3' }])).toEqual(['Q-1 1', 'Q-2 1', 'Q-3 2']);
  });

  it('are none where nothing was asked for', () => {
    expect(evaluateRequests(office([]), 'X-2', LIMITS, STAMP)).toEqual([]);
  });

  it('for an item that stands nowhere wait for its number', () => {
    const [state] = evaluateRequests(office([]), 'X-9', LIMITS, STAMP);
    expect(state).toMatchObject({ outcome: '审批中', ordinal: 0, hint: '没有事项「X-9」:请核对「事项编号」', nextStep: '', clause: 'x-0' });
  });

  it.each([['', '请选择「类型」', ''], ['征求意见', '', '由督办部门处理']])('of the kind 「%s」, for which there is no rule', (type, hint, nextStep) => {
    expect(only({ type: type })).toMatchObject({ outcome: '审批中', ordinal: 0, hint, nextStep, clause: 'x-0' });
  });
});

describe('what an approved 延期 moves the limit by', () => {
  const to = (limit: string): Request => ({ requestedLimit: endOfDay(day(limit)) });
  const shifts = (requests: readonly Request[], limits: LimitHistory | null = LIMITS): number[] =>
    evaluateRequests(office(requests.map((cells, index) => ({ requestId: `Q-${String(index)}`, ...cells }))), 'X-1', limits, STAMP).map(({ shift }) => shift / 1440);

  it.each<[string, readonly Request[], readonly number[]]>([
    ['is counted from the limit in force', [{ ...AGREED, ...to('2026-03-27') }, { ...AGREED, ...to('2026-03-31') }], [7, 4]],
    ['is nothing while it is being decided, nor does the next count from it', [to('2026-03-27'), { ...AGREED, ...to('2026-03-31') }], [0, 11]],
    ['is nothing where it was refused', [{ ...to('2026-03-27'), decision1: '不同意' }, { ...AGREED, ...to('2026-03-31') }], [0, 11]],
    ['is not that of a 重定时限', [{ ...AGREED, ...to('2026-03-27'), type: '重定时限' }, { ...AGREED, ...to('2026-03-31') }], [0, 11]],
    ['is the granted limit where it is not the one asked for', [{ ...AGREED, ...to('2026-03-27'), grantedLimit: endOfDay(day('2026-03-24')) }], [4]],
    ['is nothing where no limit was named', [{ ...AGREED, outcome: '已批准' }, { ...AGREED, ...to('2026-03-31') }], [0, 11]],
  ])('%s', (_name, requests, expected) => {
    expect(shifts(requests)).toEqual(expected);
  });

  it('is unknown without a limit', () => {
    expect(shifts([{ ...AGREED, ...to('2026-03-27') }], null)).toEqual([0]);
  });
});

describe('a request that lacks something', () => {
  it('says what, and by when it is to be answered all the same', () => {
    const state = only({ reason: '' });
    expect(state).toMatchObject({ outcome: '审批中', hint: '请填「原因」、「申请时限」(x-1)', nextStep: TO_COMPLETE, fresh: false, approverNow: '' });
    expect(formatLimit(state.replyDue!)).toBe('2026-03-13');
  });

  it('has no such day where no time is known', () => {
    expect(evaluateRequests(office([{ reason: '', appliedAt: null }, { appliedAt: null, requestedLimit: STAMP }]), 'X-1', LIMITS, null).map(({ replyDue }) => replyDue)).toEqual([null, null]);
  });

  it('is not asked again once approved', () => {
    expect(only({ ...AGREED, reason: '', outcome: '已批准' })).toMatchObject({ outcome: '已批准', hint: '', nextStep: '' });
  });
});

describe('what a run has still to follow', () => {
  const complete = { requestedLimit: endOfDay(day('2026-03-27')) };
  it.each<[string, Request, boolean, boolean]>([
    ['a request seen for the first time', complete, true, true],
    ['one whose outcome is new', { ...complete, ...AGREED, outcome: '审批中', nextStep: '请领导填写一级结论' }, true, true],
    ['one that waited for something', { ...complete, outcome: '审批中', nextStep: TO_COMPLETE }, true, true],
    ['not one that is recorded as it stands', { ...complete, outcome: '审批中', nextStep: '请领导填写一级结论' }, false, false],
    ['not one that merely asks another person at the same level', { ...complete, outcome: '审批中', nextStep: '请前任领导填写一级结论' }, false, false],
    ['not one that was approved', { ...complete, ...AGREED, outcome: '已批准' }, false, false],
    ['the next level of a 办结', { type: '办结', ...AGREED, outcome: '审批中', nextStep: '请领导填写一级结论' }, false, true],
  ])('%s', (_name, cells, fresh, advanced) => {
    expect(only(cells)).toMatchObject({ fresh, advanced });
  });
});

describe('a 办结 that was sent back', () => {
  const decided: Request = { type: '办结', ...AGREED, decidedAt2: moment('2026-03-11 15:00'), decidedAt3: moment('2026-03-11 16:00') };
  it.each<[string, Request, Status, boolean, string, boolean]>([
    ['is over while the item is 已退办', { type: '办结', outcome: '审批中', nextStep: '请领导填写一级结论' }, '已退办', true, '已驳回', false],
    ['stays over when it is worked on again', { type: '办结', outcome: '已驳回' }, '办理中', true, '已驳回', false],
    ['is over where both are first seen together', { type: '办结' }, '已退办', false, '已驳回', false],
    ['is a redo where it is filed on an item that is 已退办', { type: '办结' }, '已退办', true, '审批中', true],
    ['is no such thing while it waits for something', { type: '办结', outcome: '审批中', nextStep: TO_COMPLETE }, '已退办', true, '审批中', true],
    ['is no such thing on an item that is under review', { type: '办结', outcome: '审批中', nextStep: '请领导填写一级结论' }, '待审核', true, '审批中', false],
    ['is told once where it waited', { type: '办结', outcome: '已驳回', nextStep: TO_COMPLETE }, '已退办', true, '已驳回', true],
    ['is no other kind', { type: '重定时限', outcome: '审批中', nextStep: '请领导填写一级结论' }, '已退办', true, '审批中', false],
  ])('%s', (_name, cells, status, isRecorded, outcome, fresh) => {
    expect(only(cells, status, [], isRecorded)).toMatchObject({ outcome, fresh, advanced: fresh });
  });

  it.each<[Request, string]>([
    [{ ...decided, outcome: '已驳回' }, '2026-03-11 16:00'], [{ ...decided, outcome: '已驳回', decidedAt3: null }, '2026-03-11 15:00'],
    [{ ...decided, outcome: '已驳回', decidedAt3: null, decidedAt2: null }, '2026-03-11 09:00'], [{ type: '办结', outcome: '已驳回' }, '2026-03-12 09:00'],
  ])('was decided when its last level was: %#', (cells, at) => {
    expect(formatMoment(only(cells).decidedAt!)).toBe(at);
  });
});

describe('an order of rectification', () => {
  const order: Request = { type: '限期整改', ...AGREED, requestedLimit: endOfDay(day('2026-03-20')) };
  const given = (at: string | null, rectification = '已整改'): object => ({ rectification, at: at === null ? null : moment(at) });
  it.each<[string, Request, readonly object[], string]>([
    ['waits for what was done', order, [], '2026-03-20 前整改并反馈'],
    ['does not take what was done before it was given', order, [given('2026-03-11 08:59')], '2026-03-20 前整改并反馈'],
    ['is done by a feedback of that moment', order, [given('2026-03-11 09:00')], ''],
    ['is not done by a feedback without a time', order, [given(null)], '2026-03-20 前整改并反馈'],
    ['is not done by a feedback that says nothing of it', order, [given('2026-03-13 09:00', '')], '2026-03-20 前整改并反馈'],
    ['with no limit waits for nothing', { ...order, requestedLimit: null }, [], ''],
    ['waits for its approval first', { ...order, decision1: '' }, [], '请领导填写一级结论'],
    ['is no other kind', { ...order, type: '重定时限' }, [], ''],
  ])('%s', (_name, cells, feedback, nextStep) => {
    expect(only(cells, '办理中', feedback).nextStep).toBe(nextStep);
  });
});
