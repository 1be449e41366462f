import { Hono, type Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { streamSSE } from 'hono/streaming';
import * as z from 'zod';
import { editCell, personOf, type Answer, type ItemsAt, type Moment, type Workbook } from '#core';
import { answerTo, choicesView, bulletinsView, clausesView, fullItem, itemView, ledgerQuery, ledgerView, mineView, noticesView, overviewView, parametersView, rankingsView, requestsView, scoresView, type ActionResult } from '#screens';
import { ACT, CELL } from './acts.ts';
import { actorOf, COOKIE, viewerIn, type ConsoleEnv, type ConsoleParts } from './context.ts';
import { addDownloads } from './downloads.ts';
import { failure } from './failure.ts';
import { addImport } from './import-routes.ts';
import { resultOf } from './write-result.ts';
import { takeAttachment } from './take-attachment.ts';
import { filesIn, storedIn } from './uploads.ts';

const NAME = z.string().min(1).max(60);
const PING_MS = 25_000;

/** `/api/w/:book/…`: what a screen shows, and what a person does. Reads answer views; writes answer an ActionResult. */
export function apiRoutes(parts: ConsoleParts): Hono<ConsoleEnv> {
  const api = new Hono<ConsoleEnv>();
  const books = new Map(parts.books.map((book) => [book.key, book]));
  api.use('/w/:book/*', async (context: Context<ConsoleEnv>, next) => {
    const book = books.get(context.req.param('book') ?? '');
    if (book === undefined) return failure(context, 404, 'not-found', '没有这份工作簿');
    const { at } = await book.state();
    // Whoever isn't in 人员 of this workbook learns nothing of it, not even that it is there.
    if (viewerIn(at.workbook, context.get('identity'), book.key) === '') return failure(context, 404, 'not-found', '没有这份工作簿');
    context.set('book', book);
    return next();
  });
  const show = (path: string, view: (at: ItemsAt, viewer: string, context: Context<ConsoleEnv>, version: string) => object | null | Promise<object | null>): void => {
    api.get(`/w/:book/${path}`, async (context) => {
      const book = context.get('book');
      const { at, version } = await book.state();
      const shown = await view(at, viewerIn(at.workbook, context.get('identity'), book.key), context, version);
      return shown === null ? failure(context, 404, 'not-found', '没有这个事项,或您无权查看') : context.json(shown);
    });
  };

  show('overview', (at, viewer) => overviewView(at, viewer));
  show('ledger', (at, viewer, context, version) => ledgerView(at, viewer, ledgerQuery(context.req.query()), version));
  show('items/:id', async (at, viewer, context) => {
    const id = context.req.param('id') ?? '';
    // 流转记录 is read for who may see it, and not to tell by its time that a number exists.
    return itemView(at, id, viewer, fullItem(at, id, viewer) !== null ? await context.get('book').historyOf(id) : [], filesIn(context.get('book').folder));
  });
  show('mine', mineView);
  show('requests', requestsView);
  show('scores', (at, viewer, context) => scoresView(at, viewer, context.req.query('month') ?? ''));
  show('rankings', (at, viewer, context) => rankingsView(at, viewer, context.req.query('period') ?? ''));
  show('bulletins', bulletinsView);
  show('notices', (at, viewer, context) => noticesView(at, viewer, context.req.query('status') ?? ''));
  show('parameters', (at) => parametersView(at));
  show('clauses', (at) => clausesView(at));
  show('choices', choicesView);
  api.get('/w/:book/events', (context) => streamSSE(context, async (stream) => {
    const book = context.get('book');
    const line = { changed: false, wake: (): void => undefined };
    const stop = book.watch(() => { line.changed = true; line.wake(); });
    stream.onAbort(() => { line.wake(); });
    try {
      await stream.writeSSE({ event: 'open', data: '' });
      while (!stream.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, PING_MS).unref();
          line.wake = () => { clearTimeout(timer); resolve(); };
          if (line.changed) line.wake();
        });
        // Anything keeps proxies from closing the line.
        await stream.writeSSE({ event: line.changed ? 'changed' : 'ping', data: '' });
        line.changed = false;
      }
    } finally {
      stop();
    }
  }));

  api.post('/w/:book/cell', (context) => act(context, CELL, (workbook, edit, by, now) => editCell(workbook, { ...edit, by }, now)));
  api.post('/w/:book/acts', (context) => act(context, ACT, (workbook, asked, by, now) => answerTo(workbook, asked, by, now, storedIn(context.get('book').folder))));
  api.post('/w/:book/attachments', async (context) => {
    const book = context.get('book');
    const { at } = await book.state();
    return takeAttachment(context, book, viewerIn(at.workbook, context.get('identity'), book.key), context.req.query('item') ?? '');
  });
  addDownloads(api);
  addImport(api);
  api.post('/w/:book/act-as', async (context) => {
    const identity = context.get('identity');
    const cookie = getCookie(context, COOKIE);
    const asked = z.strictObject({ name: NAME }).safeParse(await jsonOf(context));
    if (identity.kind !== 'owner' || cookie === undefined) return failure(context, 403, 'not-owner', '只有在本机启动程序的人可以换人办理');
    const book = context.get('book');
    const { at } = await book.state();
    if (!asked.success || personOf(at.workbook, asked.data.name) === null) return failure(context, 422, 'unknown-person', '「人员」表中没有此人');
    parts.sessions.replace(cookie, { kind: 'owner', actsAs: { ...identity.actsAs, [book.key]: asked.data.name } });
    return context.json({ kind: 'done', message: `现以${asked.data.name}的身份办理` } satisfies ActionResult);
  });
  return api;
}

async function act<T>(context: Context<ConsoleEnv>, schema: z.ZodType<T>, decide: (workbook: Workbook, asked: T, by: string, now: Moment) => Answer): Promise<Response> {
  const asked = schema.safeParse(await jsonOf(context));
  if (!asked.success) return failure(context, 400, 'unreadable', '内容不完整或太长');
  const book = context.get('book');
  const { at } = await book.state();
  const identity = context.get('identity');
  const by = viewerIn(at.workbook, identity, book.key);
  return resultOf(context, await book.write(actorOf(identity, by), (workbook, now) => decideSeen(workbook, asked.data, by, now, decide)));
}

/** Who isn't in 人员 any more by the time of the write does nothing. */
function decideSeen<T>(workbook: Workbook, asked: T, by: string, now: Moment, decide: (workbook: Workbook, asked: T, by: string, now: Moment) => Answer): Answer {
  return personOf(workbook, by) === null ? { kind: 'refused', message: '「人员」表中没有您,请联系督办办公室' } : decide(workbook, asked, by, now);
}

export async function jsonOf(context: Context): Promise<unknown> {
  try {
    return await context.req.json();
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
