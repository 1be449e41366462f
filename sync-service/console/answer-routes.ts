import { Hono, type Context } from 'hono';
import { formatMoment, momentFromEpoch, SECRECY_NOTICE, titleFor, type ItemsAt, type Workbook } from '#core';
import { answerTo, feedbackItem, NO_FILES, NO_ACTS, actsOf, feedbackViews, fullItem, itemLine, requestView, type AnswerPageView, type Act } from '#screens';
import { ACT } from './acts.ts';
import { storedIn } from './uploads.ts';
import { jsonOf } from './api-routes.ts';
import { resultOf } from './write-result.ts';
import type { ConsoleEnv, ConsoleParts } from './context.ts';
import { failure } from './failure.ts';
import { takeAttachment } from './take-attachment.ts';
import { readClaim, type ClaimOf } from './link.ts';

type LinkClaim = ClaimOf<'item'> | ClaimOf<'request'>;

/**
 * `/answer/:purpose/:link`: a person answers from a mail without signing in. The link names workbook, person and one item or one
 * request, and lets nothing else be done; what it may do is asked of the workbook as it is then, so that it ends with the matter.
 */
export function answerRoutes(parts: ConsoleParts): Hono<ConsoleEnv> {
  const { assets } = parts;
  const routes = new Hono<ConsoleEnv>();
  routes.get('/answer/:purpose/:link', (context) => {
    const file = assets.get('answer.html');
    return file === undefined ? failure(context, 404, 'not-found', '没有这个页面') : context.body(file.body, 200, { 'content-type': file.type, 'cache-control': 'no-store' });
  });
  routes.get('/answer/:purpose/:link/view', async (context) => {
    context.header('cache-control', 'no-store');
    const claim = claimOf(parts, context);
    if (typeof claim === 'string') return failure(context, 403, 'link', claim);
    const found = await bookOf(parts, claim);
    const view = found === null ? null : viewOf(found.at, claim, found.name);
    return view === null ? failure(context, 404, 'gone', '事项或申请不在了,或不再由您办理') : context.json(view);
  });
  routes.post('/answer/:purpose/:link/act', async (context) => {
    const claim = claimOf(parts, context);
    if (typeof claim === 'string') return failure(context, 403, 'link', claim);
    const asked = ACT.safeParse(await jsonOf(context));
    if (!asked.success) return failure(context, 400, 'unreadable', '内容不完整或太长');
    const found = await bookOf(parts, claim);
    if (found !== null && !isWithin(claim, asked.data, found.at.workbook)) return failure(context, 403, 'link', '这个链接不能办这件事');
    if (found === null || viewOf(found.at, claim, found.name) === null) return failure(context, 404, 'gone', '事项或申请不在了,或不再由您办理');
    return resultOf(context, await found.book.write(`${claim.name}(邮件链接)`, (workbook, now) => answerTo(workbook, asked.data, claim.name, now, storedIn(found.book.folder))));
  });
  routes.post('/answer/:purpose/:link/attachments', async (context) => {
    const claim = claimOf(parts, context);
    if (typeof claim === 'string' || claim.for !== 'item') return failure(context, 403, 'link', typeof claim === 'string' ? claim : '这个链接不能办这件事');
    const found = await bookOf(parts, claim);
    return found === null || viewOf(found.at, claim, found.name) === null ? failure(context, 404, 'gone', '事项或申请不在了,或不再由您办理') : takeAttachment(context, found.book, claim.name, claim.id);
  });
  return routes;
}

/** The claim, or the sentence why there is none. */
function claimOf({ linkSecret, clock }: ConsoleParts, context: Context): LinkClaim | string {
  const purpose = context.req.param('purpose');
  if (purpose !== 'item' && purpose !== 'request') return '链接无效';
  const read = readClaim(linkSecret, purpose, context.req.param('link') ?? '', clock());
  if (read.ok) return read.claim;
  return read.reason === 'expired' ? '链接已过期:请用最新的邮件,或登录办理' : '链接无效:请从邮件里重新打开';
}

async function bookOf({ books }: ConsoleParts, claim: LinkClaim): Promise<{ book: ConsoleParts['books'][number]; at: ItemsAt; name: string } | null> {
  const book = books.find(({ key }) => key === claim.book);
  return book === undefined ? null : { book, at: (await book.state()).at, name: book.name };
}

/** A link about an item reports on that item; one about a request decides that request. */
function isWithin(claim: LinkClaim, act: Act, workbook: Workbook): boolean {
  switch (act.act) {
    case 'feedback': case 'hand-in': case 'request': return claim.for === 'item' && act.itemId === claim.id;
    case 'submit': case 'review-feedback': return claim.for === 'item' && feedbackItem(workbook.sheets, act.feedbackId) === claim.id;
    case 'decide': return claim.for === 'request' && act.requestId === claim.id;
    default: return false;
  }
}

function viewOf(at: ItemsAt, claim: LinkClaim, office: string): AnswerPageView | null {
  const row = claim.for === 'request' ? at.workbook.sheets.requests.rows.find(({ cells }) => cells.requestId === claim.id) : undefined;
  const item = fullItem(at, claim.for === 'item' ? claim.id : row?.cells.itemId ?? '', claim.name);
  const state = row === undefined ? undefined : item?.facts.requests.find((candidate) => candidate.row === row || candidate.row.cells.requestId === claim.id);
  if (item === null || (claim.for === 'request' && state === undefined)) return null;
  const { id, unit, light, status, limit, left } = itemLine(item);
  return {
    purpose: claim.for, name: claim.name, office, expires: formatMoment(momentFromEpoch(claim.until)),
    // By number alone where it is confidential: whoever holds the phone holds the link.
    item: { id, title: titleFor(item.facts), unit, light, status, limit, left, ...(item.facts.cells.confidentiality === '保密' ? { progress: '', requirement: '' } : { progress: item.facts.cells.progress, requirement: item.facts.cells.requirement }) },
    acts: claim.for === 'item' ? actsOf(at, item, claim.name) : NO_ACTS,
    feedback: claim.for === 'item' && item.facts.cells.confidentiality !== '保密' ? feedbackViews(at, item, claim.name, NO_FILES).filter(({ acts }) => acts.submit || acts.review) : [],
    request: state === undefined ? null : requestView(at, item, state, claim.name), secrecyNotice: SECRECY_NOTICE,
  };
}
