import { momentFromEpoch, serialOfMoment, type Cell, type PlainCell } from '#core';
import { FIELD_TYPE, isWritable, typeName, type BaseField } from './field-types.ts';

/**
 * A value of a record as core reads cells: dates are serial numbers of Shanghai's wall clock, texts come in one piece, names
 * are separated by 、. What the program can't write reads as a formula, so that nothing is ever planned for it.
 * `value`: undefined where the record has none, as Feishu leaves blank cells out.
 */
export function cellFromApi(field: Pick<BaseField, 'type' | 'property'>, value: unknown): Cell {
  if (isWritable(field)) return plainCell(field.type, value);
  const formula = field.property?.formula_expression;
  return { formula: formula === undefined || formula === '' ? typeName(field) : formula, value: plainCell(field.type, value) };
}

function plainCell(type: number, value: unknown): PlainCell {
  if (value === undefined || value === null) return null;
  switch (type) {
    case FIELD_TYPE.number: return typeof value === 'number' ? value : textOf(value);
    case FIELD_TYPE.date: case FIELD_TYPE.createdTime: case FIELD_TYPE.modifiedTime:
      return typeof value === 'number' ? serialOfMoment(momentFromEpoch(value)) : textOf(value);
    case FIELD_TYPE.checkbox: return typeof value === 'boolean' ? value : textOf(value);
    case FIELD_TYPE.lookup: case FIELD_TYPE.formula: return computed(value);
    case FIELD_TYPE.text: return segments(value);
    default: return textOf(value);
  }
}

/** `{ type, value: [...] }`: what a formula or a lookup shows, by the type of its result. */
function computed(value: unknown): PlainCell {
  if (typeof value !== 'object' || value === null || !('value' in value)) return Array.isArray(value) ? segments(value) : typeof value === 'object' ? textOf(value) : value as PlainCell;
  const { type, value: results } = value as { type?: unknown; value: unknown };
  const list = Array.isArray(results) ? results : [results];
  const own = typeof type === 'number' ? type : FIELD_TYPE.text;
  if (own === FIELD_TYPE.text) return segments(list);
  return list.length === 1 ? plainCell(own, list[0]) : blankless(list.map((one) => textOf(plainCell(own, one)) ?? '').join('、'));
}

/** Text comes cut at mentions and links. */
function segments(value: unknown): string | null {
  return Array.isArray(value) ? blankless(value.map((part) => textOf(part) ?? '').join('')) : textOf(value);
}

/** Names, links, places and files by the words that people see. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return blankless(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) return blankless(value.map((one) => textOf(one) ?? '').filter((text) => text !== '').join('、'));
  const { text, name, full_address, link, link_record_ids } = value as Readonly<Record<string, unknown>>;
  for (const word of [text, name, full_address, link]) if (typeof word === 'string' && word !== '') return word;
  return Array.isArray(link_record_ids) ? textOf(link_record_ids) : null;
}

function blankless(text: string): string | null {
  return text === '' ? null : text;
}
