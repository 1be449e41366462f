import type { Moment } from '#core';
import { mailEnvironment } from '../../config/config.ts';
import { checkClock, checkZone } from '../../doctor/check-machine.ts';
import { checkBackups } from '../../doctor/check-backups.ts';
import { checkDatabase } from '../../doctor/check-database.ts';
import { checkFeishu } from '../../doctor/check-feishu.ts';
import { checkMail } from '../../doctor/check-mail.ts';
import { checkRobots } from '../../doctor/check-robots.ts';
import { checkWorkbook } from '../../doctor/check-workbook.ts';
import { bad, ok, type Finding } from '../../doctor/finding.ts';
import { openMailTransport } from '../../notify/open-transport.ts';
import { CommandError } from '../command-error.ts';
import { askedDatabase } from '../database-url.ts';
import { loadConfig, mailProblems, type LoadedConfig } from '../serve-config.ts';

const MARKS = { ok: '✓', warn: '!', bad: '✗' } as const;

/** `duban doctor`: looks at everything `duban serve` needs, or `duban worker` where the environment names a database, and prints each finding at once; exit status 1 where something is bad. */
export async function doctorCommand(asked: string | null, now: Moment): Promise<number> {
  let worst = 0;
  const tell = ({ level, subject, message, remedy }: Finding): void => {
    if (level === 'bad') worst = 1;
    process.stdout.write(`${MARKS[level]} ${subject}:${message}\n${remedy === '' ? '' : `    怎么办:${remedy}\n`}`);
  };
  tell(checkZone());
  let loaded: LoadedConfig;
  try {
    loaded = loadConfig(asked);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    tell(bad('配置', error.message, '改好后再运行 duban doctor,其余各项随后检查'));
    return worst;
  }
  const { config, folder } = loaded;
  tell(ok('配置', `${config.workbooks.length} 份工作簿`));
  tell(checkClock(now, config.workbooks.map(({ path }) => path)));
  await tellMail(loaded, tell);
  for (const finding of [...await checkFeishu(config, process.env), ...await checkRobots(config, process.env)]) tell(finding);
  const url = askedDatabase();
  if (url !== null) tell(await checkDatabase(url));
  for (const finding of await checkBackups(config, now, process.env)) tell(finding);
  for (const workbook of config.workbooks) for (const finding of await checkWorkbook(workbook, now)) tell(finding);
  process.stdout.write(worst === 0 ? `可以运行 ${url === null ? 'duban serve' : 'duban worker'}\n` : `有 ✗ 的项处理好之前,请不要依赖定时巡检(配置所在:${folder})\n`);
  return worst;
}

async function tellMail({ config, folder }: LoadedConfig, tell: (finding: Finding) => void): Promise<void> {
  const problems = mailProblems(config);
  for (const { path, message } of problems) tell(bad('邮件', `${path}:${message}`, ''));
  if (problems.length > 0) return;
  const transport = openMailTransport(mailEnvironment(config, process.env), folder);
  try {
    tell(await checkMail(transport));
  } finally {
    await transport.close();
  }
}
