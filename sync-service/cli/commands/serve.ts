import { once } from 'node:events';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { s3Secrets } from '../../archive/places/s3.ts';
import { feishuSecrets, groupProblems, groupSecrets, mailEnvironment, oidcProblems, oidcSecrets, storeProblems, type ServedWorkbook } from '../../config/config.ts';
import { feishuProblems } from '../../config/feishu-settings.ts';
import type { Book } from '../../console/book.ts';
import { openCloudBook } from '../../console/cloud-book.ts';
import { openMailSignIn } from '../../console/mail-sign-in.ts';
import { feishuAccessFrom } from '../../feishu/access.ts';
import { openFeishuSignIn } from '../../console/feishu-sign-in.ts';
import { openOidc } from '../../console/oidc.ts';
import { serveConsole, type ServedConsole } from '../../console/serve-console.ts';
import { openXlsxBook } from '../../console/xlsx-book.ts';
import { openFailureReports } from '../../jobs/failure-reports.ts';
import { startOfficeService, type OfficeService, type ServedStatus } from '../../jobs/office-service.ts';
import { openServiceLog, secretsOf } from '../../jobs/service-log.ts';
import { openMailTransport } from '../../notify/open-transport.ts';
import { isFile } from '../../workbook/location.ts';
import { listen, openFeishuOffice, webhookOf, type FeishuOffice } from '../feishu-office.ts';
import { CommandError } from '../command-error.ts';
import { sentenceOf } from '../exit-status.ts';
import { loadConfig, mailProblems, problemList, type LoadedConfig } from '../serve-config.ts';
import { answerLinksFor, backupsOf, runServed, secretOf } from '../served-duties.ts';
import { VERSION } from '../version.ts';

/** A burst of edits in a base is one run: three seconds after the last, half a minute after the first at the latest. */
const CALM = { quietMs: 3_000, longestMs: 30_000 };

/** `duban serve`: the console, and the workbooks run by schedule and at people's saves, until a signal ends it; the run under way is finished. */
export async function serveCommand(asked: string | null): Promise<number> {
  return serveOffice(loadConfig(asked), (link, { config }) => {
    process.stdout.write(`督办服务已启动:${config.workbooks.length} 份工作簿,http://127.0.0.1:${config.port};按 Ctrl+C 停止\n在本机登录(十五分钟内有效,只能用一次):${link}\n`);
  });
}

/** Serves until a signal; `ready` learns the owner's link. */
export async function serveOffice(loaded: LoadedConfig, ready: (ownerLink: string, loaded: LoadedConfig) => void): Promise<number> {
  const { config, folder } = loaded;
  const problems = [...mailProblems(config), ...storeProblems(config, process.env), ...oidcProblems(config, process.env), ...groupProblems(config, process.env), ...feishuProblems(config.feishu, process.env)];
  if (problems.length > 0) throw new CommandError(2, problemList('环境变量', problems));
  const mailEnv = mailEnvironment(config, process.env);
  const log = openServiceLog([...secretsOf(mailEnv['DUBAN_SMTP_URL'] ?? ''), ...s3Secrets(process.env), ...groupSecrets(config, process.env), ...feishuSecrets(config, process.env), ...oidcSecrets(config, process.env)]);

  const linksOf = answerLinksFor(loaded);
  let service: OfficeService | null = null;
  const changed = (path: string): void => service?.changed(path);
  const books = new Map(config.workbooks.map((workbook) => bookOf(workbook, changed, () => service?.statuses() ?? [], log)));
  const feishu = openFeishuOffice(loaded, config.feishu.events === 'off' ? null : { books, changed, calm: CALM }, log);
  const console = await openConsole(loaded, mailEnv, log, { books: [...books.values()], statuses: () => service?.statuses() ?? [], feishu });
  // First, so that the run at the start sees all that happened before events came.
  const closeLine = feishu === null ? null : await listen(config, feishu, log);
  service = startOfficeService({
    workbooks: config.workbooks, log, sentenceOf, clock: Date.now,
    run: (workbook) => runServed(workbook, mailEnv, (message) => log.debug({ workbook: workbook.path }, message), { answerLinks: linksOf(workbook), messenger: feishu?.messengerFor(workbook) }),
    backups: config.backups === null ? null : backupsOf(config.backups),
    reports: openFailureReports(join(folder, '.duban', 'serve-failures.json'), () => openMailTransport(mailEnv, join(folder, 'outbox'))),
  });
  ready(console.ownerLink(), loaded);

  const signal = await Promise.race(['SIGTERM', 'SIGINT'].map(async (name) => {
    await once(process, name);
    return name;
  }));
  log.info({ signal }, '正在停止:等当前巡检结束');
  closeLine?.();
  await feishu?.stop();
  await service.stop();
  await console.close();
  log.info('督办服务已停止');
  return 0;
}

/** The console's book of a workbook. */
function bookOf({ path, site }: ServedWorkbook, changed: (path: string) => void, statuses: () => readonly ServedStatus[], log: Logger): [string, Book] {
  const parts = { programVersion: VERSION, written: () => { changed(path); } };
  if (isFile(path)) return [path, openXlsxBook(path, parts)];
  return [path, openCloudBook({
    ...parts, location: path, site, environment: process.env, clock: Date.now, runs: () => statuses().find((one) => one.path === path)?.doneCount ?? 0,
    failed: (error) => log.warn({ err: error, workbook: path }, '没有读到最新的表格,网页先显示上次读到的'),
  })];
}

async function openConsole({ config, folder }: LoadedConfig, mailEnv: Record<string, string | undefined>, log: Logger, { books, statuses, feishu }: { readonly books: readonly Book[]; readonly statuses: () => readonly ServedStatus[]; readonly feishu: FeishuOffice | null }): Promise<ServedConsole> {
  const { port, console: { bind, url, trustProxy, oidc } } = config;
  try {
    return await serveConsole({
      port, bind, url, trustProxy, oidc: oidc === null || url === null ? null : openOidc({ ...oidc, clientSecret: process.env[oidc.secretVariable]!, url }),
      feishuSignIn: !config.feishu.signIn || url === null ? null : openFeishuSignIn({ ...feishuAccessFrom(process.env), url }), linkSecret: secretOf(folder),
      books, statuses,
      mailSignIn: url === null ? null : openMailSignIn(url, () => openMailTransport(mailEnv, join(folder, 'outbox')), (message) => log.error({ message }, '登录链接没有寄出')),
      feishu: feishu === null ? null : webhookOf(config, feishu, log),
      failed: (error) => log.error({ err: error }, '网页请求出错'),
      show: (link) => process.stdout.write(`在本机登录(十五分钟内有效,只能用一次):${link}\n`),
    });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES'))) throw error;
    throw new CommandError(1, `端口 ${port} 不能用(${error.code}):多半是另一个 duban serve 已在运行。请先停掉它,或在 duban.yaml 里写 port: 另一个数`);
  }
}
