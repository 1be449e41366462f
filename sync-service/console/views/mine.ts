import { dayOf, groupOf, isMember, isOffice, monthId, ownScores, unreadOf, type ItemsAt } from '#core';
import type { MineView, RequestsView, RequestView } from '../api-types.ts';
import { noticeView, requestView, scoreView } from './records.ts';
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
    unread: unreadOf(workbook, viewer).slice(0, MOST).map((cells) => noticeView(workbook, cells, viewer)),
    month, points: total, scores: lines.map(({ cells }) => scoreView(workbook, cells)),
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

/** Named on it, or of the lead unit. */
function answererOf({ workbook }: ItemsAt, viewer: string): (item: SeenItem) => boolean {
  const person = workbook.directory.person(viewer);
  return ({ facts }) => facts.cells.handler === viewer || facts.cells.dutyPerson === viewer || (person !== null && isMember(workbook, facts.unit, person));
}

function byLimit(a: SeenItem, b: SeenItem): number {
  return (a.light.limit ?? Infinity) - (b.light.limit ?? Infinity);
}
