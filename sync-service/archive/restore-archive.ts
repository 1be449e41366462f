import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { openChangeJournal } from '../workbook/xlsx/change-journal.ts';
import { deliveriesFrom, openJournalOf } from '../workbook/memory/delivery-journal.ts';
import { parseJsonLines } from '../workbook/memory/durable-file.ts';
import { roleOf } from '../workbook/xlsx/copy-choice.ts';
import { dubanFolder, identityOfFile } from '../workbook/xlsx/identity.ts';
import { forgetWritten } from '../workbook/xlsx/written-sets.ts';
import { ArchiveError } from './archive-error.ts';
import { isInside, relativePath } from './inside-folder.ts';
import { DELIVERIES_NAME, FOLDERS, workbookPart, type LeftOut, type Manifest } from './manifest.ts';
import { placeFile } from './place-file.ts';
import type { Verification } from './verify-archive.ts';

export interface RestoreOutcome {
  readonly path: string;
  readonly manifest: Manifest;
  /** Files beside the workbook that were brought back. */
  readonly files: number;
  /** What could not be brought back. */
  readonly kept: readonly LeftOut[];
  /** The file lies elsewhere than its home: it sends nothing until the office chooses. */
  readonly isCopy: boolean;
}

/**
 * Brings a workbook back with what was sent from it and the files beside it, into a file that must not exist. Nothing is
 * overwritten: a file that is there stays, and what the journal there knows of a mail goes before what the archive knows.
 * Throws an ArchiveError where the archive is damaged or the file exists; then nothing is written.
 */
export function restoreArchive({ manifest, damage, contents }: Verification, to: string): RestoreOutcome {
  if (manifest === null || damage.length > 0) throw new ArchiveError('damaged', `备份已损坏,没有恢复:${damage.join(';')}。请换一份备份`);
  const target = targetPath(to);
  const deliveries = deliveriesFrom(parseJsonLines((contents.get(DELIVERIES_NAME) ?? Buffer.alloc(0)).toString('utf8')));
  if (deliveries === null) throw new ArchiveError('damaged', `部件 ${DELIVERIES_NAME} 读不懂:请用写这份备份的程序版本 ${manifest.programVersion} 恢复`);

  const folder = dirname(target);
  // What was sent comes before the workbook: a cut in between leaves nothing that could be sent twice.
  const journal = openJournalOf(dubanFolder(target), manifest.workbook.id ?? target);
  const unknown = deliveries.filter(({ key }) => !journal.entries().has(key));
  if (unknown.length > 0) journal.recordAll(unknown);
  // Changes that waited for the lost file are no part of this one; the next run plans anew.
  const waiting = openChangeJournal(target);
  if (!waiting.isEmpty()) waiting.clear();
  // Nor is what later runs wrote: going back is meant, and no stale save.
  forgetWritten(target, manifest.workbook.id ?? target);
  if (!placeFile(target, contents.get(workbookPart(manifest))!, { modifiedMs: manifest.workbook.modifiedMs })) throw exists(target);
  const { files, kept } = restoreFiles(contents, folder);
  return { path: target, manifest, files, kept, isCopy: roleOf(identityOfFile(target), target) === 'copy' };
}

/** The absolute path, links of its folder followed as a run will follow them. */
function targetPath(to: string): string {
  const target = resolve(to);
  if (existsSync(target)) throw exists(target);
  return existsSync(dirname(target)) ? join(realpathSync(dirname(target)), target.slice(dirname(target).length)) : target;
}

function restoreFiles(contents: ReadonlyMap<string, Buffer>, folder: string): { files: number; kept: LeftOut[] } {
  let files = 0;
  const kept: LeftOut[] = [];
  for (const [name, bytes] of contents) {
    const prefix = Object.keys(FOLDERS).find((candidate) => name.startsWith(candidate));
    if (prefix === undefined) continue;
    const path = relativePath(`${FOLDERS[prefix]!}${name.slice(prefix.length)}`);
    if (path === null || !isInside(folder, path)) {
      kept.push({ what: name, why: '路径指向文件夹之外,没有写' });
      continue;
    }
    if (placeFile(join(folder, path), bytes)) files += 1;
    else if (!isSame(join(folder, path), bytes)) kept.push({ what: name, why: '已有同名而内容不同的文件,没有覆盖' });
  }
  return { files, kept };
}

function isSame(file: string, bytes: Buffer): boolean {
  try {
    return readFileSync(file).equals(bytes);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EISDIR') return false;
    throw error;
  }
}

function exists(target: string): ArchiveError {
  return new ArchiveError('target-exists', `文件已存在,没有覆盖:${target}。请换一个文件名,或先把它移开`);
}
