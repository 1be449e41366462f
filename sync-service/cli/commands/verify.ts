import { POLICIES } from '#templates';
import { readArchive } from '../../archive/read-archive.ts';
import type { Verification } from '../../archive/verify-archive.ts';
import { verifyWorkbook } from '../../archive/verify-workbook.ts';
import { CommandError } from '../command-error.ts';
import { requireFile } from '../workbook-files.ts';

/** `duban verify` of a workbook: the chain of 流转记录, on into its yearly archives. */
function verifyXlsx(file: string): number {
  requireFile(file);
  const { chain, archives, breaks, notes } = verifyWorkbook(file);
  if (breaks.length > 0) throw new CommandError(1, `流转记录或年度归档与当初登记的不符:${file}\n${listed(breaks)}\n请查明是谁改的;备份里有原来的`);
  process.stdout.write(`${[`完好:流转记录的链完整(至第 ${chain.seq} 号)${archives.length === 0 ? '' : `,年度归档 ${archives.join('、')} 与归档时相同,链相接`}`, ...notes].join('\n')}\n`);
  return 0;
}

/**
 * `duban verify`: proves every byte of an archive and the chain of 流转记录 in it; exit status 1 names what is broken, 3 says that
 * an encrypted one was looked at from outside only.
 */
export async function verifyCommand(archive: string): Promise<number> {
  if (/\.xlsx$/i.test(archive)) return verifyXlsx(archive);
  const found = await readArchive(archive, process.env, POLICIES);
  if (found === null) throw missing(archive);
  if (found.kind === 'locked') {
    refuseDamaged(archive, found.damage);
    process.stdout.write(`只核对了外形:备份是加密的,没有私钥,看不到里面。文件头和长度(${found.bytes} 字节)没有问题,内容没有核对\n要逐字节核对,请在环境变量 DUBAN_AGE_IDENTITY 里写私钥文件的路径,再运行一次\n`);
    return 3;
  }
  const { manifest, damage, breaks } = found.verification;
  refuseDamaged(archive, damage);
  if (manifest === null) throw new CommandError(1, `备份已损坏:${archive}`);
  if (breaks.length > 0) {
    throw new CommandError(1, `备份的每个字节完好,但其中的流转记录在备份之前被人改过:${archive}\n${listed(breaks)}\n请查明是谁改的;更早的备份里有原来的记录`);
  }
  const rows = Object.entries(manifest.rows).filter(([, count]) => count > 0).map(([sheet, count]) => `${sheet} ${count} 行`).join('、');
  process.stdout.write(`完好:${manifest.parts.length} 个部件逐字节核对无误,流转记录的链完整(至第 ${manifest.chain.seq} 号)\n`
    + `${manifest.workbook.name},制度 ${manifest.policy},备份于 ${manifest.madeAt},程序 ${manifest.programVersion}\n${rows}\n`);
  return 0;
}

/** What is in an archive, for bringing it back. */
export async function openArchive(archive: string): Promise<Verification> {
  const found = await readArchive(archive, process.env, POLICIES);
  if (found === null) throw missing(archive);
  if (found.kind === 'opened') return found.verification;
  throw new CommandError(1, '备份是加密的,没有恢复:请在环境变量 DUBAN_AGE_IDENTITY 里写私钥文件的路径(不要把私钥写在命令行上),再运行一次');
}

function refuseDamaged(archive: string, damage: readonly string[]): void {
  if (damage.length > 0) throw new CommandError(1, `备份已损坏:${archive}\n${listed(damage)}\n请换一份备份;这一份不能用来恢复`);
}

function missing(archive: string): CommandError {
  return new CommandError(1, `没有这个备份文件:${archive}。请核对路径`);
}

function listed(sentences: readonly string[]): string {
  return sentences.map((sentence) => `  ${sentence}`).join('\n');
}
