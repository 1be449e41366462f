import { randomUUID } from 'node:crypto';
import { StoreError } from '../store.ts';
import type { ApiValue } from './cell-to-api.ts';
import type { Answer, CallKind, FeishuClient } from '../../feishu/client.ts';
import { FeishuFailure } from '../../feishu/failure.ts';
import { storeErrorOf } from './api-errors.ts';
import type { BaseField, FieldProperty } from './field-types.ts';
import { OwnWrites } from './own-writes.ts';

/** Most records of a page, and of one call that writes. */
export const RECORDS_PER_CALL = 500;
/** Most records that are asked for by their ids. */
export const RECORDS_BY_ID = 100;
const LISTED_PER_CALL = 100;
const ROLES_PER_CALL = 30;
/** Feishu's own error still names this number; what a base really takes depends on what the office pays for. */
const MOST_ROWS = 20_000;
/** How often a table that changes while its pages are read is read anew. */
const MOST_LOOKS = 3;

/** `isAdvanced`: people turned on roles. */
export interface BaseInfo { readonly name: string; readonly timeZone: string; readonly isAdvanced: boolean }
export type TableRole = NonNullable<NonNullable<Parameters<FeishuClient['sdk']['bitable']['v1']['appRole']['create']>[0]>['data']>['table_roles'][number];
export interface TableInfo { readonly id: string; readonly name: string }
export interface BaseRecord { readonly id: string; readonly fields: Readonly<Record<string, unknown>> }
export interface FieldsToWrite { readonly id: string; readonly fields: Readonly<Record<string, ApiValue>> }
export interface NewField { readonly name: string; readonly type: number; readonly property: FieldProperty | null; readonly description: string }
export interface ViewInfo { readonly id: string; readonly name: string }
export interface ViewFilter { readonly fieldId: string; /** Ids of options, or Feishu's word for days (`CurrentWeek`). */ readonly values: readonly string[] }

/** One base as the store uses it. Whatever is listed is listed to its end, or the call fails: a lost page never looks like deleted rows. */
export interface BitableApi {
  readonly appToken: string;
  /** What this process wrote lately, to know its echo among events. */
  readonly own: OwnWrites;
  /** Records after which a sheet that grows goes on in another table. */
  readonly mostRows: number;
  info(): Promise<BaseInfo>;
  tables(): Promise<TableInfo[]>;
  fields(tableId: string): Promise<BaseField[]>;
  /** All records; of the fields named, or of all. */
  records(tableId: string, fieldNames?: readonly string[]): Promise<BaseRecord[]>;
  /** At most one page of those that come last by a field, the last one last, and how many there are in all. */
  lastRecords(tableId: string, byField: string): Promise<{ readonly records: BaseRecord[]; readonly total: number }>;
  /** Those of the records that are still there. */
  recordsById(tableId: string, ids: readonly string[]): Promise<BaseRecord[]>;
  /** All of at most RECORDS_PER_CALL, or none; carried out once, even where an answer is lost. Answers their ids, none where the answer was lost. */
  createRecords(tableId: string, records: readonly FieldsToWrite['fields'][]): Promise<string[]>;
  /** All of at most RECORDS_PER_CALL, or none. Throws an OutcomeUnknownError where the answer was lost. */
  updateRecords(tableId: string, records: readonly FieldsToWrite[]): Promise<void>;
  /** All of at most RECORDS_PER_CALL, or none. Throws an OutcomeUnknownError where the answer was lost. */
  deleteRecords(tableId: string, ids: readonly string[]): Promise<void>;
  createTable(name: string, firstView: string, fields: readonly NewField[]): Promise<string>;
  createField(tableId: string, field: NewField): Promise<void>;
  /** Replaces a field's settings whole. */
  updateField(tableId: string, field: BaseField): Promise<void>;
  views(tableId: string): Promise<ViewInfo[]>;
  createView(tableId: string, name: string, type: 'grid' | 'kanban'): Promise<string>;
  /** Shows only records with one of some options in a field. */
  filterView(tableId: string, viewId: string, filter: ViewFilter): Promise<void>;
  /** The names of the roles. */
  roles(): Promise<string[]>;
  createRole(name: string, tables: readonly TableRole[]): Promise<void>;
  /** Has Feishu tell the app of changes in the base; more than once does no harm. */
  subscribe(): Promise<void>;
}

interface Page<T> { readonly items?: readonly T[] | null | undefined; readonly has_more?: boolean | undefined; readonly page_token?: string | undefined; readonly total?: number | undefined }

/** Records in as many calls as they need. */
export function batchesOf<T>(records: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(records.length / RECORDS_PER_CALL) }, (_, index) => records.slice(index * RECORDS_PER_CALL, (index + 1) * RECORDS_PER_CALL));
}

