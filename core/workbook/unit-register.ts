import type { Day } from '../calendar/plain-date.ts';
import type { CellsOf } from './columns.ts';
import { splitNames } from './names.ts';
import type { ParsedSheet } from './parse-sheet.ts';

export type Unit = CellsOf<'units'>;

/** Units as they are called and where they went: 曾用名, 单位代码 and 并入 from their 生效日期 on. */
export interface UnitRegister {
  readonly units: readonly Unit[];
  /** The unit that a name, present or former, means on the day of the register; null where it means none. */
  unit(name: string): Unit | null;
  /** What the unit behind a name is called on a day: what ranks apart and together follows it. An unknown name stays as it is. */
  unitNameOn(name: string, on: Day): string;
  /** The row that bears a name itself, whatever has become of it since. */
  unitNamed(name: string): Unit | null;
}

export function createUnitRegister(sheet: ParsedSheet<'units'>, on: Day | null): UnitRegister {
  const byName = new Map<string, Unit>();
  const byCode = new Map<string, Unit[]>();
  for (const { cells } of sheet.rows) {
    if (cells.name === '') continue;
    if (!byName.has(cells.name)) byName.set(cells.name, cells);
    if (cells.code !== '') byCode.set(cells.code, [...byCode.get(cells.code) ?? [], cells]);
  }
  for (const { cells } of sheet.rows) {
    for (const former of cells.name === '' ? [] : splitNames(cells.formerNames)) if (!byName.has(former)) byName.set(former, cells);
  }
  const standing = (name: string, day: Day | null): Unit | null => {
    let unit = byName.get(name) ?? null;
    for (const seen = new Set<Unit>(); unit !== null && !seen.has(unit);) {
      seen.add(unit);
      unit = nextOf(unit, day, byName, byCode);
    }
    return unit;
  };
  const now = new Map([...byName.keys()].map((name) => [name, standing(name, on)]));
  return {
    units: [...new Set(byName.values())],
    unit: (name) => now.get(name) ?? null,
    unitNamed: (name) => byName.get(name) ?? null,
    unitNameOn: (name, day) => {
      const unit = standing(name, day);
      if (unit === null) return name;
      const former = unit.mergedInto === '' && unit.effectiveFrom !== null && day < unit.effectiveFrom ? splitNames(unit.formerNames).at(-1) : undefined;
      return former ?? unit.name;
    },
  };
}

/** What a unit has become by a day: the one it was merged into, or the row of its code that is in force; itself where nothing changed. */
function nextOf(unit: Unit, day: Day | null, byName: ReadonlyMap<string, Unit>, byCode: ReadonlyMap<string, readonly Unit[]>): Unit {
  if (unit.mergedInto !== '' && isInForce(unit, day)) return byName.get(unit.mergedInto) ?? unit;
  const same = unit.code === '' ? [] : byCode.get(unit.code)!.filter((other) => isInForce(other, day) && other.mergedInto === '');
  return same.reduce((latest, other) => ((other.effectiveFrom ?? -Infinity) > (latest.effectiveFrom ?? -Infinity) ? other : latest), same[0] ?? unit);
}

function isInForce(unit: Unit, day: Day | null): boolean {
  return unit.effectiveFrom === null || day === null || unit.effectiveFrom <= day;
}

/** Whether a unit works under its own name on a day: in use, begun, and not merged into another yet. */
export function isInService(unit: Unit, day: Day): boolean {
  if (unit.active === '否') return false;
  return unit.mergedInto === '' ? isInForce(unit, day) : !isInForce(unit, day);
}
