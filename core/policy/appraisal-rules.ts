import type { NodeType, Role } from '../workbook/values.ts';
import type { ItemCondition } from './schema.ts';

/**
 * What in an item's course calls for an answer; appraisal/lapse-events.ts says when each has happened.
 * `first-extension`, `second-extension`: an admitted application; `unfinished`: past the limit with fewer than two
 * extensions granted; `unfinished-twice-extended`: past a limit that was extended twice; `late-or-poor`: late, or handed in
 * with defects; `chase-missed`: past 催办时限; `consequence`: marked 不良后果; `serious`: so marked and late beyond a threshold.
 */
export type LapseEvent =
  | 'first-extension' | 'second-extension' | 'unfinished' | 'unfinished-twice-extended' | 'late-or-poor' | 'chase-missed' | 'consequence' | 'serious';

/** An event of some items, as score and sanction rules name it. */
export interface EventCondition {
  readonly on: LapseEvent;
  readonly when: ItemCondition;
  /** Parameter with applied / approved: what of an extension counts. Absent: the application. */
  readonly basisKey?: string;
  /** `serious` only: parameter with the late days. */
  readonly thresholdKey?: string;
}

/** Score rules that rest on an event or a time node, beside the ones in schema.ts. */
export type EventScoreRule =
  /** Lowers the unit's coefficient of the month of the event (expo 12.2b-d). */
  | EventCondition & { readonly kind: 'coefficient'; readonly clause: string; readonly coefficientKey: string; readonly reason: string }
  /** Points come from a scheme outside the regulation: the row waits for a person; `afterMeeting`: and for a meeting that passes it. */
  | EventCondition & { readonly kind: 'external-scheme'; readonly clause: string; readonly reason: string; readonly afterMeeting?: boolean }
  /** So many points where a time node passed without a result, by 节点类型 (platform 4a). */
  | { readonly kind: 'node-late'; readonly clause: string; readonly pointsKeys: Readonly<Record<NodeType, string>>; readonly reason: string };

/** A task in 问责处理 that an event calls for; a person approves and carries it out. */
export interface SanctionRule extends EventCondition {
  readonly clause: string;
  /** 类型 of the task. */
  readonly type: string;
  /** Who answers: 第一责任人, 直接责任人, or those that bear 相应责任 (named in 说明). */
  readonly to: 'unitHead' | 'handler' | 'related';
  /** What to do, for 说明. */
  readonly ask: string;
  /** Due by the end of the event's month; from then on a task not carried out is listed as missing. */
  readonly dueMonthEnd?: boolean;
  /** Unit to which the task goes on record once carried out. */
  readonly fileWith?: string;
  /** The unit is out of 评先 for the year. */
  readonly bars?: 'award';
  /** Drafts a 通报 with an entry that names unit and person. */
  readonly bulletin?: boolean;
}

/** An accountability case: opened by the executing unit only after a leader approved it (bus 15.3). */
export interface AccountabilityRule {
  readonly clause: string;
  readonly type: string;
  readonly approvers: readonly Role[];
  readonly executor: string;
}

/** Rows of 考核计分 that people write themselves (来源 手动). */
export interface ManualScoreRule {
  readonly clause: string;
  /** `completion`: they count only once the item's completion was approved. */
  readonly after: 'completion' | 'any';
  readonly reasons?: readonly string[];
  readonly givers?: readonly Role[];
  readonly minKey?: string;
  readonly maxKey?: string;
  /** Whether they can only take points off. */
  readonly deductOnly?: boolean;
}
