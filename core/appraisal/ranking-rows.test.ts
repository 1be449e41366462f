import { describe, expect, it } from 'vitest';
import { dayOf, day, endOfDay, moment } from '../calendar/plain-date.ts';
import { createCalendar } from '../calendar/working-calendar.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { directoryOf } from '../workbook/directory-fixture.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { PeriodLocks } from './locks.ts';
import { parsePeriod } from './periods.ts';
import { periodsToRank, rankPeriods, type RankedPeriod } from './ranking-rows.ts';
import type { StandingPoints } from './score-rows.ts';

interface Office { readonly now: string; readonly seen: string; readonly goLive?: string; readonly lockedThrough?: string }

function ranked({ now, seen, goLive, lockedThrough }: Office, items = 1): string[] {
  const at = moment(now);
  const workbook = { index: { vanished: new Map() }, calendar: createCalendar([]), parameters: { day: () => (goLive === undefined ? null : day(goLive)) } } as unknown as Workbook;
  const locked = lockedThrough === undefined ? -Infinity : parsePeriod(lockedThrough)!.last;
  const locks: PeriodLocks = { lockedThrough: null, isLocked: (period) => period.last <= locked };
  const facts = Array.from({ length: items }, () => ({ toldFrom: day(seen) }) as unknown as ItemFacts);
  return periodsToRank(workbook, facts, { now: at, today: dayOf(at), stamp: at, digestsDue: true }, locks).map(({ id }) => id);
}

describe('periods to rank', () => {
  it.each<[string, Office, string[]]>([
    ['the latest month, quarter and year that ended, for a table seen today', { now: '2026-04-01 09:00', seen: '2026-04-01' }, ['2026-03', '2026Q1', '2025']],
    ['the months since the table was first seen, its first one included', { now: '2026-04-01 09:00', seen: '2026-02-28' }, ['2026-03', '2026-02', '2026Q1', '2025']],
    ['a month that ended the day before the first sight is past', { now: '2026-04-01 09:00', seen: '2026-03-01' }, ['2026-03', '2026Q1', '2025']],
    ['before the first working day after its end a month waits: 2026-05-06 after the holidays', { now: '2026-05-05 09:00', seen: '2026-05-05' }, ['2026-03', '2026Q1', '2025']],
    ['on that day it is ranked', { now: '2026-05-06 09:00', seen: '2026-05-06' }, ['2026-04', '2026Q1', '2025']],
    ['what is locked is left alone', { now: '2026-04-01 09:00', seen: '2026-01-15', lockedThrough: '2026-02' }, ['2026-03', '2026Q1']],
    ['a month that ends on 启用日 is ranked, one that ended before is not', { now: '2026-04-01 09:00', seen: '2026-01-15', goLive: '2026-02-28' }, ['2026-03', '2026-02', '2026Q1']],
    ['a month that ended the day before 启用日 is not', { now: '2026-04-01 09:00', seen: '2026-01-15', goLive: '2026-03-01' }, ['2026-03', '2026Q1']],
  ])('%s', (_name, settings, expected) => {
    expect(ranked(settings)).toEqual(expected);
  });

  it('a table without items ranks nothing', () => {
    expect(ranked({ now: '2026-04-01 09:00', seen: '2026-04-01' }, 0)).toEqual([]);
  });
});

