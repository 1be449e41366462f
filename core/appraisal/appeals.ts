import { dayOf, formatDay, type Day, type Moment } from '../calendar/plain-date.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { RowIssue } from '../workbook/issue.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { parsePeriod } from './periods.ts';

/**
 * What 申诉理由 and 复核结论 make of a score: suspended, withdrawn, or null where they leave it as it is. The time for an
 * appeal (appealWorkdays) runs from the confirmation as it stands after this run, else from the end of the month, or from the
 * last day that moved the value where that is later (`movedOn`; null: it still grows). One found later is told, and changes nothing.
 */
export function appealStatus(
  workbook: Workbook, row: ParsedRow<'scores'>, movedOn: Day | null | undefined, confirmedAt: Moment | null, clock: RunClock, issues: RowIssue[],
): '申诉中' | '撤销' | null {
  const { cells } = row;
  const fault = reviewFault(cells);
  if (fault !== null) {
    issues.push({
      code: 'request-refused', severity: 'hint', sheet: workbook.sheets.scores.name, row: row.ref, column: '复核结论', value: cells.appealResult,
      message: `「${cells.scoreId}」复核结论「${cells.appealResult}」未生效:${fault}(appealWorkdays)`, because: 'appealWorkdays',
    });
  } else if (cells.appealResult === '撤销') return '撤销';
  if (cells.appealReason === '' || (cells.appealResult !== '' && fault === null)) return null;
  // An appeal that was admitted stays so, however long the review takes.
  if (cells.status === '申诉中' || movedOn === null) return '申诉中';
  const last = lastDayForAppeal(workbook, cells, movedOn, confirmedAt, clock);
  if (last === null || clock.today <= last) return '申诉中';
  issues.push({
    code: 'request-refused', severity: 'hint', sheet: workbook.sheets.scores.name, row: row.ref, column: '申诉理由', value: '',
    message: `申诉期限 ${formatDay(last)} 已过,「${cells.scoreId}」仍按原分值:确需复核的请填「复核结论」(appealWorkdays)`, because: 'appealWorkdays',
  });
  return null;
}

/** What a review lacks before it takes effect: a score is withdrawn or adjusted for a reason that is on record. */
function reviewFault(cells: CellsOf<'scores'>): string | null {
  if (cells.appealResult === '' || cells.appealResult === '维持') return null;
  if (cells.note === '') return '请在「说明」写明理由';
  return cells.appealResult === '调整' && cells.confirmed === null ? '请填调整后的「确认分值」' : null;
}

function lastDayForAppeal(workbook: Workbook, cells: CellsOf<'scores'>, movedOn: Day | undefined, confirmedAt: Moment | null, clock: RunClock): Day | null {
  const days = workbook.parameters.number('appealWorkdays', clock.today);
  const month = parsePeriod(cells.month);
  if (days === null || month === null) return null;
  const from = confirmedAt === null ? Math.max(month.last, movedOn ?? month.last) as Day : dayOf(confirmedAt);
  return workbook.calendar.addWorkingDays(from, days);
}
