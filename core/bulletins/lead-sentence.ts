import { periodName, type PeriodKind } from '../appraisal/periods.ts';
import type { RankedPeriod } from '../appraisal/ranking-rows.ts';
import { percentOf, totalOf, type RankingRow } from '../appraisal/rankings.ts';
import { sentence } from '../notices/words.ts';
import { compareText } from '../workbook/directory.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

const BEFORE: Readonly<Record<PeriodKind, string>> = { month: '上月', quarter: '上季度', year: '上年' };
const NAMED = 3;

/** What a leader wants to know first: how many in a hundred were in time, better or worse than before, and whose the others are. */
export function leadSentence(workbook: Workbook, { period, rows, before }: Pick<RankedPeriod, 'period' | 'rows' | 'before'>): string {
  const { due, onTime, rate } = totalOf(rows);
  if (rate === null) return `${periodName(period)}没有应办事项。`;
  return sentence(workbook, 'text.ranking', period.last, {
    期间: periodName(period), 办结率: percentOf(rate), 比上期: comparison(BEFORE[period.kind], rate, before.rate), 应办数: due, 按时数: onTime, 未按时: missed(rows, due - onTime),
  });
}

function comparison(name: string, rate: number, before: number | null): string {
  if (before === null) return `${name}没有应办事项`;
  const points = Math.round((rate - before) * 10_000) / 100;
  return points === 0 ? `与${name}持平` : `比${name}${points > 0 ? '提高' : '下降'} ${Math.abs(points).toFixed(2)} 个百分点`;
}

/** The units with the most, by name. */
function missed(rows: readonly RankingRow[], count: number): string {
  if (count === 0) return '全部按时';
  const late = rows.map(({ unit, dueCount, onTimeCount }) => ({ unit, count: (dueCount ?? 0) - (onTimeCount ?? 0) }))
    .filter((entry) => entry.count > 0).sort((a, b) => b.count - a.count || compareText(a.unit, b.unit));
  const named = late.slice(0, NAMED).map((entry) => `${entry.unit} ${entry.count} 件`).join('、');
  return `${count} 件未按时(${named}${late.length > NAMED ? ' 等' : ''})`;
}
