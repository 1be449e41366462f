import { withBasis } from '../workbook/basis.ts';
import { dayOf, type Moment } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { feedbackHints, type StandingFeedback } from '../notices/feedback-rows.ts';
import type { Lookup } from '../workbook/by-item.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { RowRef } from '../workbook/snapshot.ts';
import type { ChangeList } from './change-list.ts';
import { assignIds } from './ids.ts';
import type { RunClock } from './moment-of-run.ts';
import { sealOf } from './seal.ts';

const NO_HINTS: readonly string[] = [];
/** Rows of the last weeks are all that notices and bulletins look at. */
const RECENT_DAYS = 62;

export interface FeedbackPlan {
  /** When each item was last reported on, in the order of the items. */
  readonly latest: readonly (Moment | null)[];
  /** The rows of the last weeks as they stand once this run is applied. */
  readonly recent: readonly StandingFeedback[];
}

/**
 * Keeps 进展反馈: every changed 进展情况 of an item becomes a row, named after its text so that a repeated run adds none.
 * What people's own entries imply (id, stamps) is filled in.
 */
export function planFeedback(
  workbook: Workbook, facts: Lookup<ItemFacts>, hintsOf: ReadonlyMap<RowRef, readonly string[]>, clock: RunClock, changes: ChangeList,
): FeedbackPlan {
  const sheet = workbook.sheets.feedback;
  const { clauses } = workbook.policy;
  const blank: RowRef[] = [];
  for (const row of sheet.rows) if (row.cells.feedbackId === '') blank.push(row.ref);
  const ids = blank.length === 0 ? new Map<RowRef, string>() : assignIds('FK', sheet.rows.map((row) => row.cells.feedbackId), blank, clock.today);
  const recent: StandingFeedback[] = [];
  for (const row of sheet.rows) {
    const { cells } = row;
    const id = cells.feedbackId === '' ? null : cells.feedbackId;
    const item = facts.get(cells.itemId);
    const at = cells.at ?? clock.stamp;
    if (item !== undefined && dayOf(at) >= clock.today - RECENT_DAYS) recent.push({ id: id ?? ids.get(row.ref)!, itemId: cells.itemId, at, cells });
    if (id === null) changes.want(sheet, row, null, 'feedbackId', ids.get(row.ref) ?? null, clauses.handling);
    if (cells.at === null) changes.want(sheet, row, id, 'at', clock.stamp, clauses.handling);
    let hints = hintsOf.get(row.ref) ?? NO_HINTS;
    if (cells.submission !== '' && cells.submittedAt === null) changes.want(sheet, row, id, 'submittedAt', clock.stamp, clauses.handling);
    if (cells.headReviewed === '是' && cells.headReviewedAt === null) changes.want(sheet, row, id, 'headReviewedAt', clock.stamp, clauses.handling);
    if (item !== undefined) {
      const own = feedbackHints(workbook, item, cells);
      if (own.length > 0) hints = [...hints, ...own];
    }
    if (cells.itemId !== '' && item === undefined) hints = [...hints, `没有事项「${cells.itemId}」:请核对「事项编号」`];
    // Nearly all rows have nothing to hint and no hint: they cost no comparison.
    if (hints.length > 0 || cells.hint !== '' || row.values !== row.raw) changes.want(sheet, row, id, 'hint', hints.map((hint) => withBasis(hint)).join('；'), clauses.handling);
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
    const told = { ...BLANK, by: item.cells.handler, type: '进展', progress: text };
    recent.push({ id, itemId: item.id, at: clock.stamp, cells: told });
    changes.append('feedback', { feedbackId: id, itemId: item.id, at: clock.stamp, by: told.by, type: told.type, progress: text, hint: feedbackHints(workbook, item, told).join('；') }, clauses.handling);
  }
  return { latest, recent };
}

const BLANK: StandingFeedback['cells'] = {
  by: '', type: '', progress: '', nextPlan: '', problems: '', solutions: '', needsRectification: '', rectification: '', submission: '', submittedBy: '',
  submittedAt: null, headReviewed: '', headReviewedAt: null, reportedAt: null, attachments: '', hint: '',
};

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
