import type { ItemCondition } from './schema.ts';

/** The cells of an item that a condition can look at, as parsed; blank means the contract's default. */
export interface ConditionCells {
  readonly category: string;
  readonly form: string;
  readonly urgency: string;
  readonly rowType: string;
  readonly nodeType: string;
  readonly importance?: string;
  readonly title?: string;
}

/** Whether every given field of the condition holds the item's value; a blank 缓急程度 is 普通, a blank 重要程度 一般, a blank 行类型 事项. */
export function matchesCondition(condition: ItemCondition, item: ConditionCells): boolean {
  return holds(condition.categories, item.category)
    && holds(condition.forms, item.form)
    && holds(condition.urgencies, item.urgency === '' ? '普通' : item.urgency)
    && holds(condition.rowTypes, item.rowType === '' ? '事项' : item.rowType)
    && holds(condition.nodeTypes, item.nodeType)
    && (condition.importances === undefined || holds(condition.importances, item.importance || '一般'))
    && (condition.titleHolds?.some((word) => item.title?.includes(word) === true) ?? true);
}

function holds(allowed: readonly string[] | undefined, value: string): boolean {
  return allowed === undefined || allowed.includes(value);
}
