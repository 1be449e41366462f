import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';

/** What a signed link lets its bearer do, and nothing else. */
const CLAIM = z.discriminatedUnion('for', [
  /** Report on one item. */
  z.strictObject({ for: z.literal('item'), book: z.string(), name: z.string(), id: z.string(), until: z.int() }),
  /** Decide one request. */
  z.strictObject({ for: z.literal('request'), book: z.string(), name: z.string(), id: z.string(), until: z.int() }),
  /** No link: what one try to sign in at a provider must bring back. */
  z.strictObject({ for: z.literal('oidc'), state: z.string(), nonce: z.string(), verifier: z.string(), until: z.int() }),
  z.strictObject({ for: z.literal('feishu'), state: z.string(), nonce: z.string(), verifier: z.string(), until: z.int() }),
  /** Sign in once as the person with this mail address; `once` names the link. */
  z.strictObject({ for: z.literal('sign-in'), email: z.string(), once: z.string(), until: z.int() }),
]);
export type Claim = z.infer<typeof CLAIM>;
export type ClaimOf<P extends Claim['for']> = Extract<Claim, { for: P }>;

const LONGEST = 2000;

/** A link's text: the claim and its HMAC-SHA256, both base64url. `until`: milliseconds since the epoch. */
export function signClaim(secret: Buffer, claim: Claim): string {
  const body = Buffer.from(JSON.stringify(claim)).toString('base64url');
  return `${body}.${macOf(secret, body).toString('base64url')}`;
}

export type ReadClaim<P extends Claim['for']> = { readonly ok: true; readonly claim: ClaimOf<P> } | { readonly ok: false; readonly reason: 'forged' | 'expired' };

/** Reads a link for one purpose: a link made for another, by another key, altered or too old is refused. */
export function readClaim<P extends Claim['for']>(secret: Buffer, purpose: P, text: string, now: number): ReadClaim<P> {
  const forged = { ok: false, reason: 'forged' } as const;
  const [body, mac, ...more] = text.length > LONGEST ? [] : text.split('.');
  if (body === undefined || mac === undefined || more.length > 0) return forged;
  const given = Buffer.from(mac, 'base64url');
  const wanted = macOf(secret, body);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return forged;
  const parsed = CLAIM.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  if (!parsed.success || parsed.data.for !== purpose) return forged;
  return parsed.data.until < now ? { ok: false, reason: 'expired' } : { ok: true, claim: parsed.data as ClaimOf<P> };
}

function macOf(secret: Buffer, body: string): Buffer {
  return createHmac('sha256', secret).update(`duban-link-1.${body}`).digest();
}
