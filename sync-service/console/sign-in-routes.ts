import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import * as z from 'zod';
import { giveCookie, type ConsoleEnv, type ConsoleParts } from './context.ts';
import { failure } from './failure.ts';
import { readClaim, signClaim } from './link.ts';
import { FEISHU_BACK } from './feishu-sign-in.ts';
import { OIDC_BACK } from './oidc.ts';
import { addressIn, type ProviderSignIn } from './provider.ts';

const LINK_MS = 15 * 60_000;
/** Where else people sign in: at the office's own provider, or with its Feishu. */
const PROVIDERS = [
  { key: 'oidc', part: 'oidc', back: OIDC_BACK, label: '统一登录', account: '统一登录的账号' },
  { key: 'feishu', part: 'feishuSignIn', back: FEISHU_BACK, label: '飞书登录', account: '飞书账号' },
] as const;
const OWNER = html`<form method="post" action="/sign-in/owner"><p>在本机启动了程序的人:请打开程序窗口里显示的一次性链接;用过了或过期了,按下面的按钮再显示一个。</p><button>在窗口里显示新链接</button></form>`;

/** Signing in: the owner by the link printed at the start, others by a link sent to the address in 人员, at the office's own provider, or with its Feishu. No passwords. */
export function signInRoutes(parts: ConsoleParts): Hono<ConsoleEnv> {
  const { sessions, mailSignIn, clock, linkSecret } = parts;
  const routes = new Hono<ConsoleEnv>();
  const isKnown = async (email: string): Promise<boolean> => (await addressIn(parts.books, { feishuIds: [], emails: [email], mobiles: [] })) !== null;
  routes.get('/enter/:ticket', (context) => {
    context.header('cache-control', 'no-store');
    if (!sessions.redeem(context.req.param('ticket'))) return context.html(page('链接已失效', html`<p>这个一次性链接用过了或已过期。请在启动程序的窗口里看新的链接,或重新启动程序。</p>`), 403);
    giveCookie(context, parts, { kind: 'owner', actsAs: {} });
    return context.redirect('/', 303);
  });
  routes.post('/sign-in/ask', async (context) => {
    const asked = z.object({ email: z.string().trim().max(200) }).safeParse(await context.req.parseBody());
    if (mailSignIn === null || !asked.success) return failure(context, 404, 'not-found', '没有这个页面');
    const { email } = asked.data;
    if (await isKnown(email)) {
      const until = clock() + LINK_MS;
      await mailSignIn.send(email, `${mailSignIn.url}/sign-in/${signClaim(linkSecret, { for: 'sign-in', email, once: randomUUID(), until })}`);
    }
    // The same words whether it is known or not: nobody learns who works here.
    return context.html(page('请查收邮件', html`<p>如果这个邮箱登记在「人员」表里,登录链接已经寄出,十五分钟内有效。</p>`));
  });
  // Whoever sees the window of the program may enter: asking shows a new link there, and nowhere else.
  routes.post('/sign-in/owner', (context) => {
    parts.showOwnerLink();
    return context.html(page('登录督办', html`<p>新的一次性链接已显示在启动程序的窗口(或服务的日志)里,请打开它。</p>`));
  });
  const offered = PROVIDERS.map((provider) => ({ ...provider, signIn: parts[provider.part] }));
  for (const provider of offered) addProvider(routes, parts, provider);
  // Mail programs look into links: only the button signs in.
  routes.get('/sign-in/:link', (context) => {
    const read = readClaim(linkSecret, 'sign-in', context.req.param('link'), clock());
    context.header('cache-control', 'no-store');
    return read.ok ? context.html(page('登录督办', html`<p>以 ${read.claim.email} 登录</p><form method="post"><button>登录</button></form>`)) : context.html(invalid(), 403);
  });
  routes.post('/sign-in/:link', async (context) => {
    const read = readClaim(linkSecret, 'sign-in', context.req.param('link'), clock());
    if (!read.ok || !(await isKnown(read.claim.email)) || !sessions.useOnce(read.claim.once, read.claim.until)) return context.html(invalid(), 403);
    giveCookie(context, parts, { kind: 'person', email: read.claim.email });
    return context.redirect('/', 303);
  });
  // A link, not a form: a form may lead to no other site (form-action of the page's policy).
  const provider = html`${offered.filter(({ signIn }) => signIn !== null).map(({ key, label }) => html`<p><a class="button" href="/sign-in/${key}">${label}</a></p>`)}`;
  routes.get('/sign-in', (context) => context.html(page('登录督办', mailSignIn === null
    ? html`${provider}${OWNER}`
    : html`${provider}<form method="post" action="/sign-in/ask"><label for="email">您登记在「人员」表里的邮箱</label><input id="email" name="email" type="email" required autocomplete="email"><button>寄登录链接给我</button></form>${OWNER}`)));
  return routes;
}

/** Two steps: out to the provider, and back from it with what its try must bring. */
function addProvider(routes: Hono<ConsoleEnv>, parts: ConsoleParts, { key, back, label, account, signIn }: (typeof PROVIDERS)[number] & { readonly signIn: ProviderSignIn | null }): void {
  const { sessions, clock, linkSecret } = parts;
  const cookie = `duban-${key}`;
  routes.get(`/sign-in/${key}`, async (context) => {
    context.header('cache-control', 'no-store');
    if (signIn === null) return failure(context, 404, 'not-found', '没有这个页面');
    try {
      const { address, tried } = await signIn.begin();
      // Lax: the provider sends people back from its own site. It holds what one try must bring back, and nothing that signs in.
      setCookie(context, cookie, signClaim(linkSecret, { for: key, ...tried, until: clock() + LINK_MS }), { httpOnly: true, sameSite: 'Lax', path: back, secure: parts.isSecure, maxAge: LINK_MS / 1000 });
      return context.redirect(address.href, 303);
    } catch (error) {
      parts.failed(error);
      return context.html(page('登录督办', html`<p>${label}现在连不上,请稍后再试,或用其他方式登录。</p><p><a href="/sign-in">返回</a></p>`), 502);
    }
  });
  routes.get(back, async (context) => {
    context.header('cache-control', 'no-store');
    const read = readClaim(linkSecret, key, getCookie(context, cookie) ?? '', clock());
    deleteCookie(context, cookie, { path: back });
    if (signIn === null || !read.ok || !sessions.useOnce(read.claim.state, read.claim.until)) return context.html(invalid(), 403);
    try {
      const known = await signIn.finish(read.claim, new URL(context.req.url).search);
      const email = known === null ? null : await addressIn(parts.books, known);
      if (email === null) return await context.html(page('不能登录', html`<p>${account}没有登记在「人员」表里,请联系督办办公室。</p>`), 403);
      giveCookie(context, parts, { kind: 'person', email });
      return context.redirect('/', 303);
    } catch (error) {
      parts.failed(error);
      return context.html(invalid(), 403);
    }
  });
}

function invalid(): ReturnType<typeof page> {
  return page('链接无效', html`<p>这个链接不对、用过了或已过期。</p><p><a href="/sign-in">重新登录</a></p>`);
}

/** A page that needs no script. */
export function page(title: string, body: ReturnType<typeof html>): ReturnType<typeof html> {
  return html`<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title} · 督办</title>
<link rel="stylesheet" href="/assets/style.css"></head><body class="plain"><main><h1>${title}</h1>${body}</main></body></html>`;
}
