import { STATUSES, type Status } from '../workbook/values.ts';

/**
 * What a status means for lights, clocks and rates. `before`: not issued yet; `running`: the clock counts against the
 * limit; `returned`: it counts against 退办期限; `paused`: it stands; `review`: handed in; `done`; `void`.
 */
export type StatusGroup = 'before' | 'running' | 'returned' | 'paused' | 'review' | 'done' | 'void';

const GROUPS: Readonly<Record<Status, StatusGroup>> = {
  拟立项: 'before', 征求意见: 'before', 待批示: 'before', 待分办: 'before',
  已下发: 'running', 办理中: 'running', 协调中: 'running',
  已退办: 'returned', 已暂停: 'paused',
  待审核: 'review', 分管领导审核: 'review', 总经理批示: 'review',
  已办结: 'done', 已归档: 'done', 阶段性办毕: 'done',
  不予立项: 'void', 已撤销: 'void',
};

export function groupOf(status: Status): StatusGroup {
  return GROUPS[status];
}

/** True once the item was issued to its unit: its limit is fixed from then on. */
export function isIssued(status: Status): boolean {
  const group = GROUPS[status];
  return group !== 'before' && group !== 'void';
}

/** True once a result was handed in. */
export function isSubmitted(status: Status): boolean {
  const group = GROUPS[status];
  return group === 'review' || group === 'done';
}

export function isKnownStatus(text: string): text is Status {
  return (STATUSES as readonly string[]).includes(text);
}
