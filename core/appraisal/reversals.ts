import { dayOf, type Day } from '../calendar/plain-date.ts';
import { corrections } from '../lifecycle/corrections.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { ChangeList } from '../plan/change-list.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { Lookup } from '../workbook/by-item.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { RowIssue } from '../workbook/issue.ts';
import { compareText } from '../workbook/directory.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { RowRef } from '../workbook/snapshot.ts';
import type { PeriodLocks } from './locks.ts';
import { monthId, parsePeriod } from './periods.ts';
import { round } from './round.ts';
import { countedCoefficient, countedPoints, REVERSAL, scoresThrough, type Score } from './scores.ts';

type ScoreCells = CellsOf<'scores'>;
type StandingScore = Pick<ScoreCells, 'month' | 'unit' | 'itemId' | 'origin' | 'status' | 'proposed' | 'confirmed' | 'coefficient' | 'reason'>;

/** A row that takes back, in an open month, what a locked month counts too much: 扣分原因 says 冲正. */
export function isReversal(cells: Pick<ScoreCells, 'reason'>): boolean {
  return cells.reason === REVERSAL;
}

/** What a unit's locked rows of one item and one rule count, and the value that is owed to it or by it. */
interface Difference {
  readonly source: ParsedRow<'scores'>;
  readonly unit: string;
  readonly counted: number;
  readonly owed: number;
  /** How many decisions call for a reversal: each is proposed once, whatever people confirm of it. */
  readonly causes: number;
}

/** The reversals of 考核计分 as they stand after this run. */
type Reversals = ReadonlyMap<ParsedRow<'scores'>, StandingScore>;

/**
 * Proposes a reversal where a 更正 was approved, or a review withdrew a score, after its month was locked: what was signed
 * stays as it is, the difference waits in the first open month for a person to confirm it.
 */
export function proposeReversals(
  workbook: Workbook, facts: Lookup<ItemFacts>, locks: PeriodLocks, isLocked: (month: string) => boolean, reversals: Reversals, clock: RunClock, changes: ChangeList,
): StandingScore[] {
  if (locks.lockedThrough === null) return [];
  const locked = workbook.sheets.scores.rows.filter(({ cells }) => cells.origin === '自动' && cells.itemId !== '' && !isReversal(cells) && isLocked(cells.month));
  return differencesOf(workbook, locked, reversals, facts, locks.lockedThrough, clock).flatMap(({ source, unit, counted, owed, causes }): StandingScore[] => {
    const key = keyOf(source.cells, unit);
    const own = [...reversals].filter(([row]) => reversedKey(workbook, row.cells) === key);
    if (owed === counted || own.length >= causes || own.some(([, { status }]) => status !== '生效' && status !== '撤销')) return [];
    const value = round(owed - counted);
    const isCoefficient = source.cells.coefficient !== null;
    const row = {
      scoreId: `${REVERSAL}/${key}/${String(own.length + 1)}`, month: openMonth(isLocked, locks.lockedThrough!, clock.today), unit, person: '', itemId: source.cells.itemId,
      origin: '自动', reason: REVERSAL, proposed: isCoefficient ? null : value, coefficient: isCoefficient ? value : null,
      working: `${unit}已锁定各月计${String(counted)},更正后应计${String(owed)},差${String(value)};确认后计入本月`, clause: source.cells.clause, status: '建议', confirmed: null,
    };
    changes.append('scores', row, row.clause);
    return [row];
  });
}

function differencesOf(
  workbook: Workbook, locked: readonly ParsedRow<'scores'>[], reversals: Reversals, facts: Lookup<ItemFacts>, through: Day, clock: RunClock,
): Difference[] {
  const differences = new Map<string, Difference>();
  const desired = new Map<string, readonly Score[]>();
  for (const source of locked) {
    const { cells } = source;
    const item = facts.get(cells.itemId);
    if (item === undefined || !(wasCorrected(item) || wasWithdrawn(cells))) continue;
    if (!desired.has(item.id)) desired.set(item.id, wasCorrected(item) ? scoresThrough(workbook, item, through, clock) : []);
    const same = locked.filter((row) => row.cells.itemId === item.id && ruleOf(row.cells) === ruleOf(cells));
    const wanted = desired.get(item.id)!.filter((score) => ruleOf(score) === ruleOf(cells));
    for (const unit of new Set([cells.unit, ...wanted.map((score) => score.unit)])) {
      const key = keyOf(cells, unit);
      if (differences.has(key)) continue;
      const own = same.filter((row) => row.cells.unit === unit);
      const back = [...reversals].filter(([row, { status }]) => status === '生效' && reversedKey(workbook, row.cells) === key).map(([, standing]) => standing);
      const counted = sum([...own.map(({ cells }) => cells), ...back].map(valueOf));
      const withdrawn = new Set(own.filter((row) => wasWithdrawn(row.cells)).map((row) => row.cells.scoreId));
      const owed = wasCorrected(item) ? sum(wanted.filter((score) => score.unit === unit && !withdrawn.has(score.scoreId)).map(valueOfScore))
        : sum(own.map((row) => (withdrawn.has(row.cells.scoreId) ? 0 : valueOf(row.cells))));
      differences.set(key, { source, unit, counted, owed, causes: correctionsOf(item) + withdrawn.size });
    }
  }
  return [...differences.values()];
}

