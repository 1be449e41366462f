import { dayOf, type Day } from '../calendar/plain-date.ts';
import { headerOf, SHEETS } from '../workbook/columns.ts';
import { groupBy } from '../workbook/group-by.ts';
import { isRepair, rowName, type RowIssue } from '../workbook/issue.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Mishap } from '../workbook/snapshot.ts';
import type { RunClock } from './moment-of-run.ts';
import type { CellWrite } from './plan.ts';

const SHOWN = 5;

/** What people did to the table that this run puts right, one sentence for each column. */
export function repairsOf(issues: readonly RowIssue[], writes: readonly CellWrite[], clock: RunClock): Mishap[] {
  if (!issues.some(isRepair)) return [];
  const written = new Set(writes.map((write) => placeOf(SHEETS[write.sheet].name, write.row.ref, headerOf(write.sheet, write.column))));
  const repairs = issues.filter((issue) => isRepair(issue) && (issue.row === null || written.has(placeOf(issue.sheet, issue.row, issue.column))));
  const groups = groupBy(repairs, ({ sheet, code, column }) => [sheet, code, column].join('\n'));
  return [...groups.values()].map((group) => ({ at: clock.now, message: sentenceOf(group[0]!, group.length) }));
}

function placeOf(sheet: string, row: RowIssue['row'], column: string | null): string {
  return [sheet, row, column].join('\n');
}

function sentenceOf({ sheet, row, column, message, code }: RowIssue, count: number): string {
  if (row === null) return message;
  if (code === 'id-restored' && count === 1) return `「${sheet}」${rowName(row)}的${message}`;
  return `「${sheet}」${count === 1 ? rowName(row) : ` ${count} 行`}的「${column ?? ''}」被改动,程序已恢复`;
}

/** What 首页 tells of mishaps: those of this run and what the host remembers, until the end of the next working day, the latest first. */
export function toldMishaps(workbook: Workbook, now: readonly Mishap[], clock: RunClock): string[] {
  if (workbook.mishaps === null) return [];
  const latest = new Map<string, Mishap['at']>();
  for (const { at, message } of [...workbook.mishaps, ...now]) {
    const until = workbook.calendar.nextWorkingDay((dayOf(at) + 1) as Day);
    if (until >= clock.today) latest.set(message, Math.max(at, latest.get(message) ?? at) as Mishap['at']);
  }
  return [...latest].sort(([a, atA], [b, atB]) => atB - atA || (a < b ? -1 : 1)).slice(0, SHOWN).map(([message]) => message);
}
