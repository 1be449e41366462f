import type { NodeType } from '../workbook/values.ts';
import type { DefaultedColumn } from './default-values.ts';
import type { ItemCondition } from './schema.ts';

/** What a blank cell of an item means; the first rule that matches decides, else the contract's own default. */
export interface DefaultRule {
  readonly clause: string;
  readonly when: ItemCondition;
  readonly column: DefaultedColumn;
  readonly value: string;
}

/** Forms whose items every unit may look at (expo 8.2, 8.3). */
export interface PublicForms {
  readonly clause: string;
  readonly forms: readonly string[];
}

/**
 * Nodes that automation drafts under an item, while it is not issued yet and has no rows below it. `list`: one for each word of the
 * parameter, without limits. `quarters`: one for each quarter that the item runs through, due on its last day and never
 * after the item itself.
 */
export interface NodeTemplate {
  readonly clause: string;
  readonly when: ItemCondition;
  /** Only where 项目阶段 is filled, which makes an item a project. */
  readonly projects?: boolean;
  readonly nodes: { readonly kind: 'list'; readonly namesKey: string } | { readonly kind: 'quarters'; readonly switchKey: string };
  readonly nodeType: NodeType;
  readonly lastNodeType: NodeType;
}