/**
 * Completes reversals and says which count: in an open month, confirmed by name, all of them together never more than what they
 * take back. They are taken in the order in which they were confirmed, those of a locked month first.
 */
export function planReversals(
  workbook: Workbook, rows: readonly ParsedRow<'scores'>[], ids: ReadonlyMap<RowRef, string>, isLocked: (month: string) => boolean, clock: RunClock, changes: ChangeList, issues: RowIssue[],
): Reversals {
  const ranked = rows.map((row) => ({ row, id: row.cells.scoreId || (ids.get(row.ref) ?? ''), at: isLocked(row.cells.month) ? -Infinity : row.cells.confirmedAt ?? clock.stamp }));
  ranked.sort((a, b) => (a.at === b.at ? compareText(a.id, b.id) : a.at - b.at));
  const standing = new Map<ParsedRow<'scores'>, StandingScore>();
  for (const { row } of ranked) standing.set(row, planReversal(workbook, row, ids.get(row.ref), standing, isLocked, clock, changes, issues));
  return standing;
}

function planReversal(
  workbook: Workbook, row: ParsedRow<'scores'>, fresh: string | undefined, earlier: Reversals, isLocked: (month: string) => boolean, clock: RunClock, changes: ChangeList, issues: RowIssue[],
): StandingScore {
  const { cells } = row;
  const sheet = workbook.sheets.scores;
  if (isLocked(cells.month) && (cells.status === '生效' || cells.status === '撤销')) return cells;
  const named = reversedRow(workbook, cells);
  // Nothing is taken over from an open month's row: it may be one that this very run adds.
  const source = named !== null && isLocked(named.cells.month) ? named : null;
  const clause = cells.clause || (source?.cells.clause ?? workbook.policy.clauses.lateness);
  const month = cells.month === '' ? monthId(dayOf(cells.confirmedAt ?? clock.stamp)) : cells.month;
  const unit = cells.unit === '' ? source?.cells.unit ?? '' : cells.unit;
  const isWithdrawn = cells.appealResult === '撤销';
  const missing = isWithdrawn ? null : whatIsMissing(workbook, cells, named, { month, unit }, earlier, isLocked);
  if (missing !== null && (cells.confirmed !== null || cells.origin !== '自动')) {
    issues.push({
      code: 'points-out-of-range', severity: 'hint', sheet: sheet.name, row: row.ref, column: '确认分值', value: String(cells.confirmed ?? ''),
      message: `冲正未生效:${missing}(lockedThrough)`, because: 'lockedThrough',
    });
  }
  const id = cells.scoreId === '' ? null : cells.scoreId;
  const status = isWithdrawn ? '撤销' : missing === null ? '生效' : '建议';
  const coefficient = cells.coefficient ?? (source === null || source.cells.coefficient === null ? null : cells.confirmed);
  if (id === null) changes.want(sheet, row, null, 'scoreId', fresh ?? null, clause);
  changes.want(sheet, row, id, 'origin', cells.origin === '' ? '手动' : cells.origin, clause);
  changes.want(sheet, row, id, 'month', month, clause);
  if (unit !== '') changes.want(sheet, row, id, 'unit', unit, clause);
  if (cells.itemId === '' && source !== null) changes.want(sheet, row, id, 'itemId', source.cells.itemId, clause);
  if (cells.clause === '') changes.want(sheet, row, id, 'clause', clause, clause);
  if (cells.working === '' && source !== null) changes.want(sheet, row, id, 'working', `冲回「${source.cells.scoreId}」(${source.cells.working})`, clause);
  changes.want(sheet, row, id, 'coefficient', coefficient, clause);
  changes.want(sheet, row, id, 'status', status, clause);
  if (cells.confirmed !== null && cells.confirmedAt === null) changes.want(sheet, row, id, 'confirmedAt', clock.stamp, clause);
  return { month, unit, itemId: cells.itemId || (source?.cells.itemId ?? ''), origin: cells.origin, status, proposed: cells.proposed, confirmed: cells.confirmed, coefficient, reason: cells.reason };
}

function whatIsMissing(
  workbook: Workbook, cells: ScoreCells, source: ParsedRow<'scores'> | null, at: { month: string; unit: string }, earlier: Reversals, isLocked: (month: string) => boolean,
): string | null {
  if (source === null) return '请在「说明」写明冲回哪一行的「计分编号」';
  if (!isLocked(source.cells.month)) return `「${source.cells.scoreId}」的月份还没有锁定,请直接在该行填「复核结论」`;
  if (parsePeriod(at.month)?.kind !== 'month') return '「考核月份」请写成 2026-03 的样子';
  if (isLocked(at.month)) return `${at.month} 已锁定,请改填以后的月份`;
  if (cells.confirmed === null) return '请填「确认分值」,冲回扣分的填正数';
  if (cells.confirmedBy === '') return '请填「确认人」';
  const most = mostOf(workbook, cells, source.cells, at.unit, earlier, isLocked);
  if (most === 0) return `「${source.cells.scoreId}」没有可${at.unit === source.cells.unit ? '冲回' : '补记'}的分了,请在本行「复核结论」填撤销`;
  if (cells.confirmed * most < 0) return most > 0 ? '冲回扣分的「确认分值」请填正数' : '补记扣分的「确认分值」请填负数';
  return Math.abs(cells.confirmed) > Math.abs(most) ? `最多 ${String(most)},「确认分值」不能超过:请改小` : null;
}

