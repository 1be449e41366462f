import { dayOf, formatLimit, periodName, totalOf, type Moment, type Period, type ReportPlan, type Workbook } from '#core';
import { articlesOf } from './articles.ts';
import { chineseDate, openingSentence, rankNote, type BulletinData } from './bulletin-data.ts';
import type { Bulletin } from './bulletin-docx.ts';

/** What the documents of a period say, from its report. */
export function bulletinDataOf(workbook: Workbook, report: ReportPlan, period: Period, now: Moment): BulletinData {
  const rows = report.ranked.rows;
  const total = totalOf(rows);
  return {
    title: report.title, period: periodName(period), issuer: workbook.policy.supervisingUnit, date: dayOf(now),
    overall: { dueCount: total.due, onTimeCount: total.onTime, rate: total.rate, previousRate: totalOf(report.previous.rows).rate },
    ranking: rows.map((row) => ({
      group: row.group, rank: row.rank, unit: row.unit, dueCount: row.dueCount ?? 0, onTimeCount: row.onTimeCount ?? 0, rate: row.rate,
      extensionRate: row.extensionRate, returnCount: row.returnCount ?? 0, points: row.points ?? 0,
    })),
    rankMinimum: workbook.parameters.number('rankMinimum', period.last) ?? 1,
    late: report.late.map((item) => ({
      itemId: item.id, title: item.cells.title, unit: item.unit, deadline: item.assessed === null ? '' : formatLimit(item.assessed),
      daysLate: item.daysLate ?? 0, confidential: item.cells.confidentiality === '保密',
    })),
  };
}

/** The same as a bulletin on paper, not signed yet. */
export function reportBulletin({ policy }: Workbook, { number }: ReportPlan, data: BulletinData): Bulletin {
  return {
    policy: policy.id, title: data.title, number, body: openingSentence(data), ranking: data.ranking, rankNote: rankNote(data), late: data.late, entries: [],
    issuer: data.issuer, signer: '', date: chineseDate(data.date), fingerprint: '', articleOf: articlesOf(policy.id),
  };
}
