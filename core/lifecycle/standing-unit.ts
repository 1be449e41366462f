import type { Moment } from '../calendar/plain-date.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { shown } from '../workbook/issue.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Status } from '../workbook/values.ts';
import { corrections, freshCorrection } from './corrections.ts';
import type { RequestState } from './requests.ts';
import { groupOf } from './status-groups.ts';

/** The lead unit that the program stands by, and what 底账 remembers of it in 印. */
export interface StandingUnit {
  readonly lead: string;
  /** The unit accounted for: as it was at 下发, or as a 更正 or the coordination of duties put it since; '' before 下发. */
  readonly accounted: string;
  /** Why 牵头单位 should be looked at; '' where nothing is to be said. */
  readonly hint: string;
}

/**
 * 牵头单位 is people's own, also after 下发: a changed one counts, but is told until a 更正 explains it, because nobody else
 * would notice on whom a lapse falls. One that was corrected stands from the decision on, whatever the cell still says; while it
 * is being settled whose duty an item is, only a decision since then does. `recordedAt`: since when it had the status of the last run.
 */
export function standingUnit(
  workbook: Workbook, cells: CellsOf<'items'>, remembered: string, requests: readonly RequestState[],
  standing: { readonly status: Status; readonly at: Moment; readonly changedFrom: Status | null }, recordedAt: Moment | null, isFirstSight: boolean,
): StandingUnit {
  const typed = cells.leadUnit;
  if (groupOf(standing.status) === 'before') return { lead: typed, accounted: '', hint: '' };
  const settlingSince = isSettlingDuties(standing.status) ? standing.at
    : standing.changedFrom !== null && isSettlingDuties(standing.changedFrom) ? recordedAt : null;
  const correction = settlingSince === null ? freshCorrection(requests, 'unit', isFirstSight)
    : corrections(requests, 'unit').filter(({ decidedAt }) => decidedAt === null || decidedAt >= settlingSince).at(-1) ?? null;
  if (correction === null && (remembered === '' || settlingSince !== null)) return { lead: typed, accounted: typed, hint: '' };
  const accounted = correction?.row.cells.correctedTo ?? remembered;
  if (isSameUnit(workbook, typed, accounted)) return { lead: typed, accounted: typed, hint: '' };
  const { clauses } = workbook.policy;
  if (typed === '') return { lead: accounted, accounted, hint: `「牵头单位」被清空,仍按「${shown(accounted)}」办理:请填回(${clauses.reassignment})` };
  const last = corrections(requests, 'unit').at(-1);
  if (last?.row.cells.correctedTo === accounted) {
    return { lead: accounted, accounted, hint: `牵头单位已更正为「${shown(accounted)}」:请把「牵头单位」也改为「${shown(accounted)}」(${last.clause})` };
  }
  return {
    lead: typed, accounted,
    hint: `下发时的牵头单位是「${shown(accounted)}」,现为「${shown(typed)}」:确需改派的请在「申请审批」提更正留痕(更正字段填「牵头单位」),误改的请改回(${clauses.reassignment})`,
  };
}

/** While it is not issued, or while it is being settled whose duty it is, the lead unit may change freely. */
function isSettlingDuties(status: Status): boolean {
  return groupOf(status) === 'before' || status === '协调中';
}

function isSameUnit(workbook: Workbook, a: string, b: string): boolean {
  if (a === b) return true;
  const unit = workbook.directory.unit(a);
  return unit !== null && unit === workbook.directory.unit(b);
}
