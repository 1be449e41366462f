import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { splitNames } from '../workbook/names.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** Who answers for an item, and how (expo 12.1): the unit's head first, the handler directly, co-units and supervisors in part. */
export interface Responsibility {
  readonly first: string;
  readonly direct: string;
  readonly coUnits: readonly string[];
  readonly supervisor: string;
}

export function responsibilityFor(workbook: Workbook, facts: ItemFacts): Responsibility {
  const { cells } = facts;
  return {
    first: workbook.directory.unit(facts.unit)?.head ?? '',
    direct: cells.handler,
    coUnits: splitNames(cells.coUnits).filter((unit) => unit !== facts.unit),
    supervisor: cells.supervisingLeader === '' ? workbook.policy.supervisingUnit : cells.supervisingLeader,
  };
}
