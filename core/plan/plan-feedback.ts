import type { Moment } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { RowRef } from '../workbook/snapshot.ts';
import type { ChangeList } from './change-list.ts';
import { assignIds } from './ids.ts';
import type { RunClock } from './moment-of-run.ts';
import { sealOf } from './seal.ts';

const NO_HINTS: readonly string[] = [];

/**
 * Keeps 进展反馈: every changed 进展情况 of an item becomes a row, named after its text so that a repeated run adds none.
 * Returns when each item was last reported on, in the order of `facts`.
 */
export function planFeedback(
  workbook: Workbook, facts: ReadonlyMap<string, ItemFacts>, hintsOf: ReadonlyMap<RowRef, readonly string[]>, clock: RunClock, changes: ChangeList,
): (Moment | null)[] {
  const sheet = workbook.sheets.feedback;
  const { clauses } = workbook.policy;
  const blank = sheet.rows.filter((row) => row.cells.feedbackId === '').map((row) => row.ref);
  const ids = blank.length === 0 ? new Map<RowRef, string>() : assignIds('FK', sheet.rows.map((row) => row.cells.feedbackId), blank, clock.today);
  for (const row of sheet.rows) {
    const { cells } = row;
    const id = cells.feedbackId === '' ? null : cells.feedbackId;
    if (id === null) changes.want(sheet, row, null, 'feedbackId', ids.get(row.ref) ?? null, clauses.handling);
    if (cells.at === null) changes.want(sheet, row, id, 'at', clock.stamp, clauses.handling);
    let hints = hintsOf.get(row.ref) ?? NO_HINTS;
    if (cells.itemId !== '' && !facts.has(cells.itemId)) hints = [...hints, `没有事项「${cells.itemId}」:请核对「事项编号」`];
    changes.want(sheet, row, id, 'hint', hints.join('；'), clauses.handling);
  }
  let used: Set<string> | null = null;
  const latest: (Moment | null)[] = [];
  for (const item of facts.values()) {
    const text = item.cells.progress;
    const { last, isTold } = lastTold(workbook.index.feedbackOf.get(item.id), text, clock);
    latest.push(isTold || (last !== null && last > clock.stamp) ? last : clock.stamp);
    if (isTold) continue;
    const stem = `FK-${item.id}-${sealOf([text])}`;
    used ??= new Set(sheet.rows.map((row) => row.cells.feedbackId));
    let id = stem;
    for (let again = 2; used.has(id); again += 1) id = `${stem}-${again}`;
    changes.append('feedback', { feedbackId: id, itemId: item.id, at: clock.stamp, by: item.cells.handler, type: '进展', progress: text }, clauses.handling);
  }
  return latest;
}

/**
 * When the rows were last added to, and whether the latest progress among them says `text`. A time still to come is a slip
 * of the pen: it must not make the text look new at every run.
 */
function lastTold(rows: readonly ParsedRow<'feedback'>[] | undefined, text: string, clock: RunClock): { last: Moment | null; isTold: boolean } {
  let last: Moment | null = null;
  let lastProgress: Moment | null = null;
  let isTold = text === '';
  for (const { cells } of rows ?? []) {
    const at = cells.at ?? clock.stamp;
    if (last === null || at > last) last = at;
    if (text === '' || cells.progress === '' || at > clock.stamp || (lastProgress !== null && at < lastProgress)) continue;
    isTold = cells.progress === text || (isTold && at === lastProgress);
    lastProgress = at;
  }
  return { last, isTold };
}
