import type { Day } from '../calendar/plain-date.ts';
import type { CellsOf } from './columns.ts';
import type { ParsedSheet } from './parse-sheet.ts';
import type { Role } from './values.ts';
import { splitNames } from './names.ts';
import { createUnitRegister, type UnitRegister } from './unit-register.ts';

export type Person = CellsOf<'people'>;

/** Who is who on a day: units by name and code, people by name and by role, and who stands in the place of people who left. */
export interface Directory extends UnitRegister {
  /** The person of that name; null where nobody or more than one person in office bears it. */
  person(name: string): Person | null;
  isAmbiguous(name: string): boolean;
  /** Names that more than one person in office bears. */
  readonly doubled: readonly string[];
  /** People in office on the day who hold a role, in the order of the names; `on` null: whoever ever held it. */
  withRole(role: Role, on?: Day | null): readonly Person[];
  /**
   * Who is addressed in the place of a name on a day: that person, or, once he left, his successor (and so on). '' where it
   * can't be told: two people bear the name, or nobody succeeded. A name that 人员 doesn't know stays as it is.
   */
  present(name: string, on?: Day | null): string;
  /** The person of that name where he has left by the day of the directory; null otherwise. */
  leaver(name: string): Person | null;
  /** The names of those in whose place a person stands. */
  predecessorsOf(name: string): readonly string[];
}

/** `on`: the day as of which people are in office and names of units in force; null: nobody has left yet. */
export function createDirectory(units: ParsedSheet<'units'>, people: ParsedSheet<'people'>, on: Day | null = null): Directory {
  const known = people.rows.map(({ cells }) => cells).filter((person) => person.name !== '' && (person.active !== '否' || hasDeparture(person)));
  known.sort((a, b) => compareText(a.name, b.name));
  const byName = new Map<string, Person[]>();
  const byRole = new Map<string, Person[]>();
  for (const person of known) {
    pushTo(byName, person.name, person);
    for (const role of splitNames(person.roles)) pushTo(byRole, role, person);
  }
  const inOfficeOn = (name: string, day: Day | null): readonly Person[] => (byName.get(name) ?? NOBODY).filter((person) => !hasLeft(person, day));
  // Asked for every item of a ledger, and nearly always for the day of the directory.
  const now = new Map([...byName.keys()].map((name) => [name, inOfficeOn(name, on)]));
  const inOffice = (name: string, day: Day | null): readonly Person[] => (day === on ? now.get(name) ?? NOBODY : inOfficeOn(name, day));
  const present = (name: string, day: Day | null = on): string => {
    const seen = new Set<string>();
    let current = name;
    while (byName.has(current)) {
      const here = inOffice(current, day);
      if (here.length > 0) return here.length === 1 ? current : '';
      const successors = [...new Set(byName.get(current)!.map((person) => person.successor).filter((successor) => successor !== ''))];
      if (successors.length !== 1 || seen.has(current)) return '';
      seen.add(current);
      current = successors[0]!;
    }
    return current;
  };
  const predecessors = new Map<string, string[]>();
  for (const name of byName.keys()) {
    const successor = inOffice(name, on).length > 0 ? '' : present(name);
    if (successor !== '') pushTo(predecessors, successor, name);
  }
  return {
    ...createUnitRegister(units, on),
    person: (name) => {
      const here = inOffice(name, on);
      const found = here.length > 0 ? here : byName.get(name) ?? [];
      return found.length === 1 ? found[0]! : null;
    },
    isAmbiguous: (name) => inOffice(name, on).length > 1,
    doubled: [...byName.keys()].filter((name) => inOffice(name, on).length > 1),
    withRole: (role, day = on) => (byRole.get(role) ?? []).filter((person) => !hasLeft(person, day)),
    present,
    leaver: (name) => (inOffice(name, on).length > 0 ? null : byName.get(name)?.[0] ?? null),
    predecessorsOf: (name) => predecessors.get(name) ?? [],
  };
}

const NOBODY: readonly Person[] = [];

/** Whether a row says that its person left, or is to leave: then the date decides, not 启用. */
function hasDeparture(person: Person): boolean {
  return person.leftOn !== null || person.successor !== '';
}

/** From 离任日期 on; a person put out of use with a successor and no date has left for good. */
function hasLeft(person: Person, day: Day | null): boolean {
  if (person.leftOn === null) return person.active === '否' && (day !== null || !hasDeparture(person));
  return day !== null && person.leftOn <= day;
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
