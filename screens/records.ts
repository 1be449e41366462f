import {
  countedPoints, decideRequest, formatDay, formatLimit, formatMoment, isOffice, isReviewedByHead, isSubmittedInTwoSteps, reviewFeedback, scoreActs, signNotice, splitNames, submitFeedback, titleFor,
  type CellsOf, type ItemAt, type ItemsAt, type NoticeDecision, type ParsedRow, type RequestState, type Workbook,
} from '#core';
import { CLAUSES } from '../templates/clauses.ts';
import type { FeedbackView, NoticeView, RequestView, ScoreView } from './api-types.ts';

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

/** Rows of 考核计分 as this person sees and may act on them. */
export function scoreViews({ workbook, clock }: ItemsAt, viewer: string, rows: readonly ParsedRow<'scores'>[]): ScoreView[] {
  const acts = scoreActs(workbook, viewer, clock.now);
  return rows.map((row) => ({ ...scoreView(workbook, row.cells), acts: acts(row) }));
}

function scoreView(workbook: Workbook, cells: CellsOf<'scores'>): Omit<ScoreView, 'acts'> {
  return {
    id: cells.scoreId, month: cells.month, unit: cells.unit, person: cells.person, itemId: cells.itemId, origin: cells.origin, reason: cells.reason,
    proposed: cells.proposed === null ? '' : String(cells.proposed), coefficient: cells.coefficient === null ? '' : String(cells.coefficient), working: cells.working,
    clause: cells.clause, clauseText: clauseText(workbook, cells.clause), status: cells.status, confirmed: cells.confirmed === null ? '' : String(cells.confirmed),
    confirmedBy: cells.confirmedBy, counts: countedPoints(cells), appealReason: cells.appealReason, appellant: cells.appellant, appealResult: cells.appealResult, reviewedBy: cells.reviewedBy, note: cells.note,
  };
}

/** `第十六条:迟办一天扣一分` of the clauses that a text names; '' where it names none of this regulation. */
export function clauseText({ policy }: Workbook, clauses: string): string {
  return splitNames(clauses).map((id) => CLAUSES[policy.id].find((clause) => clause.id === id))
    .flatMap((clause) => (clause === undefined ? [] : [`${clause.article}:${clause.summary}`])).join('；');
}

/** A letter's words are for whom it was written to, and the office that sends it. */
export function noticeView({ workbook, clock }: ItemsAt, cells: CellsOf<'notices'>, viewer: string): NoticeView {
  const decisions = (['签发', '取消', '重发'] as const).filter((decision) => isOpen(cells.status, decision) && signNotice(workbook, { noticeId: cells.noticeId, by: viewer, decision }, clock.now).kind === 'done');
  const mayRead = isAddressed(cells, viewer) || isOffice(workbook, viewer) || decisions.includes('签发');
  return {
    id: cells.noticeId, type: cells.type, itemId: cells.itemId, recipient: cells.recipient, copy: cells.copy, plannedOn: cells.plannedOn === null ? '' : formatDay(cells.plannedOn),
    sentAt: at0(cells.sentAt), readAt: at0(cells.readAt), status: cells.status, subject: cells.subject, body: mayRead ? cells.body : '', clause: cells.clause, error: mayRead ? cells.error : '', decisions,
  };
}

/** The files beside the workbook that texts of 附件 name; a host that keeps none knows none. */
export type FilesNamed = (texts: readonly string[]) => readonly string[];
export const NO_FILES: FilesNamed = () => [];

/** The files that an item, its requests and its reports name in 附件. */
export function attachmentsOf({ workbook }: ItemsAt, { facts }: ItemAt, filesNamed: FilesNamed): readonly string[] {
  const rows = [...(workbook.index.requestsOf.get(facts.id) ?? []), ...(workbook.index.feedbackOf.get(facts.id) ?? [])];
  return filesNamed([facts.cells.attachments, ...rows.map(({ cells }) => cells.attachments)]);
}

/** Most letters went out long ago: nothing is left to decide on them. */
function isOpen(status: string, decision: NoticeDecision): boolean {
  return decision === '重发' ? status === '失败' : status === '待签' || (decision === '取消' && status === '待发');
}

/** Reports on an item that the person sees whole, the newest first. */
export function feedbackViews({ workbook, clock }: ItemsAt, { facts }: ItemAt, viewer: string, filesNamed: FilesNamed): FeedbackView[] {
  const [twoSteps, byHead] = [isSubmittedInTwoSteps(workbook), isReviewedByHead(workbook)];
  return (workbook.index.feedbackOf.get(facts.id) ?? []).map(({ cells }): FeedbackView => ({
    id: cells.feedbackId, itemId: facts.id, title: titleFor(facts), at: at0(cells.at), by: cells.by, type: cells.type || '进展', progress: cells.progress, nextPlan: cells.nextPlan,
    submission: cells.submission, submittedBy: cells.submittedBy, submittedAt: at0(cells.submittedAt), reviewedAt: at0(cells.headReviewedAt), attachments: filesNamed([cells.attachments]),
    acts: {
      submit: twoSteps && cells.submittedAt === null && cells.type !== '结果' && submitFeedback(workbook, { feedbackId: cells.feedbackId, by: viewer, text: '' }, clock.now).kind === 'done',
      review: byHead && cells.type === '结果' && cells.headReviewed !== '是' && reviewFeedback(workbook, { feedbackId: cells.feedbackId, by: viewer }, clock.now).kind === 'done',
    },
  })).reverse();
}

export function isAddressed({ recipient, copy }: Pick<CellsOf<'notices'>, 'recipient' | 'copy'>, viewer: string): boolean {
  return viewer !== '' && (splitNames(recipient).includes(viewer) || splitNames(copy).includes(viewer));
}
