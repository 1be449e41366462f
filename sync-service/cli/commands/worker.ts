import { once } from 'node:events';
import { join } from 'node:path';
import { s3Secrets } from '../../archive/places/s3.ts';
import { feishuSecrets, groupProblems, groupSecrets, mailEnvironment, storeProblems, type ServeConfig } from '../../config/config.ts';
import { feishuProblems } from '../../config/feishu-settings.ts';
import { clusterDuties, workbookKeys } from '../../jobs/cluster/cluster-duties.ts';
import { openJobQueue, QUEUE_TIMES } from '../../jobs/cluster/job-queue.ts';
import { openTimetable, type Timetable } from '../../jobs/cluster/moments.ts';
import { openSharedQuota } from '../../jobs/cluster/shared-quota.ts';
import { startWorker } from '../../jobs/cluster/worker.ts';
import { openFailureReports } from '../../jobs/failure-reports.ts';
import { openServiceLog, secretsOf } from '../../jobs/service-log.ts';
import { openMailTransport } from '../../notify/open-transport.ts';
import { openFeishuOffice } from '../feishu-office.ts';
import { CommandError } from '../command-error.ts';
import { requireDatabase } from '../database-url.ts';
import { sentenceOf } from '../exit-status.ts';
import { loadConfig, mailProblems, problemList } from '../serve-config.ts';
import { answerLinksFor, backupsOf, runServed } from '../served-duties.ts';

/** `duban worker`: one of many processes that do the duties of a configuration's workbooks, until a signal ends it; the jobs under way are finished. */
export async function workerCommand({ concurrency, config: asked }: { readonly concurrency: number; readonly config: string | null }): Promise<number> {
  const url = requireDatabase();
  const { config, folder } = loadConfig(asked);
  const problems = [...mailProblems(config), ...storeProblems(config, process.env), ...groupProblems(config, process.env), ...feishuProblems(config.feishu, process.env)];
  if (problems.length > 0) throw new CommandError(2, problemList('环境变量', problems));
  const { DUBAN_MAIL_PER_MINUTE: perMinute, ...mailEnv } = mailEnvironment(config, process.env);
  const log = openServiceLog([...secretsOf(mailEnv['DUBAN_SMTP_URL'] ?? ''), ...secretsOf(url), ...s3Secrets(process.env), ...groupSecrets(config, process.env), ...feishuSecrets(config, process.env)]);
  const queue = await openJobQueue(url, (error) => log.error({ err: error }, '队列出错'));
  const quota = await openSharedQuota(queue.database);
  const workbooks = workbookKeys(config.workbooks, folder);
  // The limits are the providers', so they hold for all workers together.
  const mailAllowed = (): Promise<void> => (perMinute === undefined ? Promise.resolve() : quota.take([{ name: 'mail', calls: Number(perMinute), seconds: 60 }]));
  const linksOf = answerLinksFor({ config, folder });
  // Events go to one connection of an app: in a cluster nobody hears them, and cards bring links instead of decisions.
  const feishu = openFeishuOffice({ config, folder }, null, log, quota);

  const worker = startWorker({
    queue, concurrency, leaseSeconds: QUEUE_TIMES.leaseSeconds, clock: Date.now, sentenceOf, timetable: timetableOf(config, workbooks),
    perform: clusterDuties({
      workbooks, log, sentenceOf, clock: Date.now, retryLimit: QUEUE_TIMES.retryLimit,
      run: (workbook, stillOurs) => runServed(workbook, mailEnv, (message) => log.debug({ workbook: workbook.path }, message), { stillOurs, mailAllowed, quota, answerLinks: linksOf(workbook), messenger: feishu?.messengerFor(workbook) }),
      backups: config.backups === null ? null : backupsOf(config.backups, quota),
      reports: openFailureReports(join(folder, '.duban', 'serve-failures.json'), () => openMailTransport(mailEnv, join(folder, 'outbox'))),
    }),
    databaseAway(failure) {
      if (failure === null) log.info('数据库恢复了');
      else log.error({ failure }, '数据库不可用,等它恢复');
    },
    lost: ({ workbook, kind }) => log.warn({ workbook, kind }, '这件工作已由另一个工作进程接手'),
  });
  process.stdout.write(`督办工作进程已启动:${config.workbooks.length} 份工作簿,同时做 ${concurrency} 件;按 Ctrl+C 停止,用 duban jobs 看队列\n`);

  const signal = await Promise.race(['SIGTERM', 'SIGINT'].map(async (name) => {
    await once(process, name);
    return name;
  }));
  log.info({ signal }, '正在停止:等手上的工作结束');
  await worker.stop();
  await queue.close();
  log.info('督办工作进程已停止');
  return 0;
}

function timetableOf({ backups }: ServeConfig, workbooks: ReturnType<typeof workbookKeys>): Timetable {
  return openTimetable([...workbooks].flatMap(([workbook, { schedule }]) => [
    { kind: 'run' as const, workbook, patterns: schedule },
    ...(backups === null ? [] : [{ kind: 'backup' as const, workbook, patterns: backups.schedule }]),
  ]));
}
