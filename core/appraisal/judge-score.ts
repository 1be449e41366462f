import type { Moment } from '../calendar/plain-date.ts';
import { ChangeList } from '../plan/change-list.ts';
import { factsOfItems } from '../plan/facts-of-items.ts';
import { runClock, workbookOn } from '../plan/moment-of-run.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { periodLocks } from './locks.ts';
import { planScores } from './score-rows.ts';
import { desiredScores } from './scores.ts';

/**
 * Why a row of 考核计分 would not take effect with these cells filled in, in the words of the run that would find it; empty where
 * it would. Tried on the run's own planning of scores, so that a screen and the table judge alike.
 */
export function scoreFaults(read: Workbook, row: ParsedRow<'scores'>, filled: Partial<CellsOf<'scores'>>, now: Moment): readonly string[] {
  const clock = runClock(read, now, 'at-once');
  const known = workbookOn(read, clock.today);
  const { scores } = known.sheets;
  const tried = { ...row, cells: Object.create(row.cells, Object.fromEntries(Object.entries(filled).map(([key, value]) => [key, { value, enumerable: true }]))) as CellsOf<'scores'> };
  const workbook: Workbook = { ...known, sheets: { ...known.sheets, scores: { ...scores, rows: scores.rows.map((other) => (other === row ? tried : other)) } } };
  const facts = factsOfItems(workbook, clock);
  const locks = periodLocks(workbook, clock.today);
  const issues: Parameters<typeof planScores>[6] = [];
  planScores(workbook, desiredScores(workbook, [...facts.values()], locks, clock), facts, locks, clock, new ChangeList(), issues);
  return issues.filter(({ row: ref }) => ref === row.ref).map(({ message }) => message);
}
