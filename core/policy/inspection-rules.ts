import type { ColumnKey } from '../workbook/columns.ts';
import type { Role } from '../workbook/values.ts';
import type { ItemCondition } from './schema.ts';

/** How many inspections a period must have; 自查 never counts. */
export type CadenceRule =
  /** Each unit of these types, each calendar month. */
  | { readonly kind: 'unit-month'; readonly clause: string; readonly minKey: string; readonly unitTypes: readonly string[] }
  /** Items of a kind, over fixed windows of so many months that begin in January; overall or each (parameter 总体/每件). */
  | { readonly kind: 'item-window'; readonly clause: string; readonly minKey: string; readonly months: 2; readonly when: ItemCondition; readonly perKey: string; readonly matter: string };

/** What a regulation asks of 督查记录 and of those who inspect. */
export interface InspectionRules {
  readonly clause: string;
  /** Roles that inspect; with `memberUnits` members come from these units only. */
  readonly group: readonly Role[];
  readonly memberUnits?: { readonly clause: string; readonly units: readonly string[]; readonly roles: readonly Role[] };
  /** A finished record must hold these. */
  readonly required?: { readonly clause: string; readonly columns: readonly ColumnKey<'inspections'>[] };
  readonly methods?: { readonly clause: string; readonly values: readonly string[] };
  readonly qualification?: string;
  readonly recusal?: string;
  /** Only the group may change findings. */
  readonly independence?: string;
  readonly cadences?: readonly CadenceRule[];
  readonly sample?: { readonly clause: string; readonly seedKey: string; readonly sizeKey: string; readonly unitTypes: readonly string[] };
}

/** 跟踪级别 by kind of item. */
export interface TrackRule {
  readonly clause: string;
  readonly when: ItemCondition;
  readonly level: string;
}

/** A role that somebody must fill; a gap is a hint on 首页, never a stop. */
export interface StaffingRule {
  readonly clause: string;
  readonly role: Role;
  readonly min: number;
}

/** What must lie in 归档案卷 before an item is 已归档, and who gets copies. */
export interface ArchiveRule {
  readonly clause: string;
  readonly required: readonly ColumnKey<'archives'>[];
  /** Contents that belong there if they exist. */
  readonly optional: readonly ColumnKey<'archives'>[];
  /** Unit that keeps the files and acknowledges them. */
  readonly keeper?: string;
  readonly copies?: { readonly clause: string; readonly units: readonly string[]; readonly purpose: string };
}
