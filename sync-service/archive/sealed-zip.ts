import { createHash } from 'node:crypto';
import { writeZip } from '../workbook/xlsx/zip-write.ts';

const SEAL = 'duban-seal sha256 ';
const SEAL_BYTES = SEAL.length + 64;
const EMPTY = { buffer: Buffer.alloc(0), entries: new Map() };

/**
 * A zip of these parts whose comment is the sha256 of every byte before it: also headers, directory and the idle bits of a
 * deflate stream can't change unseen, which no checksum of a part covers. Equal parts give equal bytes.
 */
export async function sealedZip(parts: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  const body = Buffer.concat(await writeZip(EMPTY, parts));
  // The last two bytes of the end record are the length of the comment.
  body.writeUInt16LE(SEAL_BYTES, body.length - 2);
  return Buffer.concat([body, sealOf(body)]);
}

/** Whether every byte is as it was written. */
export function isSealWhole(archive: Buffer): boolean {
  const body = archive.subarray(0, Math.max(0, archive.length - SEAL_BYTES));
  return archive.subarray(body.length).equals(sealOf(body));
}

function sealOf(body: Buffer): Buffer {
  return Buffer.from(`${SEAL}${createHash('sha256').update(body).digest('hex')}`, 'latin1');
}
