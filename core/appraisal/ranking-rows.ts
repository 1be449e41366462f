import { yearOf, type Day } from '../calendar/plain-date.ts';
import { goLiveOf, toldSince } from '../lifecycle/go-live.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { ChangeList } from '../plan/change-list.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { PeriodLocks } from './locks.ts';
import { parsePeriod, periodBefore, periodOf, type Period, type PeriodKind } from './periods.ts';
import { countByUnit, countsFor, countsOf, type UnitCounts } from './rates.ts';
import { denominatorOn, NOT_RANKED, rankUnits, totalOf, type RankingRow } from './rankings.ts';
import { awardBars } from './sanctions.ts';
import { sumPoints, type StandingPoints } from './score-rows.ts';

export interface RankedPeriod {
  readonly period: Period;
  readonly rows: readonly RankingRow[];
  readonly counts: ReadonlyMap<string, UnitCounts>;
  /** All units together in the period before. */
  readonly before: { readonly rate: number | null };
}

/**
 * The periods whose ranking is kept: the last complete month, quarter and year and every other that ended since the
 * program first saw the table, as long as it is not locked; none that ended before 启用日. A ranking is due from the first working day after the end.
 */
export function periodsToRank(workbook: Workbook, facts: readonly ItemFacts[], clock: RunClock, locks: PeriodLocks): Period[] {
  if (facts.length === 0) return [];
  const since = toldSince(workbook, facts, clock);
  const goLive = goLiveOf(workbook);
  const periods: Period[] = [];
  for (const kind of ['month', 'quarter', 'year'] as const satisfies readonly PeriodKind[]) {
    let period = periodBefore(periodOf(kind, clock.today));
    if (clock.today < workbook.calendar.nextWorkingDay((period.last + 1) as Day)) period = periodBefore(period);
    let latest = true;
    while (latest || period.last >= since) {
      if (!locks.isLocked(period) && (goLive === null || period.last >= goLive)) periods.push(period);
      period = periodBefore(period);
      latest = false;
    }
  }
  return periods;
}

export function rankPeriods(
  workbook: Workbook, facts: readonly ItemFacts[], periods: readonly Period[], standing: readonly StandingPoints[], locks: PeriodLocks, clock: RunClock,
): RankedPeriod[] {
  const nameOf = unitNames(workbook);
  const befores = periods.map(periodBefore).filter((before) => !periods.some(({ id }) => id === before.id));
  const counted = [...periods, ...befores];
  const counts = countByUnit(facts, counted, nameOf);
  const signed = new Map(counted.map((period) => [period.id, signedRows(workbook, period, locks)]));
  const rateOf = new Map(counted.map((period, index) => {
    const rows = signed.get(period.id) ?? null;
    return [period.id, rows === null ? rateOfAll(workbook, period, counts[index]!) : totalOf(rows).rate];
  }));
  const hasCoefficients = workbook.policy.scores.some((rule) => rule.kind === 'coefficient');
  const bars = awardBars(workbook, facts, clock);
  return periods.map((period, index) => {
    const own = counts[index]!;
    // 系数 is a month's; a unit whose coefficient moved is listed even where nothing of it was due.
    const coefficients = hasCoefficients && period.kind === 'month' ? totalsByUnit(standing, period, 'coefficient', nameOf) : null;
    for (const unit of coefficients?.keys() ?? []) countsOf(own, unit);
    const withoutAward = bars === null ? null
      : new Set(bars.filter(({ on }) => on <= period.last && yearOf(on) === yearOf(period.last)).map(({ unit }) => nameOf(unit, period)));
    return { period, counts: own, before: { rate: rateOf.get(periodBefore(period).id) ?? null }, rows: signed.get(period.id) ?? rankUnits(workbook, period, own, totalsByUnit(standing, period, 'points', nameOf), { coefficients, withoutAward }) };
  });
}

/**
 * The ranking of a period as it was signed: what is locked stays, also once its items lie in a yearly archive. Null where the
 * period is open, or nothing of it was ranked.
 */
export function signedRows(workbook: Workbook, period: Period, locks: PeriodLocks): readonly RankingRow[] | null {
  if (!locks.isLocked(period)) return null;
  const rows = workbook.sheets.rankings.rows.filter(({ cells }) => cells.period === period.id).map(({ cells }) => cells);
  return rows.length === 0 ? null : rows;
}

function rateOfAll(workbook: Workbook, period: Period, counts: ReadonlyMap<string, UnitCounts>): number | null {
  const denominator = denominatorOn(workbook, period);
  let due = 0;
  let onTime = 0;
  for (const unit of counts.values()) {
    const own = countsFor(unit, denominator);
    due += own.due;
    onTime += own.onTime;
  }
  return due === 0 ? null : onTime / due;
}

/** Brings 排名 to the desired rows of the ranked periods; a unit that dropped out keeps its row with 应办数 0. */
export function planRankings(workbook: Workbook, ranked: readonly RankedPeriod[], changes: ChangeList): void {
  const sheet = workbook.sheets.rankings;
  const standing = new Map(sheet.rows.map((row) => [keyOf(row.cells), row]));
  const open = new Map(ranked.map(({ period }) => [period.id, period]));
  const left = new Set(sheet.rows.filter(({ cells }) => open.has(cells.period)));
  for (const { period, rows } of ranked) {
    for (const desired of rows) {
      const row = standing.get(keyOf(desired))
        ?? [...left].find(({ cells }) => cells.period === period.id && workbook.directory.unitNameOn(cells.unit, period.last) === desired.unit);
      if (row === undefined) {
        changes.append('rankings', desired, workbook.policy.clauses.ranking);
        continue;
      }
      left.delete(row);
      for (const [column, value] of Object.entries(desired) as [keyof RankingRow, string | number | null][]) {
        changes.want(sheet, row, null, column, value, workbook.policy.clauses.ranking);
      }
    }
  }
  for (const row of left) {
    for (const [column, value] of Object.entries(NOTHING_DUE)) changes.want(sheet, row, null, column as keyof typeof NOTHING_DUE, value, workbook.policy.clauses.ranking);
  }
}

const NOTHING_DUE = {
  rank: NOT_RANKED, dueCount: 0, onTimeCount: 0, rate: null, rateIssued: null, rateDue: null, extensionRate: null, returnCount: 0, points: 0, coefficient: null,
  excellentEligible: '', awardEligible: '',
} as const;

function keyOf(cells: Pick<CellsOf<'rankings'>, 'period' | 'unit'>): string {
  return `${cells.period}/${cells.unit}`;
}

/** What a unit is called at the end of a period (曾用名, 单位代码, 并入); a ledger has many rows and few units. */
function unitNames(workbook: Workbook): (unit: string, period: Period) => string {
  const known = new Map<string, string>();
  return (unit, period) => {
    const key = `${period.id}/${unit}`;
    let name = known.get(key);
    if (name === undefined) known.set(key, name = workbook.directory.unitNameOn(unit, period.last));
    return name;
  };
}

function totalsByUnit(
  standing: readonly StandingPoints[], period: Period, of: 'points' | 'coefficient', nameOf: (unit: string, period: Period) => string,
): Map<string, number> {
  const known = new Map<string, boolean>();
  return sumPoints(standing, ({ month, unit }) => {
    let inside = known.get(month);
    if (inside === undefined) {
      const own = parsePeriod(month);
      inside = own !== null && own.first >= period.first && own.last <= period.last;
      known.set(month, inside);
    }
    return inside ? nameOf(unit, period) : '';
  }, new Map<string, number>(), of);
}
