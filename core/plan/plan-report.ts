import type { Moment } from '../calendar/plain-date.ts';
import { periodBefore, periodName, type Period } from '../appraisal/periods.ts';
import { planRankings, rankPeriods, type RankedPeriod } from '../appraisal/ranking-rows.ts';
import { percentOf, totalOf } from '../appraisal/rankings.ts';
import { planScores } from '../appraisal/score-rows.ts';
import { desiredScores } from '../appraisal/scores.ts';
import { periodLocks } from '../appraisal/locks.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { ChangeList } from './change-list.ts';
import type { Change } from './plan.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { factsOfItems } from './facts-of-items.ts';
import { runClock } from './moment-of-run.ts';
import { dayOf } from '../calendar/plain-date.ts';

/** A period's ranking and bulletin: rows to write, and what the documents show. */
export interface ReportPlan {
  readonly changes: readonly Change[];
  readonly ranked: RankedPeriod;
  readonly previous: RankedPeriod;
  readonly late: readonly ItemFacts[];
  readonly title: string;
}

/**
 * Plans `duban report`: the ranking rows of the period and a draft bulletin, also before the period has ended. A locked
 * period is shown as it stands: nothing is written.
 */
export function planReport(workbook: Workbook, period: Period, now: Moment): ReportPlan {
  const clock = runClock(workbook, now);
  const facts = [...factsOfItems(workbook, clock).values()];
  const locks = periodLocks(workbook, clock.today);
  const standing = planScores(workbook, desiredScores(workbook, facts, locks), locks, clock, new ChangeList(), []);
  const [ranked, previous] = rankPeriods(workbook, facts, [period, periodBefore(period)], standing);
  const changes = new ChangeList();
  const title = `${periodName(period)}督办事项办理情况通报`;
  if (!locks.isLocked(period)) {
    planRankings(workbook, [ranked!], changes);
    planBulletin(workbook, period, title, ranked!, changes);
  }
  const late = facts.filter((item) => {
    if (!item.late || !item.counted || item.assessed === null) return false;
    const due = dayOf(item.assessed);
    return due >= period.first && due <= period.last;
  });
  return { changes: changes.all(), ranked: ranked!, previous: previous!, late, title };
}

function planBulletin(workbook: Workbook, period: Period, title: string, ranked: RankedPeriod, changes: ChangeList): void {
  const id = `TB-${period.id}`;
  if (workbook.sheets.bulletins.rows.some((row) => row.cells.bulletinId === id)) return;
  const { due, onTime, rate } = totalOf(ranked.rows);
  changes.append('bulletins', {
    bulletinId: id, period: period.id, type: period.kind === 'month' ? '月度通报' : period.kind === 'quarter' ? '季度排名' : '年度总评',
    form: '文件', status: '草稿', subject: title,
    body: `${periodName(period)}应办 ${due} 件,按时办结 ${onTime} 件,办结率 ${percentOf(rate)}。`,
  }, workbook.policy.clauses.bulletin);
}
