import { createHash, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FEISHU_BACK, openFeishuSignIn } from '../../sync-service/console/feishu-sign-in.ts';
import { HOST, memoryConsole, type MemoryConsole } from './memory-console.ts';

const URL_ = `http://${HOST}`;
const APP = { appId: 'cli_a1', appSecret: 'a secret of the app' };
const PEOPLE = [
  { name: '飞书甲', unit: '客运三公司', roles: '承办人', email: 'a@example.cn', feishuId: 'ou_a' }, { name: '飞书乙', unit: '客运三公司', roles: '承办人', email: 'b@example.cn', phone: '138 0000 1111' },
  { name: '飞书丙', unit: '客运三公司', roles: '承办人', email: 'c@example.cn' }, { name: '飞书丁', unit: '客运三公司', roles: '承办人', email: 'd@example.cn', active: '否', feishuId: 'ou_d' },
];

/** Feishu's sign-in as its open platform describes it: codes that hold once, PKCE, the user behind a token. */
class FeishuDouble {
  user: Record<string, unknown> = {};
  /** The code of the next answer to a request for a token. */
  fault = 0;
  root = '';
  readonly bodies: string[] = [];
  private readonly codes = new Map<string, string>();
  private readonly tokens = new Set<string>();
  private readonly server: Server = createServer((request, response) => {
    const answer = (status: number, body: object): void => { response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body)); };
    let text = '';
    request.on('data', (chunk: Buffer) => { text += chunk.toString(); }).on('end', () => {
      if (request.method === 'POST' && request.url === '/open-apis/authen/v2/oauth/token') {
        this.bodies.push(text);
        const asked = JSON.parse(text) as Record<string, string>;
        const challenge = this.codes.get(asked['code'] ?? '');
        this.codes.delete(asked['code'] ?? '');
        const holds = asked['grant_type'] === 'authorization_code' && asked['client_id'] === APP.appId && asked['client_secret'] === APP.appSecret && asked['redirect_uri'] === URL_ + FEISHU_BACK
          && createHash('sha256').update(asked['code_verifier'] ?? '').digest('base64url') === challenge && request.headers['content-type'] === 'application/json; charset=utf-8';
        if (!holds || this.fault !== 0) {
          answer(holds ? 200 : 400, { code: holds ? this.fault : 20003, error: 'invalid_grant', error_description: 'no such code' });
          return;
        }
        const token = randomUUID();
        this.tokens.add(token);
        answer(200, { code: 0, access_token: token, expires_in: 7200, token_type: 'Bearer', scope: '' });
      } else if (request.url === '/open-apis/authen/v1/user_info') {
        if (this.tokens.has((request.headers.authorization ?? '').replace(/^Bearer /, ''))) answer(200, { code: 0, msg: 'success', data: this.user });
        else answer(400, { code: 99991663, msg: 'invalid' });
      } else answer(404, {});
    });
  });

  async open(): Promise<this> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    this.root = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  /** Where Feishu sends whoever is signed in there back. */
  authorize({ origin, pathname, searchParams: asked }: URL): URL {
    if (origin !== this.root || pathname !== '/open-apis/authen/v1/authorize' || asked.get('client_id') !== APP.appId || asked.get('redirect_uri') !== URL_ + FEISHU_BACK || asked.get('response_type') !== 'code' || asked.get('code_challenge_method') !== 'S256') throw new Error('no request of a known app');
    const code = randomUUID();
    this.codes.set(code, asked.get('code_challenge')!);
    return new URL(`${URL_}${FEISHU_BACK}?${new URLSearchParams({ code, state: asked.get('state')! }).toString()}`);
  }

  close(): Promise<unknown> {
    return new Promise((closed) => this.server.close(closed));
  }
}

