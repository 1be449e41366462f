import { formatLimit, formatMoment } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { titleFor } from '../notices/recipients.ts';
import type { Lookup } from '../workbook/by-item.ts';
import { compareText } from '../workbook/directory.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { denominatorOn } from './rankings.ts';
import type { RankedPeriod } from './ranking-rows.ts';
import { isDueIn } from './rates.ts';
import { round } from './round.ts';
import type { StandingPoints } from './score-rows.ts';
import { countedCoefficient, countedPoints } from './scores.ts';

/** 考核确认表: what a unit signs for a month. */
export interface ConfirmationSheet {
  readonly unit: string;
  readonly head: string;
  readonly dueCount: number;
  readonly onTimeCount: number;
  readonly rate: number | null;
  readonly items: readonly ConfirmedItem[];
  readonly scores: readonly ConfirmedScore[];
  /** Sums of points, and of what they take off the coefficient. */
  readonly proposed: number;
  readonly counted: number;
  readonly coefficient: number;
}

/** One of the unit's 应办 of the month; a confidential one by number alone. */
export interface ConfirmedItem {
  readonly itemId: string;
  readonly title: string;
  readonly limit: string;
  /** 上报办结时间, '' where it was not submitted. */
  readonly submitted: string;
  readonly onTime: string;
  readonly daysLate: number | null;
}

export interface ConfirmedScore {
  readonly itemId: string;
  readonly title: string;
  readonly person: string;
  readonly reason: string;
  readonly working: string;
  readonly clause: string;
  readonly proposed: number | null;
  /** Set where the row moves the unit's coefficient instead of points. */
  readonly coefficient: number | null;
  readonly confirmed: number | null;
  readonly status: string;
}

/**
 * One sheet for each unit with rows of 考核计分 in the month as they stand in the workbook; withdrawn ones are left out. `corrections`
 * bring what was changed after the month was signed back to what was signed: a line each.
 */
export function confirmationSheets(workbook: Workbook, facts: Lookup<ItemFacts>, { period, rows }: RankedPeriod, corrections: readonly StandingPoints[]): ConfirmationSheet[] {
  const byUnit = new Map<string, CellsOf<'scores'>[]>();
  const nameOf = (unit: string): string => workbook.directory.unitNameOn(unit, period.last);
  for (const { cells } of workbook.sheets.scores.rows) {
    if (cells.month !== period.id || cells.status === '撤销') continue;
    const unit = nameOf(cells.unit || workbook.directory.person(cells.person)?.unit || '');
    const own = byUnit.get(unit);
    if (own === undefined) byUnit.set(unit, [cells]);
    else own.push(cells);
  }
  const denominator = denominatorOn(workbook, period);
  return [...byUnit].sort(([a], [b]) => compareText(a, b)).map(([unit, scores]): ConfirmationSheet => {
    const counts = rows.find((row) => row.unit === unit);
    const restored = corrections.filter(({ month, unit: of }) => month === period.id && nameOf(of) === unit);
    const sum = (values: readonly number[]): number => round(values.reduce((total, value) => total + value, 0));
    return {
      unit, head: workbook.directory.present(workbook.directory.unit(unit)?.head ?? ''),
      dueCount: counts?.dueCount ?? 0, onTimeCount: counts?.onTimeCount ?? 0, rate: counts?.rate ?? null,
      items: itemsOf([...facts.values()].filter((item) => nameOf(item.unit) === unit && isDueIn(item, period, denominator))),
      scores: [...scores.sort((a, b) => compareText(a.scoreId, b.scoreId)).map((cells) => scoreLine(cells, facts)), ...restored.map((correction) => restoredLine(correction, facts))],
      proposed: sum(scores.map((cells) => (cells.coefficient === null ? cells.proposed ?? 0 : 0))),
      counted: sum([...scores.map(countedPoints), ...restored.map(({ points }) => points)]),
      coefficient: sum([...scores.map(countedCoefficient), ...restored.map(({ coefficient }) => coefficient)]),
    };
  });
}

function itemsOf(items: readonly ItemFacts[]): ConfirmedItem[] {
  return [...items].sort((a, b) => compareText(a.id, b.id)).map((item) => ({
    itemId: item.id, title: titleFor(item), limit: item.assessed === null ? '' : formatLimit(item.assessed),
    submitted: item.submittedAt === null ? '' : formatMoment(item.submittedAt), onTime: item.onTime, daysLate: item.daysLate,
  }));
}

function restoredLine({ itemId, points, coefficient }: StandingPoints, facts: Lookup<ItemFacts>): ConfirmedScore {
  const item = facts.get(itemId);
  return {
    itemId, title: item === undefined ? '' : titleFor(item), person: '', reason: '签发后的改动不作数', working: '按签发的分值计', clause: '', status: '生效',
    proposed: null, coefficient: points === 0 ? coefficient : null, confirmed: points === 0 ? coefficient : points,
  };
}

function scoreLine(cells: CellsOf<'scores'>, facts: Lookup<ItemFacts>): ConfirmedScore {
  const item = facts.get(cells.itemId);
  const { itemId, person, reason, working, clause, proposed, coefficient, confirmed, status } = cells;
  return { itemId, title: item === undefined ? '' : titleFor(item), person, reason, working, clause, proposed, coefficient, confirmed, status };
}
