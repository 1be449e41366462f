import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '@larksuiteoapi/node-sdk';
import type { FieldProperty } from '../../sync-service/workbook/feishu-bitable/field-types.ts';
import { closeHere, listenHere } from '../support/local-server.ts';
import { newId, Refusal, shown, take, type Base, type ModelField, type ModelRecord, type ModelTable } from './bitable-model.ts';
import { LineDouble } from './line-double.ts';
import { OfficeModel } from './office-model.ts';
import { bodyProblem, type Checked } from './request-shapes.ts';

type V1 = Client['bitable']['v1'];
type DataOf<F extends (...args: never[]) => Promise<{ data?: unknown }>> = NonNullable<Awaited<ReturnType<F>>['data']>;

/**
 * What befalls the next calls, one each. `rate`, `rate-400`, `conflict`, `not-ready`: refused before anything is done; `timeout`: refused, of
 * which nobody can know; `timeout-after`, `cut-off-after`: done, the answer lost; `lost-page`: a page comes without its last record.
 */
export type Mishap = 'rate' | 'rate-400' | 'conflict' | 'not-ready' | 'timeout' | 'timeout-after' | 'cut-off-after' | 'lost-page';

export interface Call { readonly kind: 'read' | 'write'; readonly path: string; readonly records: number }

