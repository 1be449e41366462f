import type { Day } from '../calendar/plain-date.ts';
import type { SheetKey } from '../workbook/columns.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { askedOn, hasRole, holdersOf, mayDecide, personOf } from './approvers.ts';
import { isOffice } from './movers.ts';
import { recusalClause, recusedFrom, withoutRecused } from './recusal.ts';
import { approvalRule, evaluateRequests } from './requests.ts';
import { isIssued, isKnownStatus } from './status-groups.ts';

export interface Fault {
  readonly sentence: string;
  readonly clause: string;
}

interface CellEdit {
  readonly sheet: SheetKey;
  readonly row: ParsedRow<'items'> | ParsedRow<'requests'> | null;
  readonly column: string;
  readonly before: string;
}

/**
 * Why an editor has no right to a cell; null where there is. 制度参数 belongs to the unit that interprets the regulation, the lead
 * unit of an issued item to the supervising unit (tax 4.3: no unit passes an item on by itself), other cells to the roles of the
 * policy's rights.
 */
export function rightFault(workbook: Workbook, edit: CellEdit, actor: string): Fault | null {
  const { policy } = workbook;
  if (edit.sheet === 'parameters') {
    return isOffice(workbook, actor) ? null : { sentence: `制度参数只能由${policy.supervisingUnit}修改,「${actor}」无权改动`, clause: policy.clauses.interpretation };
  }
  if (edit.sheet === 'items' && edit.column === 'leadUnit' && edit.row !== null && 'status' in edit.row.cells) {
    const { status } = edit.row.cells;
    if (isKnownStatus(status) && isIssued(status) && !isOffice(workbook, actor)) {
      return { sentence: `下发后不得自行转办:非本单位职责的请在「申请审批」提出非职责退回,由${policy.supervisingUnit}改派`, clause: policy.clauses.reassignment };
    }
  }
  const rule = policy.rights.find((candidate) => candidate.sheet === edit.sheet && candidate.columns.includes(edit.column));
  if (rule === undefined || (rule.onlyFilled === true && edit.before === '')) return null;
  const person = personOf(workbook, actor);
  if (person !== null && hasRole(person, rule.roles)) return null;
  return { sentence: `只有${rule.roles.join('、')}可以填写,「${actor}」无权改动`, clause: rule.clause };
}

const LEVEL_OF: Readonly<Record<string, 0 | 1 | 2>> = { decision1: 0, opinion1: 0, decision2: 1, opinion2: 1, decision3: 2, opinion3: 2 };

/** Why somebody may not decide a level of a request, or record 特批理由 or 批准时限; null where they may. */
export function decisionFault(workbook: Workbook, row: ParsedRow<'requests'>, column: string, actor: string, on: Day | null): Fault | null {
  const { cells } = row;
  const granting = column === 'overrideReason' || column === 'grantedLimit';
  const level = LEVEL_OF[column];
  if (level === undefined && !granting) return null;
  const item = workbook.index.item.get(cells.itemId)?.cells;
  const state = evaluateRequests(workbook, cells.itemId, null, null).find((candidate) => candidate.row === row);
  const rule = item === undefined || state === undefined ? undefined : approvalRule(workbook, item, cells.type, Math.max(1, state.ordinal));
  if (item === undefined || rule === undefined) return null;
  const person = personOf(workbook, actor);
  const levels = level === undefined ? [...rule.levels, rule.forwardTo ?? []] : [level < rule.levels.length ? rule.levels[level]! : rule.forwardTo ?? rule.levels.at(-1)!];
  const holders = levels.flatMap((roles) => holdersOf(workbook, item, roles, rule.answeredByOther === true ? cells.otherUnit : ''));
  const names = withoutRecused(workbook, item, holders, on);
  if (person !== null && mayDecide(workbook, names, person.name, on)) return null;
  const recused = person === null ? null : recusedFrom(workbook, item, person.name, on);
  if (recused !== null) return { sentence: `「${person!.name}」应回避(${recused}),不能批复此申请`, clause: recusalClause(workbook) };
  return { sentence: `应由${askedOn(workbook, [...new Set(names)], on).join('、') || levels.flat().join('、')}批复,「${actor}」无权批复`, clause: rule.clause };
}
