import { dayOf, formatDay, isEndOfDay, type Moment } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { LightState } from '../lifecycle/lights.ts';
import { feedbackDue } from '../notices/feedback-cycle.ts';
import { reviewDue } from '../lifecycle/review-clock.ts';
import { bearsOtherMatter } from '../lifecycle/reused-id.ts';
import { isSubmitted } from '../lifecycle/status-groups.ts';
import { CONTRACT } from '../workbook/basis.ts';
import { isBlank, isFormula } from '../workbook/cell.ts';
import { headerOf, type CellsOf } from '../workbook/columns.ts';
import { shown, type RowIssue } from '../workbook/issue.ts';
import { rawCell } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { ChangeList } from './change-list.ts';
import type { RunClock } from './moment-of-run.ts';
import { sealedPrint, sealOf, sealText } from './seal.ts';

/** Automation's columns that a seal covers: what only a request, a decision or the calendar may move. */
const SEALED = ['deadlineCurrent', 'deadlineOriginal', 'chaseDeadline', 'deadlineAssessed', 'extensionCount', 'closedAt'] as const satisfies readonly (keyof CellsOf<'items'>)[];

export interface ItemContext {
  readonly facts: ItemFacts;
  readonly light: LightState;
  readonly hints: readonly string[];
  readonly latestFeedback: Moment | null;
  readonly chaseCount: number;
  readonly points: number;
}

/** What the program derives anew at every run; the stamps and ids that it only fills in where blank come apart. */
type Derived = Pick<CellsOf<'items'>,
  'deadlineOriginal' | 'deadlineBasis' | 'deadlineCurrent' | 'deadlineAssessed' | 'chaseDeadline' | 'extensionCount' | 'light' | 'daysLeft' | 'onTime'
  | 'daysLate' | 'closedAt' | 'hint' | 'latestFeedback' | 'nextFeedback' | 'reviewDue' | 'chaseCount' | 'pointsTotal'>;

/** Automation's cells and opened stamps of one item, each with the clause behind it. */
export function planItem(workbook: Workbook, context: ItemContext, clock: RunClock, changes: ChangeList, issues: RowIssue[]): void {
  const { facts } = context;
  reportTampering(workbook, facts, issues);
  planStamps(workbook, facts, changes, issues);
  const derived = derivedCells(workbook, context, clock);
  if (facts.row.values === facts.row.raw && stands(facts.cells, derived)) return;
  for (const key in derived) {
    const column = key as keyof Derived;
    put(workbook, facts, column, derived[column], clauseOf(workbook, facts, column), changes, issues);
  }
}

/** A status that is put back or that a decision moved; the id and the stamps, where they are blank. */
function planStamps(workbook: Workbook, facts: ItemFacts, changes: ChangeList, issues: RowIssue[]): void {
  const { cells } = facts;
  const { clauses } = workbook.policy;
  const sheet = workbook.sheets.items;
  if (facts.statusUndone !== null) {
    put(workbook, facts, 'status', facts.status, facts.statusClause, changes, issues);
    issues.push({
      code: 'value-restored', severity: 'hint', sheet: sheet.name, row: facts.row.ref, column: headerOf('items', 'status'), value: shown(cells.status),
      message: `${facts.statusUndone};已改回`, because: 'editMode',
    });
  }
  if (facts.statusOpened) put(workbook, facts, 'status', facts.status, facts.statusClause, changes, issues);
  if (cells.itemId === '' || (facts.row.values !== facts.row.raw && isBlank(rawCell(sheet, facts.row, 'itemId')))) put(workbook, facts, 'itemId', facts.id, clauses.intake, changes, issues);
  if (cells.issuedAt === null && facts.issuedAt !== null) put(workbook, facts, 'issuedAt', facts.issuedAt, clauses.issue, changes, issues);
  if (cells.signedAt === null && facts.signedAt !== null) put(workbook, facts, 'signedAt', facts.signedAt, clauses.handling, changes, issues);
  if (cells.submittedAt === null && facts.submittedAt !== null && isSubmitted(facts.status)) put(workbook, facts, 'submittedAt', facts.submittedAt, clauses.handling, changes, issues);
}

