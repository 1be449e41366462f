import { splitNames } from '../workbook/names.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { isMember } from './movers.ts';

const NONE: readonly string[] = [];

/** What ought to stand once an item is issued, without keeping it from being issued (company 4). */
export function issueHints(workbook: Workbook, cells: CellsOf<'items'>): readonly string[] {
  const clause = workbook.policy.clauses.dutyPerson;
  if (clause === undefined || cells.dutyPerson !== '' || (workbook.directory.unit(cells.leadUnit)?.dutyPerson ?? '') !== '') return NONE;
  return [`「${cells.leadUnit}」没有明确责任人:请在「单位」填「责任人」(${clause})`];
}

/** Whose 协办意见 is missing when the lead unit hands in (tax 4.4). */
export function reviewHints(workbook: Workbook, cells: CellsOf<'items'>): readonly string[] {
  const clause = workbook.policy.clauses.coOpinion;
  if (clause === undefined || cells.coUnits === '' || cells.handling === '依次传办') return NONE;
  const opinions = (workbook.index.feedbackOf.get(cells.itemId) ?? []).filter((row) => row.cells.type === '协办意见');
  const missing = splitNames(cells.coUnits).filter((unit) => !opinions.some((row) => {
    const person = workbook.directory.person(row.cells.by);
    return row.cells.by === unit || (person !== null && isMember(workbook, unit, person));
  }));
  return missing.length === 0 ? NONE : [`缺协办意见:${missing.join('、')},请在「进展反馈」补填(${clause})`];
}
