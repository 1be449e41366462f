import { formatLimit, sightOf, sightsOf, titleFor, type ItemAt, type ItemsAt, type Sight } from '#core';
import type { ItemLine } from './api-types.ts';

export interface SeenItem extends ItemAt { readonly sight: Exclude<Sight, 'none'> }

const KNOWN = new WeakMap<ItemsAt, Map<string, readonly SeenItem[]>>();

/** The items that a person sees, and how much of each. The door through which every list and count of the console goes. */
export function seenItems(at: ItemsAt, viewer: string): readonly SeenItem[] {
  const byViewer = KNOWN.get(at) ?? new Map<string, readonly SeenItem[]>();
  KNOWN.set(at, byViewer);
  const known = byViewer.get(viewer);
  if (known !== undefined) return known;
  const seen: SeenItem[] = [];
  const sights = sightsOf(at.workbook, viewer);
  for (const item of at.items.values()) {
    const sight = sights(item.facts);
    if (sight !== 'none') seen.push({ facts: item.facts, light: item.light, sight });
  }
  byViewer.set(viewer, seen);
  return seen;
}

/** The item where the person sees the whole of it; null otherwise. */
export function fullItem(at: ItemsAt, itemId: string, viewer: string): ItemAt | null {
  const item = at.items.get(itemId);
  return item !== undefined && sightOf(at.workbook, item.facts, viewer) === 'full' ? item : null;
}

/** One line of a list. Who sees a confidential item still reads no words of it in a list: others look over his shoulder. */
export function itemLine({ facts, light }: ItemAt): ItemLine {
  return {
    id: facts.id, title: titleFor(facts), unit: facts.unit, handler: facts.cells.handler, light: light.light, status: facts.status,
    limit: light.limit !== null ? formatLimit(light.limit) : facts.current === null ? '' : formatLimit(facts.current), left: leftText(light.daysLeft),
  };
}

export function leftText(daysLeft: number | null): string {
  return daysLeft === null ? '' : daysLeft < 0 ? `超 ${-daysLeft} 天` : daysLeft === 0 ? '今天到期' : `剩 ${daysLeft} 天`;
}
