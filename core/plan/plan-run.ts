import type { Moment } from '../calendar/plain-date.ts';
import { planCriticismSanctions } from '../appraisal/criticisms.ts';
import { planBulletins } from '../bulletins/bulletin-rows.ts';
import { planDrafts } from '../bulletins/draft-bulletins.ts';
import { periodLocks } from '../appraisal/locks.ts';
import { periodsToRank, planRankings, rankPeriods } from '../appraisal/ranking-rows.ts';
import { planSanctions, sanctionNotices } from '../appraisal/sanctions.ts';
import { signedScores } from '../appraisal/signed-scores.ts';
import { planScores, sumPoints } from '../appraisal/score-rows.ts';
import { desiredScores } from '../appraisal/scores.ts';
import { archiveNotices, planArchives } from '../archive/archive-rows.ts';
import { cadenceFindings, cadenceNotices } from '../inspections/cadence.ts';
import { planInspections } from '../inspections/inspection-rows.ts';
import { peopleNotes } from './people-notes.ts';
import { staffingGaps } from '../inspections/staffing.ts';
import { toldSince } from '../lifecycle/go-live.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { lightOf, lightScale, type LightState } from '../lifecycle/lights.ts';
import { calendarNotices } from '../notices/calendar-notices.ts';
import { correctedItems, correctionNotices } from '../notices/correction-notices.ts';
import { hiddenItems, toldOpenly } from '../notices/confidential.ts';
import type { Deliveries } from '../notices/delivery.ts';
import type { DueNotice } from '../notices/due-notice.ts';
import { dueNotices } from '../notices/due-notices.ts';
import { wantedFrom } from '../notices/mail-body.ts';
import { eventNotices } from '../notices/event-notices.ts';
import { holdBack } from '../notices/first-batch.ts';
import { firstSightNotices } from '../notices/first-sight.ts';
import { handoverNotices } from '../notices/handover-notices.ts';
import { periodNotices } from '../notices/period-notices.ts';
import { planNotices, type StandingNotice, type WantedNotice } from '../notices/plan-notices.ts';
import { policyVersion } from '../policy/policy-version.ts';
import { AS_WRITTEN, wordingOf, type Wording } from '../policy/wording.ts';
import { homeView, type HomeValue } from '../queries/home.ts';
import { ByItem } from '../workbook/by-item.ts';
import { sameCell, type Cell, type OutValue } from '../workbook/cell.ts';
import { CONTRACT, withBasis } from '../workbook/basis.ts';
import { columnsOf, HOME_SHEET_NAME, SHEET_KEYS, SHEETS } from '../workbook/columns.ts';
import type { HomeKey } from '../workbook/home-layout.ts';
import { isRepair, type RowIssue } from '../workbook/issue.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Mishap, RowRef } from '../workbook/snapshot.ts';
import { serialOfDay } from '../calendar/plain-date.ts';
import { ChangeList } from './change-list.ts';
import { draftedNodes, foldDrafts, isDrafted, withDrafts } from './drafted-items.ts';
import { factsOfItems } from './facts-of-items.ts';
import { repairsOf, toldMishaps } from './mishaps.ts';
import { runClock, workbookOn, type DigestHour, type RunClock } from './moment-of-run.ts';
import type { CellWrite, Change, HomeWrite, Plan } from './plan.ts';
import { chasesSent, planItemRows } from './plan-item-rows.ts';
import { planBaseline } from './plan-items.ts';
import { planFeedback } from './plan-feedback.ts';
import { chainHead } from './history-chain.ts';
import { planHistory } from './plan-history.ts';
import { planRequests } from './plan-requests.ts';
import { stageDrafts } from './stage-drafts.ts';
import { vanishedItems } from './vanished.ts';

/** A plan, and what stands once it is applied: what hosts deliver and screens show. */
export interface RunPlan extends Plan {
  readonly items: readonly { readonly facts: ItemFacts; readonly light: LightState }[];
  readonly notices: readonly StandingNotice[];
  /** What people did to the table and this run puts right; the host remembers it for 首页. */
  readonly mishaps: readonly Mishap[];
  /** What 首页 shows once the plan is applied, and one by one the findings that its 需要处理 holds. */
  readonly home: Readonly<Record<HomeKey, HomeValue>>;
  readonly notes: readonly Pick<RowIssue, 'code' | 'message'>[];
  /** Hash of the last row of 流转记录 after this plan. */
  readonly chainHead: string;
  readonly clock: RunClock;
}

