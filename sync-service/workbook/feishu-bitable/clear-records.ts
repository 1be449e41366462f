import { CLEARED_WORDS, HOME_SHEET_NAME, rowName, type ClearedSheet, type Mention, type RowRef, type SheetSnapshot, type WorkbookSnapshot } from '#core';
import { batchesOf, type BitableApi, type FieldsToWrite } from './bitable-api.ts';
import { cellFromApi } from './cell-from-api.ts';
import { valueForApi, type ApiValue } from './cell-to-api.ts';
import { FIELD_TYPE, isSelect, isWritable, typeName, type BaseField } from './field-types.ts';
import { addOptions } from './options.ts';
import { fieldsIn, HEADER_REF, loadBase, type LoadedBase } from './read-snapshot.ts';

/** A base read to its last record, people's own tables and 首页 too. */
export interface WholeBase {
  readonly base: LoadedBase;
  /** The contract's tables and then all others, 首页 field by field. */
  readonly snapshot: WorkbookSnapshot;
  /** The other tables by their names. */
  readonly others: ReadonlyMap<string, OtherTable>;
}
interface OtherTable { readonly id: string; readonly fields: readonly BaseField[] }

export async function loadWholeBase(api: BitableApi): Promise<WholeBase> {
  const base = await loadBase(api, 'every');
  const known = new Set([...base.tables.values()].flatMap(({ id, older }) => [id, ...older.map((one) => one.id)]));
  const others = new Map<string, OtherTable>();
  const sheets: SheetSnapshot[] = [];
  for (const { id, name } of await api.tables()) {
    if (known.has(id)) continue;
    const fields = await api.fields(id);
    const records = await api.records(id);
    const sheet = id === base.structure.homeId ? HOME_SHEET_NAME : name;
    others.set(sheet, { id, fields });
    sheets.push({ name: sheet, anchor: null, columnAnchors: {}, rows: records.map((record) => ({ ref: record.id, cells: fields.map((field) => cellFromApi(field, record.fields[field.name])) })) });
  }
  return { base, others, snapshot: { ...base.snapshot, sheets: [...base.snapshot.sheets, ...sheets] } };
}

/**
 * Takes records and words out of a base for good, table by table in batches. Answers what could not be changed, in sentences. Throws a
 * StoreError, and an OutcomeUnknownError where an answer was lost: then the base is to be read again.
 */
export async function clearRecords(api: BitableApi, whole: WholeBase, sheets: readonly ClearedSheet[]): Promise<string[]> {
  const kept: string[] = [];
  // Names of fields are no records; see namesHolding.
  const inRecords = sheets.map((sheet) => ({ ...sheet, cells: sheet.cells.filter(({ ref }) => ref !== HEADER_REF) }));
  for (const sheet of inRecords) for (const part of partsOf(whole, sheet)) kept.push(...await clearTable(api, part));
  return kept;
}

/** What of a cleared sheet lies in one table. */
interface Part {
  readonly tableId: string;
  /** By the sheet's columns; null where this table lacks one. */
  readonly fields: readonly (BaseField | null)[];
  readonly sheet: ClearedSheet;
}

function partsOf({ base, others }: WholeBase, sheet: ClearedSheet): Part[] {
  const other = others.get(sheet.name);
  if (other !== undefined) return [{ tableId: other.id, fields: other.fields, sheet }];
  const table = [...base.tables].find(([{ name }]) => name === sheet.name)![1];
  const tableOf = (ref: RowRef): typeof table => base.olderOf.get(ref) ?? table;
  return [...new Set([...sheet.rows, ...sheet.cells.map(({ ref }) => ref)].map(tableOf))].map((own): Part => ({
    tableId: own.id, fields: own === table ? table.fields : fieldsIn(table, own),
    sheet: { name: own.name, rows: sheet.rows.filter((ref) => tableOf(ref) === own), cells: sheet.cells.filter(({ ref }) => tableOf(ref) === own) },
  }));
}

async function clearTable(api: BitableApi, { tableId, fields, sheet }: Part): Promise<string[]> {
  const kept: string[] = [];
  const changed = new Map<string, Record<string, ApiValue>>();
  const selects = new Map<BaseField, Set<string>>();
  for (const { ref, column, text } of sheet.cells) {
    const field = fields[column] ?? null;
    if (field === null) continue;
    const value = isWritable(field) ? valueForApi(field, { value: isSelect(field) ? remainingOptions(text) : text, format: null }) : undefined;
    if (value === undefined) {
      kept.push(`「${sheet.name}」${rowName(ref)}的「${field.name}」是「${typeName(field)}」字段,程序改不了:请在飞书里删去`);
      continue;
    }
    changed.set(String(ref), { ...changed.get(String(ref)), [field.name]: value });
    if (field.type === FIELD_TYPE.singleSelect && typeof value === 'string') selects.set(field, new Set([...selects.get(field) ?? [], value]));
  }
  await addOptions(api, tableId, selects);
  const records = [...changed].map(([id, own]): FieldsToWrite => ({ id, fields: own }));
  for (const batch of batchesOf(records)) await api.updateRecords(tableId, batch);
  for (const batch of batchesOf(sheet.rows.map(String))) await api.deleteRecords(tableId, batch);
  return kept;
}

/** Of the options of a cell those that named nothing; the words in the place of the others would become an option. */
function remainingOptions(text: string | null): string | null {
  const rest = (text ?? '').split('、').filter((name) => !name.includes(CLEARED_WORDS));
  return rest.length === 0 ? null : rest.join('、');
}

/** Names of tables, fields and options, and their descriptions, that name the item: people's own words, which no record holds. */
export function namesHolding({ base, others }: WholeBase, mention: Mention): string[] {
  const tables = [...[...base.tables.values()].map(({ name, fields }) => ({ name, fields })), ...[...others].map(([name, { fields }]) => ({ name, fields }))];
  return tables.flatMap(({ name, fields }) => [
    ...(mention.names(name) ? [`数据表的名称「${name}」里有本事项:请改名`] : []),
    ...fields.filter((field) => mention.names([field.name, field.description, ...(field.property?.options ?? []).map((option) => option.name ?? '')].join('\n')))
      .map((field) => `「${name}」的字段「${field.name}」的名称、说明或选项里有本事项:请在飞书里删去`),
  ]);
}
