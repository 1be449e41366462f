import { matchesCondition, type ConditionCells } from './match-item.ts';
import type { Policy } from './schema.ts';

/** The documents that go out when an item is issued (expo-7: its form decides which). */
export function documentsAtIssue(policy: Policy, cells: ConditionCells): readonly string[] {
  return policy.issueDocuments?.find((candidate) => matchesCondition(candidate.when, cells))?.names ?? [];
}
