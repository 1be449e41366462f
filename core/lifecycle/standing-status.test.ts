import { describe, expect, it } from 'vitest';
import { dayOf, formatMoment, moment } from '../calendar/plain-date.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { directoryOf } from '../workbook/directory-fixture.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { STATUSES } from '../workbook/values.ts';
import { firstChase, judgedStatus } from './standing-status.ts';

const STAMP = moment('2026-03-16 09:00');
const CLOCK = { now: STAMP, today: dayOf(STAMP), stamp: STAMP, digestsDue: true };
const SINCE = moment('2026-03-10 09:00');
const ITEM = {
  itemId: 'X-1', leadUnit: '', coUnits: '', handler: '经办', dutyPerson: '', initiatorUnit: '', leaderInCharge: '', supervisingLeader: '', deadlineSet: null, remarkDeadline: null, receivedAt: null, issuedAt: null,
  signedAt: null, submittedAt: null, result: '办完', returnReason: '', remark: '', specialReason: '', category: '', form: '', urgency: '', rowType: '', nodeType: '',
};
const REQUEST = {
  requestId: 'Q-1', itemId: 'X-1', type: '办结', appliedAt: moment('2026-03-13 09:00'), reason: '办完', otherUnit: '', outcome: '', nextStep: '', hint: '', overrideReason: '', requestedLimit: null, grantedLimit: null,
  approver1: '', decision1: '', opinion1: '', decidedAt1: null, approver2: '', decision2: '', opinion2: '', decidedAt2: null, approver3: '', decision3: '', opinion3: '', decidedAt3: null, correctedField: '', correctedTo: '',
};

interface Case {
  /** What 状态 says now. */
  readonly cell: string;
  /** 生效状态 at the last run; absent at first sight. */
  readonly stood?: string;
  readonly statusAt?: null;
  readonly firstSeen?: null;
  readonly requests?: readonly Partial<CellsOf<'requests'>>[];
  readonly item?: Partial<CellsOf<'items'>>;
  /** The column was deleted and written back. */
  readonly isGone?: boolean;
  readonly strict?: boolean;
  readonly editedLately?: boolean;
}

/** What the program stands by: the status, since when, by which clause, and what else is to be said of it. */
function standing({ cell, stood, statusAt, firstSeen, requests = [], item = {}, isGone = false, strict = false, editedLately = false }: Case): Record<string, unknown> {
  const cells = { ...ITEM, ...item, status: cell } as CellsOf<'items'>;
  const rows = requests.map((more) => ({ cells: { ...REQUEST, ...more } }));
  const workbook = {
    policy: {
      id: 'tax', statuses: STATUSES, clauses: { intake: 'x-intake', issue: 'x-issue', handling: 'x-handling' }, guards: [], guardClauses: {}, deadlines: [],
      approvals: [{ type: '办结', clause: 'x-closing', when: {}, levels: [['分管领导'], ['局领导']] }, { type: '协调', clause: 'x-claim', when: {}, levels: [['分管领导']] }],
    },
    directory: directoryOf([{ name: '分管', roles: '分管领导' }], [], null), parameters: { text: () => (strict ? 'strict' : 'hint'), number: () => null, choice: () => null },
    sheets: { recusals: { rows: [] }, items: { header: isGone ? { restored: ['status'] } : stood === '办理中' ? null : { restored: ['title'] } } }, editedLately: new Set(editedLately ? ['X-1'] : []),
    index: {
      item: new Map([[cells.itemId, { cells }]]), requestsOf: new Map(rows.length === 0 ? [] : [[rows[0]!.cells.itemId, rows]]), childrenOf: new Map(), feedbackOf: new Map(), chasesOf: new Map(), baseline: new Map([['X-1', {}]]),
    },
  } as unknown as Workbook;
  const recorded = stood === undefined ? null : { cells: {
    effectiveStatus: stood, statusAt: statusAt === undefined ? SINCE : null, firstSeen: firstSeen === undefined ? moment('2026-03-02 09:00') : null, deadlineOriginal: null, signedAt: null, issuedAt: null,
  } } as unknown as ParsedRow<'baseline'>;
  const hints: string[] = [];
  const found = judgedStatus(workbook, { cells } as unknown as ParsedRow<'items'>, recorded, CLOCK, hints);
  const { at, waiting, filedAt, passed, ...more } = found;
  return Object.fromEntries(Object.entries({
    ...more, at: formatMoment(at), waiting: waiting === null || waiting.size === 0 ? null : [...waiting.values()].join(), filedAt: filedAt === undefined || filedAt === null ? null : formatMoment(filedAt),
    passed: passed === undefined || passed.length === 0 ? null : passed.map(({ status }) => status).join(), hint: hints.length === 0 ? null : hints.join(),
  }).filter(([, value]) => value !== null && value !== false));
}

