import { matchesCondition, type ConditionCells } from './match-item.ts';
import type { Policy } from './schema.ts';

/** Columns whose blank means what the policy says. */
export type DefaultedColumn = 'importance' | 'urgency' | 'nodeType' | 'requirement' | 'initiatorUnit';

/** What the contract says of the blanks of every policy. */
const PLAIN: Readonly<Partial<Record<string, string>>> = { importance: '一般', urgency: '普通' };

/** What a blank cell of an item means under its policy; '' where it means nothing. */
export function defaultValue(policy: Policy, cells: ConditionCells, column: string): string {
  return policy.defaults?.find((rule) => rule.column === column && matchesCondition(rule.when, cells))?.value ?? PLAIN[column] ?? '';
}

interface Classified extends ConditionCells {
  readonly importance: string;
  readonly projectPhase: string;
}

/** What an item's cell says; where it is blank, what the policy or the contract has for it (expo-8.1: a general manager's item is 重大). */
export function valueInForce(policy: Policy, cells: Classified, column: Exclude<keyof Classified, 'title'>): string {
  return cells[column] === '' ? defaultValue(policy, cells, column) : cells[column];
}
