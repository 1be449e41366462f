import { endOfDay, type Moment } from '../calendar/plain-date.ts';
import { compareText } from '../workbook/directory.ts';
import type { ItemsAt } from './items-at.ts';
import { maySee } from './may-see.ts';

/** One thing that was reported on an item: a feedback, what was handed in from it (提报), or an inspection. */
export interface TimelineEntry {
  readonly at: Moment | null;
  readonly by: string;
  readonly kind: string;
  readonly text: string;
  readonly feedbackId: string;
}

/** Feedback, submissions and inspections of an item in the order of time (platform-5b, bus-9.3); none where the viewer may not see it. */
export function itemTimeline(at: ItemsAt, itemId: string, viewer: string): TimelineEntry[] {
  const item = at.items.get(itemId);
  if (item === undefined || !maySee(at.workbook, item.facts, viewer)) return [];
  const entries = (at.workbook.index.feedbackOf.get(itemId) ?? []).flatMap(({ cells }): TimelineEntry[] => [
    { at: cells.at, by: cells.by, kind: cells.type === '' ? '进展' : cells.type, text: cells.progress, feedbackId: cells.feedbackId },
    ...(cells.submission === '' && cells.submittedAt === null ? []
      : [{ at: cells.submittedAt, by: cells.submittedBy, kind: '提报', text: cells.submission, feedbackId: cells.feedbackId }]),
  ]);
  for (const { cells } of at.workbook.index.inspectionsOf.get(itemId) ?? []) {
    entries.push({ at: cells.date === null ? null : endOfDay(cells.date), by: cells.inspector, kind: cells.method === '查办' ? '查办' : '督查', text: cells.facts, feedbackId: cells.inspectionId });
  }
  return entries.sort((a, b) => (a.at ?? 0) - (b.at ?? 0) || compareText(a.feedbackId, b.feedbackId));
}
