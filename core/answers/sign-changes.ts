import type { Moment } from '../calendar/plain-date.ts';
import { ChangeList, describeOut } from '../plan/change-list.ts';
import { chainHead, linkAfter, type HistoryEntry } from '../plan/history-chain.ts';
import { describeCell } from '../plan/plan-history.ts';
import type { Change } from '../plan/plan.ts';
import { runRecordId } from '../plan/run-record.ts';
import { columnsOf, SHEETS } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/**
 * A person's changes with their rows of 流转记录 before them, chained, and a row of 运行记录 that publishes the chain's head and
 * by which the host knows the set again after a stale save. `actor`: 操作人. Nothing where there is nothing to write.
 */
export function signChanges(workbook: Workbook, changes: readonly Change[], actor: string, now: Moment, version: string): Change[] {
  if (changes.length === 0) return [];
  const runId = runRecordId(workbook, now);
  let { seq, chain } = chainHead(workbook);
  const log = new ChangeList();
  const tell = (row: Omit<HistoryEntry, 'seq' | 'at' | 'runId' | 'actor'>): void => {
    seq += 1;
    const entry = { ...row, seq, at: now, runId, actor };
    chain = linkAfter(chain, entry);
    log.append('history', { ...entry, chain }, row.clause);
  };
  for (const change of changes) {
    if (change.kind === 'home') continue;
    const sheet = SHEETS[change.sheet].name;
    if (change.kind === 'append') {
      tell({ itemId: textOf(change.values['itemId']), sheet, field: change.id ?? '新增', before: '', after: describeOut(change.values['type'] ?? null), clause: change.because });
      continue;
    }
    const column = columnsOf(change.sheet).find(({ key }) => key === change.column);
    const itemId = change.sheet === 'items' ? change.row.id ?? '' : itemOf(workbook, change.sheet, change.row.ref);
    tell({ itemId, sheet, field: column?.header ?? change.column, before: describeCell(change.before, column?.type ?? 'text'), after: describeOut(change.after), clause: change.because });
  }
  const record = new ChangeList();
  record.append('runs', { runId, at: now, version, policy: workbook.policy.id, items: workbook.sheets.items.rows.length, writes: changes.length, notices: 0, conflicts: 0, issues: 0, ms: 0, chainHead: chain }, 'recordRun');
  return [...log.appends, ...changes, ...record.appends];
}

function itemOf(workbook: Workbook, sheet: keyof Workbook['sheets'], ref: number | string): string {
  const row = workbook.sheets[sheet].rows.find((candidate) => candidate.ref === ref);
  return textOf((row?.cells as { readonly itemId?: string } | undefined)?.itemId);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
