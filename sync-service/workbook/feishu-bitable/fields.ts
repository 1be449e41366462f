import { choiceValues, columnsOf, SHEET_KEYS, SHEETS, type Column, type Policy, type SheetKey } from '#core';
import type { NewField } from './bitable-api.ts';
import { FIELD_TYPE, type BaseField, type FieldProperty } from './field-types.ts';

/** A table's first field stands for the record: Feishu lets only some types be it. */
const PRIMARY_TYPES: ReadonlySet<number> = new Set([FIELD_TYPE.text, FIELD_TYPE.number, FIELD_TYPE.date]);
/** Numbers that come in halves and hundredths; the others are counts. */
const FRACTIONS: ReadonlySet<string> = new Set(['daysLate', 'pointsTotal', 'proposed', 'coefficient', 'confirmed', 'points', 'contractPoints', 'criticismPoints']);

/** The fields of a sheet's table under a policy, the one that stands for the record first. */
export function fieldsOf(key: SheetKey, policy: Policy): NewField[] {
  const fields = columnsOf(key).map((column) => ({ column, field: fieldOf(key, column, policy) }));
  const primary = fields.find(({ column }) => column.key === SHEETS[key].id) ?? fields.find(({ field }) => PRIMARY_TYPES.has(field.type))!;
  return [primary, ...fields.filter((other) => other !== primary)].map(({ field }) => field);
}

function fieldOf(key: SheetKey, column: Column, policy: Policy): NewField {
  return { name: column.header, ...typeOf(key, column, policy), description: `${WRITERS[column.editor]}${anchorMark(key, column.key)}` };
}

const WRITERS = { A: '由程序填写,手工改动会被恢复。', S: '人和程序都可改。', P: '', 'P*': '留空由程序补上。' } as const;

function typeOf(key: SheetKey, column: Column, policy: Policy): { type: number; property: FieldProperty | null } {
  switch (column.type) {
    case 'choice': {
      const values = choiceValues(key, column, policy);
      return values.length === 0 ? TEXT : select(FIELD_TYPE.singleSelect, values);
    }
    // Without values of its own a list keeps its order, that of a relay among them, only as text.
    case 'list': return column.values === undefined ? TEXT : select(FIELD_TYPE.multiSelect, column.values);
    // A base shows all dates of a field alike: a limit that ends with its day must not look like one that ends at 00:00.
    case 'day': case 'limit': return { type: FIELD_TYPE.date, property: { date_formatter: 'yyyy-MM-dd', auto_fill: false } };
    case 'moment': return { type: FIELD_TYPE.date, property: { date_formatter: 'yyyy-MM-dd HH:mm', auto_fill: false } };
    case 'number': return { type: FIELD_TYPE.number, property: { formatter: FRACTIONS.has(column.key) ? '0.00' : '0' } };
    case 'percent': return { type: FIELD_TYPE.number, property: { formatter: '0.00%' } };
    case 'text': case 'id': case 'ref': case 'unit': case 'person': return TEXT;
  }
}

const TEXT = { type: FIELD_TYPE.text, property: null } as const;

function select(type: number, values: readonly string[]): { type: number; property: FieldProperty } {
  return { type, property: { options: values.map((name) => ({ name })) } };
}

/** The mark in a field's description by which a column is known, whatever people call it. A copy of the base keeps it. */
function anchorMark(sheet: SheetKey, column: string): string {
  return `〔${sheet}.${column}〕`;
}

/** The contract's column that a field's description names; null where it names none. */
export function anchorOf({ description }: Pick<BaseField, 'description'>): { readonly sheet: SheetKey; readonly column: string } | null {
  const [, name = '', column = ''] = /〔(\w+)\.(\w+)〕/.exec(description) ?? [];
  const sheet = SHEET_KEYS.find((key) => key === name);
  return sheet === undefined || !columnsOf(sheet).some(({ key }) => key === column) ? null : { sheet, column };
}
