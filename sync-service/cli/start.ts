import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { momentFromEpoch, periodBefore, periodOf, dayOf } from '#core';
import { createFile } from './commands/init.ts';
import { reportFile } from './commands/report.ts';
import { runFile, summaryOf } from './commands/run.ts';
import { outboxOf } from './workbook-files.ts';

/** `npm start`: a sample office under data/, one run at the present time, and where everything is. */
const file = resolve('data', '公交集团样例.xlsx');
const now = momentFromEpoch(Date.now());

if (!existsSync(file)) {
  await createFile(file, { policy: 'bus', sample: true, now });
  process.stdout.write(`已建立样例工作簿(虚构的公交集团)\n`);
}
const outcome = await runFile(file, { now, dryRun: false, deliver: true });
const period = periodBefore(periodOf('quarter', dayOf(now)));
const reports = join('data', 'reports', period.id);
const pictures = existsSync(reports) ? readdirSync(reports).map((name) => resolve(reports, name))
  : (await reportFile(file, { period, now, out: reports })).files;

const outbox = outboxOf(file);
const mails = existsSync(outbox) ? readdirSync(outbox).filter((name) => name.endsWith('.eml')) : [];
process.stdout.write(`${summaryOf(outcome)}

工作簿  ${file}
邮件    ${outbox}(${mails.length} 封 .eml)
排名    ${pictures.find((path) => path.endsWith('.png')) ?? pictures.join('、')}
`);
