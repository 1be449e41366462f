import { existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { epochOf, formatMoment, type Moment } from '#core';
import { ZONE } from '../config/config.ts';
import { bad, ok, warn, type Finding } from './finding.ts';

/** A save needs the workbook twice, and years of outbox, journals and versions come beside it. */
const MIN_FREE_BYTES = 200 * 1024 * 1024;
/** Clocks of a share and of this machine differ a little. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** The clock against the files: nothing can have been saved later than now. */
export function checkClock(now: Moment, files: readonly string[]): Finding {
  const newest = files.filter((file) => existsSync(file)).map((file) => ({ file, savedAt: statSync(file).mtimeMs })).sort((a, b) => b.savedAt - a.savedAt)[0];
  if (newest !== undefined && newest.savedAt > epochOf(now) + CLOCK_TOLERANCE_MS) {
    return bad('时钟', `这台电脑现在是北京时间 ${formatMoment(now)},但 ${newest.file} 的保存时间更晚`, '请校准系统时间并打开自动对时;时钟不准,时限和提醒都会错');
  }
  return ok('时钟', `北京时间 ${formatMoment(now)},请与手表核对`);
}

/** The machine's own zone doesn't matter; that it knows the zone of the schedules does. */
export function checkZone(): Finding {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const hour = new Intl.DateTimeFormat('en', { timeZone: ZONE, hour: '2-digit', hourCycle: 'h23' }).format(0);
  if (hour !== '08') return bad('时区', `这台电脑的 Node.js 不认识时区 ${ZONE}`, '请安装带完整国际化数据(full-icu)的 Node.js');
  return ok('时区', own === ZONE ? '北京时间' : `系统时区是 ${own},定时和时限一律按北京时间,不受影响`);
}

/** A folder, or the nearest one above it that there is already. */
export function standingFolder(folder: string): string {
  return existsSync(folder) ? folder : standingFolder(dirname(folder));
}

/** Free space where a workbook lies. */
export async function checkDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const megabytes = `${Math.floor(free / 1024 / 1024)} MB`;
  if (free < MIN_FREE_BYTES) return bad('磁盘', `${folder} 只剩 ${megabytes}`, '请清理磁盘或把工作簿移到别处;空间不够时保存会失败(原文件不会损坏)');
  if (free < 5 * MIN_FREE_BYTES) return warn('磁盘', `${folder} 只剩 ${megabytes}`, '请尽快清理磁盘');
  return ok('磁盘', `${folder} 还有 ${megabytes}`);
}
