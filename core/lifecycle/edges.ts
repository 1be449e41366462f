import type { Guard } from '../policy/guard-schema.ts';
import type { PolicyId } from '../policy/schema.ts';
import type { Status } from '../workbook/values.ts';

/** Who moves an item along an edge; the office may move along any but those that are an approval. */
export type Mover = 'office' | 'unit' | 'initiator' | 'leader' | 'issuer';

export interface Edge {
  readonly from: readonly Status[];
  readonly to: Status;
  readonly guards: readonly Guard[];
  readonly by: readonly Mover[];
  /** Policies whose regulation knows this edge; absent: every policy whose dropdown holds both statuses. */
  readonly only?: readonly PolicyId[];
}

const OPEN: readonly Status[] = [
  '拟立项', '征求意见', '待批示', '待分办', '已下发', '办理中', '协调中', '已暂停', '待审核', '分管领导审核', '总经理批示', '已退办',
];
const REVIEW: readonly Status[] = ['待审核', '分管领导审核', '总经理批示'];
const ISSUE: readonly Guard[] = ['single-lead', 'assignable', 'unit-and-limit'];

/**
 * The union state machine of the six regulations as one table (regulations/summary.md, section 2). No edge leaves
 * 已归档, 不予立项 or 已撤销; 已办结 leads only to 已归档.
 */
export const EDGES: readonly Edge[] = [
  { from: ['拟立项'], to: '征求意见', guards: [], by: ['office'], only: ['expo'] },
  { from: ['征求意见'], to: '待批示', guards: [], by: ['office'], only: ['expo'] },
  { from: ['拟立项'], to: '待批示', guards: [], by: ['office', 'initiator'], only: ['bus'] },
  { from: ['拟立项'], to: '待批示', guards: [], by: ['office'], only: ['expo', 'company'] },
  { from: ['待批示'], to: '已下发', guards: ISSUE, by: ['issuer'], only: ['bus', 'expo', 'company'] },
  { from: ['待批示'], to: '不予立项', guards: ['void-reason'], by: ['issuer', 'office'] },
  { from: ['待批示'], to: '拟立项', guards: [], by: ['issuer', 'office'] },
  { from: ['拟立项'], to: '已下发', guards: ISSUE, by: ['office'], only: ['logistics', 'platform'] },
  { from: ['拟立项'], to: '待分办', guards: [], by: ['office'], only: ['tax'] },
  { from: ['待分办'], to: '已下发', guards: ['dispatch-opinion', ...ISSUE], by: ['office'], only: ['tax'] },
  { from: ['已下发', '协调中'], to: '办理中', guards: ['handler-named'], by: ['unit', 'office'] },
  { from: ['已下发', '办理中'], to: '协调中', guards: [], by: ['unit', 'office'] },
  { from: ['已下发', '办理中', '协调中'], to: '待分办', guards: [], by: ['office'], only: ['tax'] },
  { from: ['办理中'], to: '已暂停', guards: ['approved-pause'], by: ['unit', 'office'], only: ['platform'] },
  { from: ['已暂停'], to: '办理中', guards: ['approved-resume'], by: ['unit', 'office'], only: ['platform'] },
  { from: ['办理中', '已退办'], to: '待审核', guards: ['result-present'], by: ['unit', 'office'] },
  { from: ['待审核'], to: '分管领导审核', guards: [], by: ['office'], only: ['expo', 'company', 'tax'] },
  { from: ['分管领导审核'], to: '总经理批示', guards: ['general-manager-form'], by: ['office', 'leader'], only: ['expo'] },
  { from: ['待审核'], to: '已办结', guards: ['children-closed'], by: ['office', 'leader'], only: ['company', 'bus', 'platform', 'logistics'] },
  { from: ['待审核'], to: '已办结', guards: ['office-may-close', 'children-closed'], by: ['office'], only: ['expo'] },
  { from: ['分管领导审核'], to: '已办结', guards: ['children-closed'], by: ['office', 'leader'], only: ['company', 'tax'] },
  { from: ['分管领导审核'], to: '已办结', guards: ['leader-may-close', 'children-closed'], by: ['office', 'leader'], only: ['expo'] },
  { from: ['总经理批示'], to: '已办结', guards: ['children-closed'], by: ['office', 'leader'] },
  { from: REVIEW, to: '已退办', guards: ['return-reason'], by: ['office', 'leader'] },
  { from: ['已退办'], to: '办理中', guards: [], by: ['unit', 'office'] },
  { from: ['已办结'], to: '已归档', guards: [], by: ['office', 'initiator'] },
  { from: ['办理中'], to: '阶段性办毕', guards: [], by: ['unit', 'office'], only: ['bus'] },
  { from: OPEN, to: '已撤销', guards: ['void-reason'], by: ['office'] },
];

/** The edge between two statuses under a policy; null where the regulation knows none. */
export function edgeBetween(policy: PolicyId, statuses: readonly Status[], from: Status, to: Status): Edge | null {
  if (!statuses.includes(from) || !statuses.includes(to)) return null;
  return EDGES.find((edge) => edge.to === to && edge.from.includes(from) && (edge.only?.includes(policy) ?? true)) ?? null;
}

/** The statuses that may follow, for the sentence that tells people what to choose instead. */
export function nextStatuses(policy: PolicyId, statuses: readonly Status[], from: Status): Status[] {
  return statuses.filter((to) => edgeBetween(policy, statuses, from, to) !== null);
}

/**
 * The two edges that lead from a status to another where one does not, and where neither is somebody's decision: what one
 * person may do in two clicks between two runs. null where one edge leads there, or no such two.
 */
export function wayBetween(policy: PolicyId, statuses: readonly Status[], from: Status, to: Status): readonly [Edge, Edge] | null {
  if (from === to || edgeBetween(policy, statuses, from, to) !== null) return null;
  for (const via of statuses) {
    const first = edgeBetween(policy, statuses, from, via);
    const second = first === null ? null : edgeBetween(policy, statuses, via, to);
    if (first === null || second === null || isDecision(from, first) || isDecision(via, second)) continue;
    if (first.by.some((mover) => second.by.includes(mover))) return [first, second];
  }
  return null;
}

const DECIDED: readonly Guard[] = ['dispatch-opinion', 'approved-pause', 'approved-resume'];

/** Whether an edge is an approval or a review, or waits for a request, for answers or for a leader's remark: the status before it has to be seen. */
export function isDecision(from: Status, edge: Edge): boolean {
  return edge.by.includes('issuer') || from === '征求意见' || REVIEW.includes(from) || edge.guards.some((guard) => DECIDED.includes(guard));
}