describe('the ranking of a period', () => {
  const clock = { now: moment('2026-04-01 09:00'), today: day('2026-04-01'), stamp: moment('2026-04-01 09:00'), digestsDue: true };
  /** So many items of 甲科 due on a day, of which so many were on time. */
  const due = (on: string, all: number, onTime: number): ItemFacts[] => Array.from({ length: all }, (_, index) => ({
    id: `${on}/${String(index)}`, unit: '甲科', status: '待审核', counted: true, dueBeforeGoLive: false, assessed: endOfDay(day(on)), issuedAt: null, closedAt: null, extensionCount: 0, requests: [],
    onTime: index < onTime ? '是' : '否', cells: { returnReason: '' },
  }) as unknown as ItemFacts);

  const OPEN: PeriodLocks = { lockedThrough: null, isLocked: () => false };
  const SIGNED: PeriodLocks = { lockedThrough: day('2026-02-28'), isLocked: ({ last }) => last <= day('2026-02-28') };

  function ranking(facts: readonly ItemFacts[], periods: readonly string[], standing: readonly Partial<StandingPoints>[] = [], kinds: readonly string[] = [], signed: readonly object[] | null = null): readonly RankedPeriod[] {
    const workbook = {
      policy: { rankByUnitType: false, scores: kinds.map((kind) => ({ kind })) }, directory: directoryOf([], [{ name: '甲科', formerNames: '旧甲科' }], null),
      parameters: { number: () => 1, text: () => 'due' }, sheets: { rankings: { rows: (signed ?? []).map((cells) => ({ cells })) } },
    } as unknown as Workbook;
    const points = standing.map((row) => ({ unit: '甲科', itemId: '', points: 0, coefficient: 0, open: false, ...row }) as StandingPoints);
    return rankPeriods(workbook, facts, periods.map((id) => parsePeriod(id)!), points, signed === null ? OPEN : SIGNED, clock);
  }

  it('knows what all units came to in the period before, be that one ranked as well or not', () => {
    const facts = [...due('2026-01-20', 2, 1), ...due('2026-02-20', 4, 3), ...due('2026-03-20', 2, 2)];
    expect(ranking(facts, ['2026-03', '2026-02', '2026Q1']).map(({ period, before }) => [period.id, before.rate])).toEqual([['2026-03', 0.75], ['2026-02', 0.5], ['2026Q1', null]]);
  });

  it('and that of a period that is locked as it was signed', () => {
    const facts = [...due('2026-02-20', 4, 3), ...due('2026-03-20', 2, 2)];
    const signed = [{ period: '2026-02', unit: '甲科', dueCount: 5, onTimeCount: 2 }, { period: '2026-02', unit: '乙科', dueCount: 5, onTimeCount: 4 }, { period: '2026-01', unit: '甲科', dueCount: 1, onTimeCount: 1 }];
    const before = (rankings: readonly object[]): (number | null)[] => ranking(facts, ['2026-03', '2026-02'], [], [], rankings).map((period) => period.before.rate);
    // Of a locked period of which nothing was ranked the items still tell.
    expect([before(signed), before(signed.slice(2)), before([])]).toEqual([[0.6, 1], [0.75, 1], [0.75, null]]);
    expect(ranking(facts, ['2026-02'], [], [], signed)[0]!.rows.map(({ unit, dueCount }) => [unit, dueCount])).toEqual([['甲科', 5], ['乙科', 5]]);
  });

  it('sums points of all its months by the unit as it is called, and coefficients of a month alone', () => {
    const standing = [
      { month: '2026-03', points: -2, coefficient: -0.05 }, { month: '2026-02', points: -1, coefficient: -0.1 }, { month: '2026-03', unit: '旧甲科', points: -4 }, { month: '2026-04', points: -8 },
      { month: '三月', points: -16 }, { month: '2026-03', unit: '', points: -32 }, { month: '2026Q1', points: 0, coefficient: 0 },
    ];
    const found = ranking(due('2026-03-20', 1, 1), ['2026-03', '2026Q1'], standing, ['coefficient']);
    expect(found.map(({ rows }) => rows.map(({ unit, points, coefficient }) => [unit, points, coefficient]))).toEqual([[['甲科', -6, 0.95]], [['甲科', -7, null]]]);
  });

  it('lists a unit whose coefficient moved though nothing of it was due, and no other', () => {
    const moved = [{ month: '2026-03', unit: '乙科', coefficient: -0.05 }, { month: '2026-03', unit: '丙科', points: -1 }];
    expect(ranking([], ['2026-03'], moved, ['coefficient'])[0]!.rows.map(({ unit, rank, coefficient }) => [unit, rank, coefficient])).toEqual([['乙科', '不排名', 0.95]]);
    expect(ranking([], ['2026-03'], moved, ['late-day'])[0]!.rows).toEqual([]);
  });
});
