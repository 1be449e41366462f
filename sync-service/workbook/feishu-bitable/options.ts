import type { BitableApi } from './bitable-api.ts';
import type { BaseField } from './field-types.ts';

/**
 * Adds to select fields the options that are about to be written and that they lack (people may have deleted them): a record
 * written with an unknown option would make one by itself, doubled where people wrote it with a space. A field's options are
 * replaced whole, so that those that stand are read anew first.
 */
export async function addOptions(api: BitableApi, tableId: string, wanted: ReadonlyMap<BaseField, ReadonlySet<string>>): Promise<void> {
  const lacking = [...wanted].filter(([field, names]) => missingFrom(field, names).length > 0);
  if (lacking.length === 0) return;
  const now = new Map((await api.fields(tableId)).map((field) => [field.id, field]));
  for (const [{ id }, names] of lacking) {
    const field = now.get(id);
    const missing = field === undefined ? [] : missingFrom(field, names);
    if (field !== undefined && missing.length > 0) await api.updateField(tableId, { ...field, property: { ...field.property, options: [...field.property?.options ?? [], ...missing.map((name) => ({ name }))] } });
  }
}

function missingFrom({ property }: BaseField, names: ReadonlySet<string>): string[] {
  const present = new Set((property?.options ?? []).map(({ name }) => name));
  return [...names].filter((name) => !present.has(name));
}
