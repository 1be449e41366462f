import type { Moment } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { RowRef } from '../workbook/snapshot.ts';
import type { ChangeList } from './change-list.ts';
import { assignIds } from './ids.ts';
import type { RunClock } from './moment-of-run.ts';
import { sealOf } from './seal.ts';

const NO_HINTS: readonly string[] = [];

/**
 * Keeps 进展反馈: every changed 进展情况 of an item becomes a row, named after its text so that a repeated run adds none.
 * Returns the time of each item's latest feedback, the row added here included.
 */
export function planFeedback(
  workbook: Workbook, facts: ReadonlyMap<string, ItemFacts>, hintsOf: ReadonlyMap<RowRef, readonly string[]>, clock: RunClock, changes: ChangeList,
): Map<string, Moment> {
  const sheet = workbook.sheets.feedback;
  const { clauses } = workbook.policy;
  const blank = sheet.rows.filter((row) => row.cells.feedbackId === '').map((row) => row.ref);
  const ids = assignIds('FK', sheet.rows.map((row) => row.cells.feedbackId), blank, clock.today);
  const latest = new Map<string, Moment>();
  const told = (itemId: string, at: Moment): void => {
    const known = latest.get(itemId);
    if (known === undefined || at > known) latest.set(itemId, at);
  };
  const lastProgress = new Map<string, { at: Moment; texts: string[] }>();
  for (const row of sheet.rows) {
    const { cells } = row;
    const id = cells.feedbackId === '' ? null : cells.feedbackId;
    const at = cells.at ?? clock.stamp;
    if (id === null) changes.want(sheet, row, null, 'feedbackId', ids.get(row.ref) ?? null, clauses.handling);
    if (cells.at === null) changes.want(sheet, row, id, 'at', clock.stamp, clauses.handling);
    let hints = hintsOf.get(row.ref) ?? NO_HINTS;
    if (cells.itemId !== '' && !facts.has(cells.itemId)) hints = [...hints, `没有事项「${cells.itemId}」:请核对「事项编号」`];
    changes.want(sheet, row, id, 'hint', hints.join('；'), clauses.handling);
    told(cells.itemId, at);
    // A time still to come is a slip of the pen: it must not make the item's own text look new at every run.
    if (cells.progress === '' || at > clock.stamp) continue;
    const known = lastProgress.get(cells.itemId);
    if (known === undefined || at > known.at) lastProgress.set(cells.itemId, { at, texts: [cells.progress] });
    else if (at === known.at) known.texts.push(cells.progress);
  }
  let used: Set<string> | null = null;
  for (const item of facts.values()) {
    const text = item.cells.progress;
    if (text === '' || lastProgress.get(item.id)?.texts.includes(text) === true) continue;
    const stem = `FK-${item.id}-${sealOf([text])}`;
    used ??= new Set(sheet.rows.map((row) => row.cells.feedbackId));
    let id = stem;
    for (let again = 2; used.has(id); again += 1) id = `${stem}-${again}`;
    changes.append('feedback', { feedbackId: id, itemId: item.id, at: clock.stamp, by: item.cells.handler, type: '进展', progress: text }, clauses.handling);
    told(item.id, clock.stamp);
  }
  return latest;
}
