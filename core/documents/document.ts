import type { ItemCondition } from '../policy/schema.ts';
import type { ColumnKey } from '../workbook/columns.ts';
import type { NoticeType, RequestType, Role } from '../workbook/values.ts';

/** The record that a document is about, beside the item: the latest of its kind. */
export type DocumentSubject =
  | { readonly sheet: 'requests'; readonly type: RequestType }
  | { readonly sheet: 'feedback' }
  | { readonly sheet: 'inspections' }
  | { readonly sheet: 'archives' }
  | { readonly sheet: 'sanctions'; readonly type?: string }
  | { readonly sheet: 'notices'; readonly type: NoticeType };

export type DocumentFact =
  | 'limit' | 'limitSet' | 'chaseLimit' | 'unit' | 'unitHead' | 'dutyPerson' | 'leaderInCharge' | 'supervisingUnit' | 'status' | 'nodes' | 'closedOn';

/** Where a field's value comes from. */
export type FieldSource =
  | { readonly item: ColumnKey<'items'> }
  /** Derived: the limit in force or as set, who answers, what stands below the item. */
  | { readonly fact: DocumentFact }
  | { readonly request: ColumnKey<'requests'> }
  | { readonly feedback: ColumnKey<'feedback'> }
  | { readonly inspection: ColumnKey<'inspections'> }
  | { readonly archive: ColumnKey<'archives'> }
  | { readonly sanction: ColumnKey<'sanctions'> }
  | { readonly notice: ColumnKey<'notices'> }
  /** What a role decided of the request, with who signed and when: at the level of its chain that asks this role. */
  | { readonly opinionBy: Role }
  /** Left for people to write on the sheet, and to sign. */
  | { readonly blank: true };

export interface DocumentField {
  readonly label: string;
  readonly from: FieldSource;
  /** The regulation wants it filled. */
  readonly required?: boolean;
}

/** A document that a regulation names: what it holds and when it is made. Its layout is the office's. */
export interface DocumentDefinition {
  readonly name: string;
  readonly clause: string;
  /** When the office makes it, in own words. */
  readonly occasion: string;
  /** One line for each item instead of one sheet. */
  readonly register?: boolean;
  readonly when: ItemCondition;
  readonly about?: DocumentSubject;
  readonly fields: readonly DocumentField[];
}

/** One step below an item, as a line of a plan. */
export interface DocumentNode {
  readonly title: string;
  readonly handler: string;
  readonly limit: string;
  readonly status: string;
}

export interface FilledDocument {
  readonly title: string;
  /** 事项编号, or that of the record it is about. */
  readonly number: string;
  readonly clause: string;
  readonly fields: readonly (readonly [label: string, value: string])[];
  /** Who signed an opinion or a field left for people and when, by its label; '' where it is still to be signed. */
  readonly signatures: readonly (readonly [label: string, value: string])[];
  /** What stands below the item, for forms that list its steps. */
  readonly nodes: readonly DocumentNode[];
  /** Labels of required fields that are blank. */
  readonly missing: readonly string[];
}

export interface FilledRegister {
  readonly title: string;
  readonly clause: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
