import type { Day } from '../calendar/plain-date.ts';
import { CONTRACT } from '../workbook/basis.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { splitNames } from '../workbook/names.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** Whose interest may stand against a person's part in a matter. */
export interface Concerned {
  readonly units: readonly string[];
  readonly people: readonly string[];
}

/** Why an entry of 回避 in force on a day keeps a person from a matter (logistics 21); null where none does. */
export function registeredRecusal(workbook: Workbook, name: string, { units, people }: Concerned, on: Day): string | null {
  for (const { cells } of workbook.sheets.recusals.rows) {
    if (cells.person !== name || !(units.includes(cells.against) || people.includes(cells.against))) continue;
    if ((cells.from === null || cells.from <= on) && (cells.to === null || on <= cells.to)) return cells.reason === '' ? '已登记回避' : cells.reason;
  }
  return null;
}

/** Why a person must stand aside from an item: an entry of 回避 against its units, or those who answer for it; null where none does, or the day is not known. */
export function recusedFrom(workbook: Workbook, item: CellsOf<'items'>, name: string, on: Day | null): string | null {
  // Nearly no office has any, and this is asked of every request.
  if (on === null || workbook.sheets.recusals.rows.length === 0) return null;
  return registeredRecusal(workbook, name, {
    units: [item.leadUnit, ...splitNames(item.coUnits)].filter((unit) => unit !== ''),
    people: [item.handler, item.dutyPerson, workbook.directory.unit(item.leadUnit)?.head ?? ''].filter((person) => person !== ''),
  }, on);
}

/** Those of the holders of a decision on an item who need not stand aside, and in the place of those who must their 代理人. */
export function withoutRecused(workbook: Workbook, item: CellsOf<'items'>, holders: readonly string[], on: Day | null): readonly string[] {
  return holders.flatMap((name) => (recusedFrom(workbook, item, name, on) === null ? [name] : workbook.directory.person(name)?.substitute || []));
}

/** The clause by which people stand aside; where a regulation has none, the contract's sheet 回避. */
export function recusalClause({ policy }: Workbook): string {
  return policy.inspections?.recusal ?? CONTRACT;
}
