import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Decrypter, Encrypter, Stanza } from 'age-encryption';
import { ArchiveError } from './archive-error.ts';
import type { Manifest } from './manifest.ts';
import type { Environment } from './places/place.ts';

/** What the name of an encrypted archive ends with: an age file (age-encryption.org), which any age tool opens. */
export const ENCRYPTED_ENDING = '.age';
/** Names the private key, or a file that holds it; it never stands on a command line, which other users of the machine see. */
const IDENTITY_VARIABLE = 'DUBAN_AGE_IDENTITY';
const HEADER_START = 'age-encryption.org/v1\n';
const OWNER_STANZA = 'duban-workbook';
const CHUNK_BYTES = 64 * 1024;
const TAG_BYTES = 16;
const NONCE_BYTES = 16;

/** Which workbook an archive is of, told in hashes: readable without the private key, telling nothing but sameness. */
export interface OwnerTags { readonly id: string | null; readonly place: string }

export function isRecipient(text: string): boolean {
  try {
    new Encrypter().addRecipient(text);
    return true;
  } catch (error) {
    // The package has no error of its own for what is none.
    if (error instanceof Error) return false;
    throw error;
  }
}

export function isEncrypted(bytes: Buffer): boolean {
  return bytes.subarray(0, HEADER_START.length).toString('latin1') === HEADER_START;
}

/** An archive that only the holders of the recipients' private keys can read. The header also says whose it is. */
export async function encryptFor(recipients: readonly string[], { workbook }: Pick<Manifest, 'workbook'>, archive: Buffer): Promise<Buffer> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  const { id, place } = ownerTags(workbook);
  // Readers pass over a stanza they don't know; the header's MAC covers it.
  encrypter.addRecipient({ wrapFileKey: () => [new Stanza([OWNER_STANZA, id ?? '-', place], new Uint8Array(0))] });
  return Buffer.from(await encrypter.encrypt(archive));
}

export function ownerTags({ id, place }: Manifest['workbook']): OwnerTags {
  const tag = (text: string): string => createHash('sha256').update(`duban ${text}`).digest('hex').slice(0, 32);
  return { id: id === null ? null : tag(id), place: tag(place) };
}

/** Whose an encrypted archive is; null where its header is broken or doesn't say. */
export function ownerOfEncrypted(bytes: Buffer): OwnerTags | null {
  const end = headerEnd(bytes);
  const line = end === null ? undefined : bytes.subarray(0, end).toString('latin1').split('\n').find((one) => one.startsWith(`-> ${OWNER_STANZA} `));
  const [, , id, place] = line?.split(' ') ?? [];
  return id === undefined || place === undefined ? null : { id: id === '-' ? null : id, place };
}

/** What is wrong with the outside of an encrypted archive; all that can be known without the private key. */
export function outsideDamage(bytes: Buffer): string[] {
  const end = headerEnd(bytes);
  if (end === null) return ['加密文件头损坏'];
  const payload = bytes.length - end - NONCE_BYTES;
  const last = payload % (CHUNK_BYTES + TAG_BYTES);
  return payload <= TAG_BYTES || (last !== 0 && last <= TAG_BYTES) ? ['加密内容的长度不对,文件被截短或接长'] : [];
}

/** The private keys that the environment names, none where it names none. Throws an ArchiveError where they can't be read. */
export function identitiesFrom(env: Environment): string[] {
  const value = (env[IDENTITY_VARIABLE] ?? '').trim();
  if (value === '') return [];
  const isKey = /^AGE-SECRET-KEY-/i.test(value);
  const keys = (isKey ? value : keyFile(value)).split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  const decrypter = new Decrypter();
  try {
    for (const key of keys) decrypter.addIdentity(key);
  } catch (error) {
    if (error instanceof Error) throw new ArchiveError('locked', `环境变量 ${IDENTITY_VARIABLE} ${isKey ? '' : '所指文件'}里的私钥读不懂:应为 age-keygen 生成的 AGE-SECRET-KEY-1…`);
    throw error;
  }
  if (keys.length === 0) throw new ArchiveError('locked', `环境变量 ${IDENTITY_VARIABLE} 所指文件里没有私钥:${value}`);
  return keys;
}

function keyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new ArchiveError('locked', `环境变量 ${IDENTITY_VARIABLE} 所指的私钥文件读不了(${String(error.code)}):${path}`);
  }
}

/** The archive inside. Throws `locked` where no private key is at hand or none fits, `damaged` where the content is not what was encrypted. */
export async function decrypt(bytes: Buffer, identities: readonly string[]): Promise<Buffer> {
  const outside = outsideDamage(bytes);
  if (outside.length > 0) throw new ArchiveError('damaged', outside.join(';'));
  if (identities.length === 0) throw new ArchiveError('locked', `备份是加密的:请在环境变量 ${IDENTITY_VARIABLE} 里写私钥文件的路径(不要把私钥写在命令行上)`);
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  try {
    return Buffer.from(await decrypter.decrypt(bytes));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.message.startsWith('no identity matched')) throw new ArchiveError('locked', '这把私钥打不开这份备份:私钥不是加密时那一把,或加密文件头损坏');
    throw new ArchiveError('damaged', /HMAC|stanza|header|version/i.test(error.message) ? '加密文件头损坏' : '加密内容损坏:与加密时的校验不符', { cause: error });
  }
}

/** Where the header ends and the payload begins; null where there is no whole header. */
function headerEnd(bytes: Buffer): number | null {
  const footer = bytes.indexOf('\n--- ');
  const end = footer === -1 ? -1 : bytes.indexOf('\n', footer + 1);
  return !isEncrypted(bytes) || end === -1 ? null : end + 1;
}
