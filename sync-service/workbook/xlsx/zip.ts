import { promisify } from 'node:util';
import { crc32, inflateRaw, inflateRawSync, type InputType, type ZlibOptions } from 'node:zlib';
import { StoreError } from '../store.ts';

/** One file inside a zip, with where its bytes lie so that it can be copied untouched. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Start of the local header. */
  readonly rawStart: number;
  /** End of the entry's bytes, data descriptor included. */
  readonly rawEnd: number;
  readonly dataStart: number;
  readonly centralStart: number;
  readonly centralEnd: number;
}

export interface ZipArchive {
  readonly buffer: Buffer;
  /** In the order of the central directory. */
  readonly entries: ReadonlyMap<string, ZipEntry>;
  /** Inflates one entry and checks its checksum; null where there is none of that name (case is ignored). */
  read(name: string): Buffer | null;
  /** As `read`, in the thread pool: large parts inflate side by side. */
  inflate(name: string): Promise<Buffer | null>;
  /** The entry's own spelling of a part name, null where there is none. */
  find(name: string): string | null;
}

export const MAX_FILE_BYTES = 400 * 1024 * 1024;
const MAX_ENTRIES = 20_000;
const MAX_INFLATED_BYTES = 3 * 1024 * 1024 * 1024;
/** Rows of styled blank cells deflate well below 1:200; deflate itself ends at 1:1032. */
const MAX_RATIO = 400;
const RATIO_MATTERS_FROM = 64 * 1024 * 1024;

const END_SIGNATURE = 0x06054b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const ZIP64_LOCATOR_SIGNATURE = 0x07064b50;
const END_SIZE = 22;
const CFB_SIGNATURE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * Reads the directory of a zip held in memory; entries are inflated on demand.
 * Throws a StoreError for anything that is not a plain, whole, reasonable zip.
 */
export function readZip(buffer: Buffer): ZipArchive {
  refuseOtherFormats(buffer);
  const end = findEnd(buffer);
  const count = buffer.readUInt16LE(end + 10);
  const directorySize = buffer.readUInt32LE(end + 12);
  const directoryStart = buffer.readUInt32LE(end + 16);
  const hasLocator = end >= 20 && buffer.readUInt32LE(end - 20) === ZIP64_LOCATOR_SIGNATURE;
  if (hasLocator || count === 0xffff || directorySize === 0xffffffff || directoryStart === 0xffffffff) throw zip64();
  if (count > MAX_ENTRIES) throw new StoreError('zip-bomb', `文件内部有 ${count} 个部件,多得不正常,已拒绝打开:请用 Excel 或 WPS 打开后另存为新的 .xlsx`);
  if (directoryStart + directorySize > end) throw truncated('目录超出文件末尾');

  const entries = readDirectory(buffer, directoryStart, directoryStart + directorySize, count);
  const byLowerCase = new Map<string, string>();
  for (const name of entries.keys()) byLowerCase.set(normalised(name), name);
  const find = (name: string): string | null => (entries.has(name) ? name : byLowerCase.get(normalised(name)) ?? null);
  return {
    buffer, entries, find,
    read(name) {
      const found = find(name);
      return found === null ? null : inflateEntry(buffer, entries.get(found)!);
    },
    async inflate(name) {
      const found = find(name);
      return found === null ? null : inflateEntryAside(buffer, entries.get(found)!);
    },
  };
}

/** Inflates an entry; throws `truncated` where its bytes don't give what the directory promises. */
export function inflateEntry(buffer: Buffer, entry: ZipEntry): Buffer {
  const data = dataOf(buffer, entry);
  if (entry.method === 0) return checked(entry, data);
  try {
    return checked(entry, inflateRawSync(data, inflateOptions(entry)));
  } catch (error) { throw inflateFailure(entry, error); }
}

async function inflateEntryAside(buffer: Buffer, entry: ZipEntry): Promise<Buffer> {
  const data = dataOf(buffer, entry);
  if (entry.method === 0) return checked(entry, data);
  try {
    return checked(entry, await inflateInPool(data, inflateOptions(entry)));
  } catch (error) { throw inflateFailure(entry, error); }
}

const inflateInPool = promisify<InputType, ZlibOptions, Buffer>(inflateRaw);

function dataOf(buffer: Buffer, entry: ZipEntry): Buffer {
  return buffer.subarray(entry.dataStart, entry.dataStart + entry.compressedSize);
}

/** One output chunk of the promised size spares zlib its list of small buffers and their concatenation. */
function inflateOptions({ size }: ZipEntry): ZlibOptions {
  return { chunkSize: Math.max(64, size + 1), maxOutputLength: Math.max(1, size) };
}

function checked(entry: ZipEntry, content: Buffer): Buffer {
  if (content.length !== entry.size || crc32(content) !== entry.crc) throw truncated(`部件 ${entry.name} 校验不符`);
  return content;
}

function inflateFailure({ name }: ZipEntry, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  return error instanceof RangeError ? bomb(name, { cause: error }) : truncated(`部件 ${name} 解压失败`, { cause: error });
}

