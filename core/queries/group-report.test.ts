import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOT_RANKED } from '../appraisal/rankings.ts';
import { parsePeriod } from '../appraisal/periods.ts';
import type { Denominator, UnitCounts } from '../appraisal/rates.ts';
import { rankGroup, type GroupMember } from './group-report.ts';

const MARCH = parsePeriod('2026-03')!;
const CLAUSES = { rate: 'r', denominator: 'd', ranking: 'k', minimum: 'm', lateness: 'l' };

function member(name: string, units: Readonly<Record<string, readonly [due: number, onTime: number]>>, { denominator = 'due', rankMinimum = 1 }: { denominator?: Denominator; rankMinimum?: number } = {}): GroupMember {
  return { name, policyName: name, denominator, rankMinimum, clauses: CLAUSES, late: [], units: Object.entries(units).map(([unit, [due, onTime]]) => ({ unit, late: due - onTime, counts: countsOf(due, onTime) })) };
}

/** By issue twice as many as by limit, all of the others late. */
function countsOf(due: number, onTime: number): UnitCounts {
  return { due, dueOnTime: onTime, issued: due * 2, issuedOnTime: onTime, closedOrDue: due, closedOrDueOnTime: onTime, extended: Math.min(1, due), returned: 0 };
}

const figures = (report: ReturnType<typeof rankGroup>): (string | number | null)[][] => report.units.map(({ rank, workbook, unit, rate }) => [rank, workbook, unit, rate]);

describe('a group report', () => {
  it('ranks the units of all workbooks together; shared rates share a rank, few items bear none', () => {
    const report = rankGroup(MARCH, [member('乙', { 办公室: [4, 2], 财务: [2, 2] }), member('甲', { 办公室: [10, 10], 工程: [1, 1] }, { rankMinimum: 3 })]);
    expect(figures(report)).toEqual([['1', '乙', '财务', 1], ['1', '甲', '办公室', 1], ['3', '乙', '办公室', 0.5], [NOT_RANKED, '甲', '工程', 1]]);
    expect(report.workbooks.map(({ rank, workbook, dueCount, rate, lateCount }) => [rank, workbook, dueCount, rate, lateCount])).toEqual([['1', '甲', 11, 1, 0], ['2', '乙', 6, 0.6667, 2]]);
  });

  it('compares by the denominator that all share, else by limit, and tells each workbook\'s own beside', () => {
    const issued = { denominator: 'issued' } as const;
    expect(rankGroup(MARCH, [member('甲', { 一: [4, 2] }, issued), member('乙', { 二: [4, 4] }, issued)])).toMatchObject({ denominator: 'issued', units: [{ rate: 0.5 }, { rate: 0.25 }] });
    expect(rankGroup(MARCH, [member('甲', { 一: [4, 2] }, issued), member('乙', { 二: [4, 4] })])).toMatchObject({ denominator: 'due', units: [{ rate: 1, ownRate: 1 }, { rate: 0.5, ownRate: 0.25 }] });
  });

  it('a workbook in which nothing was due bears no rank; no workbook is no report', () => {
    expect(rankGroup(MARCH, [member('空', {}), member('甲', { 一: [1, 0] })]).workbooks.map(({ rank, workbook, rate }) => [rank, workbook, rate])).toEqual([['1', '甲', 0], [NOT_RANKED, '空', null]]);
    expect(rankGroup(MARCH, [])).toMatchObject({ workbooks: [], units: [], late: [] });
  });

  it('does not depend on the order of the workbooks; sums agree; a better rate never ranks lower', () => {
    const counts = fc.nat(6).chain((due) => fc.tuple(fc.constant(due), fc.nat(due)));
    const members = fc.uniqueArray(fc.tuple(fc.string({ minLength: 1, maxLength: 4 }), fc.dictionary(fc.constantFrom('一', '二', '三', '四'), counts)), { selector: ([name]) => name, maxLength: 5 })
      .map((all) => all.map(([name, units]) => member(name, units)));
    fc.assert(fc.property(members.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))), ([all, shuffled]) => {
      const report = rankGroup(MARCH, all);
      expect(rankGroup(MARCH, shuffled)).toEqual(report);
      for (const { workbook, dueCount, onTimeCount } of report.workbooks) {
        const own = report.units.filter((row) => row.workbook === workbook);
        expect([dueCount, onTimeCount]).toEqual([own.reduce((sum, row) => sum + row.dueCount, 0), own.reduce((sum, row) => sum + row.onTimeCount, 0)]);
      }
      const placed = report.units.filter(({ rank }) => rank !== NOT_RANKED);
      for (const row of placed) expect(Number(row.rank)).toBe(1 + placed.filter((other) => other.rate! > row.rate!).length);
    }));
  });
});
