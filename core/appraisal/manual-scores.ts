import { dayOf } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { groupOf } from '../lifecycle/status-groups.ts';
import type { ChangeList } from '../plan/change-list.ts';
import { assignIds } from '../plan/ids.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { RowIssue } from '../workbook/issue.ts';
import { splitNames } from '../workbook/names.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { RowRef } from '../workbook/snapshot.ts';
import { appealStatus } from './appeals.ts';
import { monthId, parsePeriod } from './periods.ts';

type StandingScore = Pick<CellsOf<'scores'>, 'month' | 'unit' | 'itemId' | 'origin' | 'status' | 'proposed' | 'confirmed' | 'coefficient' | 'reason'>;

/** A row that a person wrote: 来源 says so, or it bears neither an id nor a source. */
export function isManualScore(cells: Pick<CellsOf<'scores'>, 'origin' | 'scoreId'>): boolean {
  return cells.origin === '手动' || (cells.origin === '' && cells.scoreId === '');
}

/** The ids of manual rows that have none yet. */
export function manualIds(workbook: Workbook, clock: RunClock): ReadonlyMap<RowRef, string> {
  const { rows } = workbook.sheets.scores;
  const blank = rows.filter((row) => row.cells.scoreId === '' && isManualScore(row.cells)).map((row) => row.ref);
  return blank.length === 0 ? new Map() : assignIds('SD', rows.map((row) => row.cells.scoreId), blank, clock.today);
}

/**
 * Completes a row that people wrote and says whether it counts (platform 4b: plus or minus, with a reason, after the
 * completion was approved; bus 6: 不执行 is for people to find). What does not hold is told, and the row stays 建议.
 */
export function planManualScore(
  workbook: Workbook, row: ParsedRow<'scores'>, fresh: string | undefined, facts: ItemFacts | undefined, isLocked: (month: string) => boolean,
  clock: RunClock, changes: ChangeList, issues: RowIssue[],
): StandingScore {
  const { cells } = row;
  const sheet = workbook.sheets.scores;
  const rule = workbook.policy.manualScores;
  const clause = rule?.clause ?? workbook.policy.clauses.lateness;
  const id = cells.scoreId === '' ? null : cells.scoreId;
  // What counts in a locked month stays as it was written.
  if (cells.status === '生效' && isLocked(cells.month)) return cells;
  const counted = cells.confirmed === null || rule?.deductOnly !== true ? cells.confirmed : -Math.abs(cells.confirmed);
  const next = {
    month: cells.month === '' ? monthId(dayOf(cells.confirmedAt ?? clock.stamp)) : cells.month, unit: cells.unit === '' ? facts?.unit ?? '' : cells.unit,
    itemId: cells.itemId, origin: '手动', status: cells.status, proposed: counted === cells.confirmed ? null : counted, confirmed: cells.confirmed, coefficient: null, reason: cells.reason,
  };
  const missing = whatIsMissing(workbook, cells, next, facts, isLocked, clock);
  if (missing !== null) {
    issues.push({
      code: 'points-out-of-range', severity: 'hint', sheet: sheet.name, row: row.ref, column: '确认分值', value: String(cells.confirmed ?? ''),
      message: `手动计分未生效:${missing}(${clause})`, because: clause,
    });
  }
  next.status = missing !== null ? '建议' : appealStatus(workbook, row, undefined, cells.confirmedAt ?? clock.stamp, clock, issues) ?? '生效';
  if (id === null) changes.want(sheet, row, null, 'scoreId', fresh ?? null, clause);
  changes.want(sheet, row, id, 'origin', next.origin, clause);
  changes.want(sheet, row, id, 'month', next.month, clause);
  if (next.unit !== '') changes.want(sheet, row, id, 'unit', next.unit, clause);
  // A deduction typed without its sign: what it counts stands beside it.
  changes.want(sheet, row, id, 'proposed', next.proposed, clause);
  if (cells.clause === '') changes.want(sheet, row, id, 'clause', clause, clause);
  changes.want(sheet, row, id, 'status', next.status, clause);
  changes.want(sheet, row, id, 'working', counted === null ? '' : `手动:${counted > 0 ? '+' : ''}${counted}分(${cells.confirmedBy},${cells.reason || cells.note})`, clause);
  if (cells.confirmed !== null && cells.confirmedAt === null) changes.want(sheet, row, id, 'confirmedAt', clock.stamp, clause);
  return next;
}

function whatIsMissing(
  workbook: Workbook, cells: CellsOf<'scores'>, next: StandingScore, facts: ItemFacts | undefined, isLocked: (month: string) => boolean, clock: RunClock,
): string | null {
  const rule = workbook.policy.manualScores;
  if (parsePeriod(next.month)?.kind !== 'month') return '「考核月份」请写成 2026-03 的样子';
  if (isLocked(next.month)) return `${next.month} 已锁定,请改填以后的月份`;
  if (rule?.after === 'completion') {
    if (facts === undefined) return '请填台账里有的「事项编号」';
    const approved = groupOf(facts.status) === 'done' || facts.requests.some((request) => request.row.cells.type === '办结' && request.outcome === '已批准');
    if (!approved) return `「${facts.id}」办结审批完成后才能打分:请届时再填`;
  }
  if (next.unit === '') return '请填「单位」';
  if (cells.confirmed === null) return '请填「确认分值」';
  if (cells.reason === '' && cells.note === '') return '请填「扣分原因」或「说明」';
  if (rule?.reasons !== undefined && cells.reason !== '' && !rule.reasons.includes(cells.reason)) return `「扣分原因」请写${rule.reasons.join('、')}之一`;
  if (cells.confirmedBy === '') return '请填「确认人」';
  const giver = workbook.directory.person(cells.confirmedBy);
  if (rule?.givers !== undefined && giver !== null && !splitNames(giver.roles).some((role) => (rule.givers as readonly string[]).includes(role))) {
    return `「${cells.confirmedBy}」不是${rule.givers.join('、')}:请由他们确认`;
  }
  const least = rule?.minKey === undefined ? null : workbook.parameters.number(rule.minKey, clock.today);
  const most = rule?.maxKey === undefined ? null : workbook.parameters.number(rule.maxKey, clock.today);
  if ((least !== null && cells.confirmed < least) || (most !== null && cells.confirmed > most)) return `确认分值 ${cells.confirmed} 不在 ${least ?? ''} 至 ${most ?? ''} 内:请改填`;
  return null;
}
