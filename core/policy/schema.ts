import type { ColumnKey } from '../workbook/columns.ts';
import type { BulletinType, FeedbackType, NoticeType, RequestType, Role, Status } from '../workbook/values.ts';
import type { AccountabilityRule, EventScoreRule, ManualScoreRule, SanctionRule } from './appraisal-rules.ts';
import type { DefaultRule, NodeTemplate, PublicForms } from './classification-rules.ts';
import type { Guard, GuardRule, IssueApproval, RightRule } from './guard-schema.ts';
import type { ArchiveRule, InspectionRules, StaffingRule, TrackRule } from './inspection-rules.ts';

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
  /** How often progress is due where 反馈周期 is blank; the first rule that matches decides. */
  readonly feedbackCycles: readonly FeedbackCycleRule[];
  /** What a row of 进展反馈 must hold. */
  readonly feedback: readonly FeedbackRule[];
  readonly bulletins: BulletinPolicy;
  readonly scores: readonly ScoreRule[];
  readonly approvals: readonly ApprovalRule[];
  /** What must hold before a status may be entered, beyond what every regulation asks. */
  readonly guards: readonly GuardRule[];
  /** The clause behind a guard of the common edges, where it isn't the edge's own. */
  readonly guardClauses: Readonly<Partial<Record<Guard, string>>>;
  /** Who may turn 待批示 into 已下发; the first that matches. Absent: the office. */
  readonly issueApprovals: readonly IssueApproval[];
  /** The roles of the supervising unit: they move every status, edit 制度参数 and lead units. */
  readonly officeRoles: readonly Role[];
  /** Cells that only some roles may edit, beside 状态 and 制度参数. */
  readonly rights: readonly RightRule[];
  /** People of these roles may answer for an item in a unit's place (logistics 4); absent: units only. */
  readonly assignableRoles?: readonly Role[];
  /** Tasks in 问责处理 that an item's course calls for. */
  readonly sanctions?: readonly SanctionRule[];
  readonly accountability?: AccountabilityRule;
  /** Scores that people write themselves; absent: they count once confirmed. */
  readonly manualScores?: ManualScoreRule;
  readonly inspections?: InspectionRules;
  /** 跟踪级别; the first that matches. */
  readonly tracks?: readonly TrackRule[];
  readonly staffing?: readonly StaffingRule[];
  readonly archive?: ArchiveRule;
  /** Parameter with overdue / overdue-or-extended: what 延迟办理 counts (platform 五). */
  readonly delayedMeansKey?: string;
  /** Clauses behind the dropdowns of 事项类别 and 督办形式. */
  readonly choiceClauses?: { readonly category?: string; readonly form?: string };
  readonly defaults?: readonly DefaultRule[];
  readonly publicForms?: PublicForms;
  /** The documents that go out with 立项下发; the first that matches. */
  readonly issueDocuments?: readonly { readonly clause: string; readonly when: ItemCondition; readonly names: readonly string[] }[];
  readonly nodeTemplates?: readonly NodeTemplate[];
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
  /** Notices go to nobody outside the item's units, the supervising unit and the leaders (tax 2.3). */
  readonly recipientCheck?: string;
  /** The letters that chase name who bears which responsibility (expo 12.1). */
  readonly responsibility?: string;
  /** An issued item without a plan is pointed out (bus 10.1). */
  readonly missingPlan?: string;
  /** The supervising unit and what only it may do. */
  readonly supervision: string;
  /** Who may register an item (expo 9.1); absent: as supervision. */
  readonly registration?: string;
  /** Who may amend the values of 制度参数. */
  readonly interpretation: string;
  /** Units and people that items may be assigned to. */
  readonly assignment: string;
  /** Who may change the lead unit once issued (tax 4.3, company 6.3). */
  readonly reassignment: string;
  /** Each 协办单位 files a 协办意见 (tax 4.4); absent: not asked for. */
  readonly coOpinion?: string;
  /** A duty person ought to stand for each unit: a hint at 下发 (company 4); absent: not asked for. */
  readonly dutyPerson?: string;
  /** A parent shows the average 进度 of its children (platform 五); absent: not asked for. */
  readonly rollUp?: string;
  /** A document done in part becomes a drafted item (bus 12.3); absent: not asked for. */
  readonly stageItem?: string;
}

