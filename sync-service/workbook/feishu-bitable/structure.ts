import { HOME_SHEET_NAME, SHEET_KEYS, SHEETS, type SheetKey } from '#core';
import { StoreError } from '../store.ts';
import type { BitableApi, TableInfo } from './bitable-api.ts';
import type { BaseField } from './field-types.ts';
import { anchorOf } from './fields.ts';
import { isRolling, tablesOfSheet } from './roll-over.ts';

export interface BaseTable {
  readonly id: string;
  readonly name: string;
  readonly key: SheetKey;
  readonly fields: readonly BaseField[];
  /** The full tables before it, of a sheet that grows; the oldest first. */
  readonly older: readonly TableInfo[];
}

export interface Structure {
  readonly name: string;
  readonly timeZone: string;
  /** People turned on roles. */
  readonly isAdvanced: boolean;
  /** The contract's tables that the base has. */
  readonly tables: readonly BaseTable[];
  readonly homeId: string | null;
}

/**
 * Which tables of a base are the contract's: by name, then, for those that people renamed, by the marks of their fields. The
 * fields of other tables are looked at only where one is missing.
 */
export async function loadStructure(api: BitableApi): Promise<Structure> {
  const { name, timeZone, isAdvanced } = await api.info();
  const tables = await api.tables();
  const found = new Map<SheetKey, BaseTable>();
  for (const key of SHEET_KEYS) {
    const own = isRolling(key) ? tablesOfSheet(key, tables) : tables.filter((candidate) => candidate.name.normalize('NFKC').trim() === SHEETS[key].name).slice(0, 1);
    const table = own.at(-1);
    if (table !== undefined) found.set(key, { ...table, key, fields: await api.fields(table.id), older: own.slice(0, -1) });
  }
  requireFirst('notices', found);
  if (found.size < SHEET_KEYS.length) {
    const known = new Set([...found.values()].flatMap(({ id, older }) => [id, ...older.map((one) => one.id)]));
    for (const table of tables) {
      if (known.has(table.id) || table.name === HOME_SHEET_NAME) continue;
      const fields = await api.fields(table.id);
      const key = fields.map(anchorOf).find((anchor) => anchor !== null)?.sheet;
      if (key !== undefined && !found.has(key)) found.set(key, { ...table, key, fields, older: [] });
    }
  }
  return { name, timeZone, isAdvanced, tables: SHEET_KEYS.flatMap((key) => found.get(key) ?? []), homeId: tables.find((table) => table.name === HOME_SHEET_NAME)?.id ?? null };
}

/** Without its first table the rows of 通知 that are in it would count as never sent. */
function requireFirst(key: SheetKey, found: ReadonlyMap<SheetKey, BaseTable>): void {
  const table = found.get(key);
  const { name } = SHEETS[key];
  if (table === undefined || [...table.older, table].some((one) => one.name.normalize('NFKC').trim() === name)) return;
  throw new StoreError('not-set-up', `有「${table.name}」,却没有「${name}」:它多半被改了名,请改回「${name}」;删除了的,请从飞书的历史版本恢复`);
}
