import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { POLICIES } from '#templates';
import { verifyArchive, type Verification } from '../../archive/verify-archive.ts';
import { CommandError } from '../command-error.ts';

/** `duban verify`: proves every byte of an archive and the chain of 流转记录 in it; exit status 1 names what is broken. */
export function verifyCommand(archive: string): number {
  const { manifest, damage, breaks } = readArchive(archive);
  if (manifest === null || damage.length > 0) throw new CommandError(1, `备份已损坏:${archive}\n${listed(damage)}\n请换一份备份;这一份不能用来恢复`);
  if (breaks.length > 0) {
    throw new CommandError(1, `备份的每个字节完好,但其中的流转记录在备份之前被人改过:${archive}\n${listed(breaks)}\n请查明是谁改的;更早的备份里有原来的记录`);
  }
  const rows = Object.entries(manifest.rows).filter(([, count]) => count > 0).map(([sheet, count]) => `${sheet} ${count} 行`).join('、');
  process.stdout.write(`完好:${manifest.parts.length} 个部件逐字节核对无误,流转记录的链完整(至第 ${manifest.chain.seq} 号)\n`
    + `${manifest.workbook.name},制度 ${manifest.policy},备份于 ${manifest.madeAt},程序 ${manifest.programVersion}\n${rows}\n`);
  return 0;
}

export function readArchive(archive: string): Verification {
  if (!existsSync(archive)) throw new CommandError(1, `没有这个备份文件:${resolve(archive)}。请核对路径`);
  return verifyArchive(readFileSync(archive), POLICIES);
}

function listed(sentences: readonly string[]): string {
  return sentences.map((sentence) => `  ${sentence}`).join('\n');
}