/**
 * What a reversal may come to at most, below zero where it charges a unit: what automation proposed, or what the row that people
 * name counts; and of that no more than earlier reversals left.
 */
function mostOf(workbook: Workbook, cells: ScoreCells, source: ScoreCells, unit: string, earlier: Reversals, isLocked: (month: string) => boolean): number {
  const key = keyOf(source, unit);
  const moved = sum([...earlier].filter(([row, { status }]) => status === '生效' && reversedKey(workbook, row.cells) === key).map(([, standing]) => valueOf(standing)));
  const proposed = cells.origin === '自动' ? cells.proposed ?? cells.coefficient : null;
  const most = proposed ?? (unit === source.unit ? -valueOf(source) : valueOf(source));
  if (most > 0) {
    const counted = sum(workbook.sheets.scores.rows.filter((row) => !isReversal(row.cells) && isLocked(row.cells.month) && keyOf(row.cells, row.cells.unit) === key).map((row) => valueOf(row.cells)));
    return Math.max(0, Math.min(most, round(-counted - moved)));
  }
  return proposed === null ? Math.min(0, round(most - Math.min(0, moved))) : most;
}

/** Tells what to do where people appeal against, or review, a score of a month that is locked. */
export function lockedReviewHint(workbook: Workbook, row: ParsedRow<'scores'>, issues: RowIssue[]): void {
  const { cells } = row;
  if (cells.appealReason === '' && cells.appealResult === '') return;
  // What was withdrawn with its reason is proposed by automation itself.
  if (wasWithdrawn(cells) && cells.itemId !== '') return;
  if (cells.appealResult === '维持' || cells.status === '申诉中' || workbook.sheets.scores.rows.some((other) => isReversal(other.cells) && reversedRow(workbook, other.cells) === row)) return;
  issues.push({
    code: 'request-refused', severity: 'hint', sheet: workbook.sheets.scores.name, row: row.ref, column: '复核结论', value: cells.appealResult,
    message: `${cells.month} 已锁定,「${cells.scoreId}」不再改动:复核后应撤销的请填「复核结论」撤销和「说明」,应调整的另起一行冲正(扣分原因填「${REVERSAL}」,说明写「${cells.scoreId}」),计入以后的月份(lockedThrough)`,
    because: 'lockedThrough',
  });
}

function correctionsOf({ requests }: ItemFacts): number {
  return requests.length === 0 ? 0 : (['limit', 'unit', 'status'] as const).reduce((count, thing) => count + corrections(requests, thing).length, 0);
}

function wasCorrected(item: ItemFacts): boolean {
  return correctionsOf(item) > 0;
}

function wasWithdrawn(cells: ScoreCells): boolean {
  return cells.appealResult === '撤销' && cells.note !== '' && cells.status !== '撤销';
}

/** `item/rule` of an automatic score: its id without the month. */
function ruleOf({ scoreId }: Pick<ScoreCells, 'scoreId'>): string {
  return scoreId.slice(scoreId.indexOf('/') + 1);
}

function keyOf(cells: ScoreCells, unit: string): string {
  return `${ruleOf(cells)}/${unit}`;
}

/** The row that a reversal takes back: named by its own id, or in 说明. */
function reversedRow(workbook: Workbook, cells: ScoreCells): ParsedRow<'scores'> | null {
  const { rows } = workbook.sheets.scores;
  if (cells.scoreId.startsWith(`${REVERSAL}/`)) {
    const rule = cells.scoreId.split('/').slice(1, -2).join('/');
    const found = rows.filter((row) => !isReversal(row.cells) && row.cells.origin === '自动' && ruleOf(row.cells) === rule);
    return found.find((row) => row.cells.unit === cells.unit) ?? found[0] ?? null;
  }
  return rows.find((row) => !isReversal(row.cells) && row.cells.scoreId !== '' && cells.note.includes(row.cells.scoreId)) ?? null;
}

function reversedKey(workbook: Workbook, cells: ScoreCells): string {
  const source = reversedRow(workbook, cells);
  return source === null ? '' : keyOf(source.cells, cells.unit === '' ? source.cells.unit : cells.unit);
}

function openMonth(isLocked: (month: string) => boolean, through: Day, today: Day): string {
  const now = monthId(today);
  return isLocked(now) ? monthId((through + 1) as Day) : now;
}

function valueOf(cells: StandingScore): number {
  return cells.coefficient === null ? countedPoints(cells) : countedCoefficient(cells);
}

function valueOfScore(score: Score): number {
  return score.coefficient ?? score.proposed ?? 0;
}

function sum(values: readonly number[]): number {
  return round(values.reduce((total, value) => total + value, 0));
}
