import { at, columnsOf, epochOf, isEndOfDay, parseWorkbook, planRun, serialOfDay, serialOfMoment, dayOf, SHEET_KEYS, type CellsOf, type ColumnType, type Day, type Moment, type PolicyId, type SampleRows } from '#core';
import type { Hono } from 'hono';
import { POLICIES, SAMPLES } from '#templates';
import { consoleApp } from '../../sync-service/console/app.ts';
import type { Asset } from '../../sync-service/console/assets.ts';
import { openBook, type Book } from '../../sync-service/console/book.ts';
import type { ConsoleEnv, ConsoleParts } from '../../sync-service/console/context.ts';
import { createSessions, type Identity } from '../../sync-service/console/sessions.ts';
import { StoreError } from '../../sync-service/workbook/store.ts';
import { memoryStore } from '../support/memory-store.ts';
import { MemoryWorkbook } from '../support/memory-workbook.ts';

export const HOST = '127.0.0.1:8420';
export const SECRET = Buffer.from('a secret of thirty-two characters');

export interface MemoryConsole {
  readonly app: Hono<ConsoleEnv>;
  readonly memory: MemoryWorkbook;
  readonly book: Book;
  readonly now: Moment;
  /** The names under which it answers. */
  readonly hosts: Set<string>;
  readonly sent: { to: string; link: string }[];
  /** How often the window showed the owner a new link. */
  readonly shown: { count: number };
  readonly failures: unknown[];
  readonly parts: ConsoleParts;
  /** True while a colleague has the workbook open. */
  held: boolean;
  /** A run of the service. */
  run(): void;
  /** The cookie of somebody signed in. */
  as(identity: Identity | string): string;
  get(path: string, cookie?: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body: unknown, cookie?: string, headers?: Record<string, string>): Promise<Response>;
}

/** The sample office of a policy in memory, after the run of its morning, behind the console; `more` rows are added before. */
export function memoryConsole(id: PolicyId, more: SampleRows = {}, settings: { readonly assets?: ConsoleParts['assets']; readonly runsAfterWrites?: boolean; readonly folder?: string; readonly oidc?: ConsoleParts['oidc']; readonly feishuSignIn?: ConsoleParts['feishuSignIn'] } = {}): MemoryConsole {
  const memory = sampleWorkbook(id, more);
  const now = at(SAMPLES[id].today, 9, 30);
  let version = 0;
  const state = { held: false };
  const run = (): void => {
    memory.apply(planRun(parseWorkbook(memory.snapshot(), POLICIES).workbook!, now).changes);
    version += 1;
  };
  run();
  const store = memoryStore(memory);
  const book = openBook({
    key: 'sample', name: '样例', folder: settings.folder ?? null, policies: POLICIES, programVersion: 'test', clock: () => now, version: () => String(version), written: () => { version += 1; if (settings.runsAfterWrites === true) run(); },
    readHistory: () => Promise.resolve(parseWorkbook(memory.snapshot(), POLICIES).workbook!.sheets.history.rows.map(({ cells }) => cells)),
    store: { ...store, apply: (snapshot, changes) => (state.held ? Promise.reject(new StoreError('held-open', '工作簿正被人打开')) : store.apply(snapshot, changes)) },
  });
  const sessions = createSessions(() => epochOf(now));
  const sent: MemoryConsole['sent'] = [];
  const failures: unknown[] = [];
  const shown = { count: 0 };
  const hosts = new Set([HOST]);
  const parts: ConsoleParts = {
    books: [book], sessions, linkSecret: SECRET, hosts: () => hosts, isSecure: false, addressOf: () => '127.0.0.1', clock: () => epochOf(now),
    assets: settings.assets ?? new Map<string, Asset>([['index.html', asset('<page>')], ['answer.html', asset('<answer>')]]),
    feishu: null,
    oidc: settings.oidc ?? null, feishuSignIn: settings.feishuSignIn ?? null,
    mailSignIn: { url: `http://${HOST}`, send: (to, link) => { sent.push({ to, link }); return Promise.resolve(); } },
    showOwnerLink: () => { shown.count += 1; },
    healthz: () => ({ ok: true, text: 'ok\n' }), metrics: () => '', failed: (error) => { failures.push(error); },
  };
  const app = consoleApp(parts);
  const headersFor = (cookie: string | undefined, more: Record<string, string>): Record<string, string> => ({ host: HOST, ...(cookie === undefined ? {} : { cookie: `duban=${cookie}` }), ...more });
  return {
    app, memory, book, now, hosts, sent, shown, failures, parts, run,
    get held() { return state.held; }, set held(held) { state.held = held; },
    as: (identity) => sessions.open(typeof identity === 'string' ? { kind: 'owner', actsAs: { sample: identity } } : identity),
    get: async (path, cookie, more = {}) => app.request(path, { headers: headersFor(cookie, more) }),
    post: async (path, body, cookie, more = {}) => app.request(path, { method: 'POST', body: JSON.stringify(body), headers: headersFor(cookie, { origin: `http://${HOST}`, 'content-type': 'application/json', ...more }) }),
  };
}

function sampleWorkbook(id: PolicyId, more: SampleRows): MemoryWorkbook {
  const memory = new MemoryWorkbook();
  for (const key of SHEET_KEYS) {
    const types = new Map<string, ColumnType>(columnsOf(key).map((column) => [column.key, column.type]));
    for (const row of [...SAMPLES[id].rows[key] ?? [], ...more[key] ?? []] as Partial<CellsOf<typeof key>>[]) {
      memory.add(key, Object.fromEntries(Object.entries(row).map(([column, value]) => [column, typeof value === 'number' ? serial(types.get(column)!, value) : value])));
    }
  }
  memory.add('parameters', { key: 'policy', value: id });
  return memory;
}

function serial(type: ColumnType, value: number): number {
  if (type === 'day') return serialOfDay(value as Day);
  if (type === 'limit' && isEndOfDay(value as Moment)) return serialOfDay(dayOf(value as Moment));
  return type === 'limit' || type === 'moment' ? serialOfMoment(value as Moment) : value;
}

function asset(text: string): Asset {
  return { body: new Uint8Array(new TextEncoder().encode(text)), type: 'text/html', tag: `"${text.length}"` };
}
