import { describe, expect, it } from 'vitest';
import { day, moment, type Day } from '../calendar/plain-date.ts';
import type { Policy } from '../policy/schema.ts';
import type { CellsOf, SheetKey } from '../workbook/columns.ts';
import { directoryOf, peopleSheet } from '../workbook/directory-fixture.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { evaluateRequests } from './requests.ts';
import { decisionFault, rightFault } from './rights.ts';

const PEOPLE = [
  { name: '专员', roles: '督办专员' }, { name: '工程经理' }, { name: '分管', roles: '分管领导' }, { name: '总经理甲', roles: '总经理', substitute: '副总', substituteFrom: day('2026-03-16') }, { name: '副总' }, { name: '闲人' },
];
const ON = day('2026-03-16');
const LEVELS: Policy['approvals'] = [
  { type: '延期', clause: 'x-1', when: {}, levels: [['分管领导'], ['总经理']], nth: 1 }, { type: '延期', clause: 'x-2', when: {}, levels: [['总经理']] },
  { type: '分歧协调', clause: 'x-3', when: {}, levels: [['分管领导']], forwardTo: ['总经理'] }, { type: '协调', clause: 'x-4', when: {}, levels: [['分管领导']] },
  { type: '征求意见', clause: 'x-5', when: {}, levels: [['单位负责人']], answeredByOther: true },
];
const RIGHTS: Policy['rights'] = [
  { clause: 'x-6', sheet: 'inspections', columns: ['facts'], roles: ['督查组组长', '督办专员'] }, { clause: 'x-7', sheet: 'notices', columns: ['status', 'signer'], roles: ['总经理'] },
  { clause: 'x-8', sheet: 'scores', columns: ['confirmed'], roles: ['督办专员'], onlyFilled: true },
];

/** One item and its requests, each given by its cells; they come in the order of application. */
function office(requests: readonly Partial<CellsOf<'requests'>>[] = [], recusals: readonly object[] = []): Workbook {
  const rows = requests.map((cells, index) => ({
    cells: {
      requestId: `Q-${String(index)}`, itemId: 'X-1', type: '延期', appliedAt: moment('2026-03-10 09:00'), reason: '雨', otherUnit: '', outcome: '', nextStep: '', hint: '', overrideReason: '',
      approver1: '', decision1: '', opinion1: '', decidedAt1: null, approver2: '', decision2: '', opinion2: '', decidedAt2: null, approver3: '', decision3: '', opinion3: '', decidedAt3: null, requestedLimit: null, grantedLimit: null, ...cells,
    },
  }));
  const byItem = new Map<string, unknown[]>();
  for (const row of rows) byItem.set(row.cells.itemId, [...byItem.get(row.cells.itemId) ?? [], row]);
  const item = { itemId: 'X-1', leadUnit: '工程部', coUnits: '采购部', handler: '经办', leaderInCharge: '', initiatorUnit: '', dutyPerson: '', supervisingLeader: '', category: '', form: '', urgency: '', rowType: '', nodeType: '' };
  return {
    policy: { officeRoles: ['督办专员'], supervisingUnit: '督办室', rights: RIGHTS, approvals: LEVELS, clauses: { interpretation: 'x-9', reassignment: 'x-10', handling: 'x-0' } },
    directory: directoryOf(PEOPLE, [{ name: '工程部', head: '工程经理' }, { name: '采购部', head: '闲人' }], ON),
    parameters: { number: () => null, text: () => null, choice: () => null },
    sheets: { people: peopleSheet(PEOPLE), recusals: { rows: recusals.map((cells) => ({ cells })) }, requests: { rows } }, index: { item: new Map([['X-1', { cells: item }]]), requestsOf: byItem, baseline: new Map(), feedbackOf: new Map() },
  } as unknown as Workbook;
}

