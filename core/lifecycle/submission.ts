import type { Moment } from '../calendar/plain-date.ts';
import { matchesCondition } from '../policy/match-item.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { reviewedResult } from './guards.ts';

/**
 * When an item that is handed in now was really handed in: at the application of a 办结, and not before the head of the unit
 * signed where the regulation lets it count from then (company 7.2); null where only the time of the edit is known.
 */
export function handedInAt(workbook: Workbook, cells: CellsOf<'items'>, filedAt: Moment | null): Moment | null {
  const stamps = workbook.policy.guards.some(({ require, when }) => require.kind === 'head-reviewed' && require.stamps && matchesCondition(when, cells));
  if (!stamps) return filedAt;
  const signedAt = reviewedResult(workbook, cells.itemId)?.headReviewedAt ?? null;
  if (signedAt === null) return null;
  return filedAt === null || filedAt < signedAt ? signedAt : filedAt;
}
