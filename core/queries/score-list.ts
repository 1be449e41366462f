import { round } from '../appraisal/round.ts';
import { countedPoints } from '../appraisal/scores.ts';
import { compareText } from '../workbook/directory.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** A row of 考核计分 as a query shows it: where it came from, who stands behind it, what it counts (platform-4c). */
export interface ScoreLine {
  readonly cells: CellsOf<'scores'>;
  readonly actor: string;
  readonly points: number;
}

/** The scores of a month (blank: all), those of one person where named, by month and number. */
export function scoreList(workbook: Workbook, month: string, person: string | null): ScoreLine[] {
  return workbook.sheets.scores.rows
    .filter(({ cells }) => (month === '' || cells.month === month) && (person === null || cells.person === person))
    .map(({ cells }): ScoreLine => ({ cells, actor: cells.origin === '手动' ? cells.confirmedBy : '系统', points: countedPoints(cells) }))
    .sort((a, b) => compareText(a.cells.month, b.cells.month) || compareText(a.cells.scoreId, b.cells.scoreId));
}

/** A person's own points of a month and what they are made of (platform-6d-1). */
export function ownScores(workbook: Workbook, person: string, month: string): { readonly total: number; readonly lines: readonly ScoreLine[] } {
  const lines = person === '' ? [] : scoreList(workbook, month, person);
  return { total: round(lines.reduce((sum, line) => sum + line.points, 0)), lines };
}
