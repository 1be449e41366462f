import type { ColumnKey, SheetKey } from '../workbook/columns.ts';
import type { Role, Status } from '../workbook/values.ts';
import type { ItemCondition } from './schema.ts';

/** What must hold before a status may change under any regulation; each is one sentence for people when it does not. */
export type Guard =
  | 'dispatch-opinion' | 'unit-and-limit' | 'handler-named' | 'result-present' | 'children-closed' | 'return-reason' | 'approved-pause' | 'approved-resume'
  | 'office-may-close' | 'leader-may-close' | 'general-manager-form' | 'void-reason' | 'single-lead' | 'assignable';

/** What must hold before a status may be entered. The first requirement that does not hold is told to people. */
export interface GuardRule {
  readonly clause: string;
  readonly to: readonly Status[];
  /** Absent: from wherever an edge leads there. */
  readonly from?: readonly Status[];
  readonly when: ItemCondition;
  readonly require: Requirement;
}

export type Requirement =
  /** Every column is filled, by the item or by its default (leaders and duty persons from 单位, limits by rule). */
  | { readonly kind: 'filled'; readonly columns: readonly ColumnKey<'items'>[] }
  /** One of the columns is filled; `ask` says what for. */
  | { readonly kind: 'one-filled'; readonly columns: readonly ColumnKey<'items'>[]; readonly ask: string }
  /** 附件 names one of the words; or `orElse` is filled, in place of it. */
  | { readonly kind: 'attached'; readonly words: readonly string[]; readonly orElse?: ColumnKey<'items'> }
  /** 附件 names a report where 需书面报告 says so. */
  | { readonly kind: 'report-attached' }
  /** 发起部门 is one of those that the source or category calls for; 牵头单位 stands for the item's own lead. Blank: that one. */
  | { readonly kind: 'initiator'; readonly bySource: Readonly<Record<string, readonly string[]>>; readonly byCategory: Readonly<Record<string, readonly string[]>> }
  /** Every 征求意见 is answered and there is one, or 特殊原因 says why not. */
  | { readonly kind: 'consulted' }
  /** The head of the unit has reviewed a 结果 of 进展反馈; that is when the item counts as handed in where `stamps`. */
  | { readonly kind: 'head-reviewed'; readonly stamps: boolean }
  /** No 进展反馈 says 需整改 without 整改措施. */
  | { readonly kind: 'rectification-named' }
  /** Only one node of a task is 最终节点. */
  | { readonly kind: 'one-final-node' }
  /** Never by this edge, whatever else holds, unless the parameter has the value. */
  | { readonly kind: 'never'; readonly ask: string; readonly unless?: { readonly key: string; readonly is: string } };

/** Who approves that an item is issued (e.g. expo 9.2: by form). */
export interface IssueApproval {
  readonly clause: string;
  readonly when: ItemCondition;
  readonly roles: readonly Role[];
}

/** Who may edit some columns where the host knows the editor. */
export interface RightRule {
  readonly clause: string;
  readonly sheet: SheetKey;
  readonly columns: readonly string[];
  /** Only what already stands there: anybody may fill a blank cell (a unit's own 自查). */
  readonly onlyFilled?: boolean;
  readonly roles: readonly Role[];
}
