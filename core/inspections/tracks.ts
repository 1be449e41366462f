import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { TrackRule } from '../policy/inspection-rules.ts';
import { matchesCondition } from '../policy/match-item.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** How closely an item is followed (跟踪级别: expo 9.4, company 6.5, tax 4.5, logistics 7.3); null where no level is set for it. */
export function trackLevelOf(workbook: Workbook, facts: ItemFacts): TrackRule | null {
  return workbook.policy.tracks?.find((rule) => matchesCondition(rule.when, facts.cells)) ?? null;
}
