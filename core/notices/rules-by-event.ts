import type { NoticeMoment, NoticeRule, Policy } from '../policy/schema.ts';

type RequestMoment = Extract<NoticeMoment, { at: 'request' }>;
type FeedbackMoment = Extract<NoticeMoment, { at: 'feedback' }>;
type ReviewMoment = Extract<NoticeMoment, { at: 'review' }>;
type ItemMoment = Exclude<NoticeMoment, RequestMoment | FeedbackMoment | ReviewMoment>;
type With<M> = NoticeRule & { readonly moment: M };

export type ItemRule = With<ItemMoment>;
export type RequestRule = With<RequestMoment>;
export type FeedbackNoticeRule = With<FeedbackMoment>;
export type ReviewRule = With<ReviewMoment>;

/** A policy's notice rules by what they look at, so that an item meets only those that can be due for it. */
export interface RulesByEvent {
  readonly item: readonly ItemRule[];
  readonly review: readonly ReviewRule[];
  readonly request: readonly RequestRule[];
  readonly feedback: readonly FeedbackNoticeRule[];
}

const SORTED = new WeakMap<Policy, RulesByEvent>();

export function rulesByEvent(policy: Policy): RulesByEvent {
  const known = SORTED.get(policy);
  if (known !== undefined) return known;
  const item: ItemRule[] = [];
  const review: ReviewRule[] = [];
  const request: RequestRule[] = [];
  const feedback: FeedbackNoticeRule[] = [];
  for (const rule of policy.notices) {
    const { moment } = rule;
    switch (moment.at) {
      case 'review': review.push({ ...rule, moment }); break;
      case 'request': request.push({ ...rule, moment }); break;
      case 'feedback': feedback.push({ ...rule, moment }); break;
      default: item.push({ ...rule, moment });
    }
  }
  const sorted = { item, review, request, feedback };
  SORTED.set(policy, sorted);
  return sorted;
}