/** `own` learns what is written. */
export function openBitableApi(client: FeishuClient, appToken: string, own: OwnWrites = new OwnWrites(Date.now), mostRows = MOST_ROWS): BitableApi {
  requireId(appToken);
  const { bitable: { v1 } } = client.sdk;
  const base = { app_token: appToken };
  const table = (id: string): { app_token: string; table_id: string } => ({ ...base, table_id: requireId(id) });
  const call = async <T>(kind: CallKind, send: () => Promise<Answer<T>>, load = 0): Promise<T | null> => {
    try {
      return await client.call(appToken, kind, send, load);
    } catch (error) {
      throw error instanceof FeishuFailure ? storeErrorOf(error, appToken) : error;
    }
  };
  const read = async <T>(send: () => Promise<Answer<T>>): Promise<T> => required(await call('read', send));
  const create = <T>(send: (token: string) => Promise<Answer<T>>, load = 0): Promise<T | null> => {
    const token = randomUUID();
    return call('create', () => send(token), load);
  };

  async function search(tableId: string, names: readonly string[] | undefined): Promise<BaseRecord[]> {
    const path = table(tableId);
    const data = names === undefined ? {} : { field_names: [...names] };
    return (await listed((token) => read(() => v1.appTableRecord.search({ path, data, params: { page_size: RECORDS_PER_CALL, ...token } })), ({ record_id }) => record_id)).map(recordOf);
  }

  /** Feishu may answer from where a record made just now has not come yet: it is waited for, unless people took it out. */
  async function caughtUp<T>(tableId: string, kind: 'whole' | 'end', look: () => Promise<T>, recordsIn: (found: T) => readonly BaseRecord[]): Promise<T> {
    for (let looks = 1; ; looks += 1) {
      const found = await look();
      if (looks === MOST_LOOKS || !own.isBehind(tableId, new Set(recordsIn(found).map(({ id }) => id)), kind)) return found;
      await client.pause();
    }
  }

  return {
    appToken, own, mostRows,
    async info() {
      const { app } = await read(() => v1.app.get({ path: base }));
      // The client's own types don't know the zone yet; the open platform's description does.
      return { name: app?.name ?? '', timeZone: (app as { time_zone?: string } | undefined)?.time_zone ?? '', isAdvanced: app?.is_advanced === true };
    },
    async tables() {
      const found = await listed((token) => read(() => v1.appTable.list({ path: base, params: { page_size: LISTED_PER_CALL, ...token } })), ({ table_id }) => table_id);
      return found.map(({ table_id, name }) => ({ id: requireId(table_id), name: name ?? '' }));
    },
    async fields(tableId) {
      const path = table(tableId);
      const found = await listed((token) => read(() => v1.appTableField.list({ path, params: { page_size: LISTED_PER_CALL, text_field_as_array: false, ...token } })), ({ field_id }) => field_id);
      return found.map(({ field_id, field_name, type, property, description }) => ({
        id: requireId(field_id), name: field_name, type, property: (property ?? null) as FieldProperty | null, description: typeof description === 'string' ? description : '',
      }));
    },
    records: (tableId, names) => caughtUp(tableId, 'whole', () => search(tableId, names), (records) => records),
    async lastRecords(tableId, byField) {
      const path = table(tableId);
      return caughtUp(tableId, 'end', async () => {
        const page = await read(() => v1.appTableRecord.search({ path, data: { sort: [{ field_name: byField, desc: true }] }, params: { page_size: RECORDS_PER_CALL } }));
        const records = (page.items ?? []).map(recordOf).reverse();
        return { records, total: page.total ?? records.length };
      }, ({ records }) => records);
    },
    async recordsById(tableId, ids) {
      const found: BaseRecord[] = [];
      const path = table(tableId);
      for (let from = 0; from < ids.length; from += RECORDS_BY_ID) {
        const record_ids = ids.slice(from, from + RECORDS_BY_ID).map(requireId);
        const { records = [] } = await read(() => v1.appTableRecord.batchGet({ path, data: { record_ids } }));
        found.push(...records.map(recordOf));
      }
      return found;
    },
    async createRecords(tableId, records) {
      const path = table(tableId);
      const data = { records: records.map((fields) => ({ fields: { ...fields } as RecordFields })) };
      const answer = await create((client_token) => v1.appTableRecord.batchCreate({ path, data, params: { client_token } }), records.length / RECORDS_PER_CALL);
      requireAll(answer === null ? records.length : answer.records?.length, records.length);
      const ids = (answer?.records ?? []).map(({ record_id }) => requireId(record_id));
      own.noteMade(tableId, ids);
      return ids;
    },
    async updateRecords(tableId, records) {
      const path = table(tableId);
      const data = { records: records.map(({ id, fields }) => ({ record_id: requireId(id), fields: { ...fields } as RecordFields })) };
      const answer = await call('update', () => v1.appTableRecord.batchUpdate({ path, data }), records.length / RECORDS_PER_CALL);
      requireAll(answer?.records?.length, records.length);
    },
    async deleteRecords(tableId, ids) {
      const path = table(tableId);
      const answer = await call('update', () => v1.appTableRecord.batchDelete({ path, data: { records: ids.map(requireId) } }), ids.length / RECORDS_PER_CALL);
      requireAll(answer?.records?.length, ids.length);
      own.noteGone(tableId, ids);
    },
    async createTable(name, firstView, fields) {
      const data = { table: { name, default_view_name: firstView, fields: fields.map((field) => ({ ...fieldBody(field) })) } } as unknown as TableBody;
      const answer = await call('update', () => v1.appTable.create({ path: base, data }));
      return requireId(answer?.table_id);
    },
    async createField(tableId, field) {
      await create((client_token) => v1.appTableField.create({ path: table(tableId), data: fieldBody(field), params: { client_token } }));
    },
    async updateField(tableId, field) {
      await call('update', () => v1.appTableField.update({ path: { ...table(tableId), field_id: requireId(field.id) }, data: fieldBody(field) }));
    },
    async views(tableId) {
      const path = table(tableId);
      const found = await listed((token) => read(() => v1.appTableView.list({ path, params: { page_size: LISTED_PER_CALL, ...token } })), ({ view_id }) => view_id);
      return found.map(({ view_id, view_name }) => ({ id: requireId(view_id), name: view_name ?? '' }));
    },
    async createView(tableId, name, type) {
      const answer = await call('update', () => v1.appTableView.create({ path: table(tableId), data: { view_name: name, view_type: type } }));
      return requireId(answer?.view?.view_id);
    },
    async filterView(tableId, viewId, { fieldId, values }) {
      const conditions = [{ field_id: fieldId, operator: 'is' as const, value: JSON.stringify(values) }];
      await call('update', () => v1.appTableView.patch({
        path: { ...table(tableId), view_id: requireId(viewId) }, data: { property: { filter_info: { conjunction: values.length > 1 ? 'or' : 'and', conditions } } },
      }));
    },
    async roles() {
      const found = await listed((token) => read(() => v1.appRole.list({ path: base, params: { page_size: ROLES_PER_CALL, ...token } })), ({ role_id }) => role_id);
      return found.map(({ role_name }) => role_name);
    },
    async createRole(role_name, tables) {
      await call('update', () => v1.appRole.create({ path: base, data: { role_name, table_roles: [...tables] } }));
    },
    async subscribe() {
      await call('read', () => client.sdk.drive.v1.file.subscribe({ path: { file_token: appToken }, params: { file_type: 'bitable' } }));
    },
  };
}

