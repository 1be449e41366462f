import * as z from 'zod';

const PROPERTY = z.looseObject({ options: z.array(z.strictObject({ id: z.string().optional(), name: z.string(), color: z.int().optional() })).optional() });
const FIELD = z.strictObject({ field_name: z.string().min(1).max(100), type: z.int(), property: PROPERTY.optional(), description: z.strictObject({ text: z.string(), disable_sync: z.boolean() }).optional() });

/** The bodies that the double takes, whole: an unknown key is refused, as a misspelt one would silently do nothing. */
const SHAPES = {
  none: z.strictObject({}),
  table: z.strictObject({ table: z.strictObject({ name: z.string().min(1).max(100), default_view_name: z.string().optional(), fields: z.array(FIELD).min(1).optional() }) }),
  field: FIELD,
  view: z.strictObject({ view_name: z.string().min(1).max(100), view_type: z.enum(['grid', 'kanban', 'gallery', 'gantt', 'form']) }),
  'view-filter': z.strictObject({ property: z.strictObject({ filter_info: z.strictObject({
    conjunction: z.enum(['and', 'or']), conditions: z.array(z.strictObject({ field_id: z.string(), operator: z.enum(['is', 'isNot', 'isEmpty', 'isNotEmpty', 'contains', 'doesNotContain']), value: z.string() })),
  }) }) }),
  role: z.strictObject({ role_name: z.string().min(1), table_roles: z.array(z.strictObject({
    table_id: z.string(), table_perm: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(4)]), field_perm: z.record(z.string(), z.union([z.literal(1), z.literal(2)])).optional(),
    rec_rule: z.strictObject({ conditions: z.array(z.strictObject({ field_name: z.string(), operator: z.enum(['is', 'isNot', 'contains', 'doesNotContain', 'isEmpty', 'isNotEmpty']), value: z.array(z.string()) })), conjunction: z.enum(['and', 'or']), other_perm: z.union([z.literal(0), z.literal(1)]) }).optional(),
    allow_add_record: z.boolean().optional(), allow_delete_record: z.boolean().optional(),
  })) }),
  search: z.strictObject({ field_names: z.array(z.string()).optional(), sort: z.array(z.strictObject({ field_name: z.string(), desc: z.boolean() })).optional() }),
  'batch-get': z.strictObject({ record_ids: z.array(z.string()).min(1) }),
  'record-ids': z.strictObject({ records: z.array(z.string()).min(1) }),
  records: z.strictObject({ records: z.array(z.strictObject({ record_id: z.string().optional(), fields: z.record(z.string(), z.unknown()) })).min(1) }),
} as const;

export type Checked = keyof typeof SHAPES;

/** What is wrong with a body; null where nothing is. */
export function bodyProblem(shape: Checked, body: unknown): string | null {
  const parsed = SHAPES[shape].safeParse(body);
  return parsed.success ? null : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}
