import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Cron } from 'croner';
import { epochOf, formatMoment, type Moment } from '#core';
import { newestArchive } from '../archive/rotation.ts';
import { backupFolder, ZONE, type ServeConfig } from '../config/config.ts';
import { checkDisk } from './check-machine.ts';
import { bad, ok, warn, type Finding } from './finding.ts';

/** Whether the backups of each workbook are made where and when the configuration wants them. */
export async function checkBackups({ workbooks, backups }: ServeConfig, now: Moment): Promise<Finding[]> {
  if (backups === null) return [warn('备份', '没有设置定时备份', '请在 duban.yaml 加 backups:(写法见 docs/operate.md),或用别的办法每天备份')];
  const findings: Finding[] = [];
  for (const { path } of workbooks) findings.push(...await checkOne(path, backupFolder(path, backups.folder), backups.schedule, now));
  return findings;
}

async function checkOne(path: string, folder: string, schedule: readonly string[], now: Moment): Promise<Finding[]> {
  const subject = `备份 ${path}`;
  const place = existsSync(folder) ? folder : dirname(folder);
  try {
    accessSync(place, constants.W_OK);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return [bad(subject, `不能写入备份文件夹 ${folder}`, '请核对 backups.to、共享是否连上,并给运行督办的账号写权限')];
  }
  const disk = await checkDisk(place);
  const newest = existsSync(folder) ? newestArchive(basename(path), readdirSync(folder)) : null;
  if (newest === null) return [disk, ok(subject, `还没有备份,duban serve 启动后做第一份:${folder}`)];
  // The service makes up for the last time at its start; two times missed is no outage of an hour.
  const times = schedule.flatMap((pattern) => new Cron(pattern, { timezone: ZONE, paused: true }).previousRuns(2, new Date(epochOf(now)))).map(Number).sort((a, b) => b - a);
  if (epochOf(newest) < times[1]!) return [disk, warn(subject, `最近一份备份是 ${formatMoment(newest)} 的,之后的定时没有做成`, '请看 duban serve 是否一直开着、它的日志里备份为什么没有完成;要马上备份,请运行 duban backup')];
  return [disk, ok(subject, `最近一份备份是 ${formatMoment(newest)} 的:${folder}`)];
}
