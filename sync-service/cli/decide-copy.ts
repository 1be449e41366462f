import { resolve } from 'node:path';
import { chooseRole, type CopyChoice } from '../workbook/xlsx/copy-choice.ts';
import { CommandError } from './command-error.ts';
import { requireFile, roleAt } from './workbook-files.ts';

/** `--copy`: what the office makes of a copy, and the sentence that says what follows from it. */
export function decideCopy(file: string, choice: CopyChoice): string {
  requireFile(file);
  const path = resolve(file);
  if (roleAt(file) === 'home') throw new CommandError(1, `这是正本,不是副本,--copy 没有改变什么:${path}`);
  const { oldHome, isOldHomeTold } = chooseRole(file, choice);
  switch (choice) {
    case '存档': return `已记为存档,以后不运行、不发信:${path}`;
    case '演练': return `已记为演练:照常运行,邮件只写入旁边的 outbox 并标明「演练」:${path}`;
    case '搬家': return isOldHomeTold ? `已搬家,从此在这里运行和发信:${path};原处已记为存档:${oldHome ?? ''}`
      : `已搬家,从此在这里运行和发信:${path};${oldHome === null ? '' : `到不了原处 ${oldHome},请确认那里的计划任务已停用,以免两处都发信`}`;
  }
}