interface Reply { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
interface Request { readonly base: Base; readonly query: URLSearchParams; readonly body: Readonly<Record<string, unknown>> }

const MOST_RECORDS = 500;
const MOST_BY_ID = 100;

/** Feishu's Bitable API over HTTP on a model of bases. Strict: what the API's own description doesn't name is refused. */
export class FeishuDouble {
  readonly calls: Call[] = [];
  readonly mishaps: Mishap[] = [];
  readonly appId = 'cli_a1b2c3d4e5f60718';
  readonly appSecret = 'test-secret';
  /** People act between two calls: told before each. */
  beforeCall: ((kind: Call['kind'], path: string) => void) | null = null;
  latencyMs = 0;
  /** Most records of a table; Feishu's own error still names this number. */
  mostRows = 20_000;
  /** How many searches of a table don't see a record yet that was made before them: its replicas lag. */
  lagReads = 0;
  /** Told of every request and answer, for a second opinion on their form. */
  witness: ((method: string, path: string, request: unknown, answer: unknown) => void) | null = null;
  /** The organisation's people and messages. */
  readonly office = new OfficeModel();
  readonly line: LineDouble;
  private readonly bases = new Map<string, Base>();
  private readonly submitted = new Set<string>();
  private readonly lagging = new Map<string, number>();
  private readonly writing = new Set<string>();
  private token = 't-1';
  private tokens = 1;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => void this.serve(request, response));
    this.line = new LineDouble(this.server);
  }

  listen(): Promise<string> {
    return listenHere(this.server);
  }

  close(): Promise<void> {
    return closeHere(this.server);
  }

  hold(base: Base): void {
    this.bases.set(base.token, base);
  }

  /** From now on Feishu takes only a token that it has yet to give. */
  expireToken(): void {
    this.token = `t-${this.tokens += 1}`;
  }

  reads(): number { return this.calls.filter(({ kind }) => kind === 'read').length; }
  writes(): number { return this.calls.filter(({ kind }) => kind === 'write').length; }

  private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(message.url ?? '/', 'http://localhost');
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const body = text === '' ? {} : JSON.parse(text) as Readonly<Record<string, unknown>>;
    if (this.latencyMs > 0) await wait(this.latencyMs);
    if (url.pathname === '/open-apis/auth/v3/tenant_access_token/internal') {
      const isRight = body['app_id'] === this.appId && body['app_secret'] === this.appSecret;
      answer(response, { status: 200, body: isRight ? { code: 0, msg: 'ok', tenant_access_token: this.token, expire: 7200 } : { code: 10014, msg: 'app secret invalid' } });
      return;
    }
    if (url.pathname === '/callback/ws/endpoint') {
      const isRight = body['AppID'] === this.appId && body['AppSecret'] === this.appSecret;
      answer(response, { status: 200, body: isRight ? LineDouble.endpoint(message.headers.host ?? '') : { code: 514, msg: 'AppID or AppSecret is invalid', data: {} } });
      return;
    }
    const isSignedIn = message.headers.authorization === `Bearer ${this.token}`;
    const reply = isSignedIn ? this.office.answer(message.method ?? '', url.pathname, url.searchParams, body) : null;
    if (reply !== null) {
      this.witness?.(message.method ?? '', reply.template, body, reply.body);
      answer(response, reply);
      return;
    }
    if (!isSignedIn) {
      answer(response, failure(400, 99991663, 'Invalid access token for authorization. Please make a test attempt.'));
      return;
    }
    const route = this.routeOf(message.method ?? '', url.pathname);
    if (route === null) {
      answer(response, { status: 404, body: '404 page not found' });
      return;
    }
    this.calls.push({ kind: route.kind, path: route.path, records: Array.isArray(body['records']) ? body['records'].length : 0 });
    this.beforeCall?.(route.kind, route.path);
    const mishap = this.mishaps.length > 0 && (this.mishaps[0] !== 'lost-page' || route.path === 'records/search') ? this.mishaps.shift()! : null;
    const done = BEFORE[mishap ?? ''] ?? await this.carriedOut(route, url.searchParams, body);
    this.witness?.(message.method ?? '', route.template, body, done.body);
    if (mishap === 'cut-off-after') response.destroy();
    else answer(response, mishap === 'timeout-after' ? TIMEOUT : mishap === 'lost-page' ? withoutLast(done) : done);
  }

  private async carriedOut({ base: token, run, shape, kind }: Route, query: URLSearchParams, body: Readonly<Record<string, unknown>>): Promise<Reply> {
    const base = this.bases.get(token);
    if (base === undefined) return failure(200, 1254040, 'BaseTokenNotFound');
    if (kind === 'write' && this.writing.has(token)) return failure(200, 1254291, 'Write conflict');
    const problem = bodyProblem(shape, body);
    if (problem !== null) return failure(400, 99992402, `field validation failed: ${problem}`);
    const clientToken = query.get('client_token');
    if (clientToken !== null && this.submitted.has(clientToken)) return failure(403, 1254608, 'Same API requests are submitted repeatedly.');
    if (kind === 'write') this.writing.add(token);
    try {
      if (this.latencyMs > 0) await wait(this.latencyMs);
      const data = run({ base, query, body });
      if (clientToken !== null) this.submitted.add(clientToken);
      return { status: 200, body: { code: 0, msg: 'success', data } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return failure(200, error.code, error.message);
    } finally {
      this.writing.delete(token);
    }
  }

  private isLagging(id: string): boolean {
    const left = this.lagging.get(id) ?? 0;
    if (left > 0) this.lagging.set(id, left - 1);
    return left > 0;
  }

  private routeOf(method: string, path: string): Route | null {
    for (const [own, template, shape, kind, run] of this.routes) {
      if (own !== method) continue;
      const match = new RegExp(`^${PREFIX}/(?<app>\\w+)${template.replaceAll(/\{(\w+)\}/g, '(?<$1>\\w+)')}$`).exec(path);
      if (match === null) continue;
      const { app = '', ...ids } = match.groups ?? {};
      return { base: app, shape, kind, template: `${PREFIX}/{app_token}${template}`, path: template.split('/').slice(template.startsWith('/tables/') ? 3 : 1).join('/'), run: (request) => run(request, ids) };
    }
    return null;
  }

  private readonly routes: readonly [method: string, template: string, shape: Checked, kind: Call['kind'], run: (request: Request, ids: Readonly<Record<string, string>>) => unknown][] = [
    ['GET', '', 'none', 'read', ({ base }): DataOf<V1['app']['get']> & { app: { time_zone: string } } => ({ app: { app_token: base.token, name: base.name, revision: 1, is_advanced: base.isAdvanced, time_zone: base.timeZone } })],
    ['GET', '/roles', 'none', 'read', ({ base, query }): DataOf<V1['appRole']['list']> => {
      if (!base.isAdvanced) throw new Refusal(1254301, 'OperationTypeError');
      return paged(base.roles.map(({ id, name, tables }) => ({ role_id: id, role_name: name, table_roles: tables as { table_perm: number }[] })), query, 30);
    }],
    ['POST', '/roles', 'role', 'write', ({ base, body }): DataOf<V1['appRole']['create']> => {
      if (!base.isAdvanced) throw new Refusal(1254301, 'OperationTypeError');
      const { role_name: name, table_roles: tables } = body as { role_name: string; table_roles: { table_perm: number; table_id: string; field_perm?: Record<string, number> }[] };
      if (base.roles.some((role) => role.name === name)) throw new Refusal(1254033, 'RoleNameDuplicated');
      for (const { table_id, field_perm = {} } of tables) for (const field of Object.keys(field_perm)) base.table(table_id).fieldNamed(field);
      const role = { id: newId('rol'), name, tables };
      base.roles.push(role);
      return { role: { role_id: role.id, role_name: name, table_roles: tables } };
    }],
    ['GET', '/tables', 'none', 'read', ({ base, query }): DataOf<V1['appTable']['list']> => paged(base.tables.map(({ id, name }) => ({ table_id: id, name, revision: 1 })), query, 100)],
    ['POST', '/tables', 'table', 'write', ({ base, body }): DataOf<V1['appTable']['create']> => {
      const { name, default_view_name, fields } = body['table'] as { name: string; default_view_name?: string; fields?: FieldBody[] };
      const table = base.addTable(name);
      for (const field of fields ?? []) table.addField(fieldOf(field));
      table.views.push({ id: newId('vew'), name: default_view_name ?? '表格', type: 'grid', property: null });
      return { table_id: table.id, default_view_id: table.views[0]!.id, field_id_list: table.fields.map(({ id }) => id) };
    }],
    ['GET', '/tables/{table}/fields', 'none', 'read', ({ base, query }, ids): DataOf<V1['appTableField']['list']> => paged(base.table(ids['table']!).fields.map(fieldAnswer) as NonNullable<DataOf<V1['appTableField']['list']>['items']>, query, 100)],
    ['POST', '/tables/{table}/fields', 'field', 'write', ({ base, body }, ids) => ({ field: madeField(base.table(ids['table']!).addField(fieldOf(body as unknown as FieldBody))) })],
    ['PUT', '/tables/{table}/fields/{field}', 'field', 'write', ({ base, body }, ids) => ({ field: madeField(base.table(ids['table']!).replaceField(ids['field']!, fieldOf(body as unknown as FieldBody))) })],
    ['GET', '/tables/{table}/views', 'none', 'read', ({ base, query }, ids): DataOf<V1['appTableView']['list']> => paged(base.table(ids['table']!).views.map(({ id, name, type }) => ({ view_id: id, view_name: name, view_type: type })), query, 100)],
    ['POST', '/tables/{table}/views', 'view', 'write', ({ base, body }, ids): DataOf<V1['appTableView']['create']> => {
      const view = { id: newId('vew'), name: String(body['view_name']), type: String(body['view_type']), property: null };
      base.table(ids['table']!).views.push(view);
      return { view: { view_id: view.id, view_name: view.name, view_type: view.type } };
    }],
    ['PATCH', '/tables/{table}/views/{view}', 'view-filter', 'write', ({ base, body }, ids): DataOf<V1['appTableView']['patch']> => {
      const view = base.table(ids['table']!).views.find(({ id }) => id === ids['view']);
      if (view === undefined) throw new Refusal(1254042, 'ViewIdNotFound');
      view.property = body['property'];
      return { view: { view_id: view.id, view_name: view.name, view_type: view.type } };
    }],
    ['POST', '/tables/{table}/records/search', 'search', 'read', ({ base, query, body }, ids): DataOf<V1['appTableRecord']['search']> => {
      const table = base.table(ids['table']!);
      const { field_names: names, sort } = body as { field_names?: string[]; sort?: { field_name: string; desc?: boolean }[] };
      const fields = names?.map((name) => table.fieldNamed(name)) ?? table.fields;
      const page = paged(sorted(table, sort).filter(({ id }) => !this.isLagging(id)), query, MOST_RECORDS);
      return { ...page, items: page.items.map((record) => recordAnswer(record, fields)) };
    }],
    ['POST', '/tables/{table}/records/batch_get', 'batch-get', 'read', ({ base, body }, ids): DataOf<V1['appTableRecord']['batchGet']> => {
      const table = base.table(ids['table']!);
      const wanted = body['record_ids'] as string[];
      if (wanted.length > MOST_BY_ID) throw new Refusal(1254104, 'RecordAddOnceExceedLimit');
      const known = new Map(table.records.map((record) => [record.id, record]));
      return { records: wanted.flatMap((id) => known.get(id) ?? []).map((record) => recordAnswer(record, table.fields)), forbidden_record_ids: [], absent_record_ids: wanted.filter((id) => !known.has(id)) };
    }],
    ['POST', '/tables/{table}/records/batch_create', 'records', 'write', ({ base, body }, ids): DataOf<V1['appTableRecord']['batchCreate']> => {
      const table = base.table(ids['table']!);
      const taken = rowsOf(table, body);
      if (table.records.length + taken.length > this.mostRows) throw new Refusal(1254103, 'RecordExceedLimit');
      return { records: taken.map(({ values, sent }) => {
        const record = table.add();
        for (const [field, value] of values) table.put(record, field, value);
        if (this.lagReads > 0) this.lagging.set(record.id, this.lagReads);
        return { record_id: record.id, fields: sent };
      }) };
    }],
    ['POST', '/tables/{table}/records/batch_delete', 'record-ids', 'write', ({ base, body }, ids): DataOf<V1['appTableRecord']['batchDelete']> => {
      const table = base.table(ids['table']!);
      const gone = new Set(body['records'] as string[]);
      if (gone.size > MOST_RECORDS) throw new Refusal(1254104, 'RecordAddOnceExceedLimit');
      if ([...gone].some((id) => !table.records.some((record) => record.id === id))) throw new Refusal(1254043, 'RecordIdNotFound');
      table.records = table.records.filter(({ id }) => !gone.has(id));
      return { records: [...gone].map((record_id) => ({ deleted: true, record_id })) };
    }],
    ['POST', '/tables/{table}/records/batch_update', 'records', 'write', ({ base, body }, ids): DataOf<V1['appTableRecord']['batchUpdate']> => {
      const table = base.table(ids['table']!);
      const known = new Map(table.records.map((record) => [record.id, record]));
      const taken = rowsOf(table, body).map((row) => ({ ...row, record: known.get(row.id ?? '') }));
      if (taken.some(({ record }) => record === undefined)) throw new Refusal(1254043, 'RecordIdNotFound');
      return { records: taken.map(({ record, values, sent }) => {
        for (const [field, value] of values) table.put(record!, field, value);
        return { record_id: record!.id, fields: sent };
      }) };
    }],
  ];
}