describe('a cell belongs to', () => {
  const fault = (sheet: SheetKey, column: string, actor: string, before = '', row: object | null = null): string | null => {
    const found = rightFault(office(), { sheet, column, before, row: row === null ? null : { cells: row } as unknown as ParsedRow<'items'> }, actor);
    return found === null ? null : `${found.sentence}(${found.clause})`;
  };

  it.each<[string, SheetKey, string, string, boolean]>([
    ['the office, a parameter', 'parameters', 'value', '专员', true], ['nobody else, a parameter', 'parameters', 'value', '总经理甲', false],
    ['one of several roles, a column', 'inspections', 'facts', '专员', true], ['no stranger', 'inspections', 'facts', '生人', false],
    ['the roles of a column', 'notices', 'signer', '总经理甲', true], ['nobody else, a column', 'notices', 'status', '专员', false], ['anybody, another column of that sheet', 'notices', 'error', '闲人', true],
    ['anybody, another sheet', 'feedback', 'progress', '闲人', true],
  ])('%s', (_name, sheet, column, actor, may) => {
    expect(fault(sheet, column, actor) === null).toBe(may);
  });

  it('whoever fills it first, where the right is to change it', () => {
    expect([fault('scores', 'confirmed', '闲人'), fault('scores', 'confirmed', '专员', '2')]).toEqual([null, null]);
    expect(fault('scores', 'confirmed', '闲人', '2')).toBe('只有督办专员可以填写,「闲人」无权改动(x-8)');
  });

  it.each<[string, string, object | null, boolean]>([
    ['nobody but the office, the lead unit of an issued item', 'leadUnit', { status: '办理中' }, false], ['anybody, before it is issued', 'leadUnit', { status: '待批示' }, true],
    ['anybody, with a status nobody knows', 'leadUnit', { status: '快了' }, true], ['anybody, another column', 'progress', { status: '办理中' }, true], ['anybody, of no known row', 'leadUnit', null, true],
  ])('%s', (_name, column, row, may) => {
    expect(fault('items', column, '工程经理', '', row) === null).toBe(may);
    expect(fault('items', column, '专员', '', row)).toBeNull();
  });
});

