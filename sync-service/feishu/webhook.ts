import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { jsonIn } from '../workbook/memory/durable-file.ts';
import { flattened } from './events.ts';

/** Feishu sends a few kilobytes; what it is given must fit before anything is read of it. */
export const MOST_EVENT_BYTES = 512 * 1024;
const WINDOW_MS = 5 * 60_000;

export interface WebhookKeys {
  /** Encrypt Key of the app's page 事件与回调. */
  readonly encryptKey: string;
  /** Verification Token of the same page. */
  readonly verificationToken: string;
}

export interface EventRequest {
  readonly raw: Buffer;
  readonly timestamp: string | undefined;
  readonly nonce: string | undefined;
  readonly signature: string | undefined;
}

export type Verified =
  /** Answer at once with this. */
  | { readonly kind: 'challenge'; readonly challenge: string }
  | { readonly kind: 'event'; readonly flat: unknown }
  | { readonly kind: 'refused'; readonly status: 400 | 401; readonly why: string };

const ENCRYPTED = z.strictObject({ encrypt: z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/) });
const CHALLENGE = z.looseObject({ type: z.literal('url_verification'), token: z.string(), challenge: z.string().max(200) });
const WITH_TOKEN = z.looseObject({ schema: z.literal('2.0'), header: z.looseObject({ token: z.string(), event_id: z.string().min(1) }) });

/**
 * The door of the webhook. A request passes that is encrypted with our key, signed over its raw bytes, of these five minutes, not
 * seen before, and bears our token; the SDK's own dispatcher checks none of the last four. `why` is for the log: no part of the request stands in it.
 */
export function openDoor({ encryptKey, verificationToken }: WebhookKeys, clock: () => number): (request: EventRequest) => Verified {
  const seen = new Map<string, number>();
  const refused = (status: 400 | 401, why: string): Verified => ({ kind: 'refused', status, why });
  return ({ raw, timestamp, nonce, signature }) => {
    if (raw.length > MOST_EVENT_BYTES) return refused(400, '请求太大');
    const outer = jsonIn(raw.toString('utf8'));
    if (outer === undefined) return refused(400, '不是 JSON');
    const encrypted = ENCRYPTED.safeParse(outer);
    if (!encrypted.success) return refused(401, '没有加密');
    // The first request of all, when the address is entered, may come without a signature: the key itself proves it.
    const isSigned = signature !== undefined || timestamp !== undefined || nonce !== undefined;
    if (isSigned) {
      if (!isOurs(encryptKey, timestamp ?? '', nonce ?? '', raw, signature ?? '')) return refused(401, '签名不对');
      const at = Number(timestamp) * 1000;
      if (!(Math.abs(clock() - at) <= WINDOW_MS)) return refused(401, '时间戳过旧或过新');
      for (const [known, until] of seen) if (until < clock()) seen.delete(known);
      if (seen.has(signature!)) return refused(401, '重放');
      seen.set(signature!, at + 2 * WINDOW_MS);
    }
    const text = decrypted(encryptKey, encrypted.data.encrypt);
    const body = text === null ? undefined : jsonIn(text);
    if (body === undefined) return refused(401, '解不开');
    const challenge = CHALLENGE.safeParse(body);
    if (challenge.success) return isSame(challenge.data.token, verificationToken) ? { kind: 'challenge', challenge: challenge.data.challenge } : refused(401, 'Verification Token 不对');
    if (!isSigned) return refused(401, '没有签名');
    const event = WITH_TOKEN.safeParse(body);
    if (!event.success) return refused(400, '不是 2.0 版的事件');
    return isSame(event.data.header.token, verificationToken) ? { kind: 'event', flat: flattened(body) } : refused(401, 'Verification Token 不对');
  };
}

function isOurs(encryptKey: string, timestamp: string, nonce: string, raw: Buffer, signature: string): boolean {
  return isSame(createHash('sha256').update(timestamp + nonce + encryptKey).update(raw).digest('hex'), signature);
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(a!, b!);
}

/** AES-256-CBC under the SHA-256 of the key, the vector in front; null where it can't be opened. */
function decrypted(encryptKey: string, encrypt: string): string | null {
  const bytes = Buffer.from(encrypt, 'base64');
  if (bytes.length < 32 || bytes.length % 16 !== 0) return null;
  const decipher = createDecipheriv('aes-256-cbc', createHash('sha256').update(encryptKey).digest(), bytes.subarray(0, 16));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8');
  } catch (error) {
    // Node's way to say that the padding is none: another key, or altered.
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
