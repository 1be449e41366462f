import type { Moment } from '#core';
import { POLICIES } from '#templates';
import { backupFolder } from '../../config/config.ts';
import { CommandError } from '../command-error.ts';
import { backUp } from '../../archive/make-archive.ts';
import { requireFile } from '../workbook-files.ts';
import { VERSION } from '../version.ts';

/** `duban backup`: one archive in a folder (default `backups` beside the workbook); its path is printed last. */
export async function backupCommand(file: string, options: { readonly to: string | null; readonly now: Moment }): Promise<number> {
  if (options.to !== null && /^[a-z][a-z0-9+-]+:\/\//i.test(options.to)) {
    throw new CommandError(2, `此版本只能备份到文件夹,不支持 ${options.to}:请先用 --to 备份到文件夹,再用网盘或对象存储自己的工具同步该文件夹`);
  }
  requireFile(file);
    const { path, manifest, breaks, removed } = await backUp({ file, folder: backupFolder(file, options.to), now: options.now, version: VERSION, policies: POLICIES });
  for (const { what, why } of manifest.leftOut) process.stderr.write(`未收入 ${what}:${why}\n`);
  for (const sentence of breaks) process.stderr.write(`流转记录有问题:${sentence}\n`);
  for (const name of removed) process.stderr.write(`已清理旧备份 ${name}(日备份留 30 天、月备份留 24 个月、年备份全留)\n`);
  process.stdout.write(`已备份并核对:${manifest.parts.length} 个部件,督办台账 ${manifest.rows['督办台账'] ?? 0} 件,流转记录至第 ${manifest.chain.seq} 号\n${path}\n`);
  return 0;
}
