import type { Moment } from '../calendar/plain-date.ts';
import type { ChangeList } from '../plan/change-list.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { Lookup } from '../workbook/by-item.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { RowIssue } from '../workbook/issue.ts';
import { lockedMonths, type PeriodLocks } from './locks.ts';
import { appealStatus } from './appeals.ts';
import { isReversal, lockedReviewHint, planReversals, proposeReversals } from './reversals.ts';
import { isManualScore, manualIds, planManualScore } from './manual-scores.ts';
import { round } from './round.ts';
import { countedCoefficient, countedPoints, type Score } from './scores.ts';

/** What one row of 考核计分 counts once this run is applied. */
export interface StandingPoints {
  readonly month: string;
  readonly unit: string;
  readonly itemId: string;
  readonly points: number;
  /** What it takes off the unit's coefficient of the month. */
  readonly coefficient: number;
  /** Waits for a person: 建议 or 待认定. */
  readonly open: boolean;
}

type StandingScore = Pick<CellsOf<'scores'>, 'month' | 'unit' | 'itemId' | 'origin' | 'status' | 'proposed' | 'confirmed' | 'coefficient' | 'reason'>;

/**
 * Brings 考核计分 to the desired scores: new rows appended, growing ones updated in place, ones that no longer hold
 * withdrawn (never deleted). Rows of a locked month stand. Returns what counts afterwards.
 */
export function planScores(
  workbook: Workbook, desired: readonly Score[], facts: Lookup<ItemFacts>, locks: PeriodLocks, clock: RunClock, changes: ChangeList, issues: RowIssue[],
): StandingPoints[] {
  const standing: StandingPoints[] = [];
  const stands = (cells: StandingScore): void => {
    standing.push({ month: cells.month, unit: cells.unit, itemId: cells.itemId, points: countedPoints(cells), coefficient: countedCoefficient(cells), open: isOpen(cells.status) });
  };
  const wanted = new Map(desired.map((score) => [score.scoreId, score]));
  const isLocked = lockedMonths(locks);
  // Of rows with one id the last is the program's own.
  const present = new Map<string, ParsedRow<'scores'>>();
  for (const row of workbook.sheets.scores.rows) if (wanted.has(row.cells.scoreId)) present.set(row.cells.scoreId, row);
  for (const score of desired) {
    if (present.has(score.scoreId)) continue;
    changes.append('scores', newRow(score), score.clause);
    stands({ ...score, origin: '自动', confirmed: null, coefficient: score.coefficient ?? null });
  }
  const ids = manualIds(workbook, clock);
  const reversing: ParsedRow<'scores'>[] = [];
  for (const row of workbook.sheets.scores.rows) {
    const { cells } = row;
    if (isReversal(cells)) {
      reversing.push(row);
      continue;
    }
    if (isManualScore(cells)) {
      stands(planManualScore(workbook, row, ids.get(row.ref), facts.get(cells.itemId), isLocked, clock, changes, issues));
      continue;
    }
    const score = wanted.get(cells.scoreId);
    const ours = cells.origin === '自动' && cells.scoreId !== '' && (score === undefined || present.get(cells.scoreId) === row);
    if (isLocked(cells.month)) lockedReviewHint(workbook, row, issues);
    if (!ours || isLocked(cells.month)) stands(cells);
    else if (score !== undefined) stands(updateRow(workbook, row, score, facts.get(score.itemId), clock, changes, issues));
    else if (cells.status !== '撤销') withdrawRow(workbook, row, changes);
  }
  const reversals = planReversals(workbook, reversing, ids, isLocked, clock, changes, issues);
  for (const reversal of reversals.values()) stands(reversal);
  for (const row of proposeReversals(workbook, facts, locks, isLocked, reversals, clock, changes)) stands(row);
  return standing;
}

/** Sums what counts, by item or by unit, into `totals`. */
export function sumPoints<T extends { get(key: string): number | undefined; set(key: string, sum: number): unknown }>(
  standing: readonly StandingPoints[], keyOf: (row: StandingPoints) => string, totals: T, of: 'points' | 'coefficient' = 'points',
): T {
  for (const row of standing) {
    if (row[of] === 0) continue;
    const key = keyOf(row);
    if (key !== '') totals.set(key, round((totals.get(key) ?? 0) + row[of]));
  }
  return totals;
}

