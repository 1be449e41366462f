import type { CellsOf } from './columns.ts';
import type { ParsedSheet } from './parse-sheet.ts';
import type { Role } from './values.ts';
import { splitNames } from './names.ts';

export type Unit = CellsOf<'units'>;
export type Person = CellsOf<'people'>;

/** Who is who: units by name (former names too), people by name and by role. */
export interface Directory {
  readonly units: readonly Unit[];
  unit(name: string): Unit | null;
  /** The person of that name; null where nobody or more than one active person bears it. */
  person(name: string): Person | null;
  isAmbiguous(name: string): boolean;
  /** Active people who hold a role, in the order of the sheet's names. */
  withRole(role: Role): readonly Person[];
}

export function createDirectory(units: ParsedSheet<'units'>, people: ParsedSheet<'people'>): Directory {
  const unitsByName = new Map<string, Unit>();
  for (const { cells } of units.rows) {
    if (cells.name !== '' && !unitsByName.has(cells.name)) unitsByName.set(cells.name, cells);
  }
  for (const { cells } of units.rows) {
    for (const former of splitNames(cells.formerNames)) if (!unitsByName.has(former)) unitsByName.set(former, cells);
  }
  const active = people.rows.map(({ cells }) => cells).filter((person) => person.name !== '' && person.active !== '否');
  active.sort((a, b) => compareText(a.name, b.name));
  const peopleByName = new Map<string, Person[]>();
  const peopleByRole = new Map<string, Person[]>();
  for (const person of active) {
    pushTo(peopleByName, person.name, person);
    for (const role of splitNames(person.roles)) pushTo(peopleByRole, role, person);
  }
  return {
    units: [...new Set(unitsByName.values())],
    unit: (name) => unitsByName.get(name) ?? null,
    person: (name) => {
      const found = peopleByName.get(name);
      return found?.length === 1 ? found[0]! : null;
    },
    isAmbiguous: (name) => (peopleByName.get(name)?.length ?? 0) > 1,
    withRole: (role) => peopleByRole.get(role) ?? [],
  };
}

/** A total order of texts that is the same on every host. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function pushTo<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
