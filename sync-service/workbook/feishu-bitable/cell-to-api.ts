import { dayFromSerial, epochOf, formatDay, formatMoment, momentFromSerial, type RenderedValue } from '#core';
import { FIELD_TYPE, type BaseField } from './field-types.ts';

/** What a field of a base takes; Feishu's way to blank a cell is null. */
export type ApiValue = string | number | boolean | readonly string[] | readonly PersonValue[] | { readonly text: string; readonly link: string } | null;
/** A person by his open_id. */
export interface PersonValue { readonly id: string }

/**
 * What to send for a value; undefined where a field of this type can't hold it (people may have turned a column of texts into
 * one of numbers). A date in a column of texts is written in full, as core reads it back.
 */
export function valueForApi({ type }: Pick<BaseField, 'type'>, { value, format }: RenderedValue): ApiValue | undefined {
  if (value === null) return null;
  switch (type) {
    case FIELD_TYPE.text: return textOf(value, format);
    case FIELD_TYPE.number: return typeof value === 'number' ? value : undefined;
    case FIELD_TYPE.date: return typeof value === 'number' && format !== null ? epochOf(momentFromSerial(value)) : undefined;
    case FIELD_TYPE.singleSelect: return textOf(value, format);
    // Doubled names would become doubled options.
    case FIELD_TYPE.multiSelect: return typeof value === 'string' ? [...new Set(value.split('、').filter((name) => name !== ''))] : undefined;
    case FIELD_TYPE.checkbox: return value === '是' ? true : value === '否' ? false : undefined;
    case FIELD_TYPE.phone: return typeof value === 'string' && /^\+?\d*$/.test(value) ? value : undefined;
    case FIELD_TYPE.url: return typeof value === 'string' ? { text: value, link: value } : undefined;
    default: return undefined;
  }
}

function textOf(value: string | number, format: RenderedValue['format']): string {
  if (typeof value === 'string') return value;
  if (format === null) return String(value);
  return format === 'date' || Number.isInteger(value) ? formatDay(dayFromSerial(value)) : formatMoment(momentFromSerial(value));
}
