import {
  bindColumns, columnsOf, HOME_SHEET_NAME, parameterDefinitions, SHEET_KEYS, SHEETS, valueFor, valueOf,
  type Cell, type Policy, type RenderedValue, type Sample, type SheetKey,
} from '#core';
import { StoreError } from '../store.ts';
import { parameterRows } from '../parameter-rows.ts';
import { batchesOf, type BitableApi, type FieldsToWrite } from './bitable-api.ts';
import { valueForApi } from './cell-to-api.ts';
import { isSelect, type BaseField } from './field-types.ts';
import { anchorOf, fieldsOf } from './fields.ts';
import { homeFields, homeKeyOf, missingHomeRecords } from './home-table.ts';
import { addOptions } from './options.ts';
import { personFields, shownColumn } from './person-fields.ts';
import { sheetOf } from './read-snapshot.ts';
import { addRoles } from './roles.ts';
import { loadStructure, type BaseTable } from './structure.ts';

export interface SetUpDone {
  /** What was made, in words for people; empty where the base was whole. */
  readonly made: readonly string[];
}

/** `persons`: fields of 督办台账 that show its people as persons of Feishu, and the view 我的. */
export interface SetUpWishes { readonly persons?: boolean }

const FIRST_VIEW = '全部';
interface ItemView {
  readonly name: string;
  readonly type: 'grid' | 'kanban';
  readonly only?: { readonly column: string; readonly options: readonly string[] } | { readonly column: string; readonly days: string };
}

/** Views of 督办台账. Feishu lets no program group, sort, or say by what a board is split: that stays one click for people. */
const ITEM_VIEWS: readonly ItemView[] = [
  { name: '逾期', type: 'grid', only: { column: 'light', options: ['红'] } },
  { name: '临近到期', type: 'grid', only: { column: 'light', options: ['黄'] } },
  { name: '本周到期', type: 'grid', only: { column: 'deadlineCurrent', days: 'CurrentWeek' } },
  { name: '待审核', type: 'grid', only: { column: 'light', options: ['蓝'] } },
  { name: '按单位', type: 'grid' },
  { name: '看板', type: 'kanban' },
];
/** Feishu lets no program filter a view by who looks at it. */
const OWN_VIEW: ItemView = { name: '我的', type: 'grid' };

/**
 * Gives a base what it lacks of the contract under a policy: tables, fields, options, marks, views, 首页, the rows of 制度参数, and roles where people turned them on.
 * What stands is left as it is, whoever named or moved it. Throws a StoreError where the base was set up for another policy.
 */
export async function setUpBase(api: BitableApi, policy: Policy, sample: Pick<Sample, 'rows'> | null, { persons = false }: SetUpWishes = {}): Promise<SetUpDone> {
  const made: string[] = [];
  const { tables, homeId, name, isAdvanced } = await loadStructure(api);
  const isNew = new Set<SheetKey>();
  for (const key of SHEET_KEYS) {
    const table = tables.find((candidate) => candidate.key === key);
    if (table !== undefined) made.push(...await repairTable(api, table, policy));
    else {
      await api.createTable(SHEETS[key].name, FIRST_VIEW, fieldsOf(key, policy));
      isNew.add(key);
      made.push(`数据表「${SHEETS[key].name}」`);
    }
  }
  made.push(...await setUpHome(api, homeId));
  const whole = new Map((await loadStructure(api)).tables.map((table) => [table.key, table]));
  await addParameters(api, whole.get('parameters')!, policy, name, made);
  for (const [key, rows] of Object.entries(sample?.rows ?? {}) as [SheetKey, readonly Readonly<Record<string, unknown>>[]][]) {
    if (isNew.has(key)) await addRows(api, whole.get(key)!, rows);
  }
  const items = whole.get('items')!;
  if (persons) made.push(...await addPersonFields(api, items));
  made.push(...await addViews(api, items, persons ? [...ITEM_VIEWS, OWN_VIEW] : ITEM_VIEWS));
  if (isAdvanced) made.push(...await addRoles(api, (await loadStructure(api)).tables));
  return { made };
}

async function repairTable(api: BitableApi, table: BaseTable, policy: Policy): Promise<string[]> {
  const made: string[] = [];
  const bound = bindColumns(sheetOf(table, []), table.key, [])?.columns ?? {};
  const options = new Map<BaseField, ReadonlySet<string>>();
  for (const wanted of fieldsOf(table.key, policy)) {
    const column = anchorOf(wanted)!.column;
    const place = bound[column];
    const field = place === undefined ? undefined : table.fields[place]!;
    if (field === undefined) {
      await api.createField(table.id, wanted);
      made.push(`「${table.name}」的字段「${wanted.name}」`);
      continue;
    }
    if (anchorOf(field) === null) {
      await api.updateField(table.id, { ...field, description: `${field.description}${wanted.description}` });
      made.push(`「${table.name}」的字段「${field.name}」的标记`);
    }
    if (isSelect(field)) options.set(field, new Set((wanted.property?.options ?? []).flatMap(({ name }) => name ?? [])));
  }
  await addOptions(api, table.id, options);
  return made;
}

