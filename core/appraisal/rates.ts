import { dayOf, type Moment } from '../calendar/plain-date.ts';
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

/** Whether an item is one of its unit's 应办 in a period. */
export function isDueIn(item: ItemFacts, period: Period, denominator: Denominator): boolean {
  if (!counts(item)) return false;
  switch (denominator) {
    case 'due': return isWithin(item.assessed, period);
    case 'issued': return isWithin(item.issuedAt, period);
    case 'closed-or-due': return isWithin(item.closedAt, period) || isWithin(item.assessed, period);
  }
}

function counts(item: ItemFacts): boolean {
  const group = groupOf(item.status);
  return item.counted && !item.dueBeforeGoLive && item.unit !== '' && group !== 'before' && group !== 'void' && group !== 'paused';
}

/**
 * Counts per unit for each of the periods, in one pass over the items. `nameOf`: what a unit counts as in a period, where it
 * was renamed or merged.
 */
export function countByUnit(
  facts: readonly ItemFacts[], periods: readonly Period[], nameOf: (unit: string, period: Period) => string = (unit) => unit,
): Map<string, UnitCounts>[] {
  const result = periods.map(() => new Map<string, UnitCounts>());
  for (const item of facts) {
    if (!counts(item)) continue;
    const { assessed, issuedAt, closedAt } = item;
    for (let index = 0; index < periods.length; index += 1) {
      const period = periods[index]!;
      const due = isWithin(assessed, period);
      const issued = isWithin(issuedAt, period);
      const closed = isWithin(closedAt, period);
      if (!due && !issued && !closed) continue;
      const own = countsOf(result[index]!, nameOf(item.unit, period));
      const onTime = item.onTime === '是' ? 1 : 0;
      if (due) { own.due += 1; own.dueOnTime += onTime; }
      if (issued) { own.issued += 1; own.issuedOnTime += onTime; }
      if (due || closed) { own.closedOrDue += 1; own.closedOrDueOnTime += onTime; }
      if (due && item.extensionCount > 0) own.extended += 1;
      if (due && item.cells.returnReason !== '') own.returned += 1;
    }
  }
  return result;
}

function isWithin(moment: Moment | null, period: Period): boolean {
  return moment !== null && dayOf(moment) >= period.first && dayOf(moment) <= period.last;
}

/** A unit's counts, new ones where it has none yet. */
export function countsOf(map: Map<string, UnitCounts>, unit: string): UnitCounts {
  const found = map.get(unit);
  if (found !== undefined) return found;
  const fresh: UnitCounts = { due: 0, dueOnTime: 0, issued: 0, issuedOnTime: 0, closedOrDue: 0, closedOrDueOnTime: 0, extended: 0, returned: 0 };
  map.set(unit, fresh);
  return fresh;
}
