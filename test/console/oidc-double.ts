import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OidcDouble {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the next id token says beside what it must. */
  claims: Record<string, unknown>;
  /** True: the next id token is signed by a key that the provider doesn't publish. */
  forges: boolean;
  /** Answers what the provider answers to an authorization request by whoever is signed in there: where it sends people back. */
  authorize(address: URL): string;
  close(): Promise<void>;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A provider of OpenID Connect: discovery, keys, authorization code with PKCE (S256) and client_secret_post or _basic. */
export async function oidcDouble(redirectUri: string): Promise<OidcDouble> {
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const codes = new Map<string, { challenge: string; nonce: string }>();
  const [clientId, clientSecret] = ['duban', 'a secret of the provider'];
  const double = { claims: {} as Record<string, unknown>, forges: false };
  let issuer = '';
  const token = (nonce: string): string => {
    const now = Math.floor(Date.now() / 1000);
    const body = `${encode({ alg: 'RS256', kid: '1' })}.${encode({ iss: issuer, sub: 'u1', aud: clientId, iat: now, exp: now + 300, nonce, ...double.claims })}`;
    return `${body}.${createSign('RSA-SHA256').update(body).sign((double.forges ? foreign : own).privateKey).toString('base64url')}`;
  };
  const server: Server = createServer((request, response) => {
    const answer = (status: number, body: object): void => { response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)); };
    const { pathname } = new URL(request.url ?? '/', issuer);
    if (pathname === '/.well-known/openid-configuration') {
      answer(200, { issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys`, response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'], code_challenge_methods_supported: ['S256'] });
    } else if (pathname === '/keys') answer(200, { keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: '1', alg: 'RS256', use: 'sig' }] });
    else if (pathname === '/token') {
      let text = '';
      request.on('data', (chunk: Buffer) => { text += chunk.toString(); }).on('end', () => {
        const form = new URLSearchParams(text);
        const basic = Buffer.from(/^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '', 'base64').toString().split(':').map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
        const known = codes.get(form.get('code') ?? '');
        codes.delete(form.get('code') ?? '');
        const isClient = (form.get('client_id') ?? basic[0]) === clientId && (form.get('client_secret') ?? basic[1]) === clientSecret;
        if (!isClient) answer(401, { error: 'invalid_client' });
        else if (known === undefined || form.get('redirect_uri') !== redirectUri || createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url') !== known.challenge) answer(400, { error: 'invalid_grant' });
        else answer(200, { access_token: randomUUID(), token_type: 'Bearer', expires_in: 300, id_token: token(known.nonce) });
      });
    } else answer(404, {});
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer, clientId, clientSecret,
    get claims() { return double.claims; }, set claims(claims) { double.claims = claims; },
    get forges() { return double.forges; }, set forges(forges) { double.forges = forges; },
    authorize({ origin, pathname, searchParams: asked }) {
      if (origin !== issuer || pathname !== '/authorize' || asked.get('client_id') !== clientId || asked.get('redirect_uri') !== redirectUri || asked.get('response_type') !== 'code') throw new Error('no authorization request of a known client');
      const code = randomUUID();
      codes.set(code, { challenge: asked.get('code_challenge') ?? '', nonce: asked.get('nonce') ?? '' });
      return `${redirectUri}?${new URLSearchParams({ code, state: asked.get('state') ?? '', iss: issuer }).toString()}`;
    },
    close: () => new Promise((closed) => { server.closeAllConnections(); server.close(() => closed()); }),
  };
}