const PREFIX = '/open-apis/bitable/v1/apps';

interface Route {
  readonly base: string;
  readonly shape: Checked;
  readonly kind: Call['kind'];
  /** As the API's description writes it. */
  readonly template: string;
  readonly path: string;
  readonly run: (request: Request) => unknown;
}

interface FieldBody { readonly field_name: string; readonly type: number; readonly property?: FieldProperty; readonly description?: { readonly text?: string } }

function fieldOf({ field_name, type, property, description }: FieldBody): Omit<ModelField, 'id'> {
  return { name: field_name, type, property: property ?? null, description: description?.text ?? '' };
}

function fieldAnswer({ id, name, type, property, description }: ModelField): Record<string, unknown> {
  return { field_id: id, field_name: name, type, property, is_primary: false, ...(description === '' ? {} : { description }) };
}

/** What a field's making or change answers: its description in parts, where a list has it as one text. */
function madeField(field: ModelField): Record<string, unknown> {
  return { ...fieldAnswer(field), ...(field.description === '' ? {} : { description: { text: field.description, disable_sync: true } }) };
}

function recordAnswer({ id, values }: ModelRecord, fields: readonly ModelField[]): { record_id: string; fields: Record<string, never> } {
  const own: Record<string, unknown> = {};
  for (const field of fields) {
    const value = shown(field, values.get(field.id));
    if (value !== undefined) own[field.name] = value;
  }
  return { record_id: id, fields: own as Record<string, never> };
}

