import { createHash, randomUUID } from 'node:crypto';
import { ENUMS, nameOf } from './enums.ts';
import { ScriptException } from './exception.ts';
import type { Execution } from './execution.ts';
import type { GBlob, GDate } from './google.ts';
import { Fake, face } from './strict-proxy.ts';
import { offsetAt } from './zone.ts';

type GUtilities = GoogleAppsScript.Utilities.Utilities;
type GCharset = GoogleAppsScript.Utilities.Charset;
type Members = 'Charset' | 'DigestAlgorithm' | 'formatDate' | 'sleep' | 'computeDigest' | 'base64Encode' | 'getUuid' | 'newBlob';

export class FakeUtilities extends Fake implements Pick<GUtilities, Members> {
  constructor(run: Execution) {
    super('Utilities', run);
  }
  get Charset() { return ENUMS.Charset; }
  get DigestAlgorithm() { return ENUMS.DigestAlgorithm; }

  formatDate(date: GDate, timeZone: string, format: string): string {
    const instant = date.getTime();
    const offset = offsetAt(instant, timeZone);
    return format.replaceAll(/'([^']*)'|([A-Za-z])\2*/g, (token, quoted?: string) => (quoted === undefined ? dateField(token, new Date(instant + offset), offset) : quoted === '' ? '\'' : quoted));
  }

  sleep(milliseconds: number): void { this.run.advance(milliseconds); }

  /** Bytes are signed, as Java's. */
  computeDigest(algorithm: GoogleAppsScript.Utilities.DigestAlgorithm, value: string | number[], charset?: GCharset): number[] {
    const names: Record<string, string> = { SHA_256: 'sha256', SHA_1: 'sha1', MD5: 'md5' };
    const name = names[nameOf(algorithm)];
    if (name === undefined) throw new Error(`not faked: Utilities.computeDigest with ${nameOf(algorithm)}`);
    return [...new Int8Array(createHash(name).update(bytesOf(value, charset)).digest())];
  }

  base64Encode(data: string | number[], charset?: GCharset): string { return bytesOf(data, charset).toString('base64'); }
  getUuid(): string { return randomUUID(); }
  newBlob(data: string | number[], contentType: string | null = null, name: string | null = null): GBlob {
    return face(new FakeBlob(this.run, typeof data === 'string' ? Buffer.from(data) : bytesOf(data), contentType, name));
  }
}

/** What Google makes of non-ASCII text without a charset is not certain, so the fake asks for one. */
function bytesOf(data: string | number[], charset?: GCharset): Buffer {
  if (typeof data !== 'string') return Buffer.from(Int8Array.from(data).buffer);
  if (charset !== ENUMS.Charset.UTF_8 && /[^\0-\x7F]/.test(data)) throw new Error('not faked: bytes of non-ASCII text without Utilities.Charset.UTF_8');
  return Buffer.from(data);
}

class FakeBlob extends Fake implements Pick<GBlob, 'getBytes' | 'getDataAsString' | 'getContentType' | 'getName' | 'setName'> {
  readonly bytes: Buffer;
  readonly contentType: string | null;
  name: string | null;
  constructor(run: Execution, bytes: Buffer, contentType: string | null, name: string | null) {
    super('Blob', run);
    this.bytes = bytes;
    this.contentType = contentType;
    this.name = name;
  }
  getBytes(): number[] { return [...new Int8Array(this.bytes)]; }
  getDataAsString(): string { return this.bytes.toString('utf8'); }
  getContentType(): string | null { return this.contentType; }
  getName(): string | null { return this.name; }
  setName(name: string): GBlob {
    this.name = name;
    return face(this);
  }
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The letters of Java's SimpleDateFormat that are in use; others throw. `local` is read by its UTC getters. */
function dateField(token: string, local: Date, offset: number): string {
  const pad = (value: number): string => String(value).padStart(token.length, '0');
  switch (token[0]) {
    case 'y': return token.length === 2 ? String(local.getUTCFullYear()).slice(-2) : pad(local.getUTCFullYear());
    case 'M': if (token.length > 2) break; return pad(local.getUTCMonth() + 1);
    case 'd': return pad(local.getUTCDate());
    case 'H': return pad(local.getUTCHours());
    case 'h': return pad(local.getUTCHours() % 12 || 12);
    case 'm': return pad(local.getUTCMinutes());
    case 's': return pad(local.getUTCSeconds());
    case 'S': return pad(local.getUTCMilliseconds());
    case 'a': return local.getUTCHours() < 12 ? 'AM' : 'PM';
    case 'u': return pad(local.getUTCDay() || 7);
    case 'E': return token.length > 3 ? DAYS[local.getUTCDay()]! : DAYS[local.getUTCDay()]!.slice(0, 3);
    case 'Z': return zoneOffset(offset, '');
    case 'X': return token.length === 3 ? zoneOffset(offset, ':') : zoneOffset(offset, '');
    case undefined: default: break;
  }
  throw new ScriptException(`not faked: date pattern ${token}`);
}

function zoneOffset(offset: number, colon: string): string {
  const minutes = Math.abs(offset) / 60_000;
  return `${offset < 0 ? '-' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}${colon}${String(minutes % 60).padStart(2, '0')}`;
}
