import { dayOf, groupOf, isMember, isOffice, isReviewedByHead, isSubmittedInTwoSteps, monthId, ownScores, unreadOf, type CellsOf, type ItemsAt, type ParsedRow } from '#core';
import type { MineView, RequestsView, RequestView } from './api-types.ts';
import { feedbackViews, NO_FILES, noticeView, requestView, scoreViews } from './records.ts';
import { noticesView } from './publications.ts';
import { itemLine, seenItems, type SeenItem } from './seen-items.ts';

const MOST = 200;
const DECIDED = 200;

/** 我的: what waits for the person himself. */
export function mineView(at: ItemsAt, viewer: string): MineView {
  const { workbook, clock } = at;
  const answers = answererOf(at, viewer);
  const seen = seenItems(at, viewer).filter(({ sight }) => sight === 'full');
  const month = monthId(dayOf(clock.now));
  const { total, lines } = ownScores(workbook, viewer, month);
  return {
    open: seen.filter((item) => ['running', 'returned', 'paused'].includes(groupOf(item.facts.status)) && answers(item)).sort(byLimit).slice(0, MOST).map(itemLine),
    toDecide: requestsOf(at, seen, viewer).filter(({ mine }) => mine),
    toReview: isOffice(workbook, viewer) ? seen.filter(({ facts }) => facts.status === '待审核').slice(0, MOST).map(itemLine) : [],
    feedback: isSubmittedInTwoSteps(workbook) || isReviewedByHead(workbook) ? seen.flatMap((item) => feedbackViews(at, item, viewer, NO_FILES).filter(({ acts }) => acts.submit || acts.review)).slice(0, MOST) : [],
    toSign: noticesView(at, viewer, '待签').rows.filter(({ decisions }) => decisions.includes('签发')),
    unread: unreadOf(workbook, viewer).slice(0, MOST).map((cells) => noticeView(at, cells, viewer)),
    month, points: total, scores: scoreViews(at, viewer, rowsOf(at, lines.map(({ cells }) => cells))),
  };
}

/** 申请与审批: those of the items that the person sees, the open ones first. */
export function requestsView(at: ItemsAt, viewer: string): RequestsView {
  const all = requestsOf(at, seenItems(at, viewer).filter(({ sight }) => sight === 'full'), viewer).sort((a, b) => (a.appliedAt < b.appliedAt ? 1 : -1));
  const decided = all.filter(({ outcome }) => outcome !== '审批中');
  return { waiting: all.filter(({ outcome }) => outcome === '审批中'), decided: decided.slice(0, DECIDED), decidedCount: decided.length };
}

function requestsOf(at: ItemsAt, seen: readonly SeenItem[], viewer: string): RequestView[] {
  return seen.flatMap((item) => item.facts.requests.map((state) => requestView(at, item, state, viewer)));
}

function rowsOf({ workbook }: ItemsAt, own: readonly CellsOf<'scores'>[]): ParsedRow<'scores'>[] {
  const wanted = new Set(own);
  return workbook.sheets.scores.rows.filter(({ cells }) => wanted.has(cells));
}

/** Named on it, or of the lead unit. */
function answererOf({ workbook }: ItemsAt, viewer: string): (item: SeenItem) => boolean {
  const person = workbook.directory.person(viewer);
  return ({ facts }) => facts.cells.handler === viewer || facts.cells.dutyPerson === viewer || (person !== null && isMember(workbook, facts.unit, person));
}

function byLimit(a: SeenItem, b: SeenItem): number {
  return (a.light.limit ?? Infinity) - (b.light.limit ?? Infinity);
}
