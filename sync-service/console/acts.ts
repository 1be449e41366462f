import * as z from 'zod';
import {
  appealScore, confirmScore, decideRequest, draftBulletin, fileRequest, giveFeedback, handIn, isNamed, markRead, MINUTES_PER_DAY, readTyped, refused, reviewAppeal, reviewFeedback, signBulletin, signNotice, submitFeedback,
  type Answer, type Moment, type Workbook,
} from '#core';
import { isStoredFor } from './uploads.ts';

const TEXT = z.string().max(4000);
const ID = z.string().min(1).max(100);
const NOTICE_ID = z.string().min(1).max(300);
const POINTS = z.string().max(20);

/** One cell of 督办台账, as a person saw and typed it. */
export const CELL = z.strictObject({ itemId: ID, column: z.string().max(40), seen: TEXT, text: TEXT });

/** What people do in the console, on the page and by a link alike. */
export const ACT = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('feedback'), itemId: ID, type: z.enum(['进展', '结果']).default('进展'), progress: TEXT, nextPlan: TEXT.default(''), attachments: z.array(z.string().max(300)).max(20).default([]) }),
  z.strictObject({ act: z.literal('submit'), feedbackId: ID, text: TEXT }),
  z.strictObject({ act: z.literal('review-feedback'), feedbackId: ID }),
  z.strictObject({ act: z.literal('hand-in'), itemId: ID, result: TEXT }),
  z.strictObject({ act: z.literal('request'), itemId: ID, type: z.enum(['延期', '暂停', '恢复', '协调', '非职责退回']), reason: TEXT, workDone: TEXT.default(''), limit: z.string().max(40).default('') }),
  z.strictObject({ act: z.literal('decide'), requestId: ID, decision: z.enum(['同意', '不同意', '转报']), opinion: TEXT.default(''), limit: z.string().max(40).default('') }),
  z.strictObject({ act: z.literal('confirm-score'), scoreId: NOTICE_ID, points: POINTS, seen: POINTS.default(''), note: TEXT.default('') }),
  z.strictObject({ act: z.literal('appeal'), scoreId: NOTICE_ID, reason: TEXT }),
  z.strictObject({ act: z.literal('review-appeal'), scoreId: NOTICE_ID, result: z.enum(['维持', '调整', '撤销']), points: POINTS.default(''), note: TEXT.default('') }),
  z.strictObject({ act: z.literal('sign-notice'), noticeId: NOTICE_ID, decision: z.enum(['签发', '取消', '重发']) }),
  z.strictObject({ act: z.literal('draft-bulletin'), bulletinId: ID, seen: z.string().max(20_000), body: z.string().max(20_000), handUp: z.boolean().default(false) }),
  z.strictObject({ act: z.literal('sign-bulletin'), bulletinId: ID, seen: z.string().max(20_000) }),
  z.strictObject({ act: z.literal('read') }),
]);
export type Act = z.infer<typeof ACT>;

/** What an act comes to on the workbook as it is when it is written; `folder`: where its attachments lie. */
export function answerTo(workbook: Workbook, act: Act, by: string, now: Moment, folder: string | null): Answer {
  const hidden = hiddenBy(workbook, act, by);
  if (hidden !== null) return refused(hidden);
  switch (act.act) {
    case 'feedback': {
      if (act.attachments.some((path) => folder === null || !isStoredFor(folder, act.itemId, path))) return refused('附件没有上传成功:请重新选择文件');
      return isSaid(workbook, act, by, now) ? { kind: 'done', changes: [] } : giveFeedback(workbook, { itemId: act.itemId, by, type: act.type, progress: act.progress.trim(), nextPlan: act.nextPlan.trim(), attachments: act.attachments.join('、') }, now);
    }
    case 'submit': return submitFeedback(workbook, { feedbackId: act.feedbackId, by, text: act.text.trim() }, now);
    case 'review-feedback': return reviewFeedback(workbook, { feedbackId: act.feedbackId, by }, now);
    case 'hand-in': return handIn(workbook, { itemId: act.itemId, by, result: act.result }, now);
    case 'request': return fileRequest(workbook, { itemId: act.itemId, by, type: act.type, reason: act.reason, workDone: act.workDone, limit: act.limit }, now);
    case 'decide': {
      const limit = readTyped(workbook, 'requests', 'grantedLimit', act.limit);
      if (limit.kind === 'refused') return limit;
      return decideRequest(workbook, { requestId: act.requestId, by, decision: act.decision, opinion: act.opinion.trim(), limit: limit.value as Moment | null }, now);
    }
    case 'confirm-score': return confirmScore(workbook, { ...act, by }, now);
    case 'appeal': return appealScore(workbook, { ...act, by }, now);
    case 'review-appeal': return reviewAppeal(workbook, { ...act, by }, now);
    case 'sign-notice': return signNotice(workbook, { ...act, by }, now);
    case 'draft-bulletin': return draftBulletin(workbook, { ...act, by }, now);
    case 'sign-bulletin': return signBulletin(workbook, { ...act, by }, now);
    case 'read': return markRead(workbook, by, now);
  }
}

/** What an act on a record of a confidential item is answered to somebody whom the item doesn't name: as if there were no such record. */
function hiddenBy(workbook: Workbook, act: Act, by: string): string | null {
  const found = recordOf(workbook, act);
  const item = found === null ? undefined : workbook.index.item.get(found.itemId)?.cells;
  return item?.confidentiality === '保密' && !isNamed(item, by) ? `没有${found!.name}` : null;
}

function recordOf({ sheets, index }: Workbook, act: Act): { readonly itemId: string; readonly name: string } | null {
  switch (act.act) {
    case 'submit': case 'review-feedback': return { itemId: feedbackItem(sheets, act.feedbackId), name: `反馈「${act.feedbackId}」` };
    case 'confirm-score': case 'appeal': case 'review-appeal': return { itemId: sheets.scores.rows.find(({ cells }) => cells.scoreId === act.scoreId)?.cells.itemId ?? '', name: `计分「${act.scoreId}」` };
    case 'sign-notice': return { itemId: index.notice.get(act.noticeId)?.cells.itemId ?? '', name: `通知「${act.noticeId}」` };
    default: return null;
  }
}

/** 事项编号 of a row of 进展反馈; '' where there is none. */
export function feedbackItem({ feedback }: Workbook['sheets'], feedbackId: string): string {
  return feedback.rows.find(({ cells }) => cells.feedbackId === feedbackId)?.cells.itemId ?? '';
}

/** The same words of the same person on the same item within a day: a draft that was sent before and whose answer got lost. */
function isSaid(workbook: Workbook, { itemId, progress }: Extract<Act, { act: 'feedback' }>, by: string, now: Moment): boolean {
  const said = progress.trim();
  return said !== '' && (workbook.index.feedbackOf.get(itemId) ?? []).some(({ cells }) => cells.by === by && cells.progress === said && cells.at !== null && cells.at > now - MINUTES_PER_DAY);
}
