import { confirmScore, decideRequest, giveFeedback, markRead, moment, submitFeedback, type Answer, type Moment, type Workbook } from '#core';

/** What somebody does on a phone before the run. `拒绝`: it must be refused with this in the sentence. */
export interface Tap {
  readonly 人: string;
  readonly 做: '审批' | '反馈' | '提报' | '阅读' | '确认';
  /** 申请编号, 事项编号, 反馈编号 or 计分编号. */
  readonly 编号?: string;
  readonly 结论?: '同意' | '不同意' | '转报';
  readonly 内容?: string;
  readonly 下步计划?: string;
  readonly 批准时限?: string;
  readonly 拒绝?: string;
}

/** Does it in the core, as a console would. */
export function tapped(workbook: Workbook, now: Moment, tap: Tap): Answer {
  const id = tap.编号 ?? '';
  switch (tap.做) {
    case '审批': return decideRequest(workbook, {
      requestId: id, by: tap.人, decision: tap.结论 ?? '同意', opinion: tap.内容 ?? '', limit: tap.批准时限 === undefined ? null : moment(tap.批准时限),
    }, now);
    case '反馈': return giveFeedback(workbook, { itemId: id, by: tap.人, progress: tap.内容 ?? '', nextPlan: tap.下步计划 ?? '' }, now);
    case '提报': return submitFeedback(workbook, { feedbackId: id, by: tap.人, text: tap.内容 ?? '' }, now);
    case '确认': return confirmScore(workbook, { scoreId: id, by: tap.人, points: tap.内容 ?? '', seen: '', note: '' }, now);
    case '阅读': return markRead(workbook, tap.人, now);
  }
}