function put(
  workbook: Workbook, facts: ItemFacts, column: keyof CellsOf<'items'>, wanted: string | number | null, because: string, changes: ChangeList, issues: RowIssue[],
): void {
  if (!changes.want(workbook.sheets.items, facts.row, facts.id, column, wanted, because)) reportFormula(workbook, facts, column, issues);
}

function derivedCells(workbook: Workbook, context: ItemContext, clock: RunClock): Derived {
  const { facts, light } = context;
  return {
    deadlineOriginal: facts.original, deadlineBasis: facts.basis, deadlineCurrent: facts.current, deadlineAssessed: facts.assessed,
    chaseDeadline: facts.chase, extensionCount: noZero(facts.extensionCount), light: light.light, daysLeft: light.daysLeft,
    onTime: facts.onTime, daysLate: facts.daysLate, closedAt: facts.closedAt,
    hint: context.hints.length === 0 ? '' : context.hints.join('；'), latestFeedback: context.latestFeedback,
    nextFeedback: feedbackDue(workbook, facts, context.latestFeedback, clock.today)?.on ?? null, reviewDue: reviewDue(workbook, facts, clock),
    chaseCount: noZero(context.chaseCount), pointsTotal: noZero(context.points),
  };
}

/** Whether every derived cell says so already: nearly all rows of a ledger do, so this is read column by column, without loops. */
function stands(cells: Derived, derived: Derived): boolean {
  return cells.light === derived.light && cells.daysLeft === derived.daysLeft && cells.hint === derived.hint
    && cells.deadlineOriginal === derived.deadlineOriginal && cells.deadlineBasis === derived.deadlineBasis
    && cells.deadlineCurrent === derived.deadlineCurrent && cells.deadlineAssessed === derived.deadlineAssessed
    && cells.chaseDeadline === derived.chaseDeadline && cells.extensionCount === derived.extensionCount
    && cells.onTime === derived.onTime && cells.daysLate === derived.daysLate && cells.closedAt === derived.closedAt
    && cells.latestFeedback === derived.latestFeedback && cells.nextFeedback === derived.nextFeedback && cells.reviewDue === derived.reviewDue
    && cells.chaseCount === derived.chaseCount && cells.pointsTotal === derived.pointsTotal;
}

function clauseOf(workbook: Workbook, facts: ItemFacts, column: keyof Derived): string {
  const { clauses } = workbook.policy;
  switch (column) {
    case 'deadlineOriginal': case 'deadlineBasis': return facts.limitClause;
    case 'deadlineCurrent': case 'deadlineAssessed': case 'chaseDeadline': case 'extensionCount': return facts.extensionClause;
    case 'onTime': case 'daysLate': case 'closedAt': return clauses.lateness;
    default: return clauses.handling;
  }
}

function noZero(value: number): number | null {
  return value === 0 ? null : value;
}

/** The item's row of 底账 as it should stand; `signedSums` is what its signed months count. */
export function planBaseline(workbook: Workbook, facts: ItemFacts, version: string, signedSums: string, changes: ChangeList): void {
  const desired: CellsOf<'baseline'> = {
    itemId: facts.id, title: recordedTitle(facts), firstSeen: facts.firstSeen,
    policyVersion: facts.baseline?.cells.policyVersion || version,
    deadlineOriginal: facts.original, issuedAt: facts.issuedAt,
    signedAt: facts.signedAt, firstSubmittedAt: facts.submittedAt, closedAt: facts.closedAt,
    pausedMinutes: facts.pausedMinutes === 0 ? null : facts.pausedMinutes, seal: sealText(sealOf(sealedValues(facts)), facts.accountedUnit, facts.provisional, signedSums),
    // Last: a run cut off before it judges the change of status again, and never takes an older limit for the issued one.
    statusAt: facts.statusAt, effectiveStatus: facts.status,
  };
  if (facts.baseline === null) {
    changes.append('baseline', desired, facts.statusClause);
    return;
  }
  const row = facts.baseline;
  if (row.values === row.raw && isRecorded(row.cells, desired)) return;
  for (const key in desired) {
    const column = key as keyof CellsOf<'baseline'>;
    const passed = column === 'effectiveStatus' ? facts.statusPassed.map(({ status, because }) => ({ value: status, because })) : [];
    changes.want(workbook.sheets.baseline, row, facts.id, column, desired[column], facts.statusClause, passed);
  }
}

