import { addDays, dayOf } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { groupOf } from '../lifecycle/status-groups.ts';
import type { ItemsAt } from './items-at.ts';
import { compareText } from '../workbook/directory.ts';

/** How long a result stays on the board after closing. */
const SHOWN_DAYS = 92;

/**
 * What the notice board shows (expo 9.4e): the results of items closed lately, the latest first, from the run that closed
 * them. Confidential items never, whatever their form (expo 10.5).
 */
export function publicResults(at: ItemsAt): ItemFacts[] {
  const since = addDays(at.clock.today, -SHOWN_DAYS);
  return [...at.items.values()].map(({ facts }) => facts)
    .filter((facts) => groupOf(facts.status) === 'done' && facts.cells.confidentiality !== '保密' && facts.closedAt !== null && dayOf(facts.closedAt) >= since)
    .sort((a, b) => b.closedAt! - a.closedAt! || compareText(a.id, b.id));
}
