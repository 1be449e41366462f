import { groupOf } from '../lifecycle/status-groups.ts';
import { valueInForce } from '../policy/default-values.ts';
import type { ItemsAt } from './items-at.ts';

/** What happened to the items (platform-s5a): closed in time, closed late, open and late; extended ones apart. */
export interface ItemStatistics {
  readonly total: number;
  readonly waiting: number;
  readonly open: number;
  readonly closedInTime: number;
  readonly closedLate: number;
  readonly openLate: number;
  readonly extended: number;
  readonly paused: number;
}

/** Counts over all items that were not rejected or cancelled; an open late item is not counted as open in time, nor by parameter an extended one. */
export function itemStatistics(at: ItemsAt): ItemStatistics {
  const counts = { total: 0, waiting: 0, open: 0, closedInTime: 0, closedLate: 0, openLate: 0, extended: 0, paused: 0 };
  const extendedIsLate = at.workbook.policy.delayedMeansKey !== undefined && at.workbook.parameters.text(at.workbook.policy.delayedMeansKey, at.clock.today) === 'overdue-or-extended';
  for (const { facts } of at.items.values()) {
    const group = groupOf(facts.status);
    if (group === 'void') continue;
    counts.total += 1;
    if (group === 'before') counts.waiting += 1;
    else if (group === 'paused') counts.paused += 1;
    else if (group === 'done') counts[facts.onTime === '否' ? 'closedLate' : 'closedInTime'] += 1;
    else if (facts.late || (extendedIsLate && facts.extensionCount > 0)) counts.openLate += 1;
    else counts.open += 1;
    if (facts.extensionCount > 0 && group !== 'done') counts.extended += 1;
  }
  return counts;
}

/** How many items stand under each value of a classifying column, the policy's default where the cell is blank. */
export function countBy(at: ItemsAt, column: 'category' | 'form' | 'importance' | 'urgency' | 'projectPhase' | 'nodeType'): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { facts } of at.items.values()) {
    if (groupOf(facts.status) === 'void') continue;
    const value = valueInForce(at.workbook.policy, facts.cells, column);
    if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}