function readDirectory(buffer: Buffer, from: number, to: number, count: number): Map<string, ZipEntry> {
  interface Found extends Omit<ZipEntry, 'rawEnd'> { rawEnd: number }
  const found: Found[] = [];
  let at = from;
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > to || buffer.readUInt32LE(at) !== CENTRAL_SIGNATURE) throw truncated('目录损坏');
    const flags = buffer.readUInt16LE(at + 8);
    const method = buffer.readUInt16LE(at + 10);
    const compressedSize = buffer.readUInt32LE(at + 20);
    const size = buffer.readUInt32LE(at + 24);
    const nameLength = buffer.readUInt16LE(at + 28);
    const centralEnd = at + 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
    const rawStart = buffer.readUInt32LE(at + 42);
    if (centralEnd > to) throw truncated('目录损坏');
    if (compressedSize === 0xffffffff || size === 0xffffffff || rawStart === 0xffffffff) throw zip64();
    if ((flags & 1) !== 0) throw new StoreError('encrypted', '文件压缩包加了密码:请去掉密码,用 Excel 或 WPS 另存为 .xlsx 后再试');
    const name = buffer.toString((flags & 0x800) === 0 ? 'latin1' : 'utf8', at + 46, at + 46 + nameLength);
    if (method !== 0 && method !== 8) throw new StoreError('not-xlsx', `部件 ${name} 用了不支持的压缩方式:请用 Excel 或 WPS 打开后另存为 .xlsx`);
    total += size;
    if (total > MAX_INFLATED_BYTES || (size > RATIO_MATTERS_FROM && size > compressedSize * MAX_RATIO)) throw bomb(name);
    if (rawStart + 30 > from || buffer.readUInt32LE(rawStart) !== LOCAL_SIGNATURE) throw truncated(`部件 ${name} 的位置不对`);
    const dataStart = rawStart + 30 + buffer.readUInt16LE(rawStart + 26) + buffer.readUInt16LE(rawStart + 28);
    found.push({
      name, method, crc: buffer.readUInt32LE(at + 16), compressedSize, size, rawStart, rawEnd: 0, dataStart, centralStart: at, centralEnd,
    });
    at = centralEnd;
  }
  const inFileOrder = [...found].sort((a, b) => a.rawStart - b.rawStart);
  inFileOrder.forEach((entry, index) => {
    entry.rawEnd = inFileOrder[index + 1]?.rawStart ?? from;
    // Overlapping entries are how a small zip claims petabytes.
    if (entry.dataStart + entry.compressedSize > entry.rawEnd) throw truncated(`部件 ${entry.name} 与别的部件重叠`);
  });
  const entries = new Map<string, ZipEntry>();
  for (const entry of found) {
    if (entries.has(entry.name)) throw truncated(`部件 ${entry.name} 出现两次`);
    entries.set(entry.name, entry);
  }
  return entries;
}

function refuseOtherFormats(buffer: Buffer): void {
  if (buffer.length > MAX_FILE_BYTES) {
    throw new StoreError('too-large', `文件有 ${Math.round(buffer.length / 1_048_576)} MB,超过 ${MAX_FILE_BYTES / 1_048_576} MB 的上限:请把往年事项归档到另一个文件`);
  }
  if (buffer.subarray(0, 8).equals(CFB_SIGNATURE)) {
    if (buffer.includes(ENCRYPTED_PACKAGE)) throw new StoreError('encrypted', '文件加了打开密码:请在 Excel 或 WPS 里去掉密码,另存后再试');
    throw new StoreError('old-format', '这是旧版 .xls 文件:请用 Excel 或 WPS 另存为“Excel 工作簿(.xlsx)”后再试');
  }
  if (buffer.length === 0) throw new StoreError('truncated', '文件是空的(0 字节):请从备份或 .duban/versions 恢复');
  if (buffer.length < 4 || buffer.readUInt16LE(0) !== 0x4b50) {
    throw new StoreError('not-xlsx', '这不是 .xlsx 文件:请用 Excel 或 WPS 打开,另存为“Excel 工作簿(.xlsx)”后再试');
  }
}

function findEnd(buffer: Buffer): number {
  const lowest = Math.max(0, buffer.length - END_SIZE - 0xffff);
  for (let at = buffer.length - END_SIZE; at >= lowest; at -= 1) {
    if (buffer.readUInt32LE(at) === END_SIGNATURE && at + END_SIZE + buffer.readUInt16LE(at + 20) <= buffer.length) return at;
  }
  throw truncated('找不到目录');
}

function normalised(name: string): string {
  const slashed = name.replaceAll('\\', '/').toLowerCase();
  return slashed.startsWith('/') ? slashed.slice(1) : slashed;
}

function truncated(what: string, options?: ErrorOptions): StoreError {
  return new StoreError('truncated', `文件不完整或已损坏(${what}):请重新复制一份,或从备份、.duban/versions 恢复`, options);
}

function bomb(name: string, options?: ErrorOptions): StoreError {
  return new StoreError('zip-bomb', `部件 ${name} 解压后大得不正常,已拒绝打开:请用 Excel 或 WPS 打开后另存为新的 .xlsx`, options);
}

function zip64(): StoreError {
  return new StoreError('zip64', '文件用了 zip64 格式:请用 Excel 或 WPS 打开后另存为 .xlsx 再试');
}
