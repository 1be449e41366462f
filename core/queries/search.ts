import pinyin from 'pinyin-match';
import type { Person } from '../workbook/directory.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { sorted } from './item-views.ts';
import type { ItemAt, ItemsAt } from './items-at.ts';
import { sightOf } from './sight.ts';

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
  return sorted([...at.items.values()].filter((item) => itemHolds(at, item, wanted, viewer)));
}

/** Whether what a person sees of an item holds the text. What isn't shown is not searched either: a hit would tell of it. */
export function itemHolds(at: ItemsAt, item: ItemAt, text: string, viewer: string): boolean {
  switch (sightOf(at.workbook, item.facts, viewer)) {
    case 'none': return false;
    case 'open': return item.facts.id.includes(text) || item.facts.cells.title.includes(text) || holds(item.facts.cells.leadUnit, text) || holds(item.facts.cells.coUnits, text);
    case 'full': return found(item, text);
  }
}

function found({ facts }: ItemAt, text: string): boolean {
  const { cells } = facts;
  return [facts.id, cells.title, cells.requirement, cells.sourceRef].some((words) => words.includes(text))
    || [cells.leadUnit, cells.coUnits, cells.handler, cells.dutyPerson, cells.leaderInCharge, cells.supervisingLeader].some((name) => holds(name, text));
}

function holds(name: string, text: string): boolean {
  return name !== '' && text !== '' && (name.includes(text) || pinyin.match(name, text) !== false);
}
