import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { periodBefore, periodOf, dayOf, type Moment } from '#core';
import type { AnswerLinks } from '../jobs/compose-notice.ts';
import { createFile } from './commands/init.ts';
import { reportFile } from './commands/report.ts';
import { runFile, summaryOf } from './commands/run.ts';
import { outboxOf } from './workbook-files.ts';

/** The workbook of the invented office. */
export const SAMPLE_FILE = '公交集团样例.xlsx';

/** Makes an invented office in a folder where there is none, runs it once, and says where everything is. */
export async function sampleOffice(folder: string, now: Moment, answerLinks?: AnswerLinks): Promise<string> {
  const file = join(resolve(folder), SAMPLE_FILE);
  const lines: string[] = [];
  if (!existsSync(file)) {
    await createFile(file, { policy: 'bus', sample: true, now });
    lines.push('已建立样例工作簿(虚构的公交集团)');
  }
  const outcome = await runFile(file, { now, dryRun: false, deliver: true, answerLinks });
  const period = periodBefore(periodOf('quarter', dayOf(now)));
  const reports = join(resolve(folder), 'reports', period.id);
  const pictures = existsSync(reports) ? readdirSync(reports).map((name) => join(reports, name))
    : (await reportFile(file, { period, now, out: reports })).files;
  const outbox = outboxOf(file);
  const mails = existsSync(outbox) ? readdirSync(outbox).filter((name) => name.endsWith('.eml')) : [];
  return [
    ...lines, summaryOf(file, outcome), '', `工作簿  ${file}`, `邮件    ${outbox}(${mails.length} 封 .eml)`,
    `排名    ${pictures.find((path) => path.endsWith('.png')) ?? pictures.join('、')}`,
  ].join('\n');
}
