import type { Moment } from '../calendar/plain-date.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { ChangeList } from './change-list.ts';
import { runIdAt } from './plan-history.ts';
import type { RowAppend } from './plan.ts';
import type { RunPlan } from './plan-run.ts';

/** The id of a run: its minute, with an ordinal where the table already holds a run of that minute. */
export function runRecordId(workbook: Workbook, now: Moment): string {
  const stem = runIdAt(now);
  const taken = new Set(workbook.sheets.runs.rows.map((row) => row.cells.runId));
  let id = stem;
  for (let again = 2; taken.has(id); again += 1) id = `${stem}-${again}`;
  return id;
}

/** The row of 运行记录 for a run that wrote or sent something. */
export function runRecord(workbook: Workbook, plan: RunPlan, counts: Pick<CellsOf<'runs'>, 'version' | 'writes' | 'notices' | 'conflicts' | 'ms'>): RowAppend {
  const list = new ChangeList();
  list.append('runs', {
    runId: runRecordId(workbook, plan.clock.now), at: plan.clock.now, policy: plan.summary.policy, items: plan.summary.items,
    issues: plan.summary.hints, chainHead: plan.chainHead, ...counts,
  }, 'recordRun');
  return list.appends[0]!;
}
