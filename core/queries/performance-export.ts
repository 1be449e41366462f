import { countedCoefficient, countedPoints } from '../appraisal/scores.ts';
import { compareText } from '../workbook/directory.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** One line for the performance scheme of a month (bus 6, 15.1): what counts, why, and the task that goes with it. */
export interface PerformanceLine {
  readonly month: string;
  readonly kind: '计分' | '问责';
  readonly unit: string;
  readonly person: string;
  readonly itemId: string;
  readonly reason: string;
  readonly points: number;
  readonly coefficient: number;
  readonly clause: string;
  /** Whether it is in force; a line that waits for a person has no points yet. */
  readonly settled: boolean;
}

/** The scores of a month and the accountability tasks of that month, as they stand in the workbook; withdrawn ones left out. */
export function performanceExport(workbook: Workbook, month: string): PerformanceLine[] {
  const scores = workbook.sheets.scores.rows.filter(({ cells }) => cells.month === month && cells.status !== '撤销').map(({ cells }): PerformanceLine => ({
    month, kind: '计分', unit: cells.unit, person: cells.person, itemId: cells.itemId, reason: cells.reason, points: countedPoints(cells),
    coefficient: countedCoefficient(cells), clause: cells.clause, settled: cells.status === '生效',
  }));
  const tasks = workbook.sheets.sanctions.rows.filter(({ cells }) => cells.period === month && cells.status !== '撤销').map(({ cells }): PerformanceLine => ({
    month, kind: '问责', unit: cells.unit, person: cells.person, itemId: cells.itemId, reason: cells.type, points: 0, coefficient: 0, clause: cells.clause,
    settled: cells.status === '已批准' || cells.status === '已执行',
  }));
  return [...scores, ...tasks].sort((a, b) => compareText(a.kind, b.kind) || compareText(a.unit, b.unit) || compareText(a.itemId, b.itemId) || compareText(a.reason, b.reason));
}