export type ParameterType =
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'day' }
  | { readonly kind: 'time' }
  | { readonly kind: 'period' }
  /** Words parted by 、. */
  | { readonly kind: 'words' }
  /** A sentence of mails; the words that may stand in braces. */
  | { readonly kind: 'text'; readonly places: readonly string[] }
  /** Lines `原句 → 新句` (wording.ts). */
  | { readonly kind: 'wording' };

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
  readonly importances?: readonly string[];
  /** Words of which 督办事项 holds one, e.g. the kind of a document. */
  readonly titleHolds?: readonly string[];
}

/** Default limit of an item whose 要求时限 is blank, counted from 收受时间. The first rule that matches decides. */
export interface DeadlineRule {
  readonly kind: 'default-limit';
  readonly clause: string;
  /** What the rule does, in own words, for 时限依据. */
  readonly text: string;
  readonly when: ItemCondition;
  readonly unit: 'workday' | 'day' | 'hour' | 'same-workday';
  /** Key of the parameter that holds the count; absent for same-workday. */
  readonly countKey?: string;
  /** Key of a parameter that holds 工作日 or 自然日 and prevails over `unit`. */
  readonly unitKey?: string;
  /** Never later than the limit of the 上级事项 (bus 12.1: the whole keeps its limit). */
  readonly withinParent?: boolean;
}

/**
 * Who is told, by the item's row and its unit. `leadUnit`: the lead unit as one address (its head, else whoever answers for
 * it). `approver`, `applicant`, `otherUnit`: named by the request that a notice is about.
 */
export type RecipientRole =
  | 'handler' | 'unitHead' | 'dutyPerson' | 'office' | 'leaderInCharge' | 'supervisingLeader'
  | 'leadUnit' | 'coUnits' | 'initiator' | 'groupHead' | 'bureauLeaders' | 'generalManager' | 'approver' | 'applicant' | 'otherUnit';

/**
 * When a notice falls due, counted from the item's state. `issue`: on 下发. `lead`: so many days before the limit (a
 * lead day that is a day off moves back to the working day before). `due`: on the day of the limit. `overdue`: on the
 * first working day after the limit. `weekly`: on Mondays while late. `returned`: on a return for rework. `chase-missed`: on
 * the first working day after 催办时限. `feedback-due`: on the working day by which progress was due, or the one after
 * (`past`). `report`: before and after 报告期限. `review`: when a result waits for review, and before 审核期限.
 * `request`: when a request waits for its approver, before its 批复期限, once it is decided, before and after the limit of
 * an ordered 限期整改. `feedback`: when a row of 进展反馈 was given, was submitted (提报), or is not reported to the leaders
 * by the next working day. `ordered`: when a chase is registered in 督查记录 (方式 催办).
 */
export type NoticeMoment =
  | { readonly at: 'issue' }
  | { readonly at: 'lead'; readonly leadKey: string; readonly unit: 'workday' | 'day' }
  | { readonly at: 'due' }
  | { readonly at: 'overdue' }
  | { readonly at: 'weekly' }
  | { readonly at: 'returned' }
  | { readonly at: 'chase-missed' }
  | { readonly at: 'feedback-due'; readonly past?: boolean }
  | { readonly at: 'report'; readonly stage: 'lead' | 'overdue'; readonly leadKey?: string }
  | { readonly at: 'review'; readonly stage: 'arrived' | 'lead'; readonly status: Status }
  | { readonly at: 'request'; readonly stage: 'waiting' | 'reply-lead' | 'decided' | 'rectify-lead' | 'rectify-overdue'; readonly types: readonly RequestType[]; readonly leadKey?: string }
  | { readonly at: 'feedback'; readonly stage: 'given' | 'submitted' | 'unreported'; readonly types?: readonly FeedbackType[] }
  | { readonly at: 'ordered' };

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
  /** Only while no feedback was given, or while what was given is not submitted (platform 6). */
  readonly missing?: 'feedback' | 'submission';
  /** Working days for the answer, from the day the notice falls due; the line names the day. */
  readonly answerWorkdaysKey?: string;
  /** Working days after the limit within which it must go out; later it says 逾期发出 (logistics 12). */
  readonly withinWorkdaysKey?: string;
  /** One sentence in Chinese that tells the reader what to do. */
  readonly ask: string;
}

