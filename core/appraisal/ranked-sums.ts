import { dayOf, type Moment } from '../calendar/plain-date.ts';
import { groupBy } from '../workbook/group-by.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { parsePeriod, periodBefore, periodOf } from './periods.ts';
import { round } from './round.ts';
import { countedCoefficient, countedPoints } from './scores.ts';
import type { StandingPoints } from './score-rows.ts';

/** A signed month in which a unit's rows of 考核计分 count other than what was ranked. */
interface RankedDifference {
  /** As `unitMonth` makes it. */
  readonly key: string;
  /** What brings the sum back to what was ranked. */
  readonly correction: StandingPoints;
  readonly note: string;
}

type UnitMonth = Pick<StandingPoints, 'unit' | 'month'>;
type Counted = Pick<StandingPoints, 'points' | 'coefficient'>;
const NOTHING: Counted = { points: 0, coefficient: 0 };

/** One key for a unit in a month, by whatever name a row calls it. */
export function unitMonth(workbook: Workbook, { unit, month }: UnitMonth): string {
  return `${month}/${workbook.directory.unitNameOn(unit, parsePeriod(month)!.last)}`;
}

/**
 * Where the sums of signed months, with `corrections`, are not what the signed 排名 says; none of before the month that the
 * program ranked at first, whose 排名 is people's own. `firstSeen`: when it saw the first item; null where it never ran.
 */
export function differencesToRanking(workbook: Workbook, isLocked: (month: string) => boolean, firstSeen: Moment | null, corrections: readonly StandingPoints[]): RankedDifference[] {
  if (firstSeen === null) return [];
  const since = periodBefore(periodOf('month', dayOf(firstSeen))).first;
  const ranked = workbook.sheets.rankings.rows.filter(({ cells: { period, unit } }) => unit !== '' && isLocked(period) && parsePeriod(period)!.kind === 'month' && parsePeriod(period)!.first >= since);
  if (ranked.length === 0) return [];
  const counted = sumsOf(workbook, isLocked, corrections);
  return [...groupBy(ranked, ({ cells: { period, unit } }) => unitMonth(workbook, { month: period, unit }))].flatMap(([key, rows]) => {
    const { period: month, unit } = rows[0]!.cells;
    const { points, coefficient } = counted.get(key) ?? NOTHING;
    // Units merged since are held against all that was ranked of them.
    const signed = { points: totalOf(rows.map(({ cells }) => cells.points)), coefficient: totalOf(rows.map(({ cells }) => (cells.coefficient === null ? null : cells.coefficient - 1))) };
    const missing = { points: signed.points === null ? 0 : round(signed.points - points), coefficient: signed.coefficient === null ? 0 : round(signed.coefficient - coefficient) };
    if (missing.points === 0 && missing.coefficient === 0) return [];
    const [is, was] = missing.points === 0 ? [`系数调整合计 ${String(coefficient)}`, signed.coefficient] : [`合计 ${String(points)}`, signed.points];
    return [{
      key, correction: { month, unit, itemId: '', ...missing, open: false },
      note: `「${unit}」${month} 的考核计分${is},签发的排名是 ${String(was)}:以签发的为准,之后的改动不作数,请改回;要更正请另起一行冲正`,
    }];
  });
}

/** What signed months count now, by unit and month. A ledger has many rows and few units: names are looked up once each. */
function sumsOf(workbook: Workbook, isLocked: (month: string) => boolean, corrections: readonly StandingPoints[]): ReadonlyMap<string, Counted> {
  const asNamed = new Map<string, Map<string, { points: number; coefficient: number }>>();
  const add = ({ month, unit }: UnitMonth, points: number, coefficient: number): void => {
    if (unit === '' || (points === 0 && coefficient === 0)) return;
    let units = asNamed.get(month);
    if (units === undefined) asNamed.set(month, units = new Map<string, { points: number; coefficient: number }>());
    const sum = units.get(unit);
    if (sum === undefined) units.set(unit, { points, coefficient });
    else {
      sum.points += points;
      sum.coefficient += coefficient;
    }
  };
  for (const { cells } of workbook.sheets.scores.rows) if (isLocked(cells.month)) add(cells, countedPoints(cells), countedCoefficient(cells));
  for (const correction of corrections) add(correction, correction.points, correction.coefficient);
  const sums = new Map<string, Counted>();
  for (const [month, units] of asNamed) {
    for (const [unit, { points, coefficient }] of units) {
      const key = unitMonth(workbook, { month, unit });
      const before = sums.get(key) ?? NOTHING;
      sums.set(key, { points: round(before.points + points), coefficient: round(before.coefficient + coefficient) });
    }
  }
  return sums;
}

/** Null where nothing was ranked. */
function totalOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : round(known.reduce((total, value) => total + value, 0));
}
