import { locateChanges, SHEETS, type CellWrite, type Change, type Conflict, type LocatedSheet, type RenderedValue, type RowRef, type Sheet, type SheetKey } from '#core';
import { StoreError, type ApplyResult } from '../store.ts';
import { OutcomeUnknownError } from '../../feishu/failure.ts';
import { batchesOf, RECORDS_BY_ID, RECORDS_PER_CALL, type BaseRecord, type BitableApi, type FieldsToWrite } from './bitable-api.ts';
import { valueForApi, type ApiValue } from './cell-to-api.ts';
import { isSelect, isWritable, typeName, type BaseField } from './field-types.ts';
import { homeFieldsToWrite, readHome } from './home-table.ts';
import { addOptions } from './options.ts';
import { assemble, fieldNameOf, fieldsIn, readTable, type LoadedBase, type ReadTable } from './read-snapshot.ts';
import { isRolling, rollOver } from './roll-over.ts';
import type { BaseTable } from './structure.ts';

/** How often what remains is looked at anew after a write whose answer was lost. */
const MOST_LOOKS = 5;

/**
 * Writes a plan that was made from `seen`: reads the records concerned once more, keeps what still fits, and sends it table by
 * table in the plan's order, at most RECORDS_PER_CALL records at a time. Feishu knows no precondition: what people write in
 * the moments between is found by the next run. New records bear a client token and are never made twice; changes whose
 * answer was lost are looked at again before anything more is sent.
 */
export async function applyChanges(api: BitableApi, seen: LoadedBase, changes: readonly Change[]): Promise<ApplyResult> {
  let open: readonly Change[] = changes;
  const conflicts = new Set<Conflict>();
  let written = 0;
  for (let look = 1; open.length > 0; look += 1) {
    const ground = await reload(api, seen, open);
    const located = locateChanges(ground, open);
    const parts = located.sheets.flatMap((sheet) => partsOf(ground, seen, sheet));
    const refused = new Set(located.conflicts.map(({ change }) => change));
    const done = new Set<Change>();
    try {
      for (const { tableId, selects } of parts) await addOptions(api, tableId, selects);
      for (const step of stepsOf(open)) {
        for (const part of parts) if (part.key === step.key) await send(api, part, step.kind);
        for (const change of open) if (isOf(change, step)) done.add(change);
      }
    } catch (error) {
      if (!(error instanceof OutcomeUnknownError)) throw error;
      if (look === MOST_LOOKS) throw new StoreError('unreachable', `飞书没有答复写入是否成功(${error.message}),多次核对后仍不能继续:请稍后再运行,已写入的不会重复`);
    }
    for (const conflict of located.conflicts) if (done.has(conflict.change)) conflicts.add(conflict);
    written += done.size === open.length ? located.written : [...done].filter((change) => !refused.has(change)).length;
    open = open.filter((change) => !done.has(change));
  }
  return { written, conflicts: [...conflicts], state: written > 0 ? 'saved' : 'unchanged' };
}

type StepKey = SheetKey | 'home';
interface Step { readonly key: StepKey; readonly kind: 'cell' | 'append' }

/** Tables in the order in which the plan first names them, its changes apart from its new rows. */
function stepsOf(changes: readonly Change[]): Step[] {
  const steps: Step[] = [];
  for (const change of changes) if (!steps.some((step) => isOf(change, step))) steps.push({ key: keyOf(change), kind: change.kind === 'append' ? 'append' : 'cell' });
  return steps;
}

function isOf(change: Change, { key, kind }: Step): boolean {
  return keyOf(change) === key && (change.kind === 'append') === (kind === 'append');
}

function keyOf(change: Change): StepKey {
  return change.kind === 'home' ? 'home' : change.sheet;
}

/** What of one table is to be sent. */
interface Part {
  readonly key: StepKey;
  readonly tableId: string;
  /** Null of 首页, which is the program's alone. */
  readonly fields: readonly BaseField[] | null;
  readonly changed: readonly FieldsToWrite[];
  readonly added: readonly FieldsToWrite['fields'][];
  /** The select fields among those written, with the options they are to hold. */
  readonly selects: ReadonlyMap<BaseField, ReadonlySet<string>>;
  /** Of a table that goes on in another one: how many records it had. */
  readonly grows: { readonly table: BaseTable; readonly count: number } | null;
}

/** What of a sheet is to be sent to its table, and to the full ones before it. */
function partsOf(ground: LoadedBase, seen: LoadedBase, located: LocatedSheet): Part[] {
  const { homeTable } = ground;
  if (located.sheet === homeTable?.sheet) {
    const changed = [...located.cells].map(([ref, cells]) => ({ id: String(ref), fields: homeFieldsToWrite(homeTable, ref, cells.get(0)!) }));
    return [{ key: 'home', tableId: homeTable.tableId, fields: null, changed, added: [], selects: new Map(), grows: null }];
  }
  const table = ground.tables.get(located.sheet)!;
  const byTable = new Map<BaseTable, [RowRef, ReadonlyMap<number, RenderedValue>][]>([[table, []]]);
  for (const [ref, cells] of located.cells) {
    const own = ground.olderOf.get(ref) ?? table;
    const rows = byTable.get(own);
    if (rows === undefined) byTable.set(own, [[ref, cells]]);
    else rows.push([ref, cells]);
  }
  return [...byTable].map(([own, rows]): Part => {
    const fields = own === table ? table.fields : fieldsIn(table, own);
    const selects = new Map<BaseField, Set<string>>();
    return {
      key: table.key, tableId: own.id, fields: own.fields, selects,
      changed: rows.map(([ref, cells]) => ({ id: String(ref), fields: fieldsToSend(own, fields, cells, false, selects) })),
      added: own === table ? located.appended.map((cells) => fieldsToSend(own, fields, cells, true, selects)) : [],
      grows: own === table && isRolling(table.key) ? { table, count: seen.counts.get(table.id) ?? 0 } : null,
    };
  });
}