async function setUpHome(api: BitableApi, homeId: string | null): Promise<string[]> {
  const id = homeId ?? await api.createTable(HOME_SHEET_NAME, FIRST_VIEW, homeFields());
  const present = new Set((homeId === null ? [] : await api.records(id)).map(homeKeyOf));
  const missing = missingHomeRecords(present, api.appToken);
  if (missing.length > 0) await api.createRecords(id, missing);
  return homeId === null ? [`数据表「${HOME_SHEET_NAME}」`] : missing.length > 0 ? [`「${HOME_SHEET_NAME}」的 ${missing.length} 行`] : [];
}

/** Adds the parameters that the table lacks; a base of another policy is not turned into one of this. */
async function addParameters(api: BitableApi, table: BaseTable, policy: Policy, baseName: string, made: string[]): Promise<void> {
  const sheet = sheetOf(table, await api.records(table.id));
  const columns = bindColumns(sheet, 'parameters', [])!.columns;
  const present = new Map(sheet.rows.slice(1).map(({ cells }) => [textAt(cells, columns['key']), textAt(cells, columns['value'])]));
  const held = present.get('policy');
  if (held !== undefined && held !== '' && held !== policy.id) throw new StoreError('refused', `多维表格「${baseName}」适用的制度是 ${held},不是 ${policy.id}:要换制度,请另建一个多维表格`);
  const rows = parameterRows(parameterDefinitions(policy)).filter(({ key }) => !present.has(String(key)));
  await addRows(api, table, rows);
  if (rows.length > 0) made.push(`制度参数 ${rows.length} 行`);
}

function textAt(cells: readonly Cell[], place: number | undefined): string {
  const value = place === undefined ? null : valueOf(cells[place] ?? null);
  return typeof value === 'string' ? value.trim() : '';
}

/** Rows by contract key with parsed values, as new records. */
async function addRows(api: BitableApi, table: BaseTable, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
  const columns = bindColumns(sheetOf(table, []), table.key, [])!.columns;
  const records = rows.map((row): FieldsToWrite['fields'] => Object.fromEntries(columnsOf(table.key).flatMap(({ key, type }) => {
    const place = columns[key];
    const value = row[key];
    if (place === undefined || (typeof value !== 'string' && typeof value !== 'number') || value === '') return [];
    const field = table.fields[place]!;
    const sent = valueForApi(field, renderedOf(type, value));
    return sent === undefined ? [] : [[field.name, sent]];
  })));
  for (const batch of batchesOf(records)) await api.createRecords(table.id, batch);
}

function renderedOf(type: Parameters<typeof valueFor>[0], value: string | number): RenderedValue {
  const raw = valueFor(type, value);
  const isDate = type === 'day' || type === 'limit' || type === 'moment';
  return { value: raw, format: isDate && typeof raw === 'number' ? (Number.isInteger(raw) ? 'date' : 'datetime') : null };
}

async function addPersonFields(api: BitableApi, items: BaseTable): Promise<string[]> {
  const present = new Set(items.fields.map(shownColumn));
  const missing = personFields().filter((field) => !present.has(shownColumn(field)));
  for (const field of missing) await api.createField(items.id, field);
  return missing.map(({ name }) => `「${items.name}」的字段「${name}」`);
}

async function addViews(api: BitableApi, items: BaseTable, views: readonly ItemView[]): Promise<string[]> {
  const present = new Set((await api.views(items.id)).map(({ name }) => name));
  const missing = views.filter(({ name }) => !present.has(name));
  for (const { name, type, only } of missing) {
    const view = await api.createView(items.id, name, type);
    const field = only === undefined ? undefined : items.fields.find((candidate) => anchorOf(candidate)?.column === only.column);
    if (field === undefined || only === undefined) continue;
    const values = 'days' in only ? [only.days] : (field.property?.options ?? []).filter((option) => only.options.includes(option.name ?? '')).flatMap(({ id }) => id ?? []);
    if (values.length > 0) await api.filterView(items.id, view, { fieldId: field.id, values });
  }
  return missing.map(({ name }) => `「${items.name}」的视图「${name}」`);
}
