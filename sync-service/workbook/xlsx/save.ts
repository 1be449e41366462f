import { createHash } from 'node:crypto';
import {
  chmodSync, chownSync, closeSync, constants, copyFileSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createInflateRaw, crc32 } from 'node:zlib';
import { StoreError } from '../store.ts';
import { syncFolder, writeAll } from '../memory/durable-file.ts';
import { dubanFolder } from './identity.ts';
import { isRunning } from '../memory/process-lock.ts';
import { readZip, type ZipArchive, type ZipEntry } from './zip.ts';

const KEPT_VERSIONS = 5;

/** What saving says back to its caller. */
export interface SaveHooks {
  /** Called with the new file's hash when everything is on disk and verified, right before the rename. */
  readonly beforeRename: (sha256: string) => void;
}

/**
 * Puts a new version of a workbook in place of the old one: written beside it, made durable, read back and checked,
 * then renamed, so that a cut at any point leaves the old or the new file whole. `changed` names the entries that are
 * new; all others must be the old bytes. The last five old versions stay in `.duban/versions`. False where another
 * program holds the old file open, so that it can't be replaced now.
 */
export async function saveWorkbook(
  path: string, old: ZipArchive, pieces: readonly Buffer[], changed: ReadonlySet<string>, hooks: SaveHooks,
): Promise<boolean> {
  const folder = dirname(path);
  const name = basename(path);
  removeStaleTemporaries(folder, name);
  const temporary = join(folder, `.${name}.${process.pid}.tmp`);
  try {
    writeTemporary(temporary, pieces);
    const written = readFileSync(temporary);
    await verify(readZip(written), old, changed);
    copyOwner(path, temporary);
    keepVersion(path);
    hooks.beforeRename(createHash('sha256').update(written).digest('hex'));
    if (!replaced(temporary, path)) return false;
    syncFolder(folder);
    return true;
  } catch (error) {
    rmSync(temporary, { force: true });
    throw asStoreError(error, path);
  }
}

/** Windows refuses to replace an open file; that the folder can be written is known by now. */
function replaced(temporary: string, path: string): boolean {
  try {
    renameSync(temporary, path);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code !== 'EBUSY' && code !== 'EPERM' && code !== 'EACCES') throw error;
    rmSync(temporary, { force: true });
    return false;
  }
}

function writeTemporary(temporary: string, pieces: readonly Buffer[]): void {
  const handle = openSync(temporary, 'w', 0o600);
  try {
    for (const piece of pieces) writeAll(handle, piece);
    fsyncSync(handle);
  } finally { closeSync(handle); }
}

/** Untouched entries must be the same bytes; new ones must inflate to their checksum (without being held whole). */
async function verify(written: ZipArchive, old: ZipArchive, changed: ReadonlySet<string>): Promise<void> {
  for (const [name, entry] of old.entries) {
    const copy = written.entries.get(name);
    if (changed.has(name)) continue;
    const same = copy !== undefined
      && written.buffer.subarray(copy.rawStart, copy.rawEnd).equals(old.buffer.subarray(entry.rawStart, entry.rawEnd));
    if (!same) throw failed(name);
  }
  await Promise.all([...changed].map(async (name) => {
    const entry = written.entries.get(name);
    if (entry === undefined || !await inflatesWhole(written.buffer, entry)) throw failed(name);
  }));
}

async function inflatesWhole(buffer: Buffer, entry: ZipEntry): Promise<boolean> {
  const inflate = createInflateRaw({ chunkSize: 1024 * 1024 });
  inflate.end(buffer.subarray(entry.dataStart, entry.dataStart + entry.compressedSize));
  let crc = 0;
  let size = 0;
  for await (const chunk of inflate as AsyncIterable<Buffer>) {
    crc = crc32(chunk, crc);
    size += chunk.length;
  }
  return crc === entry.crc && size === entry.size;
}

function copyOwner(path: string, temporary: string): void {
  const { mode, uid, gid } = statSync(path);
  chmodSync(temporary, mode & 0o7777);
  try {
    chownSync(temporary, uid, gid);
  } catch (error) {
    // Only root may give files away; the group's members keep their rights by the mode.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) throw error;
  }
}

/** Newest last by name: milliseconds since the epoch have thirteen digits until the year 2286. */
function keepVersion(path: string): void {
  const folder = join(dubanFolder(path), 'versions');
  const name = basename(path);
  mkdirSync(folder, { recursive: true });
  copyFileSync(path, join(folder, `${Date.now()}-${name}`), constants.COPYFILE_FICLONE);
  const versions = readdirSync(folder).filter((file) => /^\d{13}-/.test(file) && file.slice(14) === name).sort();
  for (const version of versions.slice(0, -KEPT_VERSIONS)) rmSync(join(folder, version), { force: true });
}

function removeStaleTemporaries(folder: string, name: string): void {
  const start = `.${name}.`;
  for (const file of readdirSync(folder)) {
    if (!file.startsWith(start) || !file.endsWith('.tmp')) continue;
    const pid = Number(file.slice(start.length, -4));
    if (Number.isInteger(pid) && pid > 0 && (pid === process.pid || !isRunning(pid))) rmSync(join(folder, file), { force: true });
  }
}

function asStoreError(error: unknown, path: string): unknown {
  if (error instanceof StoreError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StoreError('disk-full', `磁盘已满,${basename(path)} 没有改动:请清理空间后再运行`, { cause: error });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'EBUSY') {
    return new StoreError('no-permission', `不能写入 ${path}:请检查文件夹权限,或先关闭正打开它的程序`, { cause: error });
  }
  return error;
}

function failed(part: string): StoreError {
  return new StoreError('verify-failed', `新文件的部件 ${part} 核对不符:原文件未改动,请再试一次;若重复出现,请检查磁盘`);
}