describe('a decision belongs to', () => {
  /** Why somebody may not write a column of the last of some requests; null where he may. */
  const fault = (requests: readonly Partial<CellsOf<'requests'>>[], column: string, actor: string): string | null => {
    const workbook = office(requests);
    const found = decisionFault(workbook, workbook.sheets.requests.rows.at(-1)!, column, actor, ON);
    return found === null ? null : `${found.sentence}(${found.clause})`;
  };
  const first = { decision1: '同意', decision2: '同意' } as const;

  it.each<[string, readonly Partial<CellsOf<'requests'>>[], string, string, boolean]>([
    ['the first level', [{}], 'decision1', '分管', true], ['not the second at the first', [{}], 'decision1', '总经理甲', false], ['the second level', [{}], 'opinion2', '总经理甲', true],
    ['not the first at the second', [{}], 'decision2', '分管', false], ['who stands in', [{}], 'decision2', '副总', true], ['the last level beyond the levels there are', [{}], 'decision3', '总经理甲', true],
    ['not the first beyond', [{}], 'decision3', '分管', false], ['the one of the second 延期', [first, {}], 'decision1', '总经理甲', true], ['not the one of the first at the second 延期', [first, {}], 'decision1', '分管', false],
    ['who gets what is forwarded', [{ type: '分歧协调' }], 'decision2', '总经理甲', true], ['not the first for what is forwarded', [{ type: '分歧协调' }], 'decision2', '分管', false],
    ['the same level where nobody else gets it', [{ type: '协调' }], 'decision2', '分管', true],
    ['the head of the other unit', [{ type: '征求意见', otherUnit: '采购部' }], 'opinion1', '闲人', true], ['not the head of the lead unit', [{ type: '征求意见', otherUnit: '采购部' }], 'opinion1', '工程经理', false],
    ['any level, a reason for an exception', [{}], 'overrideReason', '总经理甲', true], ['any level, the granted limit', [{}], 'grantedLimit', '分管', true], ['nobody else, the granted limit', [{}], 'grantedLimit', '闲人', false],
    ['who gets what is forwarded, the granted limit', [{ type: '分歧协调' }], 'grantedLimit', '总经理甲', true],
    ['no stranger', [{}], 'decision1', '生人', false], ['anybody, another column', [{}], 'reason', '生人', true],
    ['anybody, where there is no such item', [{ itemId: 'X-9' }], 'decision1', '生人', true], ['anybody, where there is no such rule', [{ type: '暂停' }], 'decision1', '生人', true],
  ])('%s', (_name, requests, column, actor, may) => {
    expect(fault(requests, column, actor) === null).toBe(may);
  });

  it('is told to who may not', () => {
    expect(fault([{}], 'decision2', '分管')).toBe('应由副总批复,「分管」无权批复(x-1)');
  });

  describe('whom no 回避 keeps from it', () => {
    const entry = { person: '分管', against: '工程部', from: day('2026-03-10'), to: day('2026-03-16'), reason: '亲属' };
    const withEntry = (more: object, column: string, actor: string, on: Day | null = ON): string | null => {
      const workbook = office([{}], [{ ...entry, ...more }]);
      const found = decisionFault(workbook, workbook.sheets.requests.rows[0]!, column, actor, on);
      return found === null ? null : `${found.sentence}(${found.clause})`;
    };

    it.each<[string, object, boolean]>([
      ['the lead unit', {}, false], ['an assisting unit', { against: '采购部' }, false], ['the 承办人', { against: '经办' }, false], ['the head of the lead unit', { against: '工程经理' }, false],
      ['another unit', { against: '财务部' }, true], ['another person', { person: '闲人' }, true], ['until yesterday', { to: day('2026-03-15') }, true], ['from tomorrow', { from: day('2026-03-17'), to: null }, true],
      ['for good', { from: null, to: null }, false],
    ])('against %s', (_name, more, may) => {
      expect(withEntry(more, 'decision1', '分管') === null).toBe(may);
    });

    it('tells the reason, holds for that level alone, and asks nothing where the day is unknown', () => {
      expect(withEntry({}, 'decision1', '分管')).toBe('「分管」应回避(亲属),不能批复此申请(工作簿约定)');
      expect([withEntry({}, 'decision2', '副总'), withEntry({}, 'decision1', '分管', null)]).toEqual([null, null]);
    });

    it('gives way to the 代理人', () => {
      const substituted = { person: '总经理甲', from: null, to: null };
      expect([withEntry(substituted, 'decision2', '副总'), withEntry(substituted, 'decision2', '总经理甲')]).toEqual([null, '「总经理甲」应回避(亲属),不能批复此申请(工作簿约定)']);
    });

    it('in the chain: what he decided counts for nothing, and whoever is asked is told', () => {
      const decided = (more: object, recusals: readonly object[]): [string, string, string] => {
        const [state] = evaluateRequests(office([{ ...more }], recusals), 'X-1', null, moment('2026-03-16 10:00'));
        return [state!.outcome, state!.approverNow, state!.hint];
      };
      const signed = { approver1: '分管', decision1: '同意', decidedAt1: moment('2026-03-16 09:00') };
      expect(decided(signed, [])).toEqual(['审批中', '副总', '']);
      expect(decided(signed, [entry])).toEqual(['审批中', '分管领导', '分管应回避,又无代理人:请在「人员」表登记「代理人」(工作簿约定)']);
      expect(decided({ ...signed, decidedAt1: moment('2026-03-17 09:00') }, [entry])).toEqual(['审批中', '副总', '']);
      expect(decided({ ...signed, approver2: '总经理甲', decision2: '同意' }, [{ ...entry, person: '总经理甲', from: null, to: null }])).toEqual(['审批中', '副总', '二级审批人「总经理甲」无权批复,应由副总批复(x-1)']);
    });
  });
});