/**
 * The whole of a supervision run as a pure function: what to write so that the workbook says what its policy, its rows,
 * the host's delivery journal and the clock make true. Desired minus observed: a second run at the same moment plans
 * nothing, and a run cut off anywhere is completed by the next.
 */
export function planRun(read: Workbook, now: Moment, deliveries: Deliveries = new Map(), digests: DigestHour = 'at-once'): RunPlan {
  const clock = runClock(read, now, digests);
  const today = workbookOn(read, clock.today);
  const drafts = [...draftedNodes(today, clock), ...stageDrafts(today)];
  const workbook = drafts.length === 0 ? today : withDrafts(today, drafts);
  const issues: RowIssue[] = workbook.issues.map((issue) => based(withoutRewritten(issue)));
  const hintsOf = hintsByRow(issues);
  const wording = wordingOf(workbook.parameters, clock.today);
  const data = new ChangeList(wording);

  const facts = factsOfItems(workbook, clock);
  const all = [...facts.values()];
  const hidden = hiddenItems(all);
  const locks = periodLocks(workbook, clock.today);
  const scale = lightScale(workbook, clock);
  const scores = desiredScores(workbook, all, locks, clock);
  const standing = planScores(workbook, scores, facts, locks, clock, data, issues);
  const signed = signedScores(workbook, locks);
  for (const row of signed.corrections) standing.push(row);
  planCriticismSanctions(workbook, data);
  planSanctions(workbook, all, clock, data, issues);
  const inspections = planInspections(workbook, facts, hintsOf.get(workbook.sheets.inspections.name) ?? new Map(), clock, data, issues);
  const cadence = cadenceFindings(workbook, all, inspections, clock);
  planArchives(workbook, facts, clock, data, issues);
  const points = sumPoints(standing, (row) => row.itemId, new ByItem<number>(workbook.index.places));

  const items = all.map((item) => ({ facts: item, light: lightOf(workbook, item, clock, scale) }));
  const { latest, recent } = planFeedback(workbook, facts, hintsOf.get(workbook.sheets.feedback.name) ?? new Map(), clock, data);
  const requestIds = planRequests(workbook, facts, hintsOf.get(workbook.sheets.requests.name) ?? new Map(), clock, data);

  const ranked = rankPeriods(workbook, all, periodsToRank(workbook, all, clock, locks), standing, locks, clock);
  planRankings(workbook, ranked, data);
  planDrafts(workbook, ranked, all, recent, clock, data);
  const letters = planBulletins(workbook, hidden, toldSince(workbook, all, clock), clock, data, issues);
  const due = workbook.isCopy ? [] : [...eventNotices(workbook, facts, recent, requestIds, clock), ...dueOfItems(workbook, items, latest, clock)];
  const held = holdBack(workbook, items, workbook.isCopy ? [] : [
    ...due.map((notice) => wantedFrom(workbook, notice, clock.today)),
    ...sanctionNotices(workbook, clock.today),
    ...archiveNotices(workbook, facts, clock),
    ...correctionNotices(workbook, facts, requestIds, clock),
    ...calendarNotices(workbook, all),
  ], deliveries, clock);
  const wanted: WantedNotice[] = workbook.isCopy ? [] : [
    ...held.wanted,
    ...handoverNotices(workbook, all, clock),
    ...letters,
    ...firstSightNotices(workbook, items, held.items, clock),
    ...periodNotices(workbook, ranked),
    ...cadenceNotices(workbook, cadence),
  ];
  const notices = planNotices(workbook, inWords(wanted, wording), correctedItems(all, clock), hidden, deliveries, locks, clock, data);
  const chases = chasesSent(notices);

  const itemIssues = planItemRows(workbook, { facts, items, latest, chases, points, told: toldOpenly(workbook, hidden) }, hintsOf.get(workbook.sheets.items.name) ?? new Map(), clock, data);
  planParameterHints(workbook, hintsOf.get(workbook.sheets.parameters.name) ?? new Map(), data);
  const ledger = new ChangeList();
  const version = policyVersion(workbook, clock.today);
  for (const { facts: item } of items) planBaseline(workbook, item, version, signed.sealOf(item.id), ledger);

  const frame = new ChangeList();
  for (const key of SHEET_KEYS) frame.restoreHeaders(workbook.sheets[key], CONTRACT);
  const mishaps = repairsOf([...issues, ...itemIssues], data.cells, clock);
  // Of what reading found: a finding about a row that this run appends has no place yet, and is told on its row.
  const sheetLevel = issues.slice(0, workbook.issues.length).filter((issue) => issue.row === null && issue.sheet !== HOME_SHEET_NAME && !isRepair(issue));

  const notes = [
    ...vanishedItems(workbook).map((message) => noteOf('row-vanished', message)),
    ...staffingGaps(workbook).map((message) => noteOf('setup-gap', message)),
    ...peopleNotes(workbook, all, deliveries).map((message) => noteOf('person-ambiguous', message)),
    ...(workbook.home === null || Object.keys(workbook.home).length === 0 ? [noteOf('sheet-missing', HOME_GONE)] : []),
    ...signed.notes.map((message) => noteOf('points-out-of-range', message)),
    ...cadence.map(({ message }) => noteOf('inspection-short', message)),
    ...(held.note === null || workbook.isCopy ? [] : [noteOf('batch-held', held.note)]),
    ...(workbook.isCopy ? [noteOf('workbook-copy', '发现副本:搬家/存档/演练,请选择')] : []),
    ...(workbook.isDrill ? [noteOf('workbook-copy', '这是演练副本:照常运行,邮件只留在发件箱并标明「演练」,不发给任何人')] : []),
  ];
  // One by one: a call takes no more arguments than fit the stack.
  for (const issue of itemIssues) issues.push(issue);
  for (const note of notes) issues.push(note);
  for (let index = 0; index < issues.length; index += 1) issues[index] = worded(based(issues[index]!), wording);
  const toConfirm = standing.filter((row) => row.open).length;
  const told = [...notes, ...sheetLevel, ...toldMishaps(workbook, mishaps, clock).map((message) => noteOf('value-restored', message))].map((note) => worded(note, wording));
  const view = homeView(workbook, { items, notices, toConfirm, hintCount: issues.filter((issue) => !isRepair(issue)).length, notes: told.map(({ message }) => message) }, locks, clock);
  const home = planHome(workbook, view);

  foldDrafts(drafts, data);
  const history = planHistory(workbook, [...data.cells, ...ledger.cells], [...data.appends, ...ledger.appends], clock);
  const { moved, asked, rest } = inOrder(data.cells);
  const body: Change[] = [...data.appends.filter((append) => append.sheet === 'scores'), ...moved, ...rest, ...data.appends.filter((append) => append.sheet !== 'scores'), ...ledger.cells, ...ledger.appends, ...asked, ...home];
  return {
    changes: [...frame.cells, ...history.rows, ...body],
    issues: drafts.length === 0 ? issues : issues.filter((issue) => !isDrafted(issue.row)), items, notices, clock, mishaps, home: view, notes: told,
    chainHead: history.rows.length === 0 ? chainHead(workbook).chain : history.head,
    summary: {
      policy: workbook.policy.id, items: items.length, writes: frame.cells.length + body.length,
      notices: data.appends.filter((append) => append.sheet === 'notices').length, hints: issues.length,
    },
  };
}

