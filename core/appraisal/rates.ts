import { dayOf } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { groupOf } from '../lifecycle/status-groups.ts';
import type { Period } from './periods.ts';

/** Which items count in 应办数: by limit, by issue, or those closed or due in the period. */
export type Denominator = 'due' | 'issued' | 'closed-or-due';

/** Counts of one unit in one period, by each denominator (bus 14.2 and the readings beside it). */
export interface UnitCounts {
  due: number;
  dueOnTime: number;
  issued: number;
  issuedOnTime: number;
  closedOrDue: number;
  closedOrDueOnTime: number;
  extended: number;
  returned: number;
}

/** 办结率 = 按时办结数 / 应办数, as a fraction rounded to two decimals of a percent; null where nothing was due. */
export function rate(onTime: number, due: number): number | null {
  return due === 0 ? null : Math.round((onTime / due) * 10_000) / 10_000;
}

export function countsFor(counts: UnitCounts, denominator: Denominator): { due: number; onTime: number } {
  switch (denominator) {
    case 'due': return { due: counts.due, onTime: counts.dueOnTime };
    case 'issued': return { due: counts.issued, onTime: counts.issuedOnTime };
    case 'closed-or-due': return { due: counts.closedOrDue, onTime: counts.closedOrDueOnTime };
  }
}

/** Counts per unit for each of the periods, in one pass over the items. */
export function countByUnit(facts: readonly ItemFacts[], periods: readonly Period[]): Map<string, UnitCounts>[] {
  const result = periods.map(() => new Map<string, UnitCounts>());
  for (const item of facts) {
    const group = groupOf(item.status);
    if (!item.counted || item.unit === '' || group === 'before' || group === 'void' || group === 'paused') continue;
    const due = item.assessed === null ? null : dayOf(item.assessed);
    const issued = item.issuedAt === null ? null : dayOf(item.issuedAt);
    const closed = item.closedAt === null ? null : dayOf(item.closedAt);
    periods.forEach((period, index) => {
      const within = (value: number | null): boolean => value !== null && value >= period.first && value <= period.last;
      const isDue = within(due);
      const isIssued = within(issued);
      const isClosed = within(closed);
      if (!isDue && !isIssued && !isClosed) return;
      const counts = countsOf(result[index]!, item.unit);
      const onTime = item.onTime === '是' ? 1 : 0;
      if (isDue) { counts.due += 1; counts.dueOnTime += onTime; }
      if (isIssued) { counts.issued += 1; counts.issuedOnTime += onTime; }
      if (isDue || isClosed) { counts.closedOrDue += 1; counts.closedOrDueOnTime += onTime; }
      if (isDue && item.extensionCount > 0) counts.extended += 1;
      if (isDue && item.cells.returnReason !== '') counts.returned += 1;
    });
  }
  return result;
}

/** A unit's counts, new ones where it has none yet. */
export function countsOf(map: Map<string, UnitCounts>, unit: string): UnitCounts {
  const found = map.get(unit);
  if (found !== undefined) return found;
  const fresh: UnitCounts = { due: 0, dueOnTime: 0, issued: 0, issuedOnTime: 0, closedOrDue: 0, closedOrDueOnTime: 0, extended: 0, returned: 0 };
  map.set(unit, fresh);
  return fresh;
}
