/**
 * What the console's API says, shared by the server and its page: types only, so that the page carries none of the server.
 * Dates and numbers arrive as texts that people read; `rate` and `percent` are shares of one.
 */
export interface SessionView {
  readonly name: string;
  readonly unit: string;
  readonly roles: readonly string[];
  /** Who started the program on this machine: may act in the name of anybody in 人员. */
  readonly isOwner: boolean;
  readonly isOverseer: boolean;
  readonly isOffice: boolean;
  readonly workbooks: readonly WorkbookRef[];
  readonly secrecyNotice: string;
  /** Whether papers can be had as PDF: LibreOffice is on the server. */
  readonly pdf: boolean;
}
export interface WorkbookRef { readonly key: string; readonly name: string }
export interface ChoicesView { readonly units: readonly string[]; readonly people: readonly PersonRef[] }
export interface PersonRef { readonly name: string; readonly unit: string; readonly roles: string }

export interface RatePoint { readonly period: string; readonly rate: number | null; readonly due: number; readonly onTime: number; readonly extensionRate: number | null }
export interface ItemLine {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly handler: string;
  readonly light: string;
  readonly status: string;
  readonly limit: string;
  readonly left: string;
}
export interface OverviewView {
  readonly policy: string;
  readonly supervisingUnit: string;
  readonly isDrill: boolean;
  readonly isCopy: boolean;
  readonly now: string;
  /** When a run, or a person here, last wrote something; '' before the first. */
  readonly lastRun: string;
  readonly lights: Readonly<Record<string, number>>;
  readonly todo: readonly { readonly label: string; readonly count: number; readonly page: string }[];
  readonly month: RatePoint & { readonly basis: string };
  readonly lastMonth: RatePoint;
  /** Twelve months, the oldest first. */
  readonly trend: readonly RatePoint[];
  /** What the rates count: 全部单位, or the reader's own. */
  readonly ratesOf: string;
  readonly ranking: { readonly period: string; readonly rows: readonly { readonly group: string; readonly unit: string; readonly rank: string; readonly rate: number | null }[] };
  readonly overdue: readonly ItemLine[];
  readonly overdueCount: number;
  readonly dueSoon: readonly ItemLine[];
  readonly coverage: string;
  readonly notes: readonly string[];
}

export interface ColumnView {
  readonly key: string;
  readonly header: string;
  readonly kind: 'text' | 'long' | 'choice' | 'date' | 'number' | 'person' | 'unit';
  readonly group: string;
  readonly width: number;
  readonly options: readonly string[];
}
export interface LedgerRow {
  readonly id: string;
  /** One text a column. */
  readonly cells: readonly string[];
  /** Places in `cells` that this person fills. */
  readonly fills: readonly number[];
}
export interface LedgerView {
  readonly columns: readonly ColumnView[];
  readonly total: number;
  readonly offset: number;
  readonly rows: readonly LedgerRow[];
  readonly statuses: readonly string[];
  readonly units: readonly string[];
  /** Registers to print, for who looks over all items. */
  readonly registers: readonly string[];
  /** Forms of the regulation; each is printed for those of the items found to which it belongs. */
  readonly forms: readonly string[];
  readonly version: string;
}

