import { civilDate, dayOf, momentFromEpoch, SHEETS, type SheetKey } from '#core';
import { OutcomeUnknownError } from '../../feishu/failure.ts';
import { StoreError } from '../store.ts';
import type { BitableApi, NewField, TableInfo } from './bitable-api.ts';
import { FIELD_TYPE, isSelect, isWritable, type BaseField } from './field-types.ts';
import { anchorOf } from './fields.ts';
import type { BaseTable } from './structure.ts';

/** Sheets that grow for as long as an office works: a full table is followed by another, named by the year in which it was begun. */
const ROLLING: ReadonlySet<SheetKey> = new Set<SheetKey>(['history', 'notices']);
const FIRST_VIEW = '全部';

export function isRolling(key: SheetKey): boolean {
  return ROLLING.has(key);
}

/** The tables of a sheet that grows, the oldest first: `流转记录`, `流转记录 2026`, `流转记录 2026-2`. */
export function tablesOfSheet(key: SheetKey, tables: readonly TableInfo[]): TableInfo[] {
  return tables.flatMap((table) => {
    const order = orderOf(key, table.name);
    return order === null ? [] : [{ table, order }];
  }).sort((a, b) => a.order - b.order).map(({ table }) => table);
}

/** Begins the table that follows a full one, unless it was begun already. `full.older` and `full` are the new one's older tables. */
export async function rollOver(api: BitableApi, full: BaseTable): Promise<BaseTable> {
  const { key } = full;
  const older = [...full.older, { id: full.id, name: full.name }];
  const following = async (): Promise<TableInfo | undefined> => tablesOfSheet(key, await api.tables()).find(({ id, name }) => !older.some((one) => one.id === id) && orderOf(key, name)! > (orderOf(key, full.name) ?? 0));
  let next = await following();
  if (next === undefined) {
    const fields = full.fields.filter((field) => anchorOf(field)?.sheet === key).map(copyOf);
    try {
      await api.createTable(nextName(key, full.name), FIRST_VIEW, fields);
    } catch (error) {
      // Whether it is there is looked for next.
      if (!(error instanceof OutcomeUnknownError)) throw error;
    }
    next = await following();
  }
  if (next === undefined) throw new StoreError('unreachable', `「${full.name}」满了,接着用的数据表没有建成:请稍后再运行,已写入的不会重复`);
  return { ...next, key, fields: await api.fields(next.id), older };
}

/** 0 for the first, then by year and number; null for a table that is none of the sheet's. */
function orderOf(key: SheetKey, name: string): number | null {
  const plain = name.normalize('NFKC').trim();
  if (plain === SHEETS[key].name) return 0;
  const [, year, number = '1'] = plain.startsWith(`${SHEETS[key].name} `) ? /^ (\d{4})(?:-(\d{1,3}))?$/.exec(plain.slice(SHEETS[key].name.length)) ?? [] : [];
  return year === undefined ? null : Number(year) * 1000 + Number(number);
}

function nextName(key: SheetKey, last: string): string {
  const { year } = civilDate(dayOf(momentFromEpoch(Date.now())));
  const order = orderOf(key, last) ?? 0;
  const [lastYear, number] = [Math.floor(order / 1000), order % 1000];
  return lastYear < year ? `${SHEETS[key].name} ${year}` : `${SHEETS[key].name} ${lastYear}-${number + 1}`;
}

/** A field for the new table; what Feishu computed in the old one is text in it. */
function copyOf(field: BaseField): NewField {
  const { name, description, type, property } = field;
  if (!isWritable(field)) return { name, description, type: FIELD_TYPE.text, property: null };
  return { name, description, type, property: isSelect(field) ? { options: (property?.options ?? []).map((option) => ({ name: option.name })) } : property };
}
