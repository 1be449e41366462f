import { HOME_SHEET_NAME, SHEET_KEYS, SHEETS, type SheetKey } from '#core';
import type { BitableApi } from './bitable-api.ts';
import type { BaseField } from './field-types.ts';
import { anchorOf } from './fields.ts';

export interface BaseTable {
  readonly id: string;
  readonly name: string;
  readonly key: SheetKey;
  readonly fields: readonly BaseField[];
}

export interface Structure {
  readonly name: string;
  readonly timeZone: string;
  /** The contract's tables that the base has. */
  readonly tables: readonly BaseTable[];
  readonly homeId: string | null;
}

/**
 * Which tables of a base are the contract's: by name, then, for those that people renamed, by the marks of their fields. The
 * fields of other tables are looked at only where one is missing.
 */
export async function loadStructure(api: BitableApi): Promise<Structure> {
  const { name, timeZone } = await api.info();
  const tables = await api.tables();
  const found = new Map<SheetKey, BaseTable>();
  for (const key of SHEET_KEYS) {
    const table = tables.find((candidate) => candidate.name === SHEETS[key].name) ?? tables.find((candidate) => candidate.name.normalize('NFKC').trim() === SHEETS[key].name);
    if (table !== undefined) found.set(key, { ...table, key, fields: await api.fields(table.id) });
  }
  if (found.size < SHEET_KEYS.length) {
    const known = new Set([...found.values()].map(({ id }) => id));
    for (const table of tables) {
      if (known.has(table.id) || table.name === HOME_SHEET_NAME) continue;
      const fields = await api.fields(table.id);
      const key = fields.map(anchorOf).find((anchor) => anchor !== null)?.sheet;
      if (key !== undefined && !found.has(key)) found.set(key, { ...table, key, fields });
    }
  }
  return { name, timeZone, tables: SHEET_KEYS.flatMap((key) => found.get(key) ?? []), homeId: tables.find((table) => table.name === HOME_SHEET_NAME)?.id ?? null };
}
