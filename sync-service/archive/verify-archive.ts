import { createHash } from 'node:crypto';
import type { Policy } from '#core';
import { StoreError } from '../workbook/store.ts';
import { readZip, type ZipArchive } from '../workbook/xlsx/zip.ts';
import { describeWorkbook } from './describe-workbook.ts';
import { MANIFEST_NAME, readManifest, workbookPart, type Manifest } from './manifest.ts';
import { isSealWhole } from './sealed-zip.ts';

/** What an archive turned out to be. */
export interface Verification {
  /** Null where it can't be read. */
  readonly manifest: Manifest | null;
  /** Parts that are not what was archived, in sentences that name them; empty where every byte is proved. */
  readonly damage: readonly string[];
  /** Where 流转记录 in it is not what the program wrote; looked at only where nothing is damaged. */
  readonly breaks: readonly string[];
  /** The parts by name; only whole ones. */
  readonly contents: ReadonlyMap<string, Buffer>;
}

/** Proves every byte of an archive and the chain of 流转记录 in it. */
export function verifyArchive(archive: Buffer, policies: Readonly<Record<string, Policy>>): Verification {
  const zip = whole(() => readZip(archive));
  if (zip === null) return { manifest: null, damage: ['压缩包本身损坏,读不出目录'], breaks: [], contents: new Map() };
  const manifest = manifestOf(zip);
  const contents = new Map<string, Buffer>();
  const damage: string[] = [];
  if (manifest === null) damage.push(`部件 ${MANIFEST_NAME} 损坏或不是督办的备份清单`);
  const promised = new Map((manifest?.parts ?? []).map((part) => [part.name, part]));
  for (const [name, part] of promised) {
    const bytes = zip.entries.has(name) ? whole(() => zip.read(name)) : null;
    if (!zip.entries.has(name)) damage.push(`缺少部件 ${name}`);
    else if (bytes?.length !== part.bytes || sha256Of(bytes) !== part.sha256) damage.push(`部件 ${name} 损坏:与清单的 sha256 不符`);
    else contents.set(name, bytes);
  }
  for (const name of zip.entries.keys()) {
    if (name === MANIFEST_NAME || promised.has(name)) continue;
    // Without a manifest nothing says what belongs here; the zip's own checksum still tells what is broken.
    if (manifest !== null) damage.push(`多出部件 ${name}:不在清单里`);
    else if (whole(() => zip.read(name)) === null) damage.push(`部件 ${name} 损坏`);
  }
  if (manifest !== null && !promised.has(workbookPart(manifest))) damage.push('清单里没有工作簿');
  if (damage.length === 0 && !isSealWhole(archive)) damage.push('压缩包的目录、文件头或封印被改动,各部件的内容仍与清单相符');
  return { manifest, damage, breaks: manifest !== null && damage.length === 0 ? chainOf(manifest, contents, policies) : [], contents };
}

/** The manifest of an archive, without proving anything else; null where there is none. */
export function manifestOfArchive(archive: Buffer): Manifest | null {
  const zip = whole(() => readZip(archive));
  return zip === null ? null : manifestOf(zip);
}

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function chainOf(manifest: Manifest, contents: ReadonlyMap<string, Buffer>, policies: Readonly<Record<string, Policy>>): string[] {
  const name = workbookPart(manifest);
  const found = describeWorkbook(contents.get(name)!, manifest.workbook.modifiedMs, name, policies);
  const isAsSaid = found.chain.chain === manifest.chain.chain && found.chain.seq === manifest.chain.seq;
  return [...found.breaks, ...(isAsSaid ? [] : [`清单记的流转记录链首与 ${name} 里的不符`])];
}

function manifestOf(zip: ZipArchive): Manifest | null {
  const bytes = zip.entries.has(MANIFEST_NAME) ? whole(() => zip.read(MANIFEST_NAME)) : null;
  return bytes === null ? null : readManifest(bytes.toString('utf8'));
}

/** Null where the zip reader finds its bytes broken. */
function whole<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof StoreError) return null;
    throw error;
  }
}
