import { dayFrom } from '../calendar/plain-date.ts';
import { periodOf } from '../appraisal/periods.ts';
import { denominatorOn } from '../appraisal/rankings.ts';
import { countByUnit, countsFor, rate } from '../appraisal/rates.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { compareText } from '../workbook/directory.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** A unit's year (bus 14.3): its rate month by month, and of the whole. Null: nothing was due. */
export interface UnitYear {
  readonly unit: string;
  readonly months: readonly (number | null)[];
  readonly year: number | null;
}

/** The twelve months of a year for every unit that had an item in it, by name. */
export function yearlyComparison(workbook: Workbook, facts: readonly ItemFacts[], year: number): UnitYear[] {
  const whole = periodOf('year', dayFrom(year, 1, 1)!);
  const periods = [whole, ...Array.from({ length: 12 }, (_, month) => periodOf('month', dayFrom(year, month + 1, 1)!))];
  const counts = countByUnit(facts, periods, (unit) => workbook.directory.unitNameOn(unit, whole.last));
  const rateIn = (index: number, unit: string): number | null => {
    const own = counts[index]!.get(unit);
    if (own === undefined) return null;
    const { due, onTime } = countsFor(own, denominatorOn(workbook, periods[index]!));
    return rate(onTime, due);
  };
  return [...counts[0]!.keys()].sort(compareText).map((unit) => ({
    unit, months: periods.slice(1).map((_, month) => rateIn(month + 1, unit)), year: rateIn(0, unit),
  }));
}
