import { dayOf, decideRequest, endOfDay, epochOf, fileRequest, formatDay, giveFeedback, titleFor, type Day, type MailLink, type Moment, type OutgoingNotice, type Workbook } from '#core';
import type { AnswerLinks } from '../jobs/compose-notice.ts';
import { signClaim } from './link.ts';

/** More links than this make a mail that nobody reads. */
const MOST = 12;
const VALID_DAYS = 14;

/** What a reader may do about a notice, and the page on which he does; `url` null where the console isn't reached. */
export interface ReaderAct {
  readonly kind: 'item' | 'request';
  readonly id: string;
  /** Number and title of the item, and of the request its number. */
  readonly name: string;
  readonly url: string | null;
  /** Of an item: whether he may ask for more time. */
  readonly mayExtend: boolean;
}

export interface LinkMaker { readonly url: string; readonly secret: Buffer; readonly book: string }

/** What one reader of a notice may do: report on each of its items that he answers for, decide each request that waits for him. */
export function actsOfReader(workbook: Workbook, { itemIds, plannedOn }: Pick<OutgoingNotice, 'itemIds' | 'plannedOn'>, reader: string, now: Moment, maker: LinkMaker | null): ReaderAct[] {
  // Counted from the day of the notice, so that the same mail sent again is the same.
  const until = epochOf(endOfDay((plannedOn + VALID_DAYS) as Day));
  const link = (purpose: 'item' | 'request', id: string): string | null => (maker === null ? null : `${maker.url}/answer/${purpose}/${signClaim(maker.secret, { for: purpose, book: maker.book, name: reader, id, until })}`);
  return itemIds.flatMap((id): ReaderAct[] => [
    ...requestsFor(workbook, id, reader, now).map((requestId) => ({ kind: 'request' as const, id: requestId, name: `${requestId}(${nameOf(workbook, id)})`, url: link('request', requestId), mayExtend: false })),
    // Asked by trying: who may report is who reports.
    ...(giveFeedback(workbook, { itemId: id, by: reader, progress: '试', nextPlan: '' }, now).kind === 'done' ? [{ kind: 'item' as const, id, name: nameOf(workbook, id), url: link('item', id), mayExtend: mayExtend(workbook, id, reader, now) }] : []),
  ]).slice(0, MOST);
}

/** The links of a mail to one person. None in a mail with more readers: whoever holds a link acts in its name. */
export function answerLinks(url: string, secret: Buffer, book: string): AnswerLinks {
  return (workbook, notice, now) => {
    const [reader] = notice.to;
    if (reader === undefined || notice.to.length > 1 || notice.copy.length > 0 || reader.address === '') return [];
    return actsOfReader(workbook, notice, reader.name, now, { url, secret, book }).map(({ kind, name, url: page }): MailLink => ({ label: kind === 'item' ? `办理 ${name}` : `审批 ${name}`, url: page! }));
  };
}

function mayExtend(workbook: Workbook, itemId: string, by: string, now: Moment): boolean {
  return fileRequest(workbook, { itemId, by, type: '延期', reason: '试', workDone: '', limit: formatDay((dayOf(now) + VALID_DAYS) as Day) }, now).kind === 'done';
}

function requestsFor(workbook: Workbook, itemId: string, by: string, now: Moment): string[] {
  return (workbook.index.requestsOf.get(itemId) ?? []).map(({ cells }) => cells.requestId)
    .filter((requestId) => requestId !== '' && decideRequest(workbook, { requestId, by, decision: '同意', opinion: '', limit: null }, now).kind === 'done');
}

function nameOf(workbook: Workbook, id: string): string {
  const cells = workbook.index.item.get(id)?.cells;
  return cells === undefined ? id : `${id} ${titleFor({ cells })}`;
}
