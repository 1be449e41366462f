import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join, posix } from 'node:path';
import { attachmentNames } from '#core';
import type { FilesNamed } from '#screens';
import { isInside, relativePath } from '../archive/inside-folder.ts';

/** The folder beside a workbook in which attachments lie, one folder an item. */
export const ATTACHMENTS = '附件';
export const MOST_BYTES = 20 * 1024 * 1024;
export const TOO_LARGE = `文件超过 ${MOST_BYTES / 1024 / 1024} MB:请压缩或分开上传`;
const MOST_FILES = 100;
const LONGEST_NAME = 80;

/** What begins a file of a kind, where it begins with something of its own; nothing that a browser would run. */
const ZIP = [0x50, 0x4b];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const KINDS: Readonly<Record<string, readonly (readonly number[])[]>> = {
  pdf: [[0x25, 0x50, 0x44, 0x46]], png: [[0x89, 0x50, 0x4e, 0x47]], jpg: [[0xff, 0xd8, 0xff]], jpeg: [[0xff, 0xd8, 0xff]],
  docx: [ZIP], xlsx: [ZIP], pptx: [ZIP], ofd: [ZIP], zip: [ZIP], doc: [OLE], xls: [OLE], ppt: [OLE], wps: [OLE, ZIP], et: [OLE, ZIP], dps: [OLE, ZIP],
  rar: [[0x52, 0x61, 0x72, 0x21]], '7z': [[0x37, 0x7a, 0xbc, 0xaf]], txt: [], csv: [],
};

export type Stored = { readonly kind: 'stored'; readonly path: string } | { readonly kind: 'refused'; readonly message: string };

/** Keeps a file under 附件/<事项编号>/ in the folder of the workbook; the same file under the same name is kept once. Answers its relative path. */
export async function storeAttachment(folder: string, itemId: string, name: string, bytes: Uint8Array): Promise<Stored> {
  const clean = cleanName(name);
  const ending = extname(clean).slice(1).toLowerCase();
  const kind = Object.hasOwn(KINDS, ending) ? KINDS[ending] : undefined;
  if (kind === undefined || clean === `.${ending}`) return no(`不收「${clean}」这类文件:请上传 ${Object.keys(KINDS).join('、')}`);
  if (bytes.length === 0) return no('文件是空的');
  if (bytes.length > MOST_BYTES) return no(TOO_LARGE);
  if (kind.length > 0 && !kind.some((begins) => begins.every((byte, place) => bytes[place] === byte))) return no(`「${clean}」的内容不是 ${ending} 文件`);
  const own = posix.join(ATTACHMENTS, cleanName(itemId));
  if (relativePath(own) === null || !isInside(folder, own)) return no('附件文件夹在工作簿所在的文件夹之外');
  await mkdir(join(folder, own), { recursive: true });
  if (readdirSync(join(folder, own)).length >= MOST_FILES) return no(`此事项已有 ${MOST_FILES} 个附件`);
  const print = hash(bytes);
  const stem = clean.slice(0, -ending.length - 1);
  for (let copy = 1; ; copy += 1) {
    const path = posix.join(own, copy === 1 ? clean : `${stem}-${copy}.${ending}`);
    if (existsSync(join(folder, path))) {
      if (statSync(join(folder, path)).size === bytes.length && hash(await readFile(join(folder, path))) === print) return { kind: 'stored', path };
      continue;
    }
    await writeFile(join(folder, path), bytes, { flag: 'wx', mode: 0o640 });
    return { kind: 'stored', path };
  }
}

/** Whether a path names a file that was stored for an item. */
export function isStoredFor(folder: string, itemId: string, path: string): boolean {
  return posix.dirname(path) === posix.join(ATTACHMENTS, cleanName(itemId)) && fileAt(folder, path) !== null;
}

/** Reads a file that a cell of 附件 names; null where there is none within the folder. */
export function readAttachment(folder: string, path: string): Uint8Array<ArrayBuffer> | null {
  const file = fileAt(folder, path);
  return file === null ? null : new Uint8Array(readFileSync(file));
}

/** The names in cells of 附件 that are files beside the workbook. */
export function filesIn(folder: string | null): FilesNamed {
  return (cells) => (folder === null ? [] : [...new Set(cells.flatMap(attachmentNames))].filter((name) => fileAt(folder, name) !== null));
}

/** Whether an attachment that an act names was stored for its item. */
export function storedIn(folder: string | null): (itemId: string, path: string) => boolean {
  return (itemId, path) => folder !== null && isStoredFor(folder, itemId, path);
}

function fileAt(folder: string, name: string): string | null {
  const path = relativePath(name);
  if (path === null || !existsSync(folder) || !isInside(folder, path)) return null;
  const file = join(folder, path);
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? realpathSync(file) : null;
}

/** A name that is one on every system and in a cell of 附件: no folders, no signs of control or direction, no separators of the cell. */
export function cleanName(name: string): string {
  const base = name.normalize('NFC').split(/[/\\]/).at(-1)!
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff<>:"|?*、;；=]/g, '_').replace(/[\ud800-\udfff]/gu, '_').replace(/^[\s.+@-]+|[\s.]+$/g, '');
  const ending = extname(base).slice(0, 10);
  const stem = Array.from(base.slice(0, base.length - extname(base).length)).slice(0, LONGEST_NAME).join('');
  const safe = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i.test(stem) ? `_${stem}` : stem;
  return safe === '' ? `附件${ending}` : `${safe}${ending}`;
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}

function no(message: string): Stored {
  return { kind: 'refused', message };
}
