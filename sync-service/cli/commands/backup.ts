import type { Moment } from '#core';
import { POLICIES } from '#templates';
import { isRecipient } from '../../archive/encryption.ts';
import { backUp } from '../../archive/make-archive.ts';
import { openPlace } from '../../archive/places/place.ts';
import { backupPlace } from '../../config/config.ts';
import { holdWorkbook } from '../../workbook/held-workbook.ts';
import { homeOfCommands, siteOf } from '../../workbook/location.ts';
import { CommandError } from '../command-error.ts';
import { VERSION } from '../version.ts';
import { requireFile } from '../workbook-files.ts';

export interface BackupOptions {
  /** A folder or `s3://bucket/prefix`; null: `backups` beside the workbook. */
  readonly to: string | null;
  readonly recipients: readonly string[];
  readonly now: Moment;
}

/** `duban backup`: one archive in a folder or an S3 store; its path is printed last. */
export async function backupCommand(location: string, { to, recipients, now }: BackupOptions): Promise<number> {
  const wrong = recipients.find((key) => !isRecipient(key));
  if (wrong !== undefined) throw new CommandError(2, `--recipient 应为 age 公钥,如 age1…(用 age-keygen 生成,私钥不要写在命令行上):${wrong.startsWith('age1') ? wrong : '(未显示)'}`);
  requireFile(location);
  const site = siteOf(location, homeOfCommands());
  const file = await (await holdWorkbook(location, site, process.env)).asFile(POLICIES);
  const { path, manifest, breaks, removed } = await backUp({ file, place: openPlace(backupPlace(site, to), process.env), recipients, now, version: VERSION, policies: POLICIES });
  if (file !== location) process.stderr.write('云端表格备份的是各表的数据:自己加的列和工作表、颜色、视图、图表不在其中,请另用表格自己的「创建副本」留底\n');
  for (const { what, why } of manifest.leftOut) process.stderr.write(`未收入 ${what}:${why}\n`);
  for (const sentence of breaks) process.stderr.write(`流转记录有问题:${sentence}\n`);
  for (const name of removed) process.stderr.write(`已清理旧备份 ${name}(日备份留 30 天、月备份留 24 个月、年备份全留)\n`);
  process.stdout.write(`已备份并核对${recipients.length > 0 ? '(已加密)' : ''}:${manifest.parts.length} 个部件,督办台账 ${manifest.rows['督办台账'] ?? 0} 件,流转记录至第 ${manifest.chain.seq} 号\n${path}\n`);
  return 0;
}
