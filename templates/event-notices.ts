import type { NoticeRule, RecipientRole, RequestType, Status } from '#core';

const ASKED: readonly RequestType[] = ['延期', '暂停', '恢复', '办结', '非职责退回', '征求意见', '重定时限', '限期整改', '更正'];
const TIMED: readonly RequestType[] = ['延期', '暂停', '恢复', '重定时限'];
const COORDINATION: readonly RequestType[] = ['协调', '分歧协调'];
/** Key of the parameter that every policy with a reply or review clock has. */
const LEAD = 'clockLeadWorkdays';

/** The clause by which each of the events that every regulation knows is told; an event left out isn't told. */
export interface EventClauses {
  readonly request: string;
  readonly coordination?: string;
  readonly rectification?: string;
  readonly returned: string;
  readonly review: string;
  readonly feedbackDue: string;
  /** Who reviews after the office, by status. */
  readonly reviewers?: Readonly<Partial<Record<Status, RecipientRole>>>;
}

/**
 * What every regulation tells of requests, returns and reviews, each under its own clause: the approver at once and before
 * the clock runs out, the unit what was decided.
 */
export function eventNotices(clauses: EventClauses): readonly NoticeRule[] {
  const base = { kind: 'deadline-notice', when: {} } as const;
  const reviewers: readonly (readonly [Status, RecipientRole])[] = [
    ['待审核', 'office'], ...Object.entries(clauses.reviewers ?? {}) as [Status, RecipientRole][],
  ];
  const rules: NoticeRule[] = [
    { ...base, clause: clauses.request, type: '批复提醒', moment: { at: 'request', stage: 'waiting', types: ASKED }, to: ['approver'], channel: '邮件', ask: '请审批并填写结论。' },
    { ...base, clause: clauses.request, type: '批复提醒', moment: { at: 'request', stage: 'reply-lead', types: ASKED, leadKey: LEAD }, to: ['approver'], channel: '摘要', ask: '批复期限将至,请尽快填写结论。' },
    { ...base, clause: clauses.request, type: '延期批复', moment: { at: 'request', stage: 'decided', types: TIMED }, to: ['applicant', 'handler', 'leadUnit'], channel: '邮件', ask: '请按批复办理。' },
    { ...base, clause: clauses.returned, type: '退办通知', moment: { at: 'returned' }, to: ['handler', 'leadUnit'], copy: ['leaderInCharge'], channel: '邮件', ask: '请按退办原因重新办理,在退办期限前再次上报。' },
    ...reviewers.flatMap(([status, role]): NoticeRule[] => [
      { ...base, clause: clauses.review, type: '审核提醒', moment: { at: 'review', stage: 'arrived', status }, to: [role], channel: '摘要', ask: '已上报办理结果,请审核。' },
      { ...base, clause: clauses.review, type: '审核提醒', moment: { at: 'review', stage: 'lead', status }, to: [role], channel: '摘要', ask: '审核期限将至,请尽快审核。' },
    ]),
    { ...base, clause: clauses.feedbackDue, type: '反馈提醒', moment: { at: 'feedback-due' }, to: ['handler'], channel: '摘要', ask: '请反馈进展情况。' },
  ];
  if (clauses.coordination !== undefined) {
    rules.push(
      { ...base, clause: clauses.coordination, type: '协调通知', moment: { at: 'request', stage: 'waiting', types: COORDINATION }, to: ['approver', 'otherUnit'], channel: '邮件', ask: '请协调,并把结论和意见填入申请。' },
      { ...base, clause: clauses.coordination, type: '协调通知', moment: { at: 'request', stage: 'decided', types: COORDINATION }, to: ['applicant', 'handler'], channel: '邮件', ask: '协调已有结论,时限不变。' },
    );
  }
  if (clauses.rectification !== undefined) {
    const types: readonly RequestType[] = ['限期整改'];
    rules.push(
      { ...base, clause: clauses.rectification, type: '限期整改', moment: { at: 'request', stage: 'decided', types }, to: ['handler', 'leadUnit'], channel: '邮件', ask: '请限期整改,并跟踪反馈整改结果。' },
      { ...base, clause: clauses.rectification, type: '限期整改', moment: { at: 'request', stage: 'rectify-lead', types, leadKey: LEAD }, to: ['handler', 'leadUnit'], channel: '摘要', ask: '整改期限将至,请反馈整改结果。' },
      { ...base, clause: clauses.rectification, type: '限期整改', moment: { at: 'request', stage: 'rectify-overdue', types }, to: ['handler', 'leadUnit', 'office'], channel: '摘要', ask: '整改期限已过而没有整改反馈,请立即说明。' },
    );
  }
  return rules;
}
