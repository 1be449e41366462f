import { withBasis } from '../workbook/basis.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { RequestState } from '../lifecycle/requests.ts';
import type { Lookup } from '../workbook/by-item.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { RowRef } from '../workbook/snapshot.ts';
import type { ChangeList } from './change-list.ts';
import { assignIds } from './ids.ts';
import type { RunClock } from './moment-of-run.ts';

/** Automation's cells of 申请审批, and the ids and stamps that people's own entries imply. Returns the ids given to rows without one. */
export function planRequests(
  workbook: Workbook, facts: Lookup<ItemFacts>, hintsOf: ReadonlyMap<RowRef, readonly string[]>, clock: RunClock, changes: ChangeList,
): ReadonlyMap<RowRef, string> {
  const sheet = workbook.sheets.requests;
  const states = new Map<ParsedRow<'requests'>, RequestState>();
  for (const item of facts.values()) for (const state of item.requests) states.set(state.row, state);
  const blank = sheet.rows.filter((row) => row.cells.requestId === '').map((row) => row.ref);
  const ids = assignIds('SQ', sheet.rows.map((row) => row.cells.requestId), blank, clock.today);
  for (const row of sheet.rows) {
    const id = row.cells.requestId === '' ? null : row.cells.requestId;
    const state = states.get(row);
    const clause = state?.clause ?? workbook.policy.clauses.handling;
    const hints = [...(hintsOf.get(row.ref) ?? [])];
    if (state === undefined) hints.push(row.cells.itemId === '' ? '请填「事项编号」' : `没有事项「${row.cells.itemId}」:请核对「事项编号」`);
    else if (state.hint !== '') hints.push(state.hint);
    if (id === null) changes.want(sheet, row, null, 'requestId', ids.get(row.ref) ?? null, clause);
    if (row.cells.appliedAt === null && row.cells.type !== '') changes.want(sheet, row, id, 'appliedAt', clock.stamp, clause);
    for (const level of [1, 2, 3] as const) {
      if (row.cells[`decision${level}`] !== '' && row.cells[`decidedAt${level}`] === null) changes.want(sheet, row, id, `decidedAt${level}`, clock.stamp, clause);
    }
    changes.want(sheet, row, id, 'hint', hints.map((hint) => withBasis(hint, state?.clause ?? null)).join('；'), clause);
    if (state === undefined) continue;
    changes.want(sheet, row, id, 'approverNow', state.approverNow, clause);
    changes.want(sheet, row, id, 'nextStep', state.nextStep, clause);
    changes.want(sheet, row, id, 'ordinal', state.ordinal === 0 ? null : state.ordinal, clause);
    changes.want(sheet, row, id, 'replyDue', state.replyDue, clause);
    changes.want(sheet, row, id, 'outcome', state.outcome, clause);
    changes.want(sheet, row, id, 'clause', state.clause, clause);
  }
  return ids;
}
