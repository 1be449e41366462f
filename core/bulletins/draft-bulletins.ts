import { dayOf } from '../calendar/plain-date.ts';
import { periodName, type Period, type PeriodKind } from '../appraisal/periods.ts';
import type { RankedPeriod } from '../appraisal/ranking-rows.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { groupOf } from '../lifecycle/status-groups.ts';
import type { StandingFeedback } from '../notices/feedback-rows.ts';
import type { ChangeList } from '../plan/change-list.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { BulletinRule } from '../policy/schema.ts';
import { compareText } from '../workbook/directory.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { BulletinType } from '../workbook/values.ts';
import { bulletinBody, within, type PeriodFacts } from './bulletin-body.ts';

const KIND_OF: Readonly<Record<string, PeriodKind>> = { 每月: 'month', 每季度: 'quarter', 每年: 'year' };
const TITLE: Readonly<Partial<Record<BulletinType, string>>> = {
  月度通报: '督办事项办理情况通报', 季度排名: '督办事项办理情况通报', 年度总评: '督办事项办理情况通报', 总结汇报: '督查督办工作总结汇报', 阶段通报: '督查督办阶段通报',
  督查通报: '督查通报', 行政办公会: '行政办公会督查督办情况通报', 反馈汇总: '督办事项反馈汇总',
};
/** The bulletin of a period that bears its bare number: what `duban report` writes, and the period's letter sends. */
export const MAIN_OF: Readonly<Record<PeriodKind, BulletinType>> = { month: '月度通报', quarter: '季度排名', year: '年度总评' };

/** 通报编号 of a period's bulletin: the same however often it is drafted. */
export function bulletinId(type: BulletinType, period: Period): string {
  return type === MAIN_OF[period.kind] ? `TB-${period.id}` : `TB-${period.id}-${type}`;
}

/** A rule's type for a period: a monthly bulletin that an office has set to every quarter is its 督查通报. */
function typeFor(rule: BulletinRule, period: Period): BulletinType {
  return rule.type === '月度通报' && period.kind !== 'month' ? (period.kind === 'quarter' ? '督查通报' : '年度总评') : rule.type;
}

export function bulletinTitle(type: BulletinType, period: Period): string {
  return `${periodName(period)}${TITLE[type] ?? type}`;
}

/** How far back a missing draft is still written: an outage skips no period, an archived one is not written anew. */
const BACKLOG_DAYS = 100;

/**
 * Appends the drafts of periods that ended, by each rule's cadence in force on the period's last day: on the first working
 * day after it, or at the first run after an outage. What stands under the number already is people's own.
 */
export function planDrafts(
  workbook: Workbook, ranked: readonly RankedPeriod[], facts: readonly ItemFacts[], feedback: readonly StandingFeedback[], clock: RunClock, changes: ChangeList,
): void {
  const standing = new Set(workbook.sheets.bulletins.rows.map((row) => row.cells.bulletinId));
  const wanted: { rule: BulletinRule; type: BulletinType; ranked: RankedPeriod }[] = [];
  const latest = new Set<PeriodKind>();
  for (const entry of ranked) {
    const { period } = entry;
    const isLatest = !latest.has(period.kind);
    latest.add(period.kind);
    if (!isLatest && period.last < clock.today - BACKLOG_DAYS) continue;
    for (const rule of workbook.policy.bulletins.drafts) {
      const type = typeFor(rule, period);
      if (KIND_OF[workbook.parameters.text(rule.cadenceKey, period.last)] !== period.kind || standing.has(bulletinId(type, period))) continue;
      wanted.push({ rule, type, ranked: entry });
    }
  }
  if (wanted.length === 0) return;
  const told = periodFacts([...new Set(wanted.map((entry) => entry.ranked))], facts, feedback);
  for (const { rule, type, ranked: entry } of wanted) {
    // A period in which nothing was due, open or fed back has nothing to tell: it was before the table's time.
    if (told.get(entry)!.items.length === 0 && told.get(entry)!.feedback.length === 0) continue;
    changes.append('bulletins', {
      bulletinId: bulletinId(type, entry.period), period: entry.period.id, type, form: '公告', status: '草稿',
      subject: bulletinTitle(type, entry.period), body: bulletinBody(workbook, rule, told.get(entry)!),
    }, rule.clause);
  }
}

/** What each period's bulletin is written from, in one pass over the items. */
export function periodFacts(
  ranked: readonly RankedPeriod[], facts: readonly ItemFacts[], feedback: readonly StandingFeedback[],
): Map<RankedPeriod, PeriodFacts> {
  const items = ranked.map((): ItemFacts[] => []);
  for (const item of facts) {
    const group = groupOf(item.status);
    if (group === 'before' || group === 'void') continue;
    ranked.forEach(({ period }, index) => {
      const { issuedAt, closedAt } = item;
      const wasIssued = issuedAt !== null && dayOf(issuedAt) <= period.last;
      const isOpen = wasIssued && (closedAt === null || dayOf(closedAt) > period.last);
      if (isOpen || [item.current, closedAt].some((moment) => moment !== null && within(dayOf(moment), period))) items[index]!.push(item);
    });
  }
  return new Map(ranked.map((entry, index) => [entry, {
    period: entry.period, rows: entry.rows, before: entry.before, items: items[index]!.sort((a, b) => compareText(a.id, b.id)),
    feedback: feedback.filter((row) => within(dayOf(row.at), entry.period)).sort((a, b) => a.at - b.at || compareText(a.id, b.id)),
  }]));
}