/**
 * What a decided request moved is written first, and the request's own outcome after 底账: a run cut off between them finds the
 * request as good as new, and the status already where it would move it.
 */
function inOrder(cells: readonly CellWrite[]): { moved: CellWrite[]; asked: CellWrite[]; rest: CellWrite[] } {
  const moved: CellWrite[] = [];
  const asked: CellWrite[] = [];
  const rest: CellWrite[] = [];
  for (const cell of cells) {
    if (cell.sheet === 'items' && cell.column === 'status') moved.push(cell);
    else if (cell.sheet === 'requests') asked.push(cell);
    else rest.push(cell);
  }
  return { moved, asked, rest };
}

function dueOfItems(
  workbook: Workbook, items: RunPlan['items'], latest: readonly (Moment | null)[], clock: RunClock,
): DueNotice[] {
  const due: DueNotice[] = [];
  for (let index = 0; index < items.length; index += 1) {
    const { facts, light } = items[index]!;
    for (const notice of dueNotices(workbook, facts, light, latest[index] ?? null, clock)) due.push(notice);
  }
  return due;
}

/** What people read of a finding ends with what is behind it; 首页 keeps its lines short. */
function based(issue: RowIssue): RowIssue {
  const message = issue.sheet === HOME_SHEET_NAME ? issue.message : withBasis(issue.message, issue.because);
  return message === issue.message ? issue : { ...issue, message };
}

