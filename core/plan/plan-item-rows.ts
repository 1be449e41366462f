import { seriousHints } from '../appraisal/sanctions.ts';
import type { Moment } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { LightState } from '../lifecycle/lights.ts';
import { rollUpHints } from '../lifecycle/roll-up.ts';
import { missingInspection } from '../notices/due-notices.ts';
import { noticeHints } from '../notices/notice-hints.ts';
import type { StandingNotice } from '../notices/plan-notices.ts';
import { withBasis } from '../workbook/basis.ts';
import type { Lookup } from '../workbook/by-item.ts';
import type { RowIssue } from '../workbook/issue.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { RowRef } from '../workbook/snapshot.ts';
import type { ChangeList } from './change-list.ts';
import { referenceHints } from './check-references.ts';
import type { RunClock } from './moment-of-run.ts';
import { planItem, standingHints } from './plan-items.ts';
import { untitledRows } from './untitled-rows.ts';

/** What a run knows of the items beside their facts. */
export interface ItemsOfRun {
  readonly facts: Lookup<ItemFacts>;
  readonly items: readonly { readonly facts: ItemFacts; readonly light: LightState }[];
  /** When each item was last reported on, in the order of `items`. */
  readonly latest: readonly (Moment | null)[];
  readonly chases: ReadonlyMap<string, ChasesSent>;
  /** 考核分值合计 by item. */
  readonly points: Pick<Lookup<number>, 'get'>;
  /** What was told of confidential items before they were. */
  readonly told: ReadonlyMap<string, string>;
}

export interface ChasesSent { readonly count: number; readonly first: Moment | null }

type Hints = ReadonlyMap<RowRef, readonly string[]>;
const NO_HINTS: readonly string[] = [];

/** Automation's cells of every row of 督办台账, numbered or not; returns what there is to tell about them. */
export function planItemRows(workbook: Workbook, known: ItemsOfRun, hintsOf: Hints, clock: RunClock, changes: ChangeList): RowIssue[] {
  const issues: RowIssue[] = [];
  for (let index = 0; index < known.items.length; index += 1) planItemRow(workbook, known, index, hintsOf, clock, changes, issues);
  planDoubledRows(workbook, hintsOf, changes);
  for (const row of untitledRows(workbook)) {
    const message = `没有填「督办事项」,此行没有登记:请补填(${workbook.policy.clauses.registration ?? workbook.policy.clauses.intake})`;
    issues.push(issueOf(workbook, row, message));
    changes.want(workbook.sheets.items, row, null, 'hint', [...(hintsOf.get(row.ref) ?? []), message].join('；'), workbook.policy.clauses.intake);
  }
  return issues;
}

function planItemRow(
  workbook: Workbook, { facts: factsOf, items, latest, chases, points, told }: ItemsOfRun, index: number, hintsOf: Hints, clock: RunClock, changes: ChangeList, issues: RowIssue[],
): void {
  const { facts, light } = items[index]!;
  const chased = chases.get(facts.id);
  const inspection = missingInspection(workbook, facts, clock);
  const found = both(both(facts.hints, rollUpHints(workbook, facts, factsOf, clock.today)), referenceHints(workbook, facts));
  const leak = told.get(facts.id);
  const sent = both(noticeHints(workbook, facts, chased?.first ?? null, clock), leak === undefined ? NO_HINTS : [leak]);
  const own = allBased(both(both(found, inspection === null ? NO_HINTS : [inspection]), sent));
  for (const message of own) issues.push(issueOf(workbook, facts.row, message));
  const hints = both(both(hintsOf.get(facts.row.ref) ?? NO_HINTS, own), both(allBased(standingHints(facts)), seriousHints(workbook, facts, clock)));
  planItem(workbook, {
    facts, light, hints, latestFeedback: latest[index] ?? null, chaseCount: chased?.count ?? 0, points: points.get(facts.id) ?? 0,
  }, clock, changes, issues);
}

/** Rows whose number stands twice get nothing but the hint that says so. */
function planDoubledRows({ index, policy, sheets }: Workbook, hintsOf: Hints, changes: ChangeList): void {
  if (index.doubledItems.size === 0) return;
  for (const row of sheets.items.rows) {
    if (!index.doubledItems.has(row.cells.itemId) || index.item.get(row.cells.itemId) === row) continue;
    changes.want(sheets.items, row, null, 'hint', (hintsOf.get(row.ref) ?? []).join('；'), policy.clauses.intake);
  }
}

/** How many 催办通知 of each item went out, and when the first did. */
export function chasesSent(notices: readonly StandingNotice[]): ReadonlyMap<string, ChasesSent> {
  const found = new Map<string, ChasesSent>();
  for (const notice of notices) {
    if (notice.type !== '催办通知') continue;
    const { itemId, status, sentAt } = notice;
    const before = found.get(itemId) ?? { count: 0, first: null };
    found.set(itemId, {
      count: before.count + (status === '已发' ? 1 : 0),
      first: sentAt !== null && (before.first === null || sentAt < before.first) ? sentAt : before.first,
    });
  }
  return found;
}

function allBased(hints: readonly string[]): readonly string[] {
  return hints.length === 0 ? hints : hints.map((hint) => withBasis(hint));
}

/** Two lists put together; nearly all are empty, and then nothing new is made. */
function both(first: readonly string[], second: readonly string[]): readonly string[] {
  if (second.length === 0) return first;
  return first.length === 0 ? second : [...first, ...second];
}

function issueOf(workbook: Workbook, row: ParsedRow<'items'>, message: string): RowIssue {
  return { code: 'status-refused', severity: 'hint', sheet: workbook.sheets.items.name, row: row.ref, column: null, value: '', message, because: null };
}
