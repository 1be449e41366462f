import { formatDay, groupBy, type Day } from '#core';
import { percentText } from './document-text.ts';

/** One row of 排名; the plan's own rows fit. Rates are between 0 and 1. */
export interface RankingRow {
  /** '' where the units are not ranked in groups. */
  readonly group: string;
  /** `1`, `2` … or `不排名`. */
  readonly rank: string;
  readonly unit: string;
  readonly dueCount: number;
  readonly onTimeCount: number;
  readonly rate: number | null;
  readonly extensionRate: number | null;
  readonly returnCount: number;
  readonly points: number;
}

export interface LateItem {
  readonly itemId: string;
  readonly title: string;
  readonly unit: string;
  /** 考核时限, as text. */
  readonly deadline: string;
  readonly daysLate: number;
  /** A confidential item is shown by its number alone. */
  readonly confidential: boolean;
}

/** What a period's bulletin says. Plain data, already decided: the documents add no judgement. */
export interface BulletinData {
  /** `2026年3月督办事项办理情况通报` */
  readonly title: string;
  /** `2026年3月` */
  readonly period: string;
  /** Who issues it, as it stands under the text. */
  readonly issuer: string;
  readonly date: Day;
  readonly overall: { readonly dueCount: number; readonly onTimeCount: number; readonly rate: number | null; readonly previousRate: number | null };
  /** In the order in which it is to be printed. */
  readonly ranking: readonly RankingRow[];
  /** Units with fewer items are not ranked. */
  readonly rankMinimum: number;
  readonly late: readonly LateItem[];
}

/** The opening sentence: how many were due, how many on time, the rate, and how it moved. */
export function openingSentence({ period, overall: { dueCount, onTimeCount, rate, previousRate } }: BulletinData): string {
  if (rate === null) return `${period}没有应办结的督办事项。`;
  const opening = `${period}应办结督办事项${dueCount}件，按时办结${onTimeCount}件，按时办结率${percentText(rate)}`;
  if (previousRate === null) return `${opening}。`;
  const points = (Math.round(rate * 1000) - Math.round(previousRate * 1000)) / 10;
  if (points === 0) return `${opening}，与上期持平。`;
  return `${opening}，比上期${points > 0 ? '提高' : '下降'}${Math.abs(points).toFixed(1)}个百分点。`;
}

/** Why some units bear no rank; '' where all do. */
export function rankNote({ ranking, rankMinimum }: Pick<BulletinData, 'ranking' | 'rankMinimum'>): string {
  return ranking.some(({ rank }) => !isRanked(rank)) ? `注：应办数不足${rankMinimum}件的单位不参加排名。` : '';
}

export function isRanked(rank: string): boolean {
  return /^\d+$/.test(rank);
}

/** The ranking group by group, in the order of first appearance. */
export function rankingGroups(ranking: readonly RankingRow[]): readonly { readonly name: string; readonly rows: readonly RankingRow[] }[] {
  return [...groupBy(ranking, ({ group }) => group)].map(([name, rows]) => ({ name, rows }));
}

/** `2026年4月3日`, of a day or of a moment as text, `2026-04-03 09:00`. */
export function chineseDate(value: Day | string): string {
  const [year, month, date] = (typeof value === 'string' ? value.slice(0, 10) : formatDay(value)).split('-').map(Number);
  return `${year!}年${month!}月${date!}日`;
}
