import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { LightState } from '../lifecycle/lights.ts';
import { groupOf } from '../lifecycle/status-groups.ts';
import { trackLevelOf } from '../inspections/tracks.ts';
import { responsibilityFor, type Responsibility } from '../appraisal/responsibility.ts';
import { titleFor } from '../notices/recipients.ts';
import { compareText } from '../workbook/directory.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { LIGHTS } from '../workbook/values.ts';

/** One open item or node as the office sees it (bus 9.2, 11.2): progress, days left, light, level, and who answers (expo 12.1). */
export interface OverviewRow {
  readonly id: string;
  readonly parentId: string;
  readonly title: string;
  readonly unit: string;
  readonly light: LightState['light'];
  readonly daysLeft: number | null;
  /** 0 to 1; null where nobody filled it in. */
  readonly percent: number | null;
  readonly progress: string;
  readonly trackLevel: string;
  readonly responsible: Responsibility;
}

/** Every open item and node, the worst light first, then the fewest days left. */
export function officeOverview(workbook: Workbook, items: readonly { readonly facts: ItemFacts; readonly light: LightState }[]): OverviewRow[] {
  const urgency = (row: OverviewRow): number => (row.light === '红' ? -1 : LIGHTS.indexOf(row.light) + (row.light === '黄' ? -1.5 : 0));
  return items.filter(({ facts }) => groupOf(facts.status) !== 'done' && groupOf(facts.status) !== 'void').map(({ facts, light }): OverviewRow => ({
    id: facts.id, parentId: facts.cells.parentId, title: titleFor(facts), unit: facts.unit, light: light.light, daysLeft: light.daysLeft,
    percent: facts.cells.percent, progress: facts.cells.progress, trackLevel: trackLevelOf(workbook, facts)?.level ?? '', responsible: responsibilityFor(workbook, facts),
  })).sort((a, b) => urgency(a) - urgency(b) || (a.daysLeft ?? Infinity) - (b.daysLeft ?? Infinity) || compareText(a.id, b.id));
}
