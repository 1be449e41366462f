import { decideRequest, endOfDay, epochOf, giveFeedback, titleFor, type Day, type MailLink, type Moment, type Workbook } from '#core';
import type { AnswerLinks } from '../jobs/compose-notice.ts';
import { signClaim } from './link.ts';

/** More links than this make a mail that nobody reads. */
const MOST = 12;
const VALID_DAYS = 14;

/**
 * The links of a mail to one person: report on each of its items that he answers for, decide each request that waits for him.
 * None in a mail with more readers: whoever holds a link acts in its name.
 */
export function answerLinks(url: string, secret: Buffer, book: string): AnswerLinks {
  return (workbook, { to, copy, itemIds, plannedOn }, now) => {
    const [reader] = to;
    if (reader === undefined || to.length > 1 || copy.length > 0 || reader.address === '') return [];
    // Counted from the day of the notice, so that the same mail sent again is the same.
    const until = epochOf(endOfDay((plannedOn + VALID_DAYS) as Day));
    const link = (purpose: 'item' | 'request', id: string): string => `${url}/answer/${purpose}/${signClaim(secret, { for: purpose, book, name: reader.name, id, until })}`;
    return itemIds.flatMap((id): MailLink[] => [
      ...requestsFor(workbook, id, reader.name, now).map((requestId) => ({ label: `审批 ${requestId}(${nameOf(workbook, id)})`, url: link('request', requestId) })),
      // Asked by trying: who may report is who reports.
      ...(giveFeedback(workbook, { itemId: id, by: reader.name, progress: '试', nextPlan: '' }, now).kind === 'done' ? [{ label: `办理 ${nameOf(workbook, id)}`, url: link('item', id) }] : []),
    ]).slice(0, MOST);
  };
}

function requestsFor(workbook: Workbook, itemId: string, by: string, now: Moment): string[] {
  return (workbook.index.requestsOf.get(itemId) ?? []).map(({ cells }) => cells.requestId)
    .filter((requestId) => requestId !== '' && decideRequest(workbook, { requestId, by, decision: '同意', opinion: '', limit: null }, now).kind === 'done');
}

function nameOf(workbook: Workbook, id: string): string {
  const cells = workbook.index.item.get(id)?.cells;
  return cells === undefined ? id : `${id} ${titleFor({ cells })}`;
}
