/** What a page shows and what comes back from it. Pages know nothing of the contract: they draw this. */
export type FieldKind = 'text' | 'long' | 'date' | 'number' | 'choice' | 'suggest' | 'ticks';

export interface Field {
  readonly key: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  /** Choices, suggestions or ticks; the first of a pair is sent, the second shown. */
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly value: string;
  readonly help: string;
}

export interface Form {
  readonly id: FormId;
  readonly title: string;
  readonly intro: string;
  readonly submit: string;
  readonly fields: readonly Field[];
}

export const FORM_IDS = ['policy', 'newItem', 'request', 'approval', 'inspection', 'score', 'chase', 'bulletin'] as const;
export type FormId = (typeof FORM_IDS)[number];
/** What people filled in: texts by field; ticks as a list. */
export type Filled = Readonly<Record<string, string>>;

export type Answer =
  | { readonly ok: true; readonly message: string }
  | { readonly ok: false; readonly message: string; readonly errors: Readonly<Record<string, string>> };

export function refuse(errors: Readonly<Record<string, string>>, message = '请先改正标出的内容'): Answer {
  return { ok: false, message, errors };
}

export function optionsOf(values: readonly string[]): (readonly [string, string])[] {
  return values.map((value) => [value, value]);
}

export function field(key: string, label: string, kind: FieldKind, more: Partial<Omit<Field, 'key' | 'label' | 'kind'>> = {}): Field {
  return { key, label, kind, required: false, options: [], value: '', help: '', ...more };
}
