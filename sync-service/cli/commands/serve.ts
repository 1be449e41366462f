import { once } from 'node:events';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { s3Secrets } from '../../archive/places/s3.ts';
import { mailEnvironment, storeProblems, type ServeConfig } from '../../config/config.ts';
import { openStatusServer } from '../../console/status-server.ts';
import { openFailureReports } from '../../jobs/failure-reports.ts';
import { startOfficeService, type OfficeService } from '../../jobs/office-service.ts';
import { openServiceLog, secretsOf } from '../../jobs/service-log.ts';
import { openMailTransport } from '../../notify/open-transport.ts';
import { CommandError } from '../command-error.ts';
import { sentenceOf } from '../exit-status.ts';
import { loadConfig, mailProblems, problemList } from '../serve-config.ts';
import { backupsOf, runServed } from '../served-duties.ts';

/** `duban serve`: runs the workbooks by schedule and at people's saves until a signal ends it; the run under way is finished. */
export async function serveCommand(asked: string | null): Promise<number> {
  const { config, folder } = loadConfig(asked);
  const problems = [...mailProblems(config), ...storeProblems(config, process.env)];
  if (problems.length > 0) throw new CommandError(2, problemList('环境变量', problems));
  const mailEnv = mailEnvironment(config, process.env);
  const log = openServiceLog([...secretsOf(mailEnv['DUBAN_SMTP_URL'] ?? ''), ...s3Secrets(process.env)]);

  let service: OfficeService | null = null;
  const server = await openServer(config, () => service?.statuses() ?? []);
  service = startOfficeService({
    workbooks: config.workbooks, log, sentenceOf, clock: Date.now,
    run: (workbook) => runServed(workbook, mailEnv, (message) => log.debug({ workbook: workbook.path }, message)),
    backups: config.backups === null ? null : backupsOf(config.backups),
    reports: openFailureReports(join(folder, '.duban', 'serve-failures.json'), () => openMailTransport(mailEnv, join(folder, 'outbox'))),
  });
  process.stdout.write(`督办服务已启动:${config.workbooks.length} 份工作簿,http://127.0.0.1:${config.port} 看最近巡检;按 Ctrl+C 停止\n`);

  const signal = await Promise.race(['SIGTERM', 'SIGINT'].map(async (name) => {
    await once(process, name);
    return name;
  }));
  log.info({ signal }, '正在停止:等当前巡检结束');
  await service.stop();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  log.info('督办服务已停止');
  return 0;
}

async function openServer({ port }: ServeConfig, statuses: Parameters<typeof openStatusServer>[1]): Promise<Server> {
  try {
    return await openStatusServer(port, statuses);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES'))) throw error;
    throw new CommandError(1, `端口 ${port} 不能用(${error.code}):多半是另一个 duban serve 已在运行。请先停掉它,或在 duban.yaml 里写 port: 另一个数`);
  }
}
