import { dayOf, formatDay, formatLimit, yearOf, type Day } from '../calendar/plain-date.ts';
import type { Period } from '../appraisal/periods.ts';
import type { RankedPeriod } from '../appraisal/ranking-rows.ts';
import { NOT_RANKED, percentOf } from '../appraisal/rankings.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { StandingFeedback } from '../notices/feedback-rows.ts';
import { isBeforeGoLive } from '../lifecycle/go-live.ts';
import { groupOf } from '../lifecycle/status-groups.ts';
import { yearlyComparison } from '../queries/yearly-comparison.ts';
import type { BulletinRule, BulletinSection } from '../policy/schema.ts';
import { compareText } from '../workbook/directory.ts';
import { leadSentence } from './lead-sentence.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** What a period's bulletin is written from. */
export interface PeriodFacts extends Pick<RankedPeriod, 'period' | 'rows' | 'before'> {
  /** Items due or closed in the period, and those open at its end; by id. */
  readonly items: readonly ItemFacts[];
  /** Feedback of the period. */
  readonly feedback: readonly StandingFeedback[];
}

/** Longer lists end with a count: the table holds the rest, and a cell only so much. */
const LONGEST = 100;

/** The words of a drafted bulletin: the sentence a leader wants, then its rule's sections. Confidential items are counted, never named. */
export function bulletinBody(workbook: Workbook, rule: Pick<BulletinRule, 'sections' | 'clause'>, facts: PeriodFacts): string {
  const open = facts.items.filter((item) => item.cells.confidentiality !== '保密');
  const hidden = facts.items.length - open.length;
  return [
    leadSentence(workbook, facts),
    ...rule.sections.flatMap((section) => sectionLines(workbook, section, { ...facts, items: section === 'months' ? facts.items : open })),
    ...(hidden === 0 ? [] : ['', `另有保密事项 ${hidden} 件,只计件数,不列内容。`]),
    '', `依据:${rule.clause}`, workbook.policy.supervisingUnit,
  ].join('\n');
}

function sectionLines(workbook: Workbook, section: BulletinSection, facts: PeriodFacts): string[] {
  switch (section) {
    case 'units': return titled('各单位办理情况', facts.rows.map((row) =>
      `${row.unit}:应办 ${row.dueCount ?? 0} 件,按时 ${row.onTimeCount ?? 0} 件,办结率 ${percentOf(row.rate)}${row.rank === NOT_RANKED ? '' : `,第 ${row.rank} 名`}`), '没有应办事项');
    case 'months': return titled('各月办结率对比', monthLines(workbook, facts), '没有应办事项');
    case 'late': return titled('逾期事项', facts.items.filter((item) => isToldLate(workbook, item, facts.period.last)).map((item) => itemLine(workbook, item)), '没有逾期事项');
    case 'items': return titled('逐项情况', facts.items.map((item) => itemLine(workbook, item)), '没有事项');
    case 'problems': return titled('存在问题和整改建议', problemLines(workbook, facts), '没有反映的问题');
    case 'feedback': return titled(`反馈汇总(${facts.feedback.length} 条)`, feedbackLines(workbook, facts), '没有反馈');
    case 'results': return titled('办理结果公示', facts.items.filter((item) => closedIn(item, facts.period))
      .map((item) => `${item.id} ${item.cells.title}(${item.unit}):${item.cells.result === '' ? item.status : item.cells.result}`), '没有办结事项');
  }
}

function titled(title: string, lines: readonly string[], none: string): string[] {
  const shown = lines.length === 0 ? [`${none}。`] : lines.slice(0, LONGEST);
  return ['', `## ${title}`, ...shown, ...(lines.length > LONGEST ? [`另有 ${lines.length - LONGEST} 件,见督办台账。`] : [])];
}

/** bus 14.3: a unit's year month by month; months in which nothing was due are left out. */
function monthLines(workbook: Workbook, facts: PeriodFacts): string[] {
  return yearlyComparison(workbook, facts.items, yearOf(facts.period.first)).map(({ unit, months, year }) =>
    `${unit}:${months.flatMap((value, index) => (value === null ? [] : [`${index + 1}月 ${percentOf(value)}`])).join('、')};全年 ${percentOf(year)}`);
}

/** Whether a bulletin may name an item as overdue by a day: what lapsed before 启用日 is lit in the table, and told to nobody. */
export function isToldLate(workbook: Workbook, { late, assessed }: Pick<ItemFacts, 'late' | 'assessed'>, until: Day): boolean {
  return late && assessed !== null && dayOf(assessed) <= until && !isBeforeGoLive(workbook, assessed);
}

/** Unit and person by name, the status, and how late. */
function itemLine(workbook: Workbook, item: ItemFacts): string {
  const person = item.cells.handler || workbook.directory.unit(item.unit)?.head || '';
  const late = item.daysLate === null || isBeforeGoLive(workbook, item.assessed) ? '' : `,超期 ${item.daysLate} 天`;
  return `${item.id} ${item.cells.title}:${item.unit}${person === '' ? '' : `(${person})`},${item.status}${item.current === null ? '' : `,时限 ${formatLimit(item.current)}`}${late}`;
}

/** One line for each open item whose latest feedback tells of a problem, with what to do about it (expo 9.4). */
function problemLines(workbook: Workbook, facts: PeriodFacts): string[] {
  return facts.items.flatMap((item) => {
    const group = groupOf(item.status);
    if (group === 'done' || group === 'void' || group === 'before') return [];
    let latest: StandingFeedback['cells'] | null = null;
    let at = -Infinity;
    for (const { cells } of workbook.index.feedbackOf.get(item.id) ?? []) {
      if (cells.at === null || dayOf(cells.at) > facts.period.last || cells.at < at) continue;
      latest = cells;
      at = cells.at;
    }
    if (latest === null || latest.problems === '') return [];
    const inspected = (workbook.index.inspectionsOf.get(item.id) ?? []).map(({ cells }) => cells.suggestion).filter((text) => text !== '').at(-1);
    const advice = latest.rectification || latest.solutions || inspected || `请${item.unit}提出解决方案,限期整改并反馈`;
    return [`${item.id} ${item.cells.title}(${item.unit}):存在问题:${oneLine(latest.problems)};整改建议:${oneLine(advice)}`];
  });
}

function feedbackLines(workbook: Workbook, facts: PeriodFacts): string[] {
  const byItem = new Map<string, { count: number; last: StandingFeedback }>();
  const confidential = (id: string): boolean => workbook.index.item.get(id)?.cells.confidentiality === '保密';
  for (const row of facts.feedback) {
    if (confidential(row.itemId)) continue;
    const known = byItem.get(row.itemId);
    if (known === undefined) byItem.set(row.itemId, { count: 1, last: row });
    else byItem.set(row.itemId, { count: known.count + 1, last: row.at >= known.last.at ? row : known.last });
  }
  return [...byItem].sort((a, b) => compareText(a[0], b[0])).map(([id, { count, last }]) => {
    const item = workbook.index.item.get(id)?.cells;
    const said = last.cells.submission || last.cells.progress;
    return `${id} ${item?.title ?? ''}(${item?.leadUnit ?? ''}):${count} 条,最新 ${formatDay(dayOf(last.at))} ${oneLine(said)}`;
  });
}

function closedIn(item: ItemFacts, period: Period): boolean {
  return item.closedAt !== null && within(dayOf(item.closedAt), period);
}

export function within(value: Day, period: Period): boolean {
  return value >= period.first && value <= period.last;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
