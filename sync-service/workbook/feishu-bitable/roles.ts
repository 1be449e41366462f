import { columnsOf, type SheetKey } from '#core';
import type { BitableApi, TableRole } from './bitable-api.ts';
import { isWritable, type BaseField } from './field-types.ts';
import { anchorOf } from './fields.ts';
import type { BaseTable } from './structure.ts';

/** What a role may do with a table: nothing, read, or write some of its columns. */
type Access = 'none' | 'read' | ((field: BaseField) => boolean);

interface Role {
  readonly name: string;
  /** Whether records of 保密 are shown in 督办台账. */
  readonly seesConfidential: boolean;
  readonly access: (key: SheetKey) => Access;
  /** Whether records may be added to tables that it writes. */
  readonly adds: (key: SheetKey) => boolean;
}

/** What a handler fills in of an item. */
const HANDLERS_COLUMNS: ReadonlySet<string> = new Set(['status', 'progress', 'percent', 'result', 'submittedAt', 'signedAt', 'attachments']);
const REGISTERS: ReadonlySet<SheetKey> = new Set<SheetKey>(['history', 'runs', 'baseline']);
const HANDED_IN: ReadonlySet<SheetKey> = new Set<SheetKey>(['requests', 'feedback']);
const SHOWN_TO_ALL: ReadonlySet<SheetKey> = new Set<SheetKey>(['items', 'rankings', 'bulletins']);

/** Who may do what in a base; people are put into them by people. The app that the program is stays above them all. */
const ROLES: readonly Role[] = [
  { name: '督办办公室', seesConfidential: true, access: (key) => (REGISTERS.has(key) ? 'read' : isPeoples), adds: hasPeoples },
  { name: '承办单位', seesConfidential: false, access: (key) => (key === 'items' ? isHandlers : HANDED_IN.has(key) ? isPeoples : REGISTERS.has(key) ? 'none' : 'read'), adds: (key) => HANDED_IN.has(key) },
  { name: '查看', seesConfidential: false, access: (key) => (SHOWN_TO_ALL.has(key) ? 'read' : 'none'), adds: () => false },
];
/** Feishu's numbers. */
const TABLE = { none: 0, read: 1, write: 2 } as const;
const FIELD = { read: 1, write: 2 } as const;

/** Makes the roles that a base with advanced permission lacks; one that stands is left as people have it. Answers their names. */
export async function addRoles(api: BitableApi, tables: readonly BaseTable[]): Promise<string[]> {
  const present = new Set(await api.roles());
  const missing = ROLES.filter(({ name }) => !present.has(name));
  for (const role of missing) await api.createRole(role.name, tables.map((table) => tableRole(table, role)));
  return missing.map(({ name }) => `角色「${name}」`);
}

function tableRole({ id, key, fields }: BaseTable, role: Role): TableRole {
  const access = role.access(key);
  const rule = key === 'items' && !role.seesConfidential ? exceptConfidential(fields) : {};
  if (typeof access === 'string') return { table_id: id, table_perm: TABLE[access], ...(access === 'none' ? {} : rule) };
  const writable = fields.filter((field) => isWritable(field) && access(field));
  if (writable.length === 0) return { table_id: id, table_perm: TABLE.read, ...rule };
  return {
    table_id: id, table_perm: TABLE.write, ...rule, field_perm: Object.fromEntries(fields.map((field) => [field.name, writable.includes(field) ? FIELD.write : FIELD.read])),
    allow_add_record: role.adds(key), allow_delete_record: false,
  };
}

/** Records that are not 保密; the others can't even be read. */
function exceptConfidential(fields: readonly BaseField[]): Pick<TableRole, 'rec_rule'> {
  const field = fields.find((candidate) => anchorOf(candidate)?.column === 'confidentiality');
  const option = field?.property?.options?.find(({ name }) => name === '保密')?.id;
  return field === undefined || option === undefined ? {} : { rec_rule: { conditions: [{ field_name: field.name, operator: 'isNot', value: [option] }], conjunction: 'and', other_perm: 0 } };
}

function isPeoples(field: BaseField): boolean {
  const anchor = anchorOf(field);
  // A column without a mark is people's own.
  return anchor === null || columnsOf(anchor.sheet).find(({ key }) => key === anchor.column)!.editor !== 'A';
}

function isHandlers(field: BaseField): boolean {
  return HANDLERS_COLUMNS.has(anchorOf(field)?.column ?? '');
}

function hasPeoples(key: SheetKey): boolean {
  return columnsOf(key).some(({ editor }) => editor !== 'A');
}
