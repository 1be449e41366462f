import {
  appealScore, confirmScore, decideRequest, draftBulletin, fileRequest, giveFeedback, handIn, isNamed, markRead, MINUTES_PER_DAY, readTyped, refused, reviewAppeal, reviewFeedback, signBulletin, signNotice, submitFeedback,
  type Answer, type Moment, type Workbook,
} from '#core';

/** One cell of 督办台账, as a person saw and typed it. */
export interface CellEdit { readonly itemId: string; readonly column: string; readonly seen: string; readonly text: string }

/** What people do in the console, on the page and by a link alike; checked by each host where it comes in. */
export type Act =
  | { readonly act: 'feedback'; readonly itemId: string; readonly type: '进展' | '结果'; readonly progress: string; readonly nextPlan: string; readonly attachments: readonly string[] }
  | { readonly act: 'submit'; readonly feedbackId: string; readonly text: string }
  | { readonly act: 'review-feedback'; readonly feedbackId: string }
  | { readonly act: 'hand-in'; readonly itemId: string; readonly result: string }
  | { readonly act: 'request'; readonly itemId: string; readonly type: '延期' | '暂停' | '恢复' | '协调' | '非职责退回'; readonly reason: string; readonly workDone: string; readonly limit: string }
  | { readonly act: 'decide'; readonly requestId: string; readonly decision: '同意' | '不同意' | '转报'; readonly opinion: string; readonly limit: string }
  | { readonly act: 'confirm-score'; readonly scoreId: string; readonly points: string; readonly seen: string; readonly note: string }
  | { readonly act: 'appeal'; readonly scoreId: string; readonly reason: string }
  | { readonly act: 'review-appeal'; readonly scoreId: string; readonly result: '维持' | '调整' | '撤销'; readonly points: string; readonly note: string }
  | { readonly act: 'sign-notice'; readonly noticeId: string; readonly decision: '签发' | '取消' | '重发' }
  | { readonly act: 'draft-bulletin'; readonly bulletinId: string; readonly seen: string; readonly body: string; readonly handUp: boolean }
  | { readonly act: 'sign-bulletin'; readonly bulletinId: string; readonly seen: string }
  | { readonly act: 'read' };

/** What an act comes to on the workbook as it is when it is written; `isStored`: whether an attachment lies with the item's. */
export function answerTo(workbook: Workbook, act: Act, by: string, now: Moment, isStored: (itemId: string, path: string) => boolean): Answer {
  const hidden = hiddenBy(workbook, act, by);
  if (hidden !== null) return refused(hidden);
  switch (act.act) {
    case 'feedback': {
      if (act.attachments.some((path) => !isStored(act.itemId, path))) return refused('附件没有上传成功:请重新选择文件');
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
