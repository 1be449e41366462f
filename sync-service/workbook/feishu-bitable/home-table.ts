import { dayFromSerial, formatDay, HOME_CELLS, HOME_KEYS, HOME_SHEET_NAME, type Cell, type HomeKey, type RenderedValue, type RowRef, type SheetSnapshot } from '#core';
import type { ApiValue } from './cell-to-api.ts';
import { cellFromApi } from './cell-from-api.ts';
import type { BaseRecord, NewField } from './bitable-api.ts';
import { FIELD_TYPE } from './field-types.ts';

/**
 * 首页 as a table: one record a line of it. Feishu lets no program make a dashboard; people put these lines, and charts of
 * 督办台账, on one of their own.
 */
export const HOME_FIELDS = { label: '项目', shown: '内容', key: '键', held: '原值' } as const;
/** The line that holds the base's own token: in a copy it is another's. */
const IDENTITY = { key: '_base', label: '本多维表格' } as const;
const RATES: ReadonlySet<string> = new Set<HomeKey>(['monthRate', 'lastMonthRate', 'extensionRate']);

export interface HomeTable {
  readonly tableId: string;
  /** One column, the values; its rows are the records. */
  readonly sheet: SheetSnapshot;
  readonly places: ReadonlyMap<string, { readonly sheet: SheetSnapshot; readonly ref: RowRef; readonly column: number }>;
  readonly cells: Readonly<Record<string, Cell>>;
  /** The token of the base that this one was set up as; null where the line is gone. */
  readonly baseToken: string | null;
}

export function homeFields(): NewField[] {
  const note = { label: '', shown: '由程序填写,手工改动会被恢复。', key: '程序凭它认出各行,请勿改动。', held: '程序用,请勿改动。' } as const;
  return (Object.keys(HOME_FIELDS) as (keyof typeof HOME_FIELDS)[]).map((key) => ({ name: HOME_FIELDS[key], type: FIELD_TYPE.text, property: null, description: note[key] }));
}

/** The lines that 首页 lacks. */
export function missingHomeRecords(present: ReadonlySet<string>, appToken: string): Record<string, ApiValue>[] {
  const lines = [...HOME_KEYS.map((key) => ({ key, label: HOME_CELLS[key], shown: '' })), { ...IDENTITY, shown: appToken }];
  return lines.filter(({ key }) => !present.has(key)).map(({ key, label, shown }) => ({
    [HOME_FIELDS.label]: label, [HOME_FIELDS.key]: key, ...(shown === '' ? {} : { [HOME_FIELDS.shown]: shown }),
  }));
}

export function homeKeyOf(record: BaseRecord): string {
  return textOf(record, HOME_FIELDS.key);
}

export function readHome(tableId: string, records: readonly BaseRecord[]): HomeTable {
  const known = new Map<string, BaseRecord>();
  for (const record of records) if (!known.has(homeKeyOf(record))) known.set(homeKeyOf(record), record);
  const lines = HOME_KEYS.flatMap((key) => {
    const record = known.get(key);
    return record === undefined ? [] : [{ key, ref: record.id, cell: cellOf(key, record) }];
  });
  const sheet: SheetSnapshot = { name: HOME_SHEET_NAME, anchor: null, columnAnchors: {}, rows: lines.map(({ ref, cell }) => ({ ref, cells: [cell] })) };
  const identity = known.get(IDENTITY.key);
  return {
    tableId, sheet,
    places: new Map(lines.map(({ key, ref }) => [key, { sheet, ref, column: 0 }])),
    cells: Object.fromEntries(lines.map(({ key, cell }) => [key, cell])),
    baseToken: identity === undefined ? null : textOf(identity, HOME_FIELDS.shown).trim(),
  };
}

/** What a line is sent: the words that people read, and the value behind them. */
export function homeFieldsToWrite(home: HomeTable, ref: RowRef, { value }: RenderedValue): Record<string, ApiValue> {
  const key = [...home.places].find(([, place]) => place.ref === ref)![0];
  return { [HOME_FIELDS.shown]: value === null ? null : shownAs(key, value), [HOME_FIELDS.held]: value === null ? null : JSON.stringify(value) };
}

/** The value behind a line, unless its words are no longer that value's. */
function cellOf(key: string, record: BaseRecord): Cell {
  const shown = textOf(record, HOME_FIELDS.shown);
  const held = textOf(record, HOME_FIELDS.held);
  const value: unknown = /^(-?[\d.]+(e-?\d+)?|".*")$/s.test(held) ? JSON.parse(held) : null;
  const isOwn = (typeof value === 'string' || typeof value === 'number') && shownAs(key, value) === shown;
  return isOwn ? value : shown === '' ? null : shown;
}

function shownAs(key: string, value: string | number): string {
  if (typeof value === 'string') return value;
  if (key === 'dataAsOf') return formatDay(dayFromSerial(value));
  return RATES.has(key) ? `${Number((value * 100).toFixed(2))}%` : String(value);
}

function textOf({ fields }: BaseRecord, name: string): string {
  const cell = cellFromApi({ type: FIELD_TYPE.text, property: null }, fields[name]);
  return typeof cell === 'string' ? cell : '';
}
