import { bindColumns, SHEETS, type Cell, type Ground, type RowRef, type Sheet, type SheetKey, type SheetSnapshot, type WorkbookSnapshot } from '#core';
import type { BaseRecord, BitableApi } from './bitable-api.ts';
import { cellFromApi } from './cell-from-api.ts';
import type { BaseField } from './field-types.ts';
import { anchorOf } from './fields.ts';
import { readHome, type HomeTable } from './home-table.ts';
import { heldPersons, type HeldPersons } from './person-fields.ts';
import { loadStructure, type BaseTable, type Structure } from './structure.ts';

/** A base as it was read, and where everything of it is. */
export interface LoadedBase extends Ground {
  readonly structure: Structure;
  readonly tables: ReadonlyMap<SheetSnapshot, BaseTable>;
  /** The full table in which a record lies; records of the tables that are written on have none. */
  readonly olderOf: ReadonlyMap<RowRef, BaseTable>;
  /** Records of each table that is written on, by its id. */
  readonly counts: ReadonlyMap<string, number>;
  readonly homeTable: HomeTable | null;
  /** Of 督办台账, where an office wants persons of Feishu. */
  readonly persons: HeldPersons;
}

/** What was read of a sheet: the records of its table, and of the full ones before it as far as they are wanted. */
export interface ReadTable extends ReadRecords {
  readonly table: BaseTable;
  readonly older: readonly { readonly table: BaseTable; readonly records: readonly BaseRecord[] }[];
}
interface ReadRecords { readonly records: readonly BaseRecord[]; readonly total: number }

/** A base has no row of headers: the fields' names stand for one. */
export const HEADER_REF = 'fields';

/** Reads a base whole; of the tables that only grow, the last page, unless every row is wanted. */
export async function loadBase(api: BitableApi, rows: 'needed' | 'every' = 'needed'): Promise<LoadedBase> {
  const structure = await loadStructure(api);
  const read: ReadTable[] = [];
  for (const table of structure.tables) read.push(await readTable(api, table, rows));
  const home = structure.homeId === null ? null : readHome(structure.homeId, await api.records(structure.homeId));
  return assemble(api.appToken, structure, read, home);
}

/** The records of a sheet that a run needs, or every one. */
export async function readTable(api: BitableApi, table: BaseTable, rows: 'needed' | 'every'): Promise<ReadTable> {
  const readRecords = (one: BaseTable): Promise<ReadRecords> => (rows === 'every' ? everyRecord(api, one) : recordsOf(api, one));
  const own = await readRecords(table);
  // The last row of a table just begun is in the one before.
  const wanted = rows === 'every' || (SHEETS[table.key] as Sheet).tailOnly !== true ? table.older : own.total === 0 ? table.older.slice(-1) : [];
  const older: ReadTable['older'][number][] = [];
  for (const info of wanted) {
    const full: BaseTable = { ...info, key: table.key, fields: await api.fields(info.id), older: [] };
    older.push({ table: full, records: (await readRecords(full)).records });
  }
  return { table, ...own, older };
}

async function everyRecord(api: BitableApi, { id }: BaseTable): Promise<ReadRecords> {
  const records = await api.records(id);
  return { records, total: records.length };
}

/** The records of one table that a run needs. */
async function recordsOf(api: BitableApi, table: BaseTable): Promise<ReadRecords> {
  const order = ORDER_OF_GROWTH[table.key];
  const field = (SHEETS[table.key] as Sheet).tailOnly !== true || order === undefined ? undefined : fieldNameOf(table, order);
  return field === undefined ? everyRecord(api, table) : api.lastRecords(table.id, field);
}

/** The column by which a growing table's last records are found. */
const ORDER_OF_GROWTH: Readonly<Partial<Record<SheetKey, string>>> = { history: 'seq', runs: 'at' };

/** A column's field as people call it now; undefined where it is gone. */
export function fieldNameOf(table: BaseTable, column: string): string | undefined {
  const sheet = sheetOf(table, []);
  const place = bindColumns(sheet, table.key, [])?.columns[column];
  return place === undefined ? undefined : table.fields[place]!.name;
}

/** What was read, as core sees it. */
export function assemble(appToken: string, structure: Structure, read: readonly ReadTable[], homeTable: HomeTable | null): LoadedBase {
  const tables = new Map(read.map(({ table, records, older }) => [sheetOf(table, records, older), table]));
  return {
    structure, tables, homeTable, home: homeTable?.places ?? new Map(),
    olderOf: new Map(read.flatMap(({ older }) => older.flatMap(({ table, records }) => records.map(({ id }) => [id, table] as const)))),
    counts: new Map(read.map(({ table, total }) => [table.id, total])),
    persons: new Map(read.filter(({ table }) => table.key === 'items').flatMap(({ table, records }) => [...heldPersons(table.fields, records)])),
    snapshot: {
      sheets: [...tables.keys()], modifiedAt: null, home: homeTable === null || homeTable.places.size === 0 ? null : homeTable.cells,
      isCopy: homeTable !== null && homeTable.baseToken !== null && homeTable.baseToken !== appToken,
    } satisfies WorkbookSnapshot,
  };
}

/** A table of the contract as core sees it, the rows of full tables before its own, in its own order of columns. */
export function sheetOf(table: BaseTable, records: readonly BaseRecord[], older: ReadTable['older'] = []): SheetSnapshot {
  const { name, key, fields } = table;
  const columnAnchors: Record<string, number> = {};
  fields.forEach((field, place) => {
    const anchor = anchorOf(field);
    if (anchor?.sheet === key && !(anchor.column in columnAnchors)) columnAnchors[anchor.column] = place;
  });
  const header: Cell[] = fields.map((field) => field.name);
  const rowsOf = (own: readonly (BaseField | null)[], list: readonly BaseRecord[]): SheetSnapshot['rows'] => list.map(({ id, fields: values }) => ({ ref: id, cells: own.map((field) => (field === null ? null : cellFromApi(field, values[field.name]))) }));
  return { name, anchor: key, columnAnchors, rows: [{ ref: HEADER_REF, cells: header }, ...older.flatMap((full) => rowsOf(fieldsIn(table, full.table), full.records)), ...rowsOf(fields, records)] };
}

/** For each field of a table the one of another table of the same sheet that holds the same column; null where it has none. */
export function fieldsIn(table: BaseTable, other: BaseTable): (BaseField | null)[] {
  const [own, its] = [table, other].map((one) => bindColumns(sheetOf(one, []), one.key, [])?.columns ?? {});
  const columns = new Map(Object.entries(own!).map(([column, place]) => [place, column]));
  return table.fields.map((_, place) => {
    const found = its![columns.get(place) ?? ''];
    return found === undefined ? null : other.fields[found]!;
  });
}
