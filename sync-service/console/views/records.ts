import {
  countedPoints, decideRequest, formatDay, formatLimit, formatMoment, isOffice, splitNames, titleFor,
  type CellsOf, type ItemAt, type ItemsAt, type RequestState, type Workbook,
} from '#core';
import { CLAUSES } from '../../../templates/clauses.ts';
import type { NoticeView, RequestView, ScoreView } from '../api-types.ts';

const at0 = (value: Parameters<typeof formatMoment>[0] | null): string => (value === null ? '' : formatMoment(value));
const limit0 = (value: Parameters<typeof formatLimit>[0] | null): string => (value === null ? '' : formatLimit(value));

/** A request of an item that the person sees whole. */
export function requestView(at: ItemsAt, item: ItemAt, state: RequestState, viewer: string): RequestView {
  const { cells } = state.row;
  const outcome = cells.outcome !== '' && cells.outcome !== '审批中' ? cells.outcome : state.outcome;
  const levels = ([1, 2, 3] as const).map((level) => ({
    by: cells[`approver${level}`], decision: cells[`decision${level}`], opinion: cells[`opinion${level}`], at: at0(cells[`decidedAt${level}`]),
  })).filter(({ by, decision, opinion }) => by !== '' || decision !== '' || opinion !== '');
  return {
    id: cells.requestId, itemId: cells.itemId, title: titleFor(item.facts), type: cells.type, applicant: cells.applicant, appliedAt: at0(state.appliedAt), reason: cells.reason,
    workDone: cells.workDone, requestedLimit: limit0(cells.requestedLimit), grantedLimit: limit0(cells.grantedLimit ?? state.granted), levels, outcome,
    waitsFor: outcome === '审批中' ? state.approverNow : '', nextStep: outcome === '审批中' ? state.nextStep : '', replyDue: outcome === '审批中' ? limit0(state.replyDue) : '',
    clause: state.clause, hint: state.hint, mine: outcome === '审批中' && waitsFor(at, cells.requestId, viewer),
  };
}

/** Asked by trying: the one that decides is the one that is asked. */
function waitsFor({ workbook, clock }: ItemsAt, requestId: string, viewer: string): boolean {
  return requestId !== '' && decideRequest(workbook, { requestId, by: viewer, decision: '同意', opinion: '', limit: null }, clock.now).kind === 'done';
}

export function scoreView(workbook: Workbook, cells: CellsOf<'scores'>): ScoreView {
  return {
    id: cells.scoreId, month: cells.month, unit: cells.unit, person: cells.person, itemId: cells.itemId, origin: cells.origin, reason: cells.reason,
    proposed: cells.proposed === null ? '' : String(cells.proposed), coefficient: cells.coefficient === null ? '' : String(cells.coefficient), working: cells.working,
    clause: cells.clause, clauseText: clauseText(workbook, cells.clause), status: cells.status, confirmed: cells.confirmed === null ? '' : String(cells.confirmed),
    confirmedBy: cells.confirmedBy, counts: countedPoints(cells),
  };
}

/** `第十六条:迟办一天扣一分` of the clauses that a text names; '' where it names none of this regulation. */
export function clauseText({ policy }: Workbook, clauses: string): string {
  return splitNames(clauses).map((id) => CLAUSES[policy.id].find((clause) => clause.id === id))
    .flatMap((clause) => (clause === undefined ? [] : [`${clause.article}:${clause.summary}`])).join('；');
}

/** A letter's words are for whom it was written to, and the office that sends it. */
export function noticeView(workbook: Workbook, cells: CellsOf<'notices'>, viewer: string): NoticeView {
  const mayRead = isAddressed(cells, viewer) || isOffice(workbook, viewer);
  return {
    id: cells.noticeId, type: cells.type, itemId: cells.itemId, recipient: cells.recipient, copy: cells.copy, plannedOn: cells.plannedOn === null ? '' : formatDay(cells.plannedOn),
    sentAt: at0(cells.sentAt), readAt: at0(cells.readAt), status: cells.status, subject: cells.subject, body: mayRead ? cells.body : '', clause: cells.clause, error: mayRead ? cells.error : '',
  };
}

export function isAddressed({ recipient, copy }: Pick<CellsOf<'notices'>, 'recipient' | 'copy'>, viewer: string): boolean {
  return viewer !== '' && (splitNames(recipient).includes(viewer) || splitNames(copy).includes(viewer));
}
