import { matchesCondition, type ConditionCells } from './match-item.ts';
import type { Policy } from './schema.ts';

/** Columns whose blank means what the policy says. */
export type DefaultedColumn = 'importance' | 'urgency';

const PLAIN: Readonly<Record<DefaultedColumn, string>> = { importance: '一般', urgency: '普通' };

interface Classified extends ConditionCells {
  readonly importance: string;
  readonly projectPhase: string;
}

/** What an item's cell says; where it is blank, what the policy or the contract has for it (expo-8.1: a general manager's item is 重大). */
export function valueInForce(policy: Policy, cells: Classified, column: Exclude<keyof Classified, 'title'>): string {
  if (cells[column] !== '') return cells[column];
  for (const rule of policy.defaults ?? []) {
    if (rule.column === column && matchesCondition(rule.when, cells)) return rule.value;
  }
  return column in PLAIN ? PLAIN[column as DefaultedColumn] : '';
}
