import { columnsOf, findSheet, parseSheet, type Addressee, type WorkbookSnapshot } from '#core';
import { OutcomeUnknownError } from '../../feishu/failure.ts';
import type { FeishuPeople } from '../../feishu/people.ts';
import { batchesOf, type BaseRecord, type BitableApi, type FieldsToWrite, type NewField } from './bitable-api.ts';
import { FIELD_TYPE, type BaseField } from './field-types.ts';
import type { LoadedBase } from './read-snapshot.ts';

/** Columns of 督办台账 whose names an office may have as persons of Feishu too, for views, reminders and rights of its own. */
const SHOWN_AS_PERSONS = ['handler', 'dutyPerson'] as const;
const MARK = /〔items\.(\w+):person〕/;

/** The fields that `duban init --persons` adds to 督办台账. Their mark is none of the contract's: for a run they are people's own columns. */
export function personFields(): NewField[] {
  return SHOWN_AS_PERSONS.map((key): NewField => {
    const { header } = columnsOf('items').find((column) => column.key === key)!;
    return { name: `${header}(飞书)`, type: FIELD_TYPE.person, property: { multiple: true }, description: `由程序按「${header}」填写。〔items.${key}:person〕` };
  });
}

/** The column whose names a field shows as persons; null of any other field. */
export function shownColumn({ type, description }: Pick<BaseField, 'type' | 'description'>): string | null {
  const [, key] = MARK.exec(description) ?? [];
  return type === FIELD_TYPE.person && SHOWN_AS_PERSONS.some((shown) => shown === key) ? key! : null;
}

/** Who stands in the person fields of records now: open_ids, in order, by record and field. */
export type HeldPersons = ReadonlyMap<string, ReadonlyMap<BaseField, readonly string[]>>;

export function heldPersons(fields: readonly BaseField[], records: readonly BaseRecord[]): HeldPersons {
  const own = fields.filter((field) => shownColumn(field) !== null);
  return new Map(own.length === 0 ? [] : records.map((record) => [record.id, new Map(own.map((field) => [field, idsOf(record.fields[field.name])] as const))]));
}

function idsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((person: { readonly id?: unknown }) => (typeof person.id === 'string' ? [person.id] : [])) : [];
}

/**
 * Writes into person fields whom the names beside them mean, as far as Feishu knows them; nothing where all stand right. What an
 * answer that was lost leaves open, the next run writes. Throws a FeishuFailure where people can't be looked up, and a StoreError.
 */
export async function writePersons(api: BitableApi, { snapshot, tables, persons }: LoadedBase, people: FeishuPeople): Promise<void> {
  const table = [...tables.values()].find(({ key }) => key === 'items');
  if (table === undefined || persons.size === 0) return;
  const known = addresseesOf(snapshot);
  const named = namesOf(snapshot);
  await people.learn([...new Set([...named.values()].flatMap((byColumn) => [...byColumn.values()].flat()))].flatMap((name) => known.get(name) ?? []));
  const records = [...persons].flatMap(([id, byField]): FieldsToWrite[] => {
    const changed = [...byField].flatMap(([field, held]) => {
      const wanted = [...new Set((named.get(id)?.get(shownColumn(field)!) ?? []).flatMap((name) => {
        const person = known.get(name);
        return person === undefined ? [] : people.idOf(person) ?? [];
      }))];
      return wanted.join() === held.join() ? [] : [[field.name, wanted.length === 0 ? null : wanted.map((one) => ({ id: one }))] as const];
    });
    return changed.length === 0 ? [] : [{ id, fields: Object.fromEntries(changed) }];
  });
  try {
    for (const batch of batchesOf(records)) await api.updateRecords(table.id, batch);
  } catch (error) {
    if (!(error instanceof OutcomeUnknownError)) throw error;
  }
}

/** Those of 人员 by name; a 飞书ID of another kind than open_id is no use in a person field. */
function addresseesOf(snapshot: WorkbookSnapshot): Map<string, Addressee> {
  const { rows } = parseSheet(findSheet(snapshot, 'people'), 'people', {}, []);
  return new Map(rows.filter(({ cells }) => cells.name !== '').map(({ cells: { name, email, phone, feishuId } }) => [name, { name, address: email, phone, feishuId: feishuId.startsWith('ou_') ? feishuId : '' }]));
}

/** The names in the columns that are shown as persons, by record and column. */
function namesOf(snapshot: WorkbookSnapshot): Map<string, Map<string, string[]>> {
  const { rows } = parseSheet(findSheet(snapshot, 'items'), 'items', {}, []);
  return new Map(rows.map(({ ref, cells }) => [String(ref), new Map(SHOWN_AS_PERSONS.map((key) => [key, cells[key].split(/[、,，;；\s]+/).filter((name) => name !== '')]))]));
}
