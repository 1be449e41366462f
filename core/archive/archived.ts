import { groupOf, isKnownStatus } from '../lifecycle/status-groups.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** Whether an item closed and stands in 督办台账 no more: it lies in a yearly archive, or people took it out. 底账 keeps its number. */
export function isArchived(workbook: Workbook, itemId: string): boolean {
  const status = workbook.index.vanished.get(itemId)?.cells.effectiveStatus ?? '';
  return isKnownStatus(status) && (groupOf(status) === 'done' || groupOf(status) === 'void');
}
