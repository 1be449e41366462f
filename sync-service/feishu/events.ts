import * as z from 'zod';

/** What Feishu tells of its own accord, as far as the program listens. */
export type FeishuEvent =
  | { readonly kind: 'records'; readonly id: string; readonly appToken: string; readonly tableId: string; readonly actions: readonly RecordAction[] }
  | { readonly kind: 'card'; readonly id: string; readonly operator: string; readonly messageId: string; readonly value: unknown };

export interface RecordAction {
  readonly recordId: string;
  readonly action: string;
  /** By field id: a JSON text of what the field holds now. */
  readonly after: ReadonlyMap<string, string>;
}

export const RECORDS_CHANGED = 'drive.file.bitable_record_changed_v1';
export const CARD_PRESSED = 'card.action.trigger';

const FIELD_VALUE = z.looseObject({ field_id: z.string(), field_value: z.string().optional() });
const CHANGED = z.looseObject({
  event_id: z.string(), event_type: z.literal(RECORDS_CHANGED), file_token: z.string(), table_id: z.string(),
  action_list: z.array(z.looseObject({ record_id: z.string(), action: z.string(), after_value: z.array(FIELD_VALUE).optional() })).default([]),
});
const PRESSED = z.looseObject({
  event_id: z.string(), event_type: z.literal(CARD_PRESSED), operator: z.looseObject({ open_id: z.string() }),
  action: z.looseObject({ value: z.unknown() }), context: z.looseObject({ open_message_id: z.string() }),
});

/**
 * Reads an event as Feishu's client hands it on: header and event as one object. Null for what is neither of the two kinds, or
 * not in their form.
 */
export function readEvent(flat: unknown): FeishuEvent | null {
  const changed = CHANGED.safeParse(flat);
  if (changed.success) {
    const { event_id, file_token, table_id, action_list } = changed.data;
    return {
      kind: 'records', id: event_id, appToken: file_token, tableId: table_id,
      actions: action_list.map(({ record_id, action, after_value = [] }) => ({ recordId: record_id, action, after: new Map(after_value.map(({ field_id, field_value = '' }) => [field_id, field_value])) })),
    };
  }
  const pressed = PRESSED.safeParse(flat);
  if (!pressed.success) return null;
  const { event_id, operator, action, context } = pressed.data;
  return { kind: 'card', id: event_id, operator: operator.open_id, messageId: context.open_message_id, value: action.value };
}

/** Header and event of a schema 2.0 body as one object. */
export function flattened(body: unknown): unknown {
  const parsed = z.looseObject({ schema: z.literal('2.0'), header: z.looseObject({}), event: z.looseObject({}) }).safeParse(body);
  return parsed.success ? { ...parsed.data.event, ...parsed.data.header } : body;
}