/** The same of 底账: nearly all its rows stand. */
function isRecorded(cells: CellsOf<'baseline'>, desired: CellsOf<'baseline'>): boolean {
  return cells.itemId === desired.itemId && cells.title === desired.title && cells.firstSeen === desired.firstSeen
    && cells.policyVersion === desired.policyVersion && cells.deadlineOriginal === desired.deadlineOriginal && cells.issuedAt === desired.issuedAt
    && cells.signedAt === desired.signedAt && cells.firstSubmittedAt === desired.firstSubmittedAt && cells.closedAt === desired.closedAt
    && cells.pausedMinutes === desired.pausedMinutes && cells.seal === desired.seal && cells.statusAt === desired.statusAt
    && cells.effectiveStatus === desired.effectiveStatus;
}

/** The title that 底账 keeps: the item's own, unless its number was taken over for another matter. */
function recordedTitle(facts: ItemFacts): string {
  const recorded = facts.baseline?.cells.title ?? '';
  return bearsOtherMatter(facts.cells, recorded, facts.requests) ? recorded : facts.cells.title;
}

function sealedValues(facts: ItemFacts): (string | number | null)[] {
  return [facts.current, facts.original, facts.chase, facts.assessed, facts.extensionCount === 0 ? null : facts.extensionCount, facts.closedAt];
}

function isUntouched(facts: ItemFacts): boolean {
  const { cells } = facts;
  return cells.deadlineCurrent === facts.current && cells.deadlineOriginal === facts.original && cells.chaseDeadline === facts.chase
    && cells.deadlineAssessed === facts.assessed && cells.extensionCount === noZero(facts.extensionCount) && cells.closedAt === facts.closedAt;
}

/** A cell of automation's that was changed by hand since the last run is put back, and people are told. */
function reportTampering(workbook: Workbook, facts: ItemFacts, issues: RowIssue[]): void {
  if (facts.baseline === null || isUntouched(facts)) return;
  const seal = sealedPrint(facts.baseline.cells.seal);
  if (seal === '') return;
  const wanted = sealedValues(facts);
  if (sealOf(SEALED.map((column) => facts.cells[column])) === seal) return;
  SEALED.forEach((column, index) => {
    const observed = facts.cells[column];
    if (observed === wanted[index] || sealOf(wanted) !== seal || isFormula(rawCell(workbook.sheets.items, facts.row, column))) return;
    issues.push({
      code: 'value-restored', severity: 'hint', sheet: workbook.sheets.items.name, row: facts.row.ref, column: headerOf('items', column),
      value: observed === null ? '' : shown(observed), message: `「${headerOf('items', column)}」由程序填写,手工改动已还原`, because: CONTRACT,
    });
  });
}

function reportFormula(workbook: Workbook, facts: ItemFacts, column: keyof CellsOf<'items'>, issues: RowIssue[]): void {
  issues.push({
    code: 'formula-kept', severity: 'hint', sheet: workbook.sheets.items.name, row: facts.row.ref, column: headerOf('items', column), value: '公式',
    message: `「${headerOf('items', column)}」里有公式,程序没有改写:请清除公式,由程序填写`, because: CONTRACT,
  });
}

/** Why a light is grey, and other standing facts that belong in 提示. */
export function standingHints(facts: ItemFacts): string[] {
  const hints: string[] = [];
  if (facts.status === '已暂停') hints.push('已暂停,不计时限:恢复须先在「申请审批」提出');
  if (facts.status === '不予立项' || facts.status === '已撤销') hints.push(`${facts.status},不计时限,无须再办`);
  if (facts.provisional && facts.original !== null) hints.push(`${formatDay(dayOf(facts.original)).slice(0, 4)}年节假日未公布,时限${isEndOfDay(facts.original) ? '' : '(含时刻)'}暂按周末推算:公布后自动核准,也可先在「工作日历」逐日登记,春节、国庆节都录入才算公布`);
  return hints;
}
