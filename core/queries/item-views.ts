import { groupOf } from '../lifecycle/status-groups.ts';
import { compareText } from '../workbook/directory.ts';
import type { ItemAt, ItemsAt } from './items-at.ts';

/** The views of the platform (platform-2h). */
export const ITEM_VIEWS = ['办理中', '办结', '延期', '暂停', '全部'] as const;
export type ItemView = (typeof ITEM_VIEWS)[number];

/** The items of a view by id; an extended item that is still open stands under 办理中 as well. */
export function viewItems(at: ItemsAt, view: ItemView): ItemAt[] {
  return sorted([...at.items.values()].filter((item) => belongs(item, view)));
}

function belongs({ facts }: ItemAt, view: ItemView): boolean {
  const group = groupOf(facts.status);
  switch (view) {
    case '办理中': return group === 'running' || group === 'returned' || group === 'review';
    case '办结': return group === 'done';
    case '延期': return facts.extensionCount > 0 && group !== 'void';
    case '暂停': return group === 'paused';
    case '全部': return true;
  }
}

export function sorted(items: ItemAt[]): ItemAt[] {
  return items.sort((a, b) => compareText(a.facts.id, b.facts.id));
}