/** Most offices reword nothing: then no notice is copied. */
function inWords(wanted: readonly WantedNotice[], wording: Wording): readonly WantedNotice[] {
  return wording === AS_WRITTEN ? wanted : wanted.map((notice) => ({ ...notice, subject: wording(notice.subject), body: wording(notice.body) }));
}

function worded(issue: RowIssue, wording: Wording): RowIssue {
  return wording === AS_WRITTEN ? issue : { ...issue, message: wording(issue.message) };
}

function hintsByRow(issues: readonly RowIssue[]): Map<string, Map<RowRef, string[]>> {
  const bySheet = new Map<string, Map<RowRef, string[]>>();
  for (const issue of issues) {
    if (issue.row === null || isRepair(issue)) continue;
    const rows = bySheet.get(issue.sheet) ?? new Map<RowRef, string[]>();
    bySheet.set(issue.sheet, rows);
    const list = rows.get(issue.row);
    if (list === undefined) rows.set(issue.row, [issue.message]);
    else if (!list.includes(issue.message)) list.push(issue.message);
  }
  return bySheet;
}

/** What can't be read in a column of automation's is simply rewritten: reported once, hinted to nobody. */
function withoutRewritten(issue: RowIssue): RowIssue {
  const key = SHEET_KEYS.find((candidate) => SHEETS[candidate].name === issue.sheet);
  const column = key === undefined ? undefined : columnsOf(key).find((candidate) => candidate.header === issue.column);
  return column?.editor === 'A' && issue.row !== null ? { ...issue, code: 'value-restored' } : issue;
}

/** Told on 督办看板 and where the run is started: there is no 首页 to tell it on. */
const HOME_GONE = `缺少工作表「${HOME_SHEET_NAME}」或其中程序填写的格:请从备份把这张表复制回来,在此之前请看「督办看板.html」;其余各表照常`;

/** A finding about the whole workbook, for 首页. */
function noteOf(code: RowIssue['code'], message: string): RowIssue {
  return { code, severity: 'hint', sheet: HOME_SHEET_NAME, row: null, column: null, value: '', message, because: null };
}

function planParameterHints(workbook: Workbook, hintsOf: ReadonlyMap<RowRef, readonly string[]>, data: ChangeList): void {
  for (const row of workbook.sheets.parameters.rows) {
    data.want(workbook.sheets.parameters, row, null, 'hint', (hintsOf.get(row.ref) ?? []).join('；'), row.cells.key);
  }
}

/** 数据截至 is a day, so that an idle run on the same day writes nothing. */
function planHome(workbook: Workbook, view: Record<string, HomeValue>): HomeWrite[] {
  const observed = workbook.home;
  if (observed === null) return [];
  const writes: HomeWrite[] = [];
  for (const [key, value] of Object.entries(view)) {
    if (!Object.hasOwn(observed, key)) continue;
    const before: Cell = observed[key] ?? null;
    const raw = typeof value === 'object' && value !== null ? serialOfDay(value.day) : value;
    if (!sameCell(before, raw === '' ? null : raw)) writes.push({ kind: 'home', key, before, after: toOut(value), because: '首页' });
  }
  return writes;
}

function toOut(value: HomeValue): OutValue {
  return value === '' ? null : value;
}