export interface FeedbackCycleRule {
  readonly clause: string;
  readonly when: ItemCondition;
  /** Parameter with a cycle of FEEDBACK_CADENCES. */
  readonly cycleKey: string;
}

/** The cycles a parameter may name; 反馈周期 of an item knows some of them. */
export const FEEDBACK_CADENCES = ['每日', '每两个工作日', '每周', '每两周', '每月', '无'] as const;

export type FeedbackRule =
  /** A field that must be filled, always or where there are problems or rectification is needed. */
  | { readonly kind: 'required-field'; readonly clause: string; readonly field: 'nextPlan' | 'solutions' | 'rectification'; readonly when: 'progress' | 'problems' | 'needsRectification'; readonly ask: string }
  /** A result from a unit that only assists is its opinion; the lead unit consolidates (tax 4.6). */
  | { readonly kind: 'lead-consolidates'; readonly clause: string };

/** What a drafted bulletin tells, in this order. */
export type BulletinSection = 'units' | 'months' | 'late' | 'items' | 'problems' | 'feedback' | 'results';

export interface BulletinRule {
  readonly type: BulletinType;
  readonly clause: string;
  /** Parameter with 每月, 每季度, 每年, 不定期 or 无. */
  readonly cadenceKey: string;
  readonly sections: readonly BulletinSection[];
  /** The leaders alone, or all units with the leaders in copy. */
  readonly to: 'leaders' | 'units';
}

export interface BulletinPolicy {
  readonly drafts: readonly BulletinRule[];
  /** Unit and person must be named, vague words are refused. */
  readonly naming?: { readonly clause: string; readonly wordsKey: string };
  /** Behind the alarm for a bulletin that is not out by 通报期限. */
  readonly overdue: string;
  /** Behind a bulletin that goes out at any time. */
  readonly adhoc: string;
}

export type ScoreRule =
  | EventScoreRule
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

/** Who decides a request, level by level. The first rule that matches type, item and count decides. */
export interface ApprovalRule {
  readonly type: RequestType;
  readonly clause: string;
  readonly when: ItemCondition;
  /** Counts only for the n-th request of its kind that is admitted (expo 9.5); absent: for all. */
  readonly nth?: number;
  /** Roles per level; a level with several roles wants one of them. */
  readonly levels: readonly (readonly Role[])[];
  /** Who decides after the last level has forwarded (转报); absent: the last level again. */
  readonly forwardTo?: readonly Role[];
  /** Columns that must be filled once a level has forwarded (tax 4.4: reasons and bases of both sides). */
  readonly forwardRequires?: readonly ColumnKey<'requests'>[];
  /** The clause of the level that is forwarded to, where it isn't the rule's own. */
  readonly forwardClause?: string;
  /** Columns that must be filled beside 原因. */
  readonly requires?: readonly ColumnKey<'requests'>[];
  /** An approval without 批准时限 grants nothing (company 6.4). */
  readonly grantRequired?: boolean;
  /** Not admitted unless a level of this rule records 特批理由 (expo 9.5: items of the general manager). */
  readonly overrideOnly?: boolean;
  /** 单位负责人 means the head of 对方单位, whose opinion alone is the answer (expo 9.1). */
  readonly answeredByOther?: boolean;
  /** Statuses in which it may be filed; `issued`: any from 下发 on; absent: any. */
  readonly during?: readonly Status[] | 'issued';
  /** What to do first where the status does not admit it. */
  readonly duringAsk?: string;
  /** The clause behind it, where it isn't the rule's own. */
  readonly duringClause?: string;
  /** Parameter with the working days after receipt within which it should be filed; later ones are flagged. */
  readonly claimWorkdaysKey?: string;
  /** Parameter with before-deadline / before-chase / any; absent: no cut-off. */
  readonly cutoffKey?: string;
  /** Parameter with the largest number granted; absent or blank value: unlimited. */
  readonly maxKey?: string;
  /** Parameter with the working days for the reply. */
  readonly replyWorkdaysKey?: string;
}
