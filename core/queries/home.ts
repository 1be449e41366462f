import { missingCalendar } from '../calendar/calendar-coverage.ts';
import { civilDate, type Day, yearOf } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { LightState } from '../lifecycle/lights.ts';
import { periodBefore, periodName, periodOf, type Period } from '../appraisal/periods.ts';
import type { PeriodLocks } from '../appraisal/locks.ts';
import { signedRows } from '../appraisal/ranking-rows.ts';
import { denominatorOn, totalOf, type RankingRow } from '../appraisal/rankings.ts';
import { countByUnit, countsFor, rate } from '../appraisal/rates.ts';
import { titleFor } from '../notices/recipients.ts';
import type { StandingNotice } from '../notices/plan-notices.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import { compareText } from '../workbook/directory.ts';
import type { HomeKey } from '../workbook/home-layout.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Light } from '../workbook/values.ts';

export interface HomeInput {
  readonly items: readonly { readonly facts: ItemFacts; readonly light: LightState }[];
  readonly notices: readonly StandingNotice[];
  readonly toConfirm: number;
  readonly hintCount: number;
  /** One-line findings about the whole workbook. */
  readonly notes: readonly string[];
}

export type HomeValue = string | number | null | { readonly kind: 'day'; readonly day: Day };

/** What 首页 shows, from the facts of this run. */
export function homeView(workbook: Workbook, input: HomeInput, locks: PeriodLocks, clock: RunClock): Record<HomeKey, HomeValue> {
  const lights: Record<Light, number> = { 绿: 0, 黄: 0, 红: 0, 蓝: 0, 灰: 0, 完: 0 };
  let pendingExtensions = 0;
  let provisional = 0;
  let forLeaders = 0;
  for (const { facts, light } of input.items) {
    lights[light.light] += 1;
    if (facts.provisional && facts.submittedAt === null) provisional += 1;
    if (facts.status === '待批示' || facts.status === '分管领导审核' || facts.status === '总经理批示') forLeaders += 1;
    for (const request of facts.requests) if (request.row.cells.type === '延期' && request.outcome === '审批中') pendingExtensions += 1;
  }
  const whole = periodOf('month', clock.today);
  const last = periodBefore(whole);
  // What falls due later this month is no lapse yet: the running month counts up to today.
  const month: Period = { ...whole, last: clock.today };
  const facts = input.items.map((item) => item.facts);
  const now = overall(workbook, facts, month);
  const signed = signedRows(workbook, last, locks);
  const lastRate = signed === null ? overall(workbook, facts, last).rate : roundedRate(signed);
  const worst = input.items.filter(({ light }) => light.light === '红')
    .sort((a, b) => (b.facts.daysLate ?? 0) - (a.facts.daysLate ?? 0) || compareText(a.facts.id, b.facts.id))
    .slice(0, 5)
    .map(({ facts: item }) => `${item.id} ${titleFor(item)}(${item.unit}),超期 ${item.daysLate ?? 0} 天`);
  return {
    dataAsOf: { kind: 'day', day: clock.today },
    policy: `${workbook.policy.name}(${workbook.policy.id})`,
    toReview: input.items.filter(({ facts: item }) => item.status === '待审核').length,
    toApprove: pendingExtensions,
    toSign: input.notices.filter((notice) => notice.status === '待签').length,
    toConfirm: input.toConfirm,
    hints: input.hintCount,
    countGreen: lights.绿, countYellow: lights.黄, countRed: lights.红, countBlue: lights.蓝, countGrey: lights.灰, countDone: lights.完,
    monthRate: now.rate, monthRateBasis: `${periodName(whole)}截至 ${civilDate(clock.today).date} 日应办 ${now.due} 件,按时 ${now.onTime} 件`,
    lastMonthRate: lastRate, extensionRate: now.extensionRate,
    forLeaders,
    worst1: worst[0] ?? '', worst2: worst[1] ?? '', worst3: worst[2] ?? '', worst4: worst[3] ?? '', worst5: worst[4] ?? '',
    coverage: coverageLine(workbook, clock.today, provisional),
    notes: input.notes.join('；'),
  };
}

function roundedRate(rows: readonly RankingRow[]): number | null {
  const { due, onTime } = totalOf(rows);
  return rate(onTime, due);
}

function overall(workbook: Workbook, facts: readonly ItemFacts[], period: Period): { due: number; onTime: number; rate: number | null; extensionRate: number | null } {
  let due = 0;
  let onTime = 0;
  let extended = 0;
  const denominator = denominatorOn(workbook, period);
  for (const counts of countByUnit(facts, [period])[0]!.values()) {
    const own = countsFor(counts, denominator);
    due += own.due;
    onTime += own.onTime;
    extended += counts.extended;
  }
  return { due, onTime, rate: rate(onTime, due), extensionRate: rate(extended, due) };
}

function coverageLine(workbook: Workbook, today: Day, provisional: number): string {
  const missing = missingCalendar(workbook.calendar, today);
  return missing === '' ? `${yearOf(today)}、${yearOf(today) + 1}年节假日已载入` : `${missing},${provisional} 件时限暂定`;
}
