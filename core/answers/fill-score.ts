import { lockedMonths, periodLocks } from '../appraisal/locks.ts';
import { scoreFaults } from '../appraisal/judge-score.ts';
import { dayOf, type Moment } from '../calendar/plain-date.ts';
import { personOf } from '../lifecycle/approvers.ts';
import { judgeEdit } from '../lifecycle/judge-edit.ts';
import { isMember, isOfficeOrLeader } from '../lifecycle/movers.ts';
import { recusalClause, registeredRecusal } from '../lifecycle/recusal.ts';
import { ChangeList } from '../plan/change-list.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { refused, type Answer } from './answer.ts';
import { readTyped } from './read-typed.ts';

type ScoreRow = ParsedRow<'scores'>;
type Filled = Partial<CellsOf<'scores'>>;

export interface ScoreConfirmation {
  readonly scoreId: string;
  readonly by: string;
  /** 确认分值 as typed; a deduction is negative. */
  readonly points: string;
  /** What the person saw of 确认分值, '' where nothing. */
  readonly seen: string;
  /** 说明. */
  readonly note: string;
}

/** Confirms a score (考核确认), by the office or a leader, or whom the regulation's rights name; never by somebody in 回避 against the unit. */
export function confirmScore(workbook: Workbook, { scoreId, by, points, seen, note }: ScoreConfirmation, now: Moment): Answer {
  const row = rowOf(workbook, scoreId);
  if (row === null) return refused(`没有计分「${scoreId}」`);
  const denied = deciderFault(workbook, row, 'confirmed', by, now);
  if (denied !== null) return refused(denied);
  if (row.cells.status === '撤销') return refused(`计分「${scoreId}」已撤销,不再确认`);
  if (lockedMonths(periodLocks(workbook, dayOf(now)))(row.cells.month)) return refused(`${row.cells.month} 已锁定,「${scoreId}」不再改动:请另列更正计分`);
  const typed = readTyped(workbook, 'scores', 'confirmed', points);
  if (typed.kind === 'refused') return typed;
  if (typed.value === null) return refused('请填「确认分值」');
  const stands = row.cells.confirmed;
  if (stands === typed.value && row.cells.confirmedBy !== '' && (note.trim() === '' || note.trim() === row.cells.note)) return { kind: 'done', changes: [] };
  if ((stands === null ? '' : String(stands)) !== seen) return refused(`「确认分值」刚被别人改为「${stands ?? ''}」,没有写入:请看过后再改`);
  return fill(workbook, row, { confirmedBy: by, confirmedAt: now, ...(note.trim() === '' ? {} : { note: note.trim() }), confirmed: typed.value as number }, now);
}

/** Appeals against a score (申诉), by the person or somebody of the unit it stands against; within its time, as the run would find. */
export function appealScore(workbook: Workbook, { scoreId, by, reason }: { readonly scoreId: string; readonly by: string; readonly reason: string }, now: Moment): Answer {
  const row = rowOf(workbook, scoreId);
  if (row === null) return refused(`没有计分「${scoreId}」`);
  const { cells } = row;
  if (!isAgainst(workbook, cells, by)) return refused(`「${by}」不是被扣分的单位或人员,不能申诉`);
  const said = reason.trim();
  if (said === '') return refused('请写明申诉理由');
  if (cells.appealReason === said && cells.appellant === by) return { kind: 'done', changes: [] };
  if (cells.status === '撤销') return refused(`计分「${scoreId}」已撤销,不必申诉`);
  if (cells.appealReason !== '') return refused(`计分「${scoreId}」已有申诉,请等复核结论`);
  const denied = judgeEdit(workbook, { actor: by, sheet: 'scores', row: null, column: 'appealReason', before: '', after: said, on: dayOf(now) });
  if (denied.verdict !== 'accept') return refused(denied.message);
  return fill(workbook, row, { appellant: by, appealReason: said }, now);
}

export interface AppealReview {
  readonly scoreId: string;
  readonly by: string;
  readonly result: '维持' | '调整' | '撤销';
  /** The adjusted 确认分值 as typed; only for 调整. */
  readonly points: string;
  readonly note: string;
}

