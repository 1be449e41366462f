import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientAddress } from '../../sync-service/console/client-address.ts';
import { OIDC_BACK, openOidc } from '../../sync-service/console/oidc.ts';
import { HOST, memoryConsole, type MemoryConsole } from './memory-console.ts';
import { oidcDouble, type OidcDouble } from './oidc-double.ts';

const URL_ = `http://${HOST}`;
const ME = 'branch1.desk@example.com';

describe('signing in at the office’s provider', () => {
  let provider: OidcDouble;
  let office: MemoryConsole;
  let oidc: ReturnType<typeof openOidc>;
  beforeAll(async () => {
    provider = await oidcDouble(URL_ + OIDC_BACK);
    const { issuer, clientId, clientSecret } = provider;
    oidc = openOidc({ issuer, clientId, clientSecret, claim: 'email', url: URL_ });
    office = memoryConsole('bus', {}, { oidc });
  });
  afterAll(() => provider.close());

  /** One try: what the browser keeps between, and where the provider sends it back. */
  async function begin(): Promise<{ cookie: string; back: URL }> {
    const answer = await office.get('/sign-in/oidc');
    expect(answer.status).toBe(303);
    const set = answer.headers.get('set-cookie')!;
    expect(set).toMatch(/^duban-oidc=[\w.-]+; Max-Age=900; Path=\/sign-in\/oidc\/back; HttpOnly; SameSite=Lax$/);
    return { cookie: /^([^;]+)/.exec(set)![1]!, back: new URL(provider.authorize(new URL(answer.headers.get('location')!))) };
  }
  const come = (back: URL, cookie: string): Promise<Response> => Promise.resolve(office.app.request(back.pathname + back.search, { headers: { host: HOST, cookie } }));

  it('is offered, and signs in as the person with the address that the provider knows; once', async () => {
    expect(await (await office.get('/sign-in')).text()).toContain('统一登录');
    provider.claims = { email: ME, email_verified: true };
    const { cookie, back } = await begin();
    const answer = await come(back, cookie);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
    const session = /duban=([\w-]+);/.exec(answer.headers.getSetCookie().find((one) => one.startsWith('duban='))!)![1]!;
    expect(await (await office.get('/api/session', session)).json()).toMatchObject({ name: '客运一公司经办', isOwner: false });
    expect((await come(back, cookie)).status).toBe(403);
  });

  it.each<[string, object, RegExp]>([
    ['an address that is not in 人员', { email: 'nobody@example.cn' }, /没有登记在「人员」表里/], ['an address that nobody proved', { email: ME, email_verified: false }, /没有登记/], ['no address', {}, /没有登记/],
    ['a list for an address', { email: [ME] }, /没有登记/], ['a token for another client', { email: ME, aud: 'other' }, /链接无效/], ['a token of another issuer', { email: ME, iss: 'https://evil.example' }, /链接无效/],
    ['a token that ended', { email: ME, exp: 1 }, /链接无效/], ['another nonce', { email: ME, nonce: 'x' }, /链接无效/],
  ])('with %s is refused', async (_name, claims, reason) => {
    provider.claims = { ...claims };
    const { cookie, back } = await begin();
    const answer = await come(back, cookie);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toMatch(reason);
    expect(answer.headers.getSetCookie().some((one) => one.startsWith('duban='))).toBe(false);
  });

  it('is refused with a token of a key that is not the provider’s, a state of another try, no try, and a code that is none', async () => {
    // One office takes so many tries a minute.
    office = memoryConsole('bus', {}, { oidc });
    provider.claims = { email: ME };
    provider.forges = true;
    const forged = await begin();
    expect((await come(forged.back, forged.cookie)).status).toBe(403);
    provider.forges = false;
    const [mine, other] = [await begin(), await begin()];
    expect((await come(other.back, mine.cookie)).status).toBe(403);
    expect((await come(other.back, '')).status).toBe(403);
    expect((await come(other.back, 'duban-oidc=x.y')).status).toBe(403);
    const third = await begin();
    third.back.searchParams.set('code', 'guessed');
    expect((await come(third.back, third.cookie)).status).toBe(403);
  });

  it('says so where the provider can’t be reached, and there is none where none is configured', async () => {
    const lost = memoryConsole('bus', {}, { oidc: openOidc({ issuer: 'http://127.0.0.1:9', clientId: 'x', clientSecret: 'x', claim: 'email', url: URL_ }) });
    const answer = await lost.get('/sign-in/oidc');
    expect([answer.status, await answer.text()]).toEqual([502, expect.stringContaining('统一登录现在连不上')]);
    const none = memoryConsole('bus');
    expect([(await none.get('/sign-in/oidc')).status, (await none.get(OIDC_BACK)).status]).toEqual([404, 403]);
    expect(await (await none.get('/sign-in')).text()).not.toContain('统一登录');
  });
});

describe('the address of whoever asks', () => {
  const trusted = new Set(['10.0.0.2', '10.0.0.3']);
  it.each([
    ['nobody trusted says it', '192.0.2.7', '198.51.100.1', '192.0.2.7'], ['a trusted proxy says it', '10.0.0.2', '198.51.100.1', '198.51.100.1'], ['the last hop counts', '10.0.0.2', '6.6.6.6, 198.51.100.1', '198.51.100.1'],
    ['through two proxies', '10.0.0.2', '6.6.6.6, 198.51.100.1, 10.0.0.3', '198.51.100.1'], ['a proxy says nothing', '10.0.0.2', '', '10.0.0.2'], ['as IPv6 writes IPv4', '::ffff:10.0.0.2', '::ffff:198.51.100.1', '198.51.100.1'],
  ])('%s', (_name, socket, header, address) => {
    expect(clientAddress(socket, header, trusted)).toBe(address);
  });
});
