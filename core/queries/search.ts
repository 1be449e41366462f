import pinyin from 'pinyin-match';
import type { Person } from '../workbook/directory.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { sorted } from './item-views.ts';
import type { ItemAt, ItemsAt } from './items-at.ts';
import { sightsOf } from './sight.ts';

/** People whose name holds the text or whose pinyin or initials do (platform-6d-2), in the order of their names. */
export function searchPeople(workbook: Workbook, text: string): Person[] {
  const people = workbook.sheets.people.rows.map((row) => row.cells).filter((person) => person.name !== '' && person.active !== '否');
  return people.filter((person) => holds(person.name, text)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The items that hold the text in number, title, content, source, unit or a person's name, or name a person or unit with
 * these initials, as far as the viewer may see them (platform-6d-2, tax-4.1). Those who may see a confidential one
 * know its words; it is shown by its number alone (titleFor).
 */
export function searchItems(at: ItemsAt, text: string, viewer: string): ItemAt[] {
  const wanted = text.trim();
  if (wanted === '') return [];
  return sorted([...at.items.values()].filter(itemFinder(at, wanted, viewer)));
}

/** Whether what a person sees of an item holds the text. What isn't shown is not searched either: a hit would tell of it. */
export function itemFinder(at: ItemsAt, text: string, viewer: string): (item: ItemAt) => boolean {
  const sights = sightsOf(at.workbook, viewer);
  // A ledger has many items and few names, and pinyin is slow.
  const known = new Map<string, boolean>();
  const isHeld = (name: string): boolean => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const found = holds(name, text);
    known.set(name, found);
    return found;
  };
  return ({ facts }) => {
    const { cells } = facts;
    switch (sights(facts)) {
      case 'none': return false;
      case 'open': return facts.id.includes(text) || cells.title.includes(text) || isHeld(cells.leadUnit) || isHeld(cells.coUnits);
      case 'full': return facts.id.includes(text) || cells.title.includes(text) || cells.requirement.includes(text) || cells.sourceRef.includes(text)
        || isHeld(cells.leadUnit) || isHeld(cells.coUnits) || isHeld(cells.handler) || isHeld(cells.dutyPerson) || isHeld(cells.leaderInCharge) || isHeld(cells.supervisingLeader);
    }
  };
}

function holds(name: string, text: string): boolean {
  return name !== '' && text !== '' && (name.includes(text) || pinyin.match(name, text) !== false);
}
