import { Hono, type Context } from 'hono';
import { compress } from 'hono/compress';
import { deleteCookie, getCookie } from 'hono/cookie';
import { isOffice, isOverseer, SECRECY_NOTICE, splitNames } from '#core';
import type { SessionView } from '#screens';
import { StoreError } from '../workbook/store.ts';
import { answerRoutes } from './answer-routes.ts';
import { apiRoutes } from './api-routes.ts';
import type { Asset } from './assets.ts';
import { UnreadableBookError } from '../jobs/write-answer.ts';
import { COOKIE, viewerIn, type ConsoleEnv, type ConsoleParts } from './context.ts';
import { canPdf } from './downloads.ts';
import { failure } from './failure.ts';
import { feishuRoutes } from './feishu-routes.ts';
import { headers, ownHosts, ownMachine, ownOrigin, rateLimit, smallBodies } from './guards.ts';
import type { Identity } from './sessions.ts';
import { signInRoutes } from './sign-in-routes.ts';

const A_MINUTE = 60_000;
const REQUESTS = { most: 3000, perMs: A_MINUTE };
const SIGN_INS = { most: 20, perMs: A_MINUTE };
const WRITES = { most: 120, perMs: A_MINUTE };

/**
 * The console: page, API, sign-in, answers by link, health and metrics. Everything but the page's files, sign-in, links,
 * /healthz and /metrics asks for a session.
 */
export function consoleApp(parts: ConsoleParts): Hono<ConsoleEnv> {
  const { sessions, assets, addressOf, clock } = parts;
  const app = new Hono<ConsoleEnv>();
  app.use(headers(), ownHosts(parts.hosts));
  app.use('/healthz', ownMachine(addressOf));
  app.use('/metrics', ownMachine(addressOf));
  app.get('/healthz', (context) => {
    const { ok, text } = parts.healthz();
    return context.text(text, ok ? 200 : 503, { 'cache-control': 'no-store' });
  });
  app.get('/metrics', (context) => context.body(parts.metrics(), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' }));
  app.use(rateLimit(REQUESTS, addressOf, clock));
  // Feishu is no page: it proves itself by its signature.
  if (parts.feishu !== null) app.route('/', feishuRoutes(parts.feishu));
  app.use(smallBodies(), ownOrigin());
  app.use('/enter/*', rateLimit(SIGN_INS, addressOf, clock));
  app.use('/sign-in/*', rateLimit(SIGN_INS, addressOf, clock));
  const writes = rateLimit(WRITES, addressOf, clock);
  app.use((context, next) => (context.req.method === 'POST' ? writes(context, next) : next()));

  app.use('/assets/*', compress());
  app.use('/api/*', compress());
  app.get('/assets/:name', (context) => fileAnswer(context, assets.get(context.req.param('name'))));
  app.route('/', signInRoutes(parts));
  app.route('/', answerRoutes(parts));

  app.use('/api/*', async (context: Context<ConsoleEnv>, next) => {
    const identity = sessions.find(getCookie(context, COOKIE));
    if (identity === null) return failure(context, 401, 'signed-out', '请先登录');
    context.set('identity', identity);
    context.header('cache-control', 'no-store');
    return next();
  });
  app.get('/api/session', async (context) => context.json(await sessionView(parts, context.get('identity'))));
  app.post('/api/sign-out', (context) => {
    sessions.close(getCookie(context, COOKIE));
    deleteCookie(context, COOKIE, { path: '/' });
    return context.json({ kind: 'done', message: '已退出' });
  });
  app.route('/api', apiRoutes(parts));
  // The page draws every screen of its own; an address of one is the page.
  app.get('*', (context) => (/^\/(?:[a-z]+(?:\/[\w.%-]+)?)?$/.test(context.req.path) && !context.req.path.startsWith('/api/') ? fileAnswer(context, assets.get('index.html')) : failure(context, 404, 'not-found', '没有这个页面')));
  app.notFound((context) => failure(context, 404, 'not-found', '没有这个页面'));
  app.onError((error, context) => {
    if (error instanceof StoreError || error instanceof UnreadableBookError) return failure(context, 503, 'workbook', error.message);
    parts.failed(error);
    return failure(context, 500, 'failed', '程序出错了,已记入日志:请重试,仍不行请告诉管理员');
  });
  return app;
}

async function sessionView({ books }: ConsoleParts, identity: Identity): Promise<SessionView> {
  const seen = await Promise.all(books.map(async (book) => {
    const { at } = await book.state();
    return { book, workbook: at.workbook, name: viewerIn(at.workbook, identity, book.key) };
  }));
  const own = seen.filter(({ name }) => name !== '');
  const first = own[0];
  const person = first === undefined ? null : first.workbook.directory.person(first.name);
  return {
    name: first?.name ?? '', unit: person?.unit ?? '', roles: splitNames(person?.roles ?? ''), isOwner: identity.kind === 'owner',
    isOverseer: first !== undefined && isOverseer(first.workbook, first.name), isOffice: first !== undefined && isOffice(first.workbook, first.name),
    workbooks: own.map(({ book }) => ({ key: book.key, name: book.name })), secrecyNotice: SECRECY_NOTICE, pdf: canPdf(),
  };
}

function fileAnswer(context: Context, asset: Asset | undefined): Response {
  if (asset === undefined) return failure(context, 404, 'not-found', '没有这个文件');
  if (context.req.header('if-none-match') === asset.tag) return context.body(null, 304, { etag: asset.tag });
  return context.body(asset.body, 200, { 'content-type': asset.type, 'cache-control': 'no-cache', etag: asset.tag });
}