function withdrawRow(workbook: Workbook, row: ParsedRow<'scores'>, changes: ChangeList): void {
  const { cells } = row;
  changes.want(workbook.sheets.scores, row, cells.scoreId, 'status', '撤销', cells.clause);
  changes.want(workbook.sheets.scores, row, cells.scoreId, 'working', `${cells.working};现已不符合扣分条件,撤销`, cells.clause);
}

function newRow(score: Score): Partial<CellsOf<'scores'>> {
  return {
    scoreId: score.scoreId, month: score.month, unit: score.unit, person: score.person, itemId: score.itemId, origin: '自动', reason: score.reason,
    proposed: score.proposed, coefficient: score.coefficient ?? null, working: score.working, clause: score.clause, status: score.status,
  };
}

function updateRow(
  workbook: Workbook, row: ParsedRow<'scores'>, score: Score, item: ItemFacts | undefined, clock: RunClock, changes: ChangeList, issues: RowIssue[],
): StandingScore {
  const { cells } = row;
  const sheet = workbook.sheets.scores;
  const id = cells.scoreId;
  // A meeting's time is for people to write.
  const confirmedAt = cells.confirmedAt ?? (cells.confirmed !== null && score.afterMeeting !== true ? clock.stamp : null);
  const settled = cells.confirmed !== null || cells.appealResult !== '';
  const next = {
    // It follows its item to the unit that a 更正 named, not to one that was merely typed over the other.
    month: cells.month, unit: item?.accountedUnit === score.unit ? score.unit : cells.unit, itemId: cells.itemId, origin: cells.origin,
    proposed: cells.proposed, confirmed: cells.confirmed, coefficient: cells.coefficient, reason: cells.reason, status: statusOf(workbook, row, score, confirmedAt, clock, issues),
  };
  // A row that waits because its time was inferred keeps its words: the next run no longer knows it was.
  if (!settled && !(cells.status === '待认定' && cells.proposed === score.proposed)) {
    next.proposed = score.proposed;
    next.coefficient = score.coefficient ?? null;
    changes.want(sheet, row, id, 'coefficient', next.coefficient, score.clause);
    changes.want(sheet, row, id, 'clause', score.clause, score.clause);
    changes.want(sheet, row, id, 'proposed', score.proposed, score.clause);
    changes.want(sheet, row, id, 'working', score.working, score.clause);
  }
  changes.want(sheet, row, id, 'unit', next.unit, score.clause);
  changes.want(sheet, row, id, 'status', next.status, score.clause);
  if (cells.confirmedAt === null && confirmedAt !== null) changes.want(sheet, row, id, 'confirmedAt', confirmedAt, score.clause);
  if (cells.appealResult !== '' && cells.reviewedAt === null) changes.want(sheet, row, id, 'reviewedAt', clock.stamp, score.clause);
  return next;
}

function statusOf(workbook: Workbook, row: ParsedRow<'scores'>, score: Score, confirmedAt: Moment | null, clock: RunClock, issues: RowIssue[]): string {
  const { cells } = row;
  const appealed = appealStatus(workbook, row, score.movedOn, confirmedAt, clock, issues);
  if (appealed !== null) return appealed;
  if (cells.confirmed !== null) {
    if (score.afterMeeting === true && (cells.confirmedBy === '' || cells.confirmedAt === null)) {
      issues.push({
        code: 'points-out-of-range', severity: 'hint', sheet: workbook.sheets.scores.name, row: row.ref, column: '确认人', value: '',
        message: `「${cells.scoreId}」未生效:会议通过后请填「确认人」和会议时间(确认时间)(${score.clause})`, because: score.clause,
      });
      return '建议';
    }
    const points = Math.abs(cells.confirmed);
    if (score.range === null || (points >= score.range.min && points <= score.range.max)) return '生效';
    issues.push({
      code: 'points-out-of-range', severity: 'hint', sheet: workbook.sheets.scores.name, row: row.ref, column: '确认分值',
      value: String(cells.confirmed),
      message: `确认分值 ${cells.confirmed} 不在 ${score.range.min}-${score.range.max} 分内,未生效:请改填(${score.clause})`, because: score.clause,
    });
    return '建议';
  }
  // Lateness that once rested on an inferred time stays open until a person decides.
  return cells.status === '待认定' ? '待认定' : score.status;
}

function isOpen(status: string): boolean {
  return status === '建议' || status === '待认定';
}
