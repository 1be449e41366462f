import { restoreArchive } from '../../archive/restore-archive.ts';
import { CommandError } from '../command-error.ts';
import { openArchive } from './verify.ts';

const NEVER_ARCHIVED = '邮件设置、计划任务、.duban/versions 里的旧版本、outbox 里的信';

/** `duban restore`: brings a workbook back and says what it lacks; 3 where a file beside it could not be brought back. */
export async function restoreCommand(archive: string, to: string): Promise<number> {
  if (!/\.xlsx$/i.test(to)) throw new CommandError(2, `恢复成的文件应以 .xlsx 结尾:${to}`);
  const verification = await openArchive(archive);
  const { path, manifest, files, kept, isCopy } = restoreArchive(verification, to);
  const lines = [`已恢复 ${manifest.madeAt} 的 ${manifest.workbook.name}:${path}(附件和报告 ${files} 个)`];
  for (const sentence of verification.breaks) lines.push(`注意,备份之前流转记录已被改过:${sentence}`);
  for (const { what, why } of [...manifest.leftOut, ...kept]) lines.push(`还缺 ${what}:${why}`);
  lines.push(`备份里从不包括:${NEVER_ARCHIVED}。邮件设置和计划任务请重新设置`);
  if (isCopy) {
    lines.push(`这里不是它原来的地方(${manifest.workbook.place}),按副本对待,不发信。正式启用:请移回原处,或运行 duban run "${path}" --copy 搬家;只是查看或练习,请用 --copy 存档 或 --copy 演练`);
  }
  process.stdout.write(`${lines.join('\n')}\n`);
  return kept.length > 0 ? 3 : 0;
}
