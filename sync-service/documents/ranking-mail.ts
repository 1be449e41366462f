import { ALL_UNITS, periodName, planReport, type MailPicture, type Moment, type Period, type Workbook } from '#core';
import type { MailAttachment } from '../notify/mail.ts';
import { rankingGroups } from './bulletin-data.ts';
import { rankingChartPng } from './ranking-chart.ts';
import { bulletinDataOf } from './report-data.ts';
import { rankingXlsx } from './report-xlsx.ts';

const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What the letter of a period brings along: a chart of each group shown in the text, and the table to print. */
export async function rankingEnclosures(workbook: Workbook, period: Period, now: Moment): Promise<{ pictures: MailPicture[]; attachments: MailAttachment[] }> {
  const data = bulletinDataOf(workbook, planReport(workbook, period, now), period, now);
  const charts = await Promise.all(rankingGroups(data.ranking).map(async ({ name, rows }, index) => {
    const title = `${data.period}督办事项办结率${name === ALL_UNITS ? '' : `(${name})`}`;
    const cid = `ranking-${period.id}-${index}@duban.local`;
    return { picture: { cid, alt: `${title}排名图` }, attachment: { filename: `${title}.png`, contentType: 'image/png', content: await rankingChartPng(rows, title), cid } };
  }));
  return {
    pictures: charts.map(({ picture }) => picture),
    attachments: [...charts.map(({ attachment }) => attachment), { filename: `${periodName(period)}排名.xlsx`, contentType: XLSX_TYPE, content: await rankingXlsx(data) }],
  };
}
