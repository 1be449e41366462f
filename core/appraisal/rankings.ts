import type { Workbook } from '../workbook/parse-workbook.ts';
import { compareText } from '../workbook/directory.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { barredUnits } from './criticisms.ts';
import type { Period } from './periods.ts';
import { countsFor, rate, type Denominator, type UnitCounts } from './rates.ts';
import { round } from './round.ts';

/** One row of 排名 as it should stand. */
export type RankingRow = Pick<CellsOf<'rankings'>,
  'period' | 'group' | 'rank' | 'unit' | 'dueCount' | 'onTimeCount' | 'rate' | 'rateIssued' | 'rateDue' | 'extensionRate' | 'returnCount' | 'points' | 'coefficient' | 'excellentEligible' | 'awardEligible'>;

/** What a period's events mean for units beside their rate; null where the regulation knows no such thing. */
export interface UnitStanding {
  /** Sum of the month's 系数调整 by unit. */
  readonly coefficients: ReadonlyMap<string, number> | null;
  /** Units out of 评先. */
  readonly withoutAward: ReadonlySet<string> | null;
}

export const NOT_RANKED = '不排名';
/** Below every rate. */
const UNRANKED = -1;
/** The group of a policy that ranks all units together. */
export const ALL_UNITS = '全部单位';

/**
 * Ranks the units of a period by rate, each group apart where the policy says so. Shared rates share a rank (1, 1, 3);
 * units with fewer items than `rankMinimum` are listed 不排名. The order is total: group, rank, unit name.
 */
export function rankUnits(
  workbook: Workbook, period: Period, counts: ReadonlyMap<string, UnitCounts>, points: ReadonlyMap<string, number>, standing: UnitStanding,
): RankingRow[] {
  const minimum = workbook.parameters.number('rankMinimum', period.last) ?? 1;
  const denominator = denominatorOn(workbook, period);
  const groups = new Map<string, { unit: string; counts: UnitCounts; due: number; onTime: number; rate: number | null; order: number }[]>();
  for (const [unit, unitCounts] of counts) {
    const { due, onTime } = countsFor(unitCounts, denominator);
    const type = workbook.directory.unit(unit)?.type ?? '';
    const group = workbook.policy.rankByUnitType && type !== '' ? type : ALL_UNITS;
    const own = rate(onTime, due);
    const entry = { unit, counts: unitCounts, due, onTime, rate: own, order: own !== null && due >= minimum ? own : UNRANKED };
    const list = groups.get(group);
    if (list === undefined) groups.set(group, [entry]);
    else list.push(entry);
  }
  const barred = barredUnits(workbook, period.last);
  const rows: RankingRow[] = [];
  for (const [group, entries] of [...groups].sort((a, b) => compareText(a[0], b[0]))) {
    entries.sort((a, b) => b.order - a.order || compareText(a.unit, b.unit));
    for (const entry of entries) {
      rows.push({
        period: period.id, group, rank: entry.order === UNRANKED ? NOT_RANKED : String(entries.findIndex(({ order }) => order === entry.order) + 1), unit: entry.unit,
        dueCount: entry.due, onTimeCount: entry.onTime, rate: entry.rate,
        rateIssued: rate(entry.counts.issuedOnTime, entry.counts.issued), rateDue: rate(entry.counts.dueOnTime, entry.counts.due),
        extensionRate: rate(entry.counts.extended, entry.counts.due), returnCount: entry.counts.returned, points: points.get(entry.unit) ?? 0,
        coefficient: standing.coefficients === null ? null : round(1 + (standing.coefficients.get(entry.unit) ?? 0)),
        awardEligible: standing.withoutAward === null ? '' : standing.withoutAward.has(entry.unit) ? '否' : '是',
        excellentEligible: barred === null ? '' : barred.has(entry.unit) ? '否' : '是',
      });
    }
  }
  return rows;
}

/** All units of a period together. */
export function totalOf(rows: readonly RankingRow[]): { due: number; onTime: number; rate: number | null } {
  let due = 0;
  let onTime = 0;
  for (const row of rows) {
    due += row.dueCount ?? 0;
    onTime += row.onTimeCount ?? 0;
  }
  return { due, onTime, rate: due === 0 ? null : onTime / due };
}

/** A rate as letters and bulletins write it: two decimals, a dash where nothing was due. */
export function percentOf(value: number | null): string {
  return value === null ? '—' : `${(value * 100).toFixed(2)}%`;
}

export function denominatorOn(workbook: Workbook, period: Period): Denominator {
  const value = workbook.parameters.text('rateDenominator', period.last);
  return value === 'issued' || value === 'closed-or-due' ? value : 'due';
}