/** Decides an appeal (复核): 维持, 调整 with points and a reason, 撤销 with a reason. */
export function reviewAppeal(workbook: Workbook, { scoreId, by, result, points, note }: AppealReview, now: Moment): Answer {
  const row = rowOf(workbook, scoreId);
  if (row === null) return refused(`没有计分「${scoreId}」`);
  const { cells } = row;
  const denied = deciderFault(workbook, row, 'appealResult', by, now);
  if (denied !== null) return refused(denied);
  if (cells.appealResult === result && cells.reviewedBy === by) return { kind: 'done', changes: [] };
  if (cells.appealReason === '') return refused(`计分「${scoreId}」没有申诉`);
  if (cells.appealResult !== '') return refused(`计分「${scoreId}」已复核:${cells.appealResult}`);
  const typed = readTyped(workbook, 'scores', 'confirmed', result === '调整' ? points : '');
  if (typed.kind === 'refused') return typed;
  const said = note.trim();
  return fill(workbook, row, {
    ...(said === '' ? {} : { note: said }), ...(typed.value === null ? {} : { confirmed: typed.value as number, confirmedBy: by, confirmedAt: now }), reviewedBy: by, reviewedAt: now, appealResult: result,
  }, now);
}

/** What somebody may do on each row of 考核计分, before what he writes is judged. */
export function scoreActs(workbook: Workbook, by: string, now: Moment): (row: ScoreRow) => { readonly confirm: boolean; readonly appeal: boolean; readonly review: boolean } {
  const isLocked = lockedMonths(periodLocks(workbook, dayOf(now)));
  return (row) => {
    const { cells } = row;
    const waits = cells.appealReason !== '' && cells.appealResult === '';
    const decides = cells.scoreId !== '' && cells.status !== '撤销' && deciderFault(workbook, row, 'confirmed', by, now) === null;
    return {
      confirm: decides && !waits && !isLocked(cells.month) && (cells.status === '建议' || cells.status === '待认定' || cells.confirmedBy === by),
      appeal: cells.scoreId !== '' && cells.appealReason === '' && cells.status !== '撤销' && !isLocked(cells.month) && isAgainst(workbook, cells, by),
      review: decides && waits,
    };
  };
}

function rowOf(workbook: Workbook, scoreId: string): ScoreRow | null {
  // Of rows with one id the last is the program's own.
  return scoreId === '' ? null : workbook.sheets.scores.rows.filter(({ cells }) => cells.scoreId === scoreId).at(-1) ?? null;
}

function isAgainst(workbook: Workbook, cells: CellsOf<'scores'>, by: string): boolean {
  const person = personOf(workbook, by);
  return person !== null && (cells.person === person.name || (cells.unit !== '' && isMember(workbook, cells.unit, person)));
}

/** Why somebody may not decide on a score; null where he may. */
function deciderFault(workbook: Workbook, { cells }: ScoreRow, column: 'confirmed' | 'appealResult', by: string, now: Moment): string | null {
  const verdict = judgeEdit(workbook, { actor: by, sheet: 'scores', row: null, column, before: '', after: '-', on: dayOf(now) });
  if (verdict.verdict !== 'accept') return verdict.message;
  const { givers } = workbook.policy.manualScores ?? {};
  if (!isOfficeOrLeader(workbook, by) || (cells.origin === '手动' && givers !== undefined && !givers.some((role) => workbook.directory.withRole(role).some(({ name }) => name === by)))) {
    return `计分由${workbook.policy.supervisingUnit}或领导确认,「${by}」无权确认`;
  }
  const recused = registeredRecusal(workbook, by, { units: [cells.unit], people: [cells.person] }, dayOf(now));
  return recused === null ? null : `「${by}」应回避(${recused}),不能确认此计分(${recusalClause(workbook)})`;
}

/** The cells of a row, the one that decides last; refused where the run would not let them take effect. */
function fill(workbook: Workbook, row: ScoreRow, filled: Filled, now: Moment): Answer {
  const [fault] = scoreFaults(workbook, row, filled, now);
  if (fault !== undefined) return refused(fault);
  const changes = new ChangeList();
  const because = row.cells.clause === '' ? workbook.policy.clauses.lateness : row.cells.clause;
  for (const [column, value] of Object.entries(filled)) changes.want(workbook.sheets.scores, row, row.cells.scoreId, column as keyof Filled, value, because);
  return { kind: 'done', changes: changes.all() };
}
