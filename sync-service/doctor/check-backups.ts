import { accessSync, constants } from 'node:fs';
import { basename } from 'node:path';
import { Cron } from 'croner';
import { epochOf, formatMoment, type Moment } from '#core';
import { ArchiveError } from '../archive/archive-error.ts';
import { openPlace, type Environment } from '../archive/places/place.ts';
import { isS3Url } from '../archive/places/s3.ts';
import { nameBeginning, newestArchive } from '../archive/rotation.ts';
import { backupPlace, ZONE, type ServeConfig, type ServedWorkbook } from '../config/config.ts';
import { checkDisk, standingFolder } from './check-machine.ts';
import { bad, ok, warn, type Finding } from './finding.ts';

/** Whether the backups of each workbook are made where and when the configuration wants them, and whether that place lets us in. */
export async function checkBackups({ workbooks, backups }: ServeConfig, now: Moment, env: Environment): Promise<Finding[]> {
  if (backups === null) return [warn('备份', '没有设置定时备份', '请在 duban.yaml 加 backups:(写法见 docs/operate.md),或用别的办法每天备份')];
  const findings: Finding[] = [];
  for (const { path, site } of workbooks) {
    const place = backupPlace(site, backups.to);
    const room = isS3Url(place) ? [] : await checkFolder(path, place);
    findings.push(...room);
    if (room.every(({ level }) => level !== 'bad')) findings.push(await checkNewest({ path, site }, place, backups.schedule, now, env));
  }
  return findings;
}

async function checkFolder(path: string, folder: string): Promise<Finding[]> {
  const standing = standingFolder(folder);
  try {
    accessSync(standing, constants.W_OK);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return [bad(subjectOf(path), `不能写入备份文件夹 ${folder}`, '请核对 backups.to、共享是否连上,并给运行督办的账号写权限')];
  }
  return [await checkDisk(standing)];
}

async function checkNewest({ path, site }: Pick<ServedWorkbook, 'path' | 'site'>, place: string, schedule: readonly string[], now: Moment, env: Environment): Promise<Finding> {
  let newest: Moment | null;
  try {
    newest = newestArchive(basename(site), await openPlace(place, env).list(nameBeginning(basename(site))));
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return bad(subjectOf(path), error.message, '处理好后再运行 duban doctor');
  }
  if (newest === null) return ok(subjectOf(path), `还没有备份,duban serve 启动后做第一份:${place}`);
  // The service makes up for the last time at its start; two times missed is no outage of an hour.
  const times = schedule.flatMap((pattern) => new Cron(pattern, { timezone: ZONE, paused: true }).previousRuns(2, new Date(epochOf(now)))).map(Number).sort((a, b) => b - a);
  if (epochOf(newest) < times[1]!) return warn(subjectOf(path), `最近一份备份是 ${formatMoment(newest)} 的,之后的定时没有做成`, '请看 duban serve 是否一直开着、它的日志里备份为什么没有完成;要马上备份,请运行 duban backup');
  return ok(subjectOf(path), `最近一份备份是 ${formatMoment(newest)} 的:${place}`);
}

function subjectOf(path: string): string {
  return `备份 ${path}`;
}