interface TakenRow { readonly id: string | undefined; readonly values: Map<ModelField, ReturnType<typeof take>>; readonly sent: Record<string, never> }

/** All records of a write, checked before any of them is taken in. */
function rowsOf(table: ModelTable, body: Readonly<Record<string, unknown>>): TakenRow[] {
  const records = body['records'] as { record_id?: string; fields: Record<string, never> }[];
  if (records.length > MOST_RECORDS) throw new Refusal(1254104, 'RecordAddOnceExceedLimit');
  return records.map(({ record_id, fields }) => ({ id: record_id, sent: fields, values: new Map(Object.entries(fields).map(([name, value]) => {
    const field = table.fieldNamed(name);
    return [field, take(field, value)];
  })) }));
}

function sorted(table: ModelTable, sort: readonly { readonly field_name: string; readonly desc?: boolean }[] | undefined): ModelRecord[] {
  if (sort === undefined) return table.records;
  return [...table.records].sort((a, b) => {
    for (const { field_name, desc } of sort) {
      const { id } = table.fieldNamed(field_name);
      const [x, y] = [Number(a.values.get(id) ?? 0), Number(b.values.get(id) ?? 0)];
      if (x !== y) return desc === true ? y - x : x - y;
    }
    return 0;
  });
}

function paged<T>(items: readonly T[], query: URLSearchParams, most: number): { items: T[]; has_more: boolean; total: number; page_token?: string } {
  const size = Number(query.get('page_size') ?? 20);
  if (!(size >= 1 && size <= most)) throw new Refusal(99992402, `page_size max ${most}`);
  const from = Number((query.get('page_token') ?? 'p0').slice(1));
  const to = from + size;
  return { items: items.slice(from, to), has_more: to < items.length, total: items.length, ...(to < items.length ? { page_token: `p${to}` } : {}) };
}

function failure(status: number, code: number, msg: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, body: { code, msg }, headers };
}

const TIMEOUT = failure(504, 1255040, 'Request timed out, please try again later.');
const BEFORE: Readonly<Record<string, Reply>> = {
  rate: failure(429, 99991400, 'request trigger frequency limit', { 'x-ogw-ratelimit-reset': '0.001' }), 'rate-400': failure(400, 99991400, 'request trigger frequency limit'),
  conflict: failure(200, 1254291, 'Write conflict'), 'not-ready': failure(400, 1254607, 'Data not ready, please try again later.'), timeout: TIMEOUT,
};

function withoutLast(reply: Reply): Reply {
  const { data } = reply.body as { data: { items: unknown[] } };
  return { ...reply, body: { code: 0, msg: 'success', data: { ...data, items: data.items.slice(0, -1) } } };
}

function answer(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