type RecordFields = NonNullable<NonNullable<Parameters<FeishuClient['sdk']['bitable']['v1']['appTableRecord']['batchCreate']>[0]>['data']>['records'][number]['fields'];
type TableBody = NonNullable<NonNullable<Parameters<FeishuClient['sdk']['bitable']['v1']['appTable']['create']>[0]>['data']>;
type FieldBody = NonNullable<NonNullable<Parameters<FeishuClient['sdk']['bitable']['v1']['appTableField']['create']>[0]>['data']>;

function fieldBody({ name, type, property, description }: NewField): FieldBody {
  return { field_name: name, type, ...(property === null ? {} : { property }), ...(description === '' ? {} : { description: { text: description, disable_sync: true } }) } as unknown as FieldBody;
}

/**
 * Every item of a list, page by page; once more from the start where its total moved or doesn't agree with what came.
 * The client's own iterators end at an error as at the last page: they are not used.
 */
async function listed<T>(pageAt: (token: { page_token?: string }) => Promise<Page<T>>, idOf: (item: T) => string | undefined): Promise<T[]> {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const found = new Map<string, T>();
    const totals = new Set<number | undefined>();
    let token: string | undefined;
    for (let isMore = true; isMore;) {
      const page: Page<T> = await pageAt(token === undefined ? {} : { page_token: token });
      for (const item of page.items ?? []) found.set(idOf(item) ?? '', item);
      totals.add(page.total);
      isMore = page.has_more === true && page.page_token !== undefined && page.page_token !== token;
      token = page.page_token;
    }
    if (totals.size === 1 && totals.has(found.size)) return [...found.values()];
  }
  throw new StoreError('changed-meanwhile', '多维表格在读取期间一再变动,各页的合计对不上:程序会重新读取并计划');
}

function recordOf({ record_id, fields }: { record_id?: string | undefined; fields: Readonly<Record<string, unknown>> }): BaseRecord {
  return { id: requireId(record_id), fields };
}

/** The client puts ids into addresses as they are. */
function requireId(id: string | undefined): string {
  if (id === undefined || !/^[A-Za-z0-9_]+$/.test(id)) throw new StoreError('refused', `飞书编号只有字母和数字,这里是「${id ?? ''}」`);
  return id;
}

function required<T>(data: T | null): T {
  if (data === null) throw new StoreError('refused', '飞书答复成功,却没有内容:请稍后再试');
  return data;
}

/** A write is whole or not at all: another count means that this is not the answer to it. */
function requireAll(answered: number | undefined, sent: number): void {
  if (answered !== sent) throw new StoreError('refused', `飞书答复写入了 ${answered ?? 0} 条记录,应为 ${sent} 条:请核对后再运行`);
}