export interface TimelineLine { readonly at: string; readonly kind: string; readonly by: string; readonly text: string; readonly clause: string }
export interface RequestView {
  readonly id: string;
  readonly itemId: string;
  readonly title: string;
  readonly type: string;
  readonly applicant: string;
  readonly appliedAt: string;
  readonly reason: string;
  readonly workDone: string;
  readonly requestedLimit: string;
  readonly grantedLimit: string;
  readonly levels: readonly { readonly by: string; readonly decision: string; readonly opinion: string; readonly at: string }[];
  readonly outcome: string;
  readonly waitsFor: string;
  readonly nextStep: string;
  readonly replyDue: string;
  readonly clause: string;
  readonly hint: string;
  /** Whether it waits for this person. */
  readonly mine: boolean;
}
export interface ScoreView {
  readonly id: string;
  readonly month: string;
  readonly unit: string;
  readonly person: string;
  readonly itemId: string;
  readonly origin: string;
  readonly reason: string;
  readonly proposed: string;
  readonly coefficient: string;
  /** The arithmetic, e.g. 迟办3天×1分=3分. */
  readonly working: string;
  readonly clause: string;
  readonly clauseText: string;
  readonly status: string;
  readonly confirmed: string;
  readonly confirmedBy: string;
  readonly counts: number;
  readonly appealReason: string;
  readonly appellant: string;
  readonly appealResult: string;
  readonly reviewedBy: string;
  readonly note: string;
  /** What this person may do on it. */
  readonly acts: { readonly confirm: boolean; readonly appeal: boolean; readonly review: boolean };
}
export interface FeedbackView {
  readonly id: string;
  readonly itemId: string;
  readonly title: string;
  readonly at: string;
  readonly by: string;
  readonly type: string;
  readonly progress: string;
  readonly nextPlan: string;
  readonly submission: string;
  readonly submittedBy: string;
  readonly submittedAt: string;
  /** When the head of the unit reviewed it; '' before. */
  readonly reviewedAt: string;
  /** Relative paths of files beside the workbook. */
  readonly attachments: readonly string[];
  readonly acts: { readonly submit: boolean; readonly review: boolean };
}
export interface NoticeView {
  readonly id: string;
  readonly type: string;
  readonly itemId: string;
  readonly recipient: string;
  readonly copy: string;
  readonly plannedOn: string;
  readonly sentAt: string;
  readonly readAt: string;
  readonly status: string;
  readonly subject: string;
  /** '' where it was written to somebody else. */
  readonly body: string;
  readonly clause: string;
  readonly error: string;
  /** What this person may decide on it: 签发, 取消, 重发. */
  readonly decisions: readonly string[];
}
export interface ItemView {
  readonly id: string;
  readonly title: string;
  readonly light: string;
  readonly status: string;
  readonly left: string;
  readonly unit: string;
  /** Whether the whole row is shown, or only what is public of it. */
  readonly whole: boolean;
  /** Papers that the regulation has for it. */
  readonly forms: readonly string[];
  /** Relative paths of files beside the workbook that it, its requests and its reports name. */
  readonly attachments: readonly string[];
  readonly columns: readonly ColumnView[];
  readonly row: LedgerRow;
  readonly nextStatuses: readonly string[];
  readonly limits: readonly { readonly label: string; readonly value: string; readonly note: string }[];
  readonly hints: readonly string[];
  readonly timeline: readonly TimelineLine[];
  readonly requests: readonly RequestView[];
  readonly feedback: readonly FeedbackView[];
  readonly scores: readonly ScoreView[];
  readonly notices: readonly NoticeView[];
  readonly children: readonly ItemLine[];
  readonly parent: ItemLine | null;
  /** What this person may do on it. */
  readonly acts: { readonly feedback: boolean; readonly result: boolean; readonly handIn: boolean; readonly requests: readonly string[] };
}
export interface MineView {
  readonly open: readonly ItemLine[];
  readonly toDecide: readonly RequestView[];
  readonly toReview: readonly ItemLine[];
  readonly feedback: readonly FeedbackView[];
  readonly toSign: readonly NoticeView[];
  readonly unread: readonly NoticeView[];
  readonly month: string;
  readonly points: number;
  readonly scores: readonly ScoreView[];
}
export interface RequestsView { readonly waiting: readonly RequestView[]; readonly decided: readonly RequestView[]; readonly decidedCount: number }
export interface ScoresView {
  readonly month: string;
  readonly months: readonly string[];
  readonly rows: readonly ScoreView[];
  readonly total: number;
  readonly automatic: number;
  readonly manual: number;
}
export interface RankingRowView {
  readonly group: string; readonly rank: string; readonly unit: string; readonly due: number; readonly onTime: number; readonly rate: number | null;
  readonly extensionRate: number | null; readonly returned: number; readonly points: number; readonly coefficient: string; readonly excellent: string;
}
export interface RankingsView { readonly period: string; readonly periods: readonly string[]; readonly settled: boolean; readonly rows: readonly RankingRowView[] }
export interface BulletinView {
  readonly id: string; readonly period: string; readonly type: string; readonly form: string; readonly status: string; readonly signer: string;
  readonly publishedAt: string; readonly due: string; readonly subject: string; readonly body: string; readonly fingerprint: string;
  readonly entries: readonly { readonly unit: string; readonly person: string; readonly verdict: string; readonly matter: string }[];
  readonly acts: { readonly draft: boolean; readonly sign: boolean };
  /** What signing would settle though it still waits for somebody. */
  readonly warning: string;
}
export interface BulletinsView { readonly rows: readonly BulletinView[] }
export interface NoticesView { readonly total: number; readonly rows: readonly NoticeView[] }
export interface ParameterView {
  readonly key: string; readonly label: string; readonly value: string; readonly unit: string; readonly effectiveFrom: string; readonly inText: boolean;
  readonly clause: string; readonly article: string; readonly clauseText: string; readonly note: string; readonly later: readonly string[];
}
export interface ParametersView { readonly policy: string; readonly version: string; readonly rows: readonly ParameterView[] }
export interface ClauseView { readonly id: string; readonly article: string; readonly kind: string; readonly summary: string; readonly realised: string }
export interface ClausesView { readonly policy: string; readonly rows: readonly ClauseView[] }

export interface UploadResult { readonly path: string }

/** What a person's action came to. `held`: the workbook is open in a program; try again later. */
export type ActionResult =
  | { readonly kind: 'done'; readonly message: string }
  | { readonly kind: 'refused' | 'conflict' | 'held' | 'signed-out' | 'failed'; readonly message: string };

export interface AnswerPageView {
  readonly purpose: 'item' | 'request';
  readonly name: string;
  readonly office: string;
  readonly expires: string;
  readonly item: { readonly id: string; readonly title: string; readonly unit: string; readonly light: string; readonly status: string; readonly limit: string; readonly left: string; readonly progress: string; readonly requirement: string };
  readonly acts: ItemView['acts'];
  readonly request: RequestView | null;
  readonly feedback: readonly FeedbackView[];
  readonly secrecyNotice: string;
}

/** What bringing in an office's own ledger would come to. */
export interface ImportView {
  /** Names this very proposal: what is confirmed is what was looked at. */
  readonly print: string;
  readonly count: number;
  readonly doubtful: number;
  readonly units: readonly string[];
  readonly people: readonly string[];
  readonly goLive: string;
  /** The headers that a column can be brought into. */
  readonly headers: readonly string[];
  readonly tables: readonly { readonly sheet: string; readonly columns: readonly { readonly header: string; readonly to: string; readonly match: string; readonly sure: boolean }[] }[];
  readonly items: readonly { readonly where: string; readonly title: string; readonly unit: string; readonly status: string; readonly limit: string; readonly doubts: readonly string[] }[];
  readonly leftOut: readonly string[];
}
