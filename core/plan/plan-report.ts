import type { Moment } from '../calendar/plain-date.ts';
import { confirmationSheets, type ConfirmationSheet } from '../appraisal/confirmation-sheets.ts';
import { periodBefore, type Period } from '../appraisal/periods.ts';
import { bulletinBody, isToldLate } from '../bulletins/bulletin-body.ts';
import { bulletinId, bulletinTitle, MAIN_OF, periodFacts } from '../bulletins/draft-bulletins.ts';
import { planRankings, rankPeriods, type RankedPeriod } from '../appraisal/ranking-rows.ts';
import { planScores } from '../appraisal/score-rows.ts';
import { signedScores } from '../appraisal/signed-scores.ts';
import { desiredScores } from '../appraisal/scores.ts';
import { periodLocks } from '../appraisal/locks.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { ChangeList } from './change-list.ts';
import type { Change } from './plan.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { factsOfItems } from './facts-of-items.ts';
import { runClock, workbookOn } from './moment-of-run.ts';
import { dayOf } from '../calendar/plain-date.ts';

/** A period's ranking and bulletin: rows to write, and what the documents show. */
export interface ReportPlan {
  readonly changes: readonly Change[];
  readonly ranked: RankedPeriod;
  readonly previous: RankedPeriod;
  readonly late: readonly ItemFacts[];
  readonly title: string;
  /** 通报编号. */
  readonly number: string;
  /** What each unit with scores signs for a month; none for longer periods. */
  readonly confirmations: readonly ConfirmationSheet[];
  /** Rows of 考核计分 that the next run would write or change: the ranking counts them already, the papers that units sign don't; 0 where there are no such papers. */
  readonly scoresToCome: number;
}

/**
 * Plans `duban report`: the ranking rows of the period and a draft bulletin, also before the period has ended. A locked
 * period is shown as it stands: nothing is written.
 */
export function planReport(read: Workbook, period: Period, now: Moment): ReportPlan {
  const clock = runClock(read, now, 'at-once');
  const workbook = workbookOn(read, clock.today);
  const byId = factsOfItems(workbook, clock);
  const facts = [...byId.values()];
  const locks = periodLocks(workbook, clock.today);
  const scores = new ChangeList();
  const standing = planScores(workbook, desiredScores(workbook, facts, locks, clock), byId, locks, clock, scores, []);
  const { corrections } = signedScores(workbook, locks);
  for (const row of corrections) standing.push(row);
  const [ranked, previous] = rankPeriods(workbook, facts, [period, periodBefore(period)], standing, locks, clock);
  const changes = new ChangeList();
  const title = bulletinTitle(MAIN_OF[period.kind], period);
  if (!locks.isLocked(period)) {
    planRankings(workbook, [ranked!], changes);
    planBulletin(workbook, period, title, ranked!, facts, changes);
  }
  const late = facts.filter((item) => item.counted && isToldLate(workbook, item, period.last) && dayOf(item.assessed!) >= period.first);
  const confirmations = period.kind === 'month' ? confirmationSheets(workbook, byId, ranked!, corrections) : [];
  return { changes: changes.all(), ranked: ranked!, previous: previous!, late, title, number: bulletinId(MAIN_OF[period.kind], period), confirmations, scoresToCome: confirmations.length === 0 || locks.isLocked(period) ? 0 : rowsOf(scores) };
}

function rowsOf(scores: ChangeList): number {
  return scores.appends.length + new Set(scores.cells.map(({ row }) => row.ref)).size;
}

/** The same draft as a run writes, whatever the cadence: people asked for it. */
function planBulletin(workbook: Workbook, period: Period, title: string, ranked: RankedPeriod, facts: readonly ItemFacts[], changes: ChangeList): void {
  const type = MAIN_OF[period.kind];
  const id = bulletinId(type, period);
  if (workbook.sheets.bulletins.rows.some((row) => row.cells.bulletinId === id)) return;
  const clause = workbook.policy.bulletins.drafts.find((rule) => rule.type === type)?.clause ?? workbook.policy.clauses.bulletin;
  changes.append('bulletins', {
    bulletinId: id, period: period.id, type, form: '公告', status: '草稿', subject: title,
    body: bulletinBody(workbook, { clause, sections: ['units', 'late'] }, periodFacts([ranked], facts, []).get(ranked)!),
  }, clause);
}
