import { bindColumns, SHEETS, type Cell, type Ground, type Sheet, type SheetKey, type SheetSnapshot, type WorkbookSnapshot } from '#core';
import type { BaseRecord, BitableApi } from './bitable-api.ts';
import { cellFromApi } from './cell-from-api.ts';
import { anchorOf } from './fields.ts';
import { readHome, type HomeTable } from './home-table.ts';
import { loadStructure, type BaseTable, type Structure } from './structure.ts';

/** A base as it was read, and where everything of it is. */
export interface LoadedBase extends Ground {
  readonly structure: Structure;
  readonly tables: ReadonlyMap<SheetSnapshot, BaseTable>;
  readonly homeTable: HomeTable | null;
}

/** A base has no row of headers: the fields' names stand for one. */
const HEADER_REF = 'fields';

/** Reads a base whole; of the tables that only grow, the last page, unless every row is wanted. */
export async function loadBase(api: BitableApi, rows: 'needed' | 'every' = 'needed'): Promise<LoadedBase> {
  const structure = await loadStructure(api);
  const read: [BaseTable, readonly BaseRecord[]][] = [];
  for (const table of structure.tables) read.push([table, rows === 'every' ? await api.records(table.id) : await recordsOf(api, table)]);
  const home = structure.homeId === null ? null : readHome(structure.homeId, await api.records(structure.homeId));
  return assemble(api.appToken, structure, read, home);
}

/** The records of a table that a run needs. */
export async function recordsOf(api: BitableApi, table: BaseTable): Promise<BaseRecord[]> {
  const order = ORDER_OF_GROWTH[table.key];
  const field = (SHEETS[table.key] as Sheet).tailOnly !== true || order === undefined ? undefined : fieldNameOf(table, order);
  return field === undefined ? api.records(table.id) : api.lastRecords(table.id, field);
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
export function assemble(appToken: string, structure: Structure, read: readonly (readonly [BaseTable, readonly BaseRecord[]])[], homeTable: HomeTable | null): LoadedBase {
  const tables = new Map(read.map(([table, records]) => [sheetOf(table, records), table]));
  return {
    structure, tables, homeTable, home: homeTable?.places ?? new Map(),
    snapshot: {
      sheets: [...tables.keys()], modifiedAt: null, home: homeTable === null || homeTable.places.size === 0 ? null : homeTable.cells,
      isCopy: homeTable !== null && homeTable.baseToken !== null && homeTable.baseToken !== appToken,
    } satisfies WorkbookSnapshot,
  };
}

/** A table of the contract as core sees it. */
export function sheetOf({ name, key, fields }: BaseTable, records: readonly BaseRecord[]): SheetSnapshot {
  const columnAnchors: Record<string, number> = {};
  fields.forEach((field, place) => {
    const anchor = anchorOf(field);
    if (anchor?.sheet === key && !(anchor.column in columnAnchors)) columnAnchors[anchor.column] = place;
  });
  const header: Cell[] = fields.map((field) => field.name);
  return { name, anchor: key, columnAnchors, rows: [{ ref: HEADER_REF, cells: header }, ...records.map(({ id, fields: values }) => ({ ref: id, cells: fields.map((field) => cellFromApi(field, values[field.name])) }))] };
}
