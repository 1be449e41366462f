import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { formatMoment, type Moment, type Policy } from '#core';
import { openChangeJournal } from '../workbook/xlsx/change-journal.ts';
import { openDeliveryJournal } from '../workbook/xlsx/delivery-journal.ts';
import { jsonLines } from '../workbook/xlsx/durable-file.ts';
import { identityOfFile } from '../workbook/xlsx/identity.ts';
import { MAX_FILE_BYTES } from '../workbook/xlsx/zip.ts';
import { ArchiveError } from './archive-error.ts';
import { findAttachments } from './attachments.ts';
import { describeWorkbook } from './describe-workbook.ts';
import { DELIVERIES_NAME, MANIFEST_NAME, manifestText, workbookPart, type LeftOut, type Manifest } from './manifest.ts';
import { placeFile } from './place-file.ts';
import { archiveName, archivesOf, outdatedArchives } from './rotation.ts';
import { sealedZip } from './sealed-zip.ts';
import { manifestOfArchive, sha256Of, verifyArchive } from './verify-archive.ts';

export interface BackupInput {
  readonly file: string;
  readonly folder: string;
  readonly now: Moment;
  readonly version: string;
  readonly policies: Readonly<Record<string, Policy>>;
}

export interface BackupOutcome {
  /** The archive. */
  readonly path: string;
  readonly manifest: Manifest;
  /** Where 流转记录 is not what the program wrote. */
  readonly breaks: readonly string[];
  /** Names of archives that the rotation removed. */
  readonly removed: readonly string[];
}

/** Room in an archive for the zip's own records. */
const OVERHEAD_BYTES = 4 * 1024 * 1024;

/**
 * Archives a workbook with its delivery journal, attachments and reports into one file of a folder, reads that file back
 * and proves it, then removes archives that need not be kept. Never replaces a file; the workbook is only read.
 */
export async function backUp(input: BackupInput): Promise<BackupOutcome> {
  const path = realpathSync(resolve(input.file));
  const { bytes, manifest, breaks } = await archiveOf(path, input);
  const files = existsSync(input.folder) ? readdirSync(input.folder) : [];
  refuseOtherWorkbook(manifest, input.folder, archivesOf(manifest.workbook.name, files));
  const name = archiveName(manifest.workbook.name, input.now);
  const target = join(resolve(input.folder), name);
  // It holds the text of mails: for its owner alone.
  if (!placeFile(target, bytes, { mode: 0o600 }) && !readFileSync(target).equals(bytes)) {
    throw new ArchiveError('same-minute', `这一分钟已有备份,没有覆盖:${target}。请过一分钟再备份`);
  }
  const { damage } = verifyArchive(readFileSync(target), input.policies);
  if (damage.length > 0) throw new ArchiveError('damaged', `备份写出后核对不符(${damage.join(';')}):${target}。请检查磁盘后重做`);
  const removed = outdatedArchives(manifest.workbook.name, [...new Set([...files, name])]).filter((old) => old !== name);
  for (const old of removed) rmSync(join(input.folder, old));
  return { path: target, manifest, breaks, removed };
}

async function archiveOf(path: string, { now, version, policies }: BackupInput): Promise<{ bytes: Buffer; manifest: Manifest; breaks: readonly string[] }> {
  const folder = dirname(path);
  const workbook = { name: basename(path), id: identityOfFile(path).id, place: path, modifiedMs: statSync(path).mtimeMs };
  const bytes = readFileSync(path);
  const { parsed, policy, rows, chain, breaks } = describeWorkbook(bytes, workbook.modifiedMs, path, policies);
  const parts = new Map<string, Buffer>([[workbookPart({ workbook }), bytes]]);
  // Read after the workbook: it may know of a mail more than the rows, never of one less.
  const deliveries = [...openDeliveryJournal(path).entries().values()];
  parts.set(DELIVERIES_NAME, Buffer.from(jsonLines(deliveries), 'utf8'));
  const attachments = findAttachments(parsed, folder);
  const leftOut: LeftOut[] = [...attachments.leftOut];
  let room = MAX_FILE_BYTES - OVERHEAD_BYTES - [...parts.values()].reduce((sum, part) => sum + part.length, 0);
  for (const [prefix, names] of [['附件/', attachments.found], ['报告/', reportsIn(folder)]] as const) {
    for (const name of names) {
      const file = join(folder, prefix === '附件/' ? name : join('reports', name));
      const { size } = statSync(file);
      if (size > room) {
        leftOut.push({ what: `${prefix}${name}`, why: `放不下:一个备份最多 ${MAX_FILE_BYTES / 1_048_576} MB` });
        continue;
      }
      room -= size;
      parts.set(`${prefix}${name}`, readFileSync(file));
    }
  }
  if (openChangeJournal(path).pending(sha256Of(bytes)).length > 0) {
    leftOut.push({ what: '等待写入的改动', why: '备份时文件正被打开;恢复后的第一次巡检会重新计划' });
  }
  const manifest: Manifest = {
    programVersion: version, madeAt: formatMoment(now), workbook, policy, rows, chain, leftOut,
    parts: [...parts].map(([name, content]) => ({ name, bytes: content.length, sha256: sha256Of(content) })),
  };
  const archive = await sealedZip(new Map([[MANIFEST_NAME, Buffer.from(manifestText(manifest), 'utf8')], ...parts]));
  return { bytes: archive, manifest, breaks };
}

/** Files of the reports folder, relative to it, with forward slashes. */
function reportsIn(folder: string): string[] {
  const reports = join(folder, 'reports');
  if (!existsSync(reports)) return [];
  return readdirSync(reports, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(reports.length + 1).replaceAll('\\', '/')).sort();
}

/** Two workbooks of one name would rotate each other's archives away. The newest speaks for all: each was checked so. */
function refuseOtherWorkbook({ workbook }: Manifest, folder: string, archives: readonly string[]): void {
  for (const name of [...archives].reverse()) {
    const other = manifestOfArchive(readFileSync(join(folder, name)))?.workbook;
    if (other === undefined) continue;
    // Some programs drop the hidden id when they save: then the place tells.
    if (other.id === workbook.id || other.place === workbook.place) return;
    throw new ArchiveError('other-workbook', `${name} 是另一个同名工作簿(原在 ${other.place})的备份:请用 --to 指定别的文件夹`);
  }
}