/** `fields`: by place; null where the table has no such column. What is written into select fields is noted in `selects`. */
function fieldsToSend({ name: tableName }: BaseTable, fields: readonly (BaseField | null)[], cells: ReadonlyMap<number, RenderedValue>, isNew: boolean, selects: Map<BaseField, Set<string>>): Record<string, ApiValue> {
  const sent: Record<string, ApiValue> = {};
  for (const [place, value] of cells) {
    const field = fields[place] ?? null;
    // What Feishu computes itself it also fills in a new record.
    if (field === null || (isNew && !isWritable(field))) continue;
    const own = valueForApi(field, value);
    if (own === undefined) throw new StoreError('refused', `「${tableName}」的字段「${field.name}」被改成了「${typeName(field)}」类型,程序写不进「${String(value.value)}」:请把字段类型改回来`);
    sent[field.name] = own;
    if (isSelect(field) && own !== null) selects.set(field, new Set([...selects.get(field) ?? [], ...(Array.isArray(own) ? own as readonly string[] : [own as string])]));
  }
  return sent;
}

async function send(api: BitableApi, { tableId, fields, changed, added, grows }: Part, kind: Step['kind']): Promise<void> {
  if (kind === 'cell') {
    for (const batch of batchesOf(changed)) {
      // Before: the echo may come before the answer.
      for (const record of batch) api.own.note(tableId, record.id, fields, record.fields);
      await api.updateRecords(tableId, batch);
    }
    return;
  }
  if (grows !== null) {
    await grow(api, grows, added);
    return;
  }
  for (const batch of batchesOf(added)) noteNew(api, tableId, fields, await api.createRecords(tableId, batch), batch);
}

/** Adds records to a table that goes on in another one where it is full. */
async function grow(api: BitableApi, { table: first, count: before }: NonNullable<Part['grows']>, added: Part['added']): Promise<void> {
  let [table, count] = [first, before];
  for (let from = 0; from < added.length;) {
    const batch = added.slice(from, from + Math.max(0, Math.min(RECORDS_PER_CALL, api.mostRows - count)));
    const ids = batch.length === 0 ? null : await unlessFull(() => api.createRecords(table.id, batch));
    if (ids === null) {
      if (count === 0) throw new StoreError('too-large', `「${table.name}」是新建的,飞书却不再收记录:请按 docs/feishu.md「表满了怎么办」处理`);
      [table, count] = [await rollOver(api, table), 0];
      continue;
    }
    noteNew(api, table.id, table.fields, ids, batch);
    count += batch.length;
    from += batch.length;
  }
}

/** Null where Feishu says that the table is full. */
async function unlessFull(create: () => Promise<string[]>): Promise<string[] | null> {
  try {
    return await create();
  } catch (error) {
    if (error instanceof StoreError && error.code === 'too-large') return null;
    throw error;
  }
}

function noteNew(api: BitableApi, tableId: string, fields: readonly BaseField[] | null, ids: readonly string[], batch: Part['added']): void {
  ids.forEach((id, place) => { api.own.note(tableId, id, fields, batch[place]!); });
}

/** The records that some changes look at, as they stand now; other records of the tables are left out. */
async function reload(api: BitableApi, seen: LoadedBase, changes: readonly Change[]): Promise<LoadedBase> {
  const read: ReadTable[] = [];
  for (const [sheet, table] of seen.tables) {
    const own = changes.filter((change) => keyOf(change) === table.key);
    if (own.length > 0) read.push(await tableConcerned(api, seen, table, new Set(sheet.rows.slice(1).map(({ ref }) => ref)), own));
  }
  const { homeTable } = seen;
  const isHomeConcerned = homeTable !== null && changes.some(({ kind }) => kind === 'home');
  const home = isHomeConcerned ? readHome(homeTable.tableId, await api.records(homeTable.tableId)) : homeTable;
  return assemble(api.appToken, seen.structure, read, home);
}

/** The records themselves where they are few; else, or where a new record's number must be none of the table's, the columns concerned of all. */
async function tableConcerned(api: BitableApi, { olderOf }: LoadedBase, table: BaseTable, seen: ReadonlySet<RowRef>, changes: readonly Change[]): Promise<ReadTable> {
  const cells = changes.filter((change): change is CellWrite => change.kind === 'cell');
  const refs = new Set(cells.map(({ row }) => row.ref));
  const { id, tailOnly } = SHEETS[table.key] as Sheet;
  const hasNewIds = id !== null && changes.some(({ kind }) => kind === 'append');
  if (tailOnly === true) return hasNewIds ? readTable(api, table, 'needed') : { table, records: [], total: 0, older: [] };
  const isFew = Math.ceil(refs.size / RECORDS_BY_ID) <= Math.ceil(seen.size / RECORDS_PER_CALL) && !hasNewIds && [...refs].every((ref) => seen.has(ref));
  const columns = [...(id === null ? [] : [id]), ...cells.map(({ column }) => column)];
  const read = async (one: BaseTable): Promise<BaseRecord[]> => {
    const own = [...refs].filter((ref) => (olderOf.get(ref) ?? table).id === one.id).map(String);
    if (isFew) return own.length === 0 ? [] : api.recordsById(one.id, own);
    return api.records(one.id, [...new Set(columns)].flatMap((column) => fieldNameOf(one, column) ?? []));
  };
  const records = await read(table);
  const older: ReadTable['older'][number][] = [];
  for (const full of new Set(olderOf.values())) if (full.key === table.key) older.push({ table: full, records: await read(full) });
  return { table, records, total: records.length, older };
}