const UNCHANGED = { status: '办理中', at: '2026-03-10 09:00', because: 'x-handling', byHand: '办理中' };

describe('the status that the program stands by', () => {
  it.each<[string, Case, Record<string, unknown>]>([
    ['is what stands there at first sight', { cell: '办理中' }, { status: '办理中', at: '2026-03-16 09:00', because: 'x-intake', byHand: '办理中' }],
    ['is 拟立项 at first sight where nothing stands there', { cell: '' }, { status: '拟立项', at: '2026-03-16 09:00', because: 'x-intake', byHand: '拟立项' }],
    ['is 拟立项 at first sight where nobody knows what stands there', { cell: '快了' }, { status: '拟立项', at: '2026-03-16 09:00', because: 'x-intake', byHand: '拟立项' }],
    ['is that of the last run', { cell: '办理中', stood: '办理中' }, UNCHANGED],
    ['stands since the first sight where no time is recorded', { cell: '办理中', stood: '办理中', statusAt: null }, { ...UNCHANGED, at: '2026-03-02 09:00' }],
    ['stands since this run where nothing is recorded', { cell: '办理中', stood: '办理中', statusAt: null, firstSeen: null }, { ...UNCHANGED, at: '2026-03-16 09:00' }],
    ['is 拟立项 where what was recorded is no status', { cell: '拟立项', stood: '?' }, { status: '拟立项', at: '2026-03-10 09:00', because: 'x-handling', byHand: '拟立项' }],
    ['may be blank where it is 拟立项', { cell: '', stood: '拟立项' }, { status: '拟立项', at: '2026-03-10 09:00', because: 'x-handling', byHand: '拟立项' }],
    ['stands where the cell was emptied', { cell: '', stood: '办理中' }, { ...UNCHANGED, hint: '状态被清空:仍按「办理中」办理,请重新选择(x-handling)' }],
    ['is written back where the whole column was deleted', { cell: '', stood: '办理中', isGone: true }, { ...UNCHANGED, opened: true }],
    ['is judged where the column was written back and somebody chose anew', { cell: '待审核', stood: '办理中', isGone: true }, { status: '待审核', at: '2026-03-16 09:00', because: 'x-handling', changedFrom: '办理中', byHand: '待审核' }],
    ['follows a legal hand change', { cell: '待审核', stood: '办理中' }, { status: '待审核', at: '2026-03-16 09:00', because: 'x-handling', changedFrom: '办理中', byHand: '待审核' }],
    ['and two, with what it passed', { cell: '待审核', stood: '已下发' }, { status: '待审核', at: '2026-03-16 09:00', because: 'x-handling', changedFrom: '已下发', byHand: '待审核', passed: '办理中' }],
    ['stands against an illegal one', { cell: '已办结', stood: '办理中' }, { ...UNCHANGED, hint: expect.stringContaining('不能由「办理中」直接改为「已办结」') as string }],
    ['and says how the cell is put back, where the office wants that', { cell: '已办结', stood: '办理中', strict: true }, { ...UNCHANGED, undone: expect.stringContaining('不能由「办理中」') as string }],
    ['but not while the cell was edited just now', { cell: '已办结', stood: '办理中', strict: true, editedLately: true }, { ...UNCHANGED, hint: expect.stringContaining('不能由「办理中」') as string }],
    ['stands though the item of no number has the request of nobody', { cell: '办理中', stood: '办理中', item: { itemId: '' }, requests: [{ itemId: '' }] }, UNCHANGED],
  ])('%s', (_name, given, expected) => {
    expect(standing(given)).toEqual(expected);
  });

  it.each<[string, Case, Record<string, unknown>]>([
    ['follows a filed 办结, from when it was filed', { cell: '办理中', stood: '办理中', requests: [{}] },
      { status: '待审核', at: '2026-03-13 09:00', because: 'x-closing', changedFrom: '办理中', byHand: '办理中', opened: true, filedAt: '2026-03-13 09:00' }],
    ['never from before it had the one it leaves', { cell: '办理中', stood: '办理中', requests: [{ appliedAt: moment('2026-03-09 09:00') }] },
      { status: '待审核', at: '2026-03-10 09:00', because: 'x-closing', changedFrom: '办理中', byHand: '办理中', opened: true, filedAt: '2026-03-09 09:00' }],
    ['never from a time to come', { cell: '办理中', stood: '办理中', requests: [{ appliedAt: moment('2026-03-17 09:00') }] },
      { status: '待审核', at: '2026-03-16 09:00', because: 'x-closing', changedFrom: '办理中', byHand: '办理中', opened: true }],
    ['follows it after a legal hand change, with what that passed', { cell: '办理中', stood: '已下发', requests: [{}] },
      { status: '待审核', at: '2026-03-13 09:00', because: 'x-closing', changedFrom: '已下发', byHand: '办理中', opened: true, filedAt: '2026-03-13 09:00', passed: '办理中' }],
    ['needs no writing where people typed the same', { cell: '待审核', stood: '办理中', requests: [{}] }, { status: '待审核', at: '2026-03-16 09:00', because: 'x-handling', changedFrom: '办理中', byHand: '待审核' }],
    ['follows it past an illegal hand change', { cell: '已办结', stood: '办理中', requests: [{}] },
      { status: '待审核', at: '2026-03-13 09:00', because: 'x-closing', changedFrom: '办理中', byHand: '办理中', opened: true, filedAt: '2026-03-13 09:00' }],
    ['waits with the request for what is missing', { cell: '办理中', stood: '办理中', item: { result: '' }, requests: [{}] },
      { ...UNCHANGED, waiting: '还不能转为「待审核」:请先填「办理结果」(x-closing)' }],
    ['follows a filed claim', { cell: '已下发', stood: '已下发', requests: [{ type: '协调' }] },
      { status: '协调中', at: '2026-03-13 09:00', because: 'x-claim', changedFrom: '已下发', byHand: '已下发', opened: true }],
  ])('%s', (_name, given, expected) => {
    expect(standing(given)).toEqual(expected);
  });
});

describe('the first 催办通知 of an item', () => {
  it.each<[string, readonly (string | null)[], string | null]>([
    ['is the earliest that went out', ['2026-03-12 09:00', '2026-03-10 09:00', null, '2026-03-11 09:00'], '2026-03-10 09:00'], ['is none where none went out', [null], null], ['is none where none was written', [], null],
  ])('%s', (_name, sent, expected) => {
    const rows = sent.map((at) => ({ cells: { sentAt: at === null ? null : moment(at) } }));
    const found = firstChase({ index: { chasesOf: new Map(rows.length === 0 ? [] : [['X-1', rows]]) } } as unknown as Workbook, 'X-1');
    expect(found === null ? null : formatMoment(found)).toBe(expected);
  });
});
