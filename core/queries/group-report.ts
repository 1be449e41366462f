import type { Moment } from '../calendar/plain-date.ts';
import type { Period } from '../appraisal/periods.ts';
import { denominatorOn, NOT_RANKED } from '../appraisal/rankings.ts';
import { countsFor, rate, type Denominator, type UnitCounts } from '../appraisal/rates.ts';
import { planReport } from '../plan/plan-report.ts';
import { parameterDefinitions } from '../policy/parameters.ts';
import { compareText } from '../workbook/directory.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** What one workbook of a group says of a period; small, so that hundreds of workbooks are read one after the other. */
export interface GroupMember {
  readonly name: string;
  readonly policyName: string;
  readonly denominator: Denominator;
  readonly rankMinimum: number;
  readonly clauses: GroupClauses;
  readonly units: readonly { readonly unit: string; readonly counts: UnitCounts; readonly late: number }[];
  readonly late: readonly GroupLateItem[];
}

/** The clause ids behind the figures, in the workbook's own regulation. */
export interface GroupClauses { readonly rate: string; readonly denominator: string; readonly ranking: string; readonly minimum: string; readonly lateness: string }

/** An item whose limit fell in the period and was missed; of a confidential one the number alone. */
export interface GroupLateItem {
  readonly workbook: string;
  readonly itemId: string;
  readonly title: string;
  readonly unit: string;
  readonly limit: Moment | null;
  readonly daysLate: number | null;
}

/** Rates are between 0 and 1; null: nothing was due. `rate` is by the denominator common to the group, `ownRate` by the workbook's own. */
export interface GroupFigures {
  readonly rank: string;
  readonly workbook: string;
  readonly dueCount: number;
  readonly onTimeCount: number;
  readonly rate: number | null;
  readonly ownRate: number | null;
  readonly lateCount: number;
  readonly extensionRate: number | null;
}

export interface GroupReport {
  readonly period: Period;
  /** The one by which all workbooks can be compared: their own where they agree, else by limit. */
  readonly denominator: Denominator;
  readonly workbooks: readonly GroupFigures[];
  readonly units: readonly (GroupFigures & { readonly unit: string })[];
  readonly late: readonly GroupLateItem[];
  readonly members: readonly GroupMember[];
}

/** A workbook's part in a group report: the same counts as its own `duban report` of the period. */
export function groupMember(name: string, workbook: Workbook, period: Period, now: Moment): GroupMember {
  const { ranked, late } = planReport(workbook, period, now);
  const unitName = (unit: string): string => workbook.directory.unitNameOn(unit, period.last);
  const lateBy = new Map<string, number>();
  for (const { unit } of late) lateBy.set(unitName(unit), (lateBy.get(unitName(unit)) ?? 0) + 1);
  const { policy } = workbook;
  // A reading that no article states stands on the article that wants the ranking.
  const clauseOf = (key: string): string => parameterDefinitions(policy).find((definition) => definition.key === key && definition.clause !== '')?.clause ?? policy.clauses.ranking;
  return {
    name, policyName: policy.name, denominator: denominatorOn(workbook, period), rankMinimum: workbook.parameters.number('rankMinimum', period.last) ?? 1,
    clauses: { rate: policy.clauses.rate, denominator: clauseOf('rateDenominator'), ranking: policy.clauses.ranking, minimum: clauseOf('rankMinimum'), lateness: policy.clauses.lateness },
    units: [...ranked.counts].map(([unit, counts]) => ({ unit, counts, late: lateBy.get(unit) ?? 0 })),
    late: late.map(({ id, unit, cells, assessed, daysLate }) => (cells.confidentiality === '保密' ? { workbook: name, itemId: id, title: '', unit: '', limit: null, daysLate: null }
      : { workbook: name, itemId: id, title: cells.title, unit: unitName(unit), limit: assessed, daysLate })),
  };
}

/**
 * Ranks the units, and the workbooks as wholes, across a group. Shared rates share a rank (1, 1, 3); a unit with fewer items than
 * its own regulation ranks, and a workbook in which nothing was due, is listed 不排名. The order is total: rate, workbook, unit.
 */
export function rankGroup(period: Period, members: readonly GroupMember[]): GroupReport {
  const [first] = members;
  const denominator = first !== undefined && members.every((member) => member.denominator === first.denominator) ? first.denominator : 'due';
  const units = members.flatMap((member) => member.units.map(({ unit, counts, late }) => ({ minimum: member.rankMinimum, row: { unit, ...figures(member, [counts], late, denominator) } })));
  const workbooks = members.map((member) => ({ minimum: 1, row: figures(member, member.units.map(({ counts }) => counts), member.units.reduce((sum, { late }) => sum + late, 0), denominator) }));
  return {
    period, denominator, members: [...members].sort((a, b) => compareText(a.name, b.name)),
    units: ranked(units), workbooks: ranked(workbooks),
    late: members.flatMap((member) => member.late).sort((a, b) => (b.daysLate ?? 0) - (a.daysLate ?? 0) || compareText(a.workbook, b.workbook) || compareText(a.itemId, b.itemId)),
  };
}

function figures({ name, denominator: own }: GroupMember, all: readonly UnitCounts[], lateCount: number, common: Denominator): Omit<GroupFigures, 'rank'> {
  const sum = (of: Denominator): { due: number; onTime: number } => all.map((counts) => countsFor(counts, of)).reduce((a, b) => ({ due: a.due + b.due, onTime: a.onTime + b.onTime }), { due: 0, onTime: 0 });
  const { due, onTime } = sum(common);
  const owned = sum(own);
  return {
    workbook: name, dueCount: due, onTimeCount: onTime, rate: rate(onTime, due), ownRate: rate(owned.onTime, owned.due), lateCount,
    extensionRate: rate(all.reduce((total, { extended }) => total + extended, 0), sum('due').due),
  };
}

interface Rankable { readonly workbook: string; readonly unit?: string; readonly dueCount: number; readonly rate: number | null }

function ranked<T extends Rankable>(entries: readonly { readonly minimum: number; readonly row: T }[]): (T & { rank: string })[] {
  const weighed = entries.map(({ minimum, row }) => ({ row, weight: row.rate !== null && row.dueCount >= minimum ? row.rate : -1 }))
    .sort((a, b) => b.weight - a.weight || compareText(a.row.workbook, b.row.workbook) || compareText(a.row.unit ?? '', b.row.unit ?? ''));
  return weighed.map(({ row, weight }) => ({ ...row, rank: weight < 0 ? NOT_RANKED : String(weighed.findIndex((other) => other.weight === weight) + 1) }));
}
