import { anchorOf } from '../../sync-service/workbook/feishu-bitable/fields.ts';
import { FIELD_TYPE, type BaseField, type FieldProperty } from '../../sync-service/workbook/feishu-bitable/field-types.ts';

/** What a cell of the model holds: as Feishu is sent it; of a formula field what it shows. */
export type Held = string | number | boolean | readonly string[] | readonly { readonly id: string }[] | { readonly text: string; readonly link: string };
export interface ModelField { readonly id: string; name: string; type: number; property: FieldProperty | null; description: string }
/** Values by field id: a field's name is nobody's key but the API's. */
export interface ModelRecord { readonly id: string; readonly values: Map<string, Held> }
interface ModelView { readonly id: string; name: string; readonly type: string; property: unknown }

let lastId = 0;
export function newId(prefix: 'tbl' | 'fld' | 'rec' | 'vew' | 'opt' | 'rol'): string {
  return `${prefix}${(lastId += 1).toString(36).padStart(8, '0')}`;
}

/** Feishu's own refusal of a request, by its number. */
export class Refusal extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

export class ModelTable {
  readonly id = newId('tbl');
  readonly fields: ModelField[] = [];
  records: ModelRecord[] = [];
  readonly views: ModelView[] = [];
  name: string;
  constructor(name: string) {
    this.name = name;
  }

  addField({ name, type, property, description }: Omit<ModelField, 'id'>, place = this.fields.length): ModelField {
    if (this.fields.some((field) => field.name === name)) throw new Refusal(1254014, 'FieldNameDuplicated');
    if (this.fields.length >= 300) throw new Refusal(1254105, 'FieldNumExceedLimit');
    const field: ModelField = { id: newId('fld'), name, type, property: withOptionIds(property), description };
    this.fields.splice(place, 0, field);
    return field;
  }

  /** A field's settings are replaced whole: options that are not sent are gone. */
  replaceField(id: string, { name, type, property, description }: Omit<ModelField, 'id'>): ModelField {
    const field = this.fields.find((candidate) => candidate.id === id);
    if (field === undefined) throw new Refusal(1254044, 'FieldIdNotFound');
    Object.assign(field, { name, type, property: withOptionIds(property), description });
    return field;
  }

  fieldNamed(name: string): ModelField {
    const field = this.fields.find((candidate) => candidate.name === name);
    if (field === undefined) throw new Refusal(1254045, 'FieldNameNotFound');
    return field;
  }

  field(column: string): ModelField {
    return this.fields.find((field) => anchorOf(field as BaseField)?.column === column)!;
  }

  /** A person adds a record, or changes one. */
  put(record: ModelRecord, field: ModelField, value: Held | null): void {
    if (value === null) record.values.delete(field.id);
    else record.values.set(field.id, value);
  }

  add(): ModelRecord {
    const record = { id: newId('rec'), values: new Map<string, Held>() };
    this.records.push(record);
    return record;
  }
}

export class Base {
  readonly tables: ModelTable[] = [];
  timeZone = 'Asia/Shanghai';
  isAdvanced = false;
  readonly roles: { readonly id: string; readonly name: string; readonly tables: readonly unknown[] }[] = [];
  readonly token: string;
  readonly name: string;
  constructor(token: string, name: string) {
    this.token = token;
    this.name = name;
  }

  table(id: string): ModelTable {
    const table = this.tables.find((candidate) => candidate.id === id);
    if (table === undefined) throw new Refusal(1254041, 'TableIdNotFound');
    return table;
  }

  named(name: string): ModelTable {
    return this.tables.find((table) => table.name === name)!;
  }

  addTable(name: string): ModelTable {
    if (this.tables.some((table) => table.name === name)) throw new Refusal(1254013, 'TableNameDuplicated');
    if (this.tables.length >= 100) throw new Refusal(1254101, 'TableExceedLimit');
    const table = new ModelTable(name);
    this.tables.push(table);
    return table;
  }
}

function withOptionIds(property: FieldProperty | null): FieldProperty | null {
  return property?.options === undefined ? property : { ...property, options: property.options.map(({ id, name, color }) => ({ id: id ?? newId('opt'), name, color: color ?? 0 })) };
}

const CONVERSION_FAILED: Readonly<Record<number, number>> = {
  [FIELD_TYPE.text]: 1254060, [FIELD_TYPE.number]: 1254061, [FIELD_TYPE.singleSelect]: 1254062, [FIELD_TYPE.multiSelect]: 1254063, [FIELD_TYPE.date]: 1254064, [FIELD_TYPE.checkbox]: 1254065,
  [FIELD_TYPE.person]: 1254066, [FIELD_TYPE.phone]: 1254073, [FIELD_TYPE.url]: 1254068,
};

/** A value as it is sent, taken in or refused. An unknown option silently becomes one. */
export function take(field: ModelField, value: unknown): Held | null {
  if (value === null) return null;
  const fits = ((): boolean => {
    switch (field.type) {
      case FIELD_TYPE.text: case FIELD_TYPE.singleSelect: return typeof value === 'string';
      case FIELD_TYPE.phone: return typeof value === 'string' && /^\+?\d*$/.test(value);
      case FIELD_TYPE.number: case FIELD_TYPE.date: return typeof value === 'number' && Number.isFinite(value);
      case FIELD_TYPE.multiSelect: return Array.isArray(value) && value.every((name) => typeof name === 'string');
      case FIELD_TYPE.person: return Array.isArray(value) && value.every((person: unknown) => typeof person === 'object' && /^ou_\w+$/.test(String((person as { id?: unknown }).id)));
      case FIELD_TYPE.checkbox: return typeof value === 'boolean';
      case FIELD_TYPE.url: return typeof value === 'object' && 'link' in value;
      default: return false;
    }
  })();
  if (!fits) throw new Refusal(CONVERSION_FAILED[field.type] ?? 1254015, 'Field types do not match.');
  if (field.type === FIELD_TYPE.text && (value as string).length > 100_000) throw new Refusal(1254130, 'TooLargeCell');
  if (field.type === FIELD_TYPE.singleSelect) addOption(field, value as string);
  if (field.type === FIELD_TYPE.multiSelect) for (const name of value as string[]) addOption(field, name);
  return value === '' || (Array.isArray(value) && value.length === 0) ? null : value as Held;
}

function addOption(field: ModelField, name: string): void {
  const options = field.property?.options ?? [];
  if (!options.some((option) => option.name === name)) field.property = { ...field.property, options: [...options, { id: newId('opt'), name, color: 0 }] };
}

/** A held value as a search answers it; undefined where the cell is left out. */
export function shown(field: ModelField, held: Held | undefined): unknown {
  if (held === undefined) return undefined;
  switch (field.type) {
    // Cut as at a mention.
    case FIELD_TYPE.text: return [...(held as string).match(/[^]{1,200}/gu)!].map((text) => ({ type: 'text', text }));
    case FIELD_TYPE.formula: return typeof held === 'number' ? { type: FIELD_TYPE.number, value: [held] } : { type: FIELD_TYPE.text, value: [{ type: 'text', text: held as string }] };
    case FIELD_TYPE.person: return (held as readonly { id: string }[]).map(({ id }) => ({ id, name: `姓名 ${id}`, en_name: '', email: '', avatar_url: '' }));
    default: return held;
  }
}
