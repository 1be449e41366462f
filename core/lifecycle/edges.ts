import type { PolicyId } from '../policy/schema.ts';
import type { Status } from '../workbook/values.ts';

/** What must hold before a status may change; each is one sentence for people when it does not. */
export type Guard =
  | 'dispatch-opinion' | 'unit-and-limit' | 'handler-named' | 'result-present' | 'children-closed' | 'return-reason' | 'approved-pause' | 'approved-resume'
  | 'office-may-close' | 'leader-may-close' | 'general-manager-form';

export interface Edge {
  readonly from: readonly Status[];
  readonly to: Status;
  readonly guards: readonly Guard[];
  /** Policies whose regulation knows this edge; absent: every policy whose dropdown holds both statuses. */
  readonly only?: readonly PolicyId[];
}

const OPEN: readonly Status[] = [
  '拟立项', '征求意见', '待批示', '待分办', '已下发', '办理中', '协调中', '已暂停', '待审核', '分管领导审核', '总经理批示', '已退办',
];
const REVIEW: readonly Status[] = ['待审核', '分管领导审核', '总经理批示'];

/**
 * The union state machine of the six regulations as one table (regulations/summary.md, section 2). No edge leaves
 * 已归档, 不予立项 or 已撤销; 已办结 leads only to 已归档.
 */
export const EDGES: readonly Edge[] = [
  { from: ['拟立项'], to: '征求意见', guards: [], only: ['expo'] },
  { from: ['征求意见'], to: '待批示', guards: [], only: ['expo'] },
  { from: ['拟立项'], to: '待批示', guards: [], only: ['bus', 'expo', 'company'] },
  { from: ['待批示'], to: '已下发', guards: ['unit-and-limit'], only: ['bus', 'expo', 'company'] },
  { from: ['待批示'], to: '不予立项', guards: [] },
  { from: ['待批示'], to: '拟立项', guards: [] },
  { from: ['拟立项'], to: '已下发', guards: ['unit-and-limit'], only: ['logistics', 'platform'] },
  { from: ['拟立项'], to: '待分办', guards: [], only: ['tax'] },
  { from: ['待分办'], to: '已下发', guards: ['dispatch-opinion', 'unit-and-limit'], only: ['tax'] },
  { from: ['已下发', '协调中'], to: '办理中', guards: ['handler-named'] },
  { from: ['已下发', '办理中'], to: '协调中', guards: [] },
  { from: ['已下发', '办理中'], to: '待分办', guards: [], only: ['tax'] },
  { from: ['办理中'], to: '已暂停', guards: ['approved-pause'], only: ['platform'] },
  { from: ['已暂停'], to: '办理中', guards: ['approved-resume'], only: ['platform'] },
  { from: ['办理中', '已退办'], to: '待审核', guards: ['result-present'] },
  { from: ['待审核'], to: '分管领导审核', guards: [], only: ['expo', 'company', 'tax'] },
  { from: ['分管领导审核'], to: '总经理批示', guards: ['general-manager-form'], only: ['expo'] },
  { from: ['待审核'], to: '已办结', guards: ['children-closed'], only: ['company', 'bus', 'platform', 'logistics'] },
  { from: ['待审核'], to: '已办结', guards: ['children-closed', 'office-may-close'], only: ['expo'] },
  { from: ['分管领导审核'], to: '已办结', guards: ['children-closed'], only: ['company', 'tax'] },
  { from: ['分管领导审核'], to: '已办结', guards: ['children-closed', 'leader-may-close'], only: ['expo'] },
  { from: ['总经理批示'], to: '已办结', guards: ['children-closed'] },
  { from: REVIEW, to: '已退办', guards: ['return-reason'] },
  { from: ['已退办'], to: '办理中', guards: [] },
  { from: ['已办结'], to: '已归档', guards: [] },
  { from: ['办理中'], to: '阶段性办毕', guards: [], only: ['bus'] },
  { from: OPEN, to: '已撤销', guards: [] },
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
