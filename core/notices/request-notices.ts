import { dayOf, formatLimit, type Moment } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { RequestState } from '../lifecycle/requests.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import { matchesCondition } from '../policy/match-item.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { RowRef } from '../workbook/snapshot.ts';
import { addressed, isNews, workdaysBefore, type DueNotice, type NoticeWords } from './due-notice.ts';
import { titleFor } from './recipients.ts';
import { rulesByEvent, type RequestRule } from './rules-by-event.ts';
import { askOf } from './words.ts';

/** Who is told of an item's requests: whoever must decide, level by level and before the clock runs out, then whoever waits for it. */
export function requestNotices(workbook: Workbook, facts: ItemFacts, ids: ReadonlyMap<RowRef, string>, clock: RunClock): DueNotice[] {
  if (facts.requests.length === 0) return [];
  return rulesByEvent(workbook.policy).request.filter((rule) => matchesCondition(rule.when, facts.cells)).flatMap((rule) =>
    facts.requests.flatMap((request) => {
      const { cells, ref } = request.row;
      const id = cells.requestId === '' ? ids.get(ref) ?? '' : cells.requestId;
      if (id === '' || !rule.moment.types.some((type) => type === cells.type)) return [];
      const moment = momentOf(workbook, rule, facts, request, clock);
      if (moment === null) return [];
      return addressed(workbook, rule, facts, `${id}/${moment}`, wordsFor(workbook, rule, facts, request, clock), {
        approver: request.approverNow, applicant: cells.applicant, otherUnit: cells.otherUnit,
      });
    }));
}

function momentOf(workbook: Workbook, rule: RequestRule, facts: ItemFacts, request: RequestState, clock: RunClock): string | null {
  const lead = rule.moment.leadKey === undefined ? 0 : workbook.parameters.number(rule.moment.leadKey, clock.today) ?? 0;
  switch (rule.moment.stage) {
    case 'waiting': {
      if (request.outcome !== '审批中' || request.approverNow === '') return null;
      const { row: { cells } } = request;
      const level = cells.decision1 === '' ? 1 : cells.decision2 === '' ? 2 : 3;
      const since = level === 1 ? request.appliedAt : (level === 2 ? cells.decidedAt1 : cells.decidedAt2) ?? clock.stamp;
      return isNews(facts, since, clock) ? `waiting${level}` : null;
    }
    case 'reply-lead': {
      if (request.outcome !== '审批中' || request.replyDue === null || !isNews(facts, request.appliedAt, clock)) return null;
      const from = workdaysBefore(workbook, dayOf(request.replyDue), lead);
      return clock.today >= from && clock.now <= request.replyDue && from > dayOf(request.appliedAt) ? 'reply-lead' : null;
    }
    case 'decided':
      return (request.outcome === '已批准' || request.outcome === '已驳回') && isNews(facts, request.decidedAt, clock) ? 'decided' : null;
    case 'rectify-lead': case 'rectify-overdue': {
      const limit = rectifyLimit(request);
      if (limit === null || facts.closedAt !== null || isRectified(workbook, facts, request)) return null;
      if (rule.moment.stage === 'rectify-overdue') return clock.now > limit && isNews(facts, limit, clock) ? 'overdue' : null;
      const from = workdaysBefore(workbook, dayOf(limit), lead);
      return clock.today >= from && clock.now <= limit && from >= facts.toldFrom ? 'lead' : null;
    }
  }
}

/** 整改期限 of an approved order. */
function rectifyLimit(request: RequestState): Moment | null {
  const { cells } = request.row;
  return request.outcome === '已批准' ? cells.grantedLimit ?? cells.requestedLimit : null;
}

/** An order is followed up once somebody reported on it: any feedback after it with 整改措施, or a result (logistics 7.5). */
function isRectified(workbook: Workbook, facts: ItemFacts, request: RequestState): boolean {
  return (workbook.index.feedbackOf.get(facts.id) ?? []).some(({ cells }: ParsedRow<'feedback'>) =>
    cells.at !== null && request.decidedAt !== null && cells.at >= request.decidedAt && (cells.rectification !== '' || cells.type === '结果'));
}

function wordsFor(workbook: Workbook, rule: RequestRule, facts: ItemFacts, request: RequestState, clock: RunClock): NoticeWords {
  const { cells } = request.row;
  const name = `${facts.id} ${titleFor(facts)}(${facts.unit})`;
  const ask = `${askOf(workbook, rule, clock.today)}(${rule.clause})`;
  const asked = cells.requestedLimit === null ? '' : `,申请时限 ${formatLimit(cells.requestedLimit)}`;
  const by = cells.applicant === '' ? '' : cells.applicant;
  switch (rule.moment.stage) {
    case 'waiting': case 'reply-lead': {
      const due = request.replyDue === null ? '' : `,批复期限 ${formatLimit(request.replyDue)}`;
      return {
        subject: `${cells.type}申请待批`, line: `${name}:${by}提出${cells.type}申请${asked}${due}。${ask}`,
        details: [
          cells.reason === '' ? '' : `原因:${cells.reason}`, cells.workDone === '' ? '' : `办理进度:${cells.workDone}`,
          cells.bothReasons === '' ? '' : `双方理由依据:${cells.bothReasons}`,
        ].filter((line) => line !== ''),
      };
    }
    case 'decided': {
      const opinion = cells.opinion3 || cells.opinion2 || cells.opinion1;
      const limit = request.outcome === '已批准' && request.granted !== null ? `,时限 ${formatLimit(request.granted)}` : '';
      return { subject: `${cells.type}批复`, line: `${name}:${cells.type}${request.outcome}${limit}。${ask}`, details: opinion === '' ? [] : [`意见:${opinion}`] };
    }
    case 'rectify-lead': case 'rectify-overdue': {
      const limit = rectifyLimit(request);
      return { line: `${name}:整改期限 ${limit === null ? '' : formatLimit(limit)}。${ask}` };
    }
  }
}