describe('signing in with Feishu', () => {
  let feishu: FeishuDouble;
  let office: MemoryConsole;
  beforeAll(async () => {
    feishu = await new FeishuDouble().open();
  });
  // One office takes so many tries a minute.
  beforeEach(() => { office = memoryConsole('bus', { people: PEOPLE }, { feishuSignIn: openFeishuSignIn({ credentials: APP, root: feishu.root, url: URL_ }) }); });
  afterAll(() => feishu.close());

  async function begin(): Promise<{ cookie: string; back: URL }> {
    const answer = await office.get('/sign-in/feishu');
    expect(answer.headers.get('set-cookie')).toMatch(/^duban-feishu=[\w.-]+; Max-Age=900; Path=\/sign-in\/feishu\/back; HttpOnly; SameSite=Lax$/);
    return { cookie: /^([^;]+)/.exec(answer.headers.get('set-cookie')!)![1]!, back: feishu.authorize(new URL(answer.headers.get('location')!)) };
  }
  const come = (back: URL, cookie: string): Promise<Response> => Promise.resolve(office.app.request(back.pathname + back.search, { headers: { host: HOST, cookie } }));
  const sessionOf = (answer: Response): string | undefined => /duban=([\w-]+);/.exec(answer.headers.getSetCookie().find((one) => one.startsWith('duban=')) ?? '')?.[1];

  it.each<[string, Record<string, string>, string]>([
    ['his id of this app', { open_id: 'ou_a', email: 'c@example.cn' }, '飞书甲'], ['his mobile', { open_id: 'ou_x', mobile: '+8613800001111' }, '飞书乙'],
    ['his office mailbox', { open_id: 'ou_y', enterprise_email: 'c@example.cn' }, '飞书丙'],
  ])('is offered, and signs in whom 人员 knows by %s; once', async (_by, user, name) => {
    expect(await (await office.get('/sign-in')).text()).toContain('href="/sign-in/feishu">飞书登录');
    feishu.user = user;
    const { cookie, back } = await begin();
    const answer = await come(back, cookie);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
    expect(await (await office.get('/api/session', sessionOf(answer))).json()).toMatchObject({ name, isOwner: false });
    expect((await come(back, cookie)).status).toBe(403);
  });

  it.each<[string, Record<string, string>, number, RegExp]>([
    ['who is not in 人员', { open_id: 'ou_z', email: 'z@example.cn' }, 0, /飞书账号没有登记/], ['whose id in 人员 is another’s', { open_id: 'ou_evil', email: 'a@example.cn' }, 0, /没有登记/], ['who left', { open_id: 'ou_d' }, 0, /没有登记/],
    ['of whom nothing is told', {}, 0, /没有登记/], ['who may not use the app', { open_id: 'ou_a' }, 20010, /链接无效/],
  ])('refuses one %s', async (_who, user, fault, reason) => {
    Object.assign(feishu, { user, fault });
    const { cookie, back } = await begin();
    const answer = await come(back, cookie);
    feishu.fault = 0;
    expect([answer.status, sessionOf(answer)]).toEqual([403, undefined]);
    expect(await answer.text()).toMatch(reason);
  });

  it('refuses a state of another try, no try, a try at another provider, and a code that is none', async () => {
    feishu.user = { open_id: 'ou_a' };
    const [mine, other] = [await begin(), await begin()];
    for (const cookie of [mine.cookie, '', 'duban-feishu=x.y', mine.cookie.replace('feishu', 'oidc')]) expect((await come(other.back, cookie)).status).toBe(403);
    const third = await begin();
    third.back.searchParams.set('code', 'guessed');
    expect((await come(third.back, third.cookie)).status).toBe(403);
    expect(office.failures.map(String).join()).not.toContain(APP.appSecret);
  });

  it('asks people on Feishu’s own host for accounts, and on Lark’s', async () => {
    for (const [root, host] of [[null, 'accounts.feishu.cn'], ['https://open.larksuite.com', 'accounts.larksuite.com']] as const) expect((await openFeishuSignIn({ credentials: APP, root, url: URL_ }).begin()).address.host).toBe(host);
  });
});
