import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ALL_UNITS, parseWorkbook, periodName, planReport, type Moment, type Period } from '#core';
import { POLICIES } from '#templates';
import { rankingGroups } from '../../documents/bulletin-data.ts';
import { bulletinDocx } from '../../documents/bulletin-docx.ts';
import { CONFIRMATION_TEMPLATE, confirmationData, confirmationDocx } from '../../documents/confirmation-docx.ts';
import { rankingChartPng } from '../../documents/ranking-chart.ts';
import { ownTemplate } from '../../documents/own-template.ts';
import { bulletinDataOf, reportBulletin } from '../../documents/report-data.ts';
import { rankingXlsx } from '../../documents/report-xlsx.ts';
import { UnrunnableWorkbookError } from '../../jobs/run-workbook.ts';
import { requireLive } from '../workbook-files.ts';
import { holdWorkbook } from '../../workbook/held-workbook.ts';
import { homeOfCommands, siteOf } from '../../workbook/location.ts';

export interface ReportOptions {
  readonly period: Period;
  readonly now: Moment;
  readonly out: string | null;
}

/** `duban report`: ranking rows and a draft bulletin in the workbook; .docx (for a month also 考核确认表), .xlsx and .png files beside it. */
export async function reportCommand(file: string, options: ReportOptions): Promise<number> {
  const { conflicts, files, scoresToCome } = await reportFile(file, options);
  process.stdout.write(`${periodName(options.period)}:\n${files.map((path) => `  ${path}`).join('\n')}\n`);
  if (scoresToCome > 0) {
    process.stderr.write(`考核确认表按「考核计分」现有的分值,其中 ${scoresToCome} 行与此刻应有的不同:请先运行 duban run ${file},再出本期报告\n`);
  }
  return conflicts === 0 ? 0 : 3;
}

export async function reportFile(file: string, options: ReportOptions): Promise<{ conflicts: number; files: string[]; scoresToCome: number }> {
  requireLive(file);
  const site = siteOf(file, homeOfCommands());
  const { store } = await holdWorkbook(file, site, process.env);
  const snapshot = await store.read({ settleAt: options.now });
  const { workbook, issues } = parseWorkbook(snapshot, POLICIES);
  if (workbook === null) throw new UnrunnableWorkbookError(file, issues);
  const report = planReport(workbook, options.period, options.now);
  const data = bulletinDataOf(workbook, report, options.period, options.now);
  const outputs: [name: string, bytes: Uint8Array][] = [
    [`${data.title}.docx`, await bulletinDocx(reportBulletin(workbook, report, data), ownTemplate(dirname(site), '通报'))],
    [`${data.period}排名.xlsx`, await rankingXlsx(data)],
  ];
  if (report.confirmations.length > 0) outputs.push([`${data.period}考核确认表.docx`, await confirmationDocx(confirmationData(workbook, options.period, report.confirmations), ownTemplate(dirname(site), CONFIRMATION_TEMPLATE.name))]);
  for (const { name, rows } of rankingGroups(data.ranking)) {
    const title = name === ALL_UNITS ? '' : `(${name})`;
    outputs.push([`${data.period}排名${title}.png`, await rankingChartPng(rows, `${data.period}督办事项办结率${title}`)]);
  }
  // After the papers: a broken template of the office stops the report before anything is written.
  const applied = report.changes.length === 0 ? null : await store.apply(snapshot, report.changes);
  const folder = resolve(options.out ?? join(dirname(site), 'reports'));
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of outputs) await writeFile(join(folder, name), bytes);
  return { conflicts: applied?.conflicts.length ?? 0, files: outputs.map(([name]) => join(folder, name)), scoresToCome: report.scoresToCome };
}
