import { describe, expect, it } from 'vitest';
import { directoryOf } from '../workbook/directory-fixture.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { parsePeriod } from './periods.ts';
import { denominatorOn, percentOf, rankUnits, totalOf, type RankingRow, type UnitStanding } from './rankings.ts';
import type { UnitCounts } from './rates.ts';

const MARCH = parsePeriod('2026-03')!;
const NONE: UnitCounts = { due: 0, dueOnTime: 0, issued: 0, issuedOnTime: 0, closedOrDue: 0, closedOrDueOnTime: 0, extended: 0, returned: 0 };
const UNITS = [{ name: '甲公司', type: '分(子)公司' }, { name: '乙公司', type: '分(子)公司' }, { name: '丙公司', type: '分(子)公司' }, { name: '丁部', type: '机关部室' }, { name: '新设站' }];

interface Office { readonly minimum?: number | null; readonly byType?: boolean; readonly denominator?: string }

function office({ minimum = 1, byType = false, denominator = 'due' }: Office = {}): Workbook {
  return {
    policy: { rankByUnitType: byType, scores: [] }, directory: directoryOf([], UNITS, null), parameters: { number: () => minimum, text: () => denominator },
  } as unknown as Workbook;
}

/** Ranks units of which so many were due and on time. */
function ranked(units: Readonly<Record<string, readonly [due: number, onTime: number]>>, settings: Office = {}): string[] {
  const counts = new Map(Object.entries(units).map(([unit, [due, dueOnTime]]) => [unit, { ...NONE, due, dueOnTime }]));
  return rankUnits(office(settings), MARCH, counts, new Map(), { coefficients: null, withoutAward: null }).map(({ group, rank, unit }) => `${group} ${rank} ${unit}`);
}

describe('units are ranked', () => {
  it('by rate; equal rates share a rank and stand by name, and the next rank is left out', () => {
    expect(ranked({ 丙公司: [4, 3], 乙公司: [10, 9], 甲公司: [20, 18], 丁部: [2, 2] })).toEqual(['全部单位 1 丁部', '全部单位 2 乙公司', '全部单位 2 甲公司', '全部单位 4 丙公司']);
  });

  it('not, but listed last, with fewer items than the least number', () => {
    expect(ranked({ 甲公司: [2, 2], 乙公司: [3, 0], 丙公司: [3, 3] }, { minimum: 3 })).toEqual(['全部单位 1 丙公司', '全部单位 2 乙公司', '全部单位 不排名 甲公司']);
  });

  it('not with nothing due, be the least number none', () => {
    expect(ranked({ 甲公司: [0, 0], 乙公司: [1, 0] }, { minimum: 0 })).toEqual(['全部单位 1 乙公司', '全部单位 不排名 甲公司']);
    expect(ranked({ 甲公司: [0, 0], 乙公司: [1, 0] }, { minimum: null })).toEqual(['全部单位 1 乙公司', '全部单位 不排名 甲公司']);
  });

  it('each kind apart where the regulation says so, in the order of the kinds; one of no kind, or unknown, with 全部单位', () => {
    const units = { 没登记: [1, 1], 新设站: [1, 0], 丁部: [1, 0], 甲公司: [2, 1], 乙公司: [1, 1] } as const;
    expect(ranked(units, { byType: true })).toEqual(['全部单位 1 没登记', '全部单位 2 新设站', '分(子)公司 1 乙公司', '分(子)公司 2 甲公司', '机关部室 1 丁部']);
    expect(ranked({ ...units, 新设站: [2, 1] }).length).toBe(5);
    expect(ranked({ 丁部: [1, 0], 甲公司: [2, 1] })).toEqual(['全部单位 1 甲公司', '全部单位 2 丁部']);
  });
});

describe('a row of 排名', () => {
  const row = (counts: Partial<UnitCounts>, standing: UnitStanding, points = new Map<string, number>(), settings: Office = {}): RankingRow =>
    rankUnits(office(settings), MARCH, new Map([['甲公司', { ...NONE, ...counts }]]), points, standing)[0]!;
  const counts = { due: 4, dueOnTime: 3, issued: 5, issuedOnTime: 2, closedOrDue: 8, closedOrDueOnTime: 4, extended: 1, returned: 2 };
  const nothing: UnitStanding = { coefficients: null, withoutAward: null };

  it('shows the three rates side by side, and ranks by the one of the office', () => {
    expect(row(counts, nothing)).toEqual({
      period: '2026-03', group: '全部单位', rank: '1', unit: '甲公司', dueCount: 4, onTimeCount: 3, rate: 0.75, rateIssued: 0.4, rateDue: 0.75, extensionRate: 0.25, returnCount: 2, points: 0,
      coefficient: null, awardEligible: '', excellentEligible: '',
    });
    expect(row(counts, nothing, new Map(), { denominator: 'issued' })).toMatchObject({ dueCount: 5, onTimeCount: 2, rate: 0.4, rateDue: 0.75 });
    expect(row(counts, nothing, new Map(), { denominator: 'closed-or-due' })).toMatchObject({ dueCount: 8, onTimeCount: 4, rate: 0.5 });
  });

  it('takes the coefficient off one, and says who is out of 评先', () => {
    expect(row(counts, { coefficients: new Map([['甲公司', -0.15]]), withoutAward: new Set(['甲公司']) }, new Map([['甲公司', -3]]))).toMatchObject({ coefficient: 0.85, awardEligible: '否', points: -3 });
    expect(row(counts, { coefficients: new Map(), withoutAward: new Set(['乙公司']) })).toMatchObject({ coefficient: 1, awardEligible: '是', points: 0 });
  });
});

describe('all units together', () => {
  it('are summed', () => {
    expect(totalOf([{ dueCount: 4, onTimeCount: 3 }, { dueCount: null, onTimeCount: null }, { dueCount: 6, onTimeCount: 5 }] as unknown as RankingRow[])).toEqual({ due: 10, onTime: 8, rate: 0.8 });
    expect(totalOf([])).toEqual({ due: 0, onTime: 0, rate: null });
  });

  it.each([[0.6667, '66.67%'], [0, '0.00%'], [null, '—']])('a rate of %s is written %s', (value, text) => {
    expect(percentOf(value)).toBe(text);
  });

  it.each([['issued', 'issued'], ['closed-or-due', 'closed-or-due'], ['due', 'due'], ['别的', 'due']])('the denominator %s is %s', (value, expected) => {
    expect(denominatorOn(office({ denominator: value }), MARCH)).toBe(expected);
  });
});
