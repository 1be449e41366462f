import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, verify } from 'node:crypto';

const SCOPE = 'https://www.googleapis.com/auth/spreadsheets';
const AUDIENCE = 'https://oauth2.googleapis.com/token';
const LIFETIME_S = 3_600;

let pair: { publicKey: string; privateKey: string } | null = null;

/** One pair of keys for all tests of a process: making one takes a tenth of a second. */
function keys(): { publicKey: string; privateKey: string } {
  return pair ??= generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
}

/** The file that Google Cloud hands out for a service account. */
export function serviceAccountFile(email: string): Readonly<Record<string, string>> {
  return { type: 'service_account', project_id: 'duban-test', private_key_id: 'key-1', private_key: keys().privateKey, client_email: email, client_id: '1', token_uri: AUDIENCE };
}

/** A key that Google doesn't know. */
export function foreignKeyFile(email: string): Readonly<Record<string, string>> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...serviceAccountFile(email), private_key: createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })).export({ type: 'pkcs8', format: 'pem' }).toString() };
}

export interface TokenAnswer { readonly status: number; readonly body: Readonly<Record<string, unknown>> }

/** Google's token endpoint: signed assertions of service accounts, and refresh tokens of people. */
export class TokenOffice {
  /** Whose each token is, and until when (milliseconds since the epoch). */
  private readonly issued = new Map<string, { readonly user: string; readonly until: number }>();
  readonly refreshTokens = new Map<string, string>();
  private readonly clock: () => number;

  constructor(clock: () => number) {
    this.clock = clock;
  }

  answer(form: URLSearchParams): TokenAnswer {
    switch (form.get('grant_type')) {
      case 'urn:ietf:params:oauth:grant-type:jwt-bearer': return this.forAssertion(form.get('assertion') ?? '');
      case 'refresh_token': {
        const user = this.refreshTokens.get(form.get('refresh_token') ?? '');
        if (form.get('client_id') === null || form.get('client_secret') === null) return refused('invalid_client', 'The OAuth client was not found.');
        return user === undefined ? refused('invalid_grant', 'Token has been expired or revoked.') : this.issue(user);
      }
      default: return refused('unsupported_grant_type', 'Invalid grant_type');
    }
  }

  /** The user of a bearer token; null where it is unknown or over. */
  userOf(authorization: string | undefined): string | null {
    const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '';
    const entry = this.issued.get(token);
    return entry === undefined || entry.until <= this.clock() ? null : entry.user;
  }

  /** All tokens are over at once. */
  revoke(): void {
    this.issued.clear();
  }

  private forAssertion(assertion: string): TokenAnswer {
    const [head = '', claims = '', signature = ''] = assertion.split('.');
    if (!verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), createPublicKey(keys().publicKey), Buffer.from(signature, 'base64url'))) return refused('invalid_grant', 'Invalid JWT Signature.');
    const { iss, scope, aud, iat, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Record<string, string | number>;
    const now = this.clock() / 1000;
    if (aud !== AUDIENCE || typeof iss !== 'string') return refused('invalid_grant', 'Invalid JWT: audience or issuer.');
    if (Number(exp) <= now || Number(iat) > now + 300 || Number(exp) - Number(iat) > LIFETIME_S) return refused('invalid_grant', 'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.');
    return scope === SCOPE ? this.issue(iss) : refused('invalid_scope', `Bad scope ${String(scope)}`);
  }

  private issue(user: string): TokenAnswer {
    const token = `token-${randomUUID()}`;
    this.issued.set(token, { user, until: this.clock() + LIFETIME_S * 1000 });
    return { status: 200, body: { access_token: token, expires_in: LIFETIME_S - 1, token_type: 'Bearer' } };
  }
}

function refused(error: string, description: string): TokenAnswer {
  return { status: 400, body: { error, error_description: description } };
}
