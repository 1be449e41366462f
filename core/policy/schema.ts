import type { ColumnKey } from '../workbook/columns.ts';
import type { NoticeType, RequestType, Role, Status } from '../workbook/values.ts';

export type PolicyId = 'bus' | 'logistics' | 'expo' | 'company' | 'platform' | 'tax';

/**
 * A regulation as data: what its text says, with the article beside every value. Rule kinds are closed unions that
 * code evaluates; an office changes values in 制度参数, never rules.
 */
export interface Policy {
  readonly id: PolicyId;
  /** Name shown to people, e.g. 公交集团. */
  readonly name: string;
  readonly version: string;
  /** The department that runs supervision, as the regulation calls it. */
  readonly supervisingUnit: string;
  readonly categories: readonly string[];
  readonly forms: readonly string[];
  readonly sourceTypes: readonly string[];
  /** The statuses its dropdown shows, in order. */
  readonly statuses: readonly Status[];
  /** Columns of 督办台账 it has no use for. */
  readonly hiddenColumns: readonly ColumnKey<'items'>[];
  /** Unit types to which items may be assigned; empty: any but 外部. */
  readonly assignableUnitTypes: readonly string[];
  readonly parameters: readonly ParameterDefinition[];
  readonly deadlines: readonly DeadlineRule[];
  readonly notices: readonly NoticeRule[];
  readonly scores: readonly ScoreRule[];
  readonly approvals: readonly ApprovalRule[];
  /** Clause behind each thing that has no rule of its own. */
  readonly clauses: PolicyClauses;
  /** Ranks branches, departments etc. apart. */
  readonly rankByUnitType: boolean;
}

/** The clauses that stand behind lights, stamps, rates and the rest, so that every write can name one. */
export interface PolicyClauses {
  readonly intake: string;
  readonly issue: string;
  readonly handling: string;
  readonly lateness: string;
  readonly rate: string;
  readonly ranking: string;
  readonly bulletin: string;
  readonly closing: string;
  readonly archive: string;
  readonly effectiveFrom: string;
  /** The unit itself names the limit where the notice set none (bus 10.3); absent: the regulation knows no such thing. */
  readonly limitByUnit?: string;
}

export type ParameterType =
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'day' }
  | { readonly kind: 'time' }
  | { readonly kind: 'period' };

export interface ParameterDefinition {
  readonly key: string;
  readonly label: string;
  readonly type: ParameterType;
  /** Default as it stands in 制度参数; blank where the text and good sense give none. */
  readonly value: string | number;
  /** Whether people may leave it blank (no such limit or rule) although it has a default. */
  readonly optional?: boolean;
  readonly unit: string;
  /** Clause id; blank for the program's own settings. */
  readonly clause: string;
  /** Whether the regulation's text says so (否: a visible assumption). */
  readonly inText: boolean;
  readonly note: string;
}

/** Narrows a rule to some items; every field that is given must match. */
export interface ItemCondition {
  readonly categories?: readonly string[];
  readonly forms?: readonly string[];
  readonly urgencies?: readonly string[];
  readonly rowTypes?: readonly string[];
  readonly nodeTypes?: readonly string[];
}

/** Default limit of an item whose 要求时限 is blank. The first rule that matches decides. */
export interface DeadlineRule {
  readonly kind: 'default-limit';
  readonly clause: string;
  /** What the rule does, in own words, for 时限依据. */
  readonly text: string;
  readonly when: ItemCondition;
  readonly from: 'receivedAt' | 'issuedAt';
  readonly unit: 'workday' | 'day' | 'hour' | 'same-workday';
  /** Key of the parameter that holds the count; absent for same-workday. */
  readonly countKey?: string;
  /** Key of a parameter that holds 工作日 or 自然日 and prevails over `unit`. */
  readonly unitKey?: string;
  /** Never later than the limit of the 上级事项 (bus 12.1: the whole keeps its limit). */
  readonly withinParent?: boolean;
}

export type RecipientRole = 'handler' | 'unitHead' | 'dutyPerson' | 'office' | 'leaderInCharge' | 'supervisingLeader';

/**
 * When a notice falls due, counted from the item's state. `issue`: on 下发. `lead`: so many days before the limit (a
 * lead day that is a day off moves back to the working day before). `due`: on the day of the limit. `overdue`: on the
 * first working day after the limit. `weekly`: on Mondays while late.
 */
export type NoticeMoment =
  | { readonly at: 'issue' }
  | { readonly at: 'lead'; readonly leadKey: string; readonly unit: 'workday' | 'day' }
  | { readonly at: 'due' }
  | { readonly at: 'overdue' }
  | { readonly at: 'weekly' };

export interface NoticeRule {
  readonly kind: 'deadline-notice';
  readonly clause: string;
  readonly type: NoticeType;
  readonly moment: NoticeMoment;
  readonly when: ItemCondition;
  readonly to: readonly RecipientRole[];
  readonly copy?: readonly RecipientRole[];
  /** 摘要 joins the day's digest; 邮件 is a mail of its own. */
  readonly channel: '摘要' | '邮件';
  /** Waits 待签 for this role. */
  readonly signedBy?: Role;
  /** Not sent while an extension request is pending or a result was fed back (parameter chaseSuppressedBy). */
  readonly suppressible?: boolean;
  /** Only where no 督查记录 of the item exists before the limit (tax 4.5). */
  readonly unlessInspected?: boolean;
  /** One sentence in Chinese that tells the reader what to do. */
  readonly ask: string;
}

export type ScoreRule =
  /** So many points for each late day, up or not submitted. */
  | { readonly kind: 'late-day'; readonly clause: string; readonly pointsKey: string; readonly reason: string; readonly confirm: 'automatic' | 'person' }
  /** So many points for each defect that the review found. */
  | { readonly kind: 'defect'; readonly clause: string; readonly pointsKey: string; readonly reason: string; readonly confirm: 'automatic' | 'person' }
  /** Extra points once where lateness or a defect had bad consequences. */
  | { readonly kind: 'consequence'; readonly clause: string; readonly pointsKey: string; readonly reason: string; readonly confirm: 'automatic' | 'person' }
  /** A published 通报批评 takes the unit's 通报扣分; reaching the year's threshold calls for a sanction and bars 评优. */
  | { readonly kind: 'criticism'; readonly clause: string; readonly thresholdKey: string; readonly sanction: string; readonly sanctionClause: string; readonly reason: string }
  /** One row per unit and month with late or badly done items; a person confirms within a range. */
  | { readonly kind: 'unit-month-range'; readonly clause: string; readonly unitType: string; readonly proposedKey: string; readonly minKey: string; readonly maxKey: string; readonly perKey: string; readonly reason: string }
  /** One row per unit and month; the points come from the unit's own contract (责任书扣分), blank waits for a person. */
  | { readonly kind: 'unit-month-contract'; readonly clause: string; readonly unitType: string; readonly reason: string };

/** Who decides a request, level by level. */
export interface ApprovalRule {
  readonly type: RequestType;
  readonly clause: string;
  readonly when: ItemCondition;
  /** Roles per level; a level with several roles wants one of them. */
  readonly levels: readonly (readonly Role[])[];
  /** Parameter with before-deadline / before-chase / any; absent: no cut-off. */
  readonly cutoffKey?: string;
  /** Parameter with the largest number granted; absent or blank value: unlimited. */
  readonly maxKey?: string;
  /** Parameter with the working days for the reply. */
  readonly replyWorkdaysKey?: string;
}
