import { dirname } from 'node:path';
import type { Moment } from '#core';
import { previewPurge, purgeItem } from '../../purge/purge-item.ts';
import type { PurgeOutcome, PurgeRequest } from '../../purge/purge-outcome.ts';
import { baseTokenOf, homeOfCommands, siteOf } from '../../workbook/location.ts';
import { CommandError } from '../command-error.ts';
import { backupPlacesOf } from '../serve-config.ts';
import { requireFile } from '../workbook-files.ts';

export interface PurgeOptions {
  readonly item: string;
  readonly yes: boolean;
  readonly json: boolean;
  /** The configuration that says where backups lie; null: duban.yaml here, where there is one. */
  readonly config: string | null;
  readonly now: Moment;
}

/** What no program can call back. */
const BEYOND = '程序够不到的:已发出的邮件、飞书卡片和群消息、放在别处的备份、各人自己另存的副本、网盘的历史版本、打印件,以及「附件」指向的文件;谁还开着旧的工作簿再保存,事项会回来,请过一天再运行一次核对';
const BEYOND_BASE = '程序够不到的:飞书的历史版本和回收站、别的文档里的引用、已发出的邮件、飞书卡片和群消息、放在别处的备份和导出的文件、多维表格的副本、打印件,以及记录里的附件在云空间的原件';

/** `duban purge`: without --yes what would go, with --yes it is gone. Exit status 3 where something still holds the item. */
export async function purgeCommand(file: string, options: PurgeOptions): Promise<number> {
  requireFile(file);
  const itemId = options.item.trim();
  if (itemId === '') throw new CommandError(2, '--item 要写事项编号,如 --item DB-2026-001');
  const site = siteOf(file, homeOfCommands());
  const outcome = await purged(file, site, { itemId, now: options.now, backupPlaces: backupPlacesOf(file, site, options.config) }, options.yes);
  if (outcome === null) throw new CommandError(1, `没有找到事项 ${itemId}:工作簿和程序保存的副本里都没有提到它。请核对编号`);
  if (options.json) process.stdout.write(`${JSON.stringify({ ...outcome, purged: options.yes, beyond: wordsOf(file, site).beyond })}\n`);
  else process.stdout.write(`${describe(outcome, options.yes, wordsOf(file, site))}\n`);
  return options.yes && (outcome.backups.length > 0 || outcome.unreached.length > 0) ? 3 : 0;
}

async function purged(location: string, site: string, request: PurgeRequest, isMeant: boolean): Promise<PurgeOutcome | null> {
  const appToken = baseTokenOf(location);
  if (appToken === null) return isMeant ? purgeItem(location, request) : previewPurge(location, request);
  // Feishu's client takes long to load: not for those who have no base.
  const { previewBasePurge, purgeBase } = await import('../../purge/purge-base.ts');
  const base = { location, appToken, site };
  return isMeant ? purgeBase(base, request) : previewBasePurge(base, request);
}

/** What is said of a workbook's host: where its files lie, where that is not beside it; what is beyond reach; what else to know afterwards. */
function wordsOf(location: string, site: string): Words {
  return baseTokenOf(location) === null ? { files: [], beyond: BEYOND, places: ';上面说的行号是清除前的' } : { files: [`  以上文件在 ${dirname(site)}`], beyond: BEYOND_BASE, places: '' };
}
interface Words { readonly files: readonly string[]; readonly beyond: string; readonly places: string }

function describe({ itemId, sheets, files, backups, unreached, notes }: PurgeOutcome, isDone: boolean, words: Words): string {
  const done = isDone ? '已' : '将';
  const lines = [isDone ? `已清除事项 ${itemId}` : `清除事项 ${itemId}(预览,没有改动):`];
  for (const { name, rows, blank, cells } of sheets) {
    const parts = [rows === 0 ? '' : `${done}删去 ${rows} 行`, blank === 0 ? '' : `${done}清空 ${blank} 行`, cells === 0 ? '' : `${done}抹去 ${cells} 格`].filter((part) => part !== '');
    lines.push(`  ${name}:${parts.join(',')}`);
  }
  for (const { file, how } of files) lines.push(`  ${file}:${how === 'delete' ? `${done}删除` : `${done}抹去其中的记录`}`);
  if (files.length > 0) lines.push(...words.files);
  for (const note of notes) lines.push(`请注意 ${note}`);
  for (const left of unreached) lines.push(`仍留有 ${left}`);
  for (const backup of backups) lines.push(`仍留有 ${backup}:备份有封印不能改,请删除,再用 duban backup 重做一份;须留存的请按规定封存`);
  lines.push(words.beyond);
  lines.push(isDone ? `流转记录已记下清除的编号和时间,链仍可核对${words.places}` : '确认无误后加 --yes 清除,清除后不能恢复');
  return lines.join('\n');
}
