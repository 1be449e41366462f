import type { Cell } from '#core';
import { jsonIn } from '../memory/durable-file.ts';
import { cellFromApi } from './cell-from-api.ts';
import type { ApiValue } from './cell-to-api.ts';
import { FIELD_TYPE, type BaseField } from './field-types.ts';

/** Feishu's events come within seconds; after this long what a record holds may well be people's. */
const REMEMBERED_MS = 10 * 60_000;
/** Beyond it what was written longest ago is forgotten: its echo costs one idle run. */
const MOST_RECORDS = 50_000;

/** What was made is seen by every reader after some seconds, says Feishu; then its absence is people's doing. */
const SEEN_AFTER_MS = 30_000;

interface Written { readonly field: BaseField; readonly cell: Cell }

/** What this process lately wrote into bases: an event that tells nothing else is its echo. */
export class OwnWrites {
  private readonly records = new Map<string, { at: number; readonly isWhole: boolean; readonly fields: Map<string, Written> }>();
  private readonly made = new Map<string, { readonly ids: readonly string[]; readonly at: number }>();
  private readonly clock: () => number;

  constructor(clock: () => number) {
    this.clock = clock;
  }

  /** `sent`: by the fields' names, as Feishu was sent it. `fields`: null where all that happens to the record is the program's. */
  note(tableId: string, recordId: string, fields: readonly BaseField[] | null, sent: Readonly<Record<string, ApiValue>>): void {
    const key = `${tableId}/${recordId}`;
    const held = this.records.get(key)?.fields ?? new Map<string, Written>();
    for (const field of fields ?? []) if (field.name in sent) held.set(field.id, { field, cell: cellFromApi(field, sent[field.name] ?? undefined) });
    // Set anew it comes last: the first is the one that was written longest ago.
    this.records.delete(key);
    this.records.set(key, { at: this.clock(), isWhole: fields === null, fields: held });
    if (this.records.size > MOST_RECORDS) this.records.delete(this.records.keys().next().value!);
  }

  /** Records that were made, the last one last. */
  noteMade(tableId: string, ids: readonly string[]): void {
    if (ids.length > 0) this.made.set(tableId, { ids, at: this.clock() });
  }

  /** Records that were taken out: nobody waits for them. */
  noteGone(tableId: string, ids: readonly string[]): void {
    const latest = this.made.get(tableId);
    if (latest !== undefined) this.made.set(tableId, { ...latest, ids: latest.ids.filter((id) => !ids.includes(id)) });
  }

  /** Whether a read of a table misses what was made in it just now: of its latest batch all, or the last one where the read is of a table's end. */
  isBehind(tableId: string, found: ReadonlySet<string>, read: 'whole' | 'end'): boolean {
    const latest = this.made.get(tableId);
    if (latest === undefined || this.clock() - latest.at > SEEN_AFTER_MS) return false;
    return (read === 'whole' ? latest.ids : latest.ids.slice(-1)).some((id) => !found.has(id));
  }

  /**
   * Whether all that an event tells of a record is what this process wrote there. `after`: by field id, JSON texts as events bear
   * them. Nothing is an echo of which no value is told, or whose value can't be compared: then a run too many looks at it.
   */
  isEcho(tableId: string, recordId: string, after: ReadonlyMap<string, string>): boolean {
    const own = this.records.get(`${tableId}/${recordId}`);
    if (own === undefined || after.size === 0 || this.clock() - own.at > REMEMBERED_MS) return false;
    if (own.isWhole) return true;
    return [...after].every(([id, text]) => {
      const written = own.fields.get(id);
      return written !== undefined && JSON.stringify(cellFromApi(written.field, toldValue(written.field, text))) === JSON.stringify(written.cell);
    });
  }
}

/** A value as an event tells it: numbers and dates as digits, options by their ids. */
function toldValue({ type, property }: BaseField, text: string): unknown {
  const json = jsonIn(text);
  const value = json === undefined ? text : json;
  if (value === '') return undefined;
  const named = (id: unknown): unknown => property?.options?.find((option) => option.id === id)?.name ?? id;
  switch (type) {
    case FIELD_TYPE.number: case FIELD_TYPE.date: return typeof value === 'string' && /^-?[\d.]+$/.test(value) ? Number(value) : value;
    case FIELD_TYPE.singleSelect: return named(Array.isArray(value) ? value[0] : value);
    case FIELD_TYPE.multiSelect: return Array.isArray(value) ? value.map(named) : value;
    case FIELD_TYPE.text: return typeof value === 'number' ? text : value;
    default: return value;
  }
}
