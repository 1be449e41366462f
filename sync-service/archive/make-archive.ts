import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { formatMoment, type Moment, type Policy } from '#core';
import { openChangeJournal } from '../workbook/xlsx/change-journal.ts';
import { openDeliveryJournal } from '../workbook/xlsx/delivery-journal.ts';
import { jsonLines } from '../workbook/memory/durable-file.ts';
import { identityOfFile } from '../workbook/xlsx/identity.ts';
import { MAX_FILE_BYTES } from '../workbook/xlsx/zip.ts';
import { ArchiveError } from './archive-error.ts';
import { findAttachments } from './attachments.ts';
import { describeWorkbook } from './describe-workbook.ts';
import { DELIVERIES_NAME, MANIFEST_NAME, manifestText, workbookPart, type LeftOut, type Manifest } from './manifest.ts';
import { encryptFor, ENCRYPTED_ENDING, isEncrypted, ownerOfEncrypted, ownerTags, type OwnerTags } from './encryption.ts';
import type { ArchivePlace } from './places/place.ts';
import { archiveName, archivesOf, nameBeginning, outdatedArchives } from './rotation.ts';
import { sealedZip } from './sealed-zip.ts';
import { manifestOfArchive, sha256Of, verifyArchive } from './verify-archive.ts';

export interface BackupInput {
  readonly file: string;
  readonly place: ArchivePlace;
  /** Public keys (age); empty: the archive is a plain zip. */
  readonly recipients: readonly string[];
  readonly now: Moment;
  readonly version: string;
  readonly policies: Readonly<Record<string, Policy>>;
}

export interface BackupOutcome {
  /** The archive, as its place names it. */
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
 * Archives a workbook with its delivery journal, attachments and reports into one file of a place, reads that file back
 * and proves it, then removes archives that need not be kept. Never replaces a file; the workbook is only read.
 */
export async function backUp(input: BackupInput): Promise<BackupOutcome> {
  const { place, recipients } = input;
  const path = realpathSync(resolve(input.file));
  const { bytes, manifest, breaks } = await archiveOf(path, input);
  const { damage } = verifyArchive(bytes, input.policies);
  if (damage.length > 0) throw new ArchiveError('damaged', `备份刚做好就核对不符(${damage.join(';')}),没有保存:请检查内存和磁盘后重做`);
  const files = await place.list(nameBeginning(manifest.workbook.name));
  await refuseOtherWorkbook(manifest, place, archivesOf(manifest.workbook.name, files));
  const name = `${archiveName(manifest.workbook.name, input.now)}${recipients.length > 0 ? ENCRYPTED_ENDING : ''}`;
  const stored = recipients.length > 0 ? await encryptFor(recipients, manifest, bytes) : bytes;
  const isNew = await place.put(name, stored);
  const written = await place.read(name);
  if (written?.equals(stored) !== true) {
    throw isNew ? new ArchiveError('damaged', `备份写出后读回的与写的不同:${place.pathOf(name)}。请检查磁盘或存储后重做`)
      : new ArchiveError('same-minute', `这一分钟已有备份,没有覆盖:${place.pathOf(name)}。请过一分钟再备份`);
  }
  const removed = outdatedArchives(manifest.workbook.name, [...new Set([...files, name])]).filter((old) => old !== name);
  for (const old of removed) await place.remove(old);
  return { path: place.pathOf(name), manifest, breaks, removed };
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
async function refuseOtherWorkbook({ workbook }: Manifest, place: ArchivePlace, archives: readonly string[]): Promise<void> {
  for (const name of [...archives].reverse()) {
    const bytes = await place.read(name);
    const other = bytes === null ? null : ownerOf(bytes);
    if (other === null) continue;
    // Some programs drop the hidden id when they save: then the place tells.
    const own = ownerTags(workbook);
    if (other.id === own.id || other.place === own.place) return;
    throw new ArchiveError('other-workbook', `${name} 是另一个同名工作簿${other.at === null ? '' : `(原在 ${other.at})`}的备份:请用 --to 指定别的文件夹`);
  }
}

/** Whose an archive is, by tags; `at` is where that workbook lay, null where encryption hides it. Null where it can't be read. */
function ownerOf(archive: Buffer): (OwnerTags & { readonly at: string | null }) | null {
  if (isEncrypted(archive)) {
    const tags = ownerOfEncrypted(archive);
    return tags === null ? null : { ...tags, at: null };
  }
  const workbook = manifestOfArchive(archive)?.workbook;
  return workbook === undefined ? null : { ...ownerTags(workbook), at: workbook.place };
}
