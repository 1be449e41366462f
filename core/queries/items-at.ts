import type { Moment } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { lightOf, lightScale, type LightState } from '../lifecycle/lights.ts';
import { factsOfItems } from '../plan/facts-of-items.ts';
import { runClock, workbookOn, type RunClock } from '../plan/moment-of-run.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** The items as a screen asks about them: the workbook, the clock and what holds of each item then, by id. */
export interface ItemsAt {
  readonly workbook: Workbook;
  readonly clock: RunClock;
  readonly items: ReadonlyMap<string, ItemAt>;
}

export interface ItemAt {
  readonly facts: ItemFacts;
  readonly light: LightState;
}

/** Reads every item at a moment, as a run at that moment would. */
export function itemsAt(read: Workbook, now: Moment): ItemsAt {
  const clock = runClock(read, now, 'at-once');
  const workbook = workbookOn(read, clock.today);
  const scale = lightScale(workbook, clock);
  const items = new Map<string, ItemAt>();
  for (const facts of factsOfItems(workbook, clock).values()) items.set(facts.id, { facts, light: lightOf(workbook, facts, clock, scale) });
  return { workbook, clock, items };
}
