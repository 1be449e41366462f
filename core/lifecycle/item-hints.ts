import type { Day } from '../calendar/plain-date.ts';
import { splitNames } from '../workbook/names.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { isMember } from './movers.ts';
import { groupOf, isKnownStatus } from './status-groups.ts';

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

/** How far the children of an item are (platform 五), by the formula of rollUpFormula; 进度 itself is people's own. */
export function rollUpHints(workbook: Workbook, itemId: string, cells: CellsOf<'items'>, today: Day): readonly string[] {
  const clause = workbook.policy.clauses.rollUp;
  const children = clause === undefined ? undefined : workbook.index.childrenOf.get(itemId);
  if (clause === undefined || children === undefined) return NONE;
  const counted = children.filter((child) => child.cells.status !== '已撤销');
  if (counted.length === 0) return NONE;
  const formula = workbook.parameters.choice('rollUpFormula', today);
  const rolled = rolledUp(formula, counted.map((child) => child.cells));
  return Math.abs((cells.percent ?? -1) - rolled) < 0.0005 ? NONE : [`下级事项${formula} ${(rolled * 100).toFixed(0)}%,与本行「进度」不同:请核对(${clause})`];
}

function rolledUp(formula: string, children: readonly CellsOf<'items'>[]): number {
  const parts = children.map(({ percent, status }) => (formula === '办结比例' ? Number(isKnownStatus(status) && groupOf(status) === 'done') : percent ?? 0));
  return formula === '最低进度' ? Math.min(...parts) : parts.reduce((sum, part) => sum + part, 0) / parts.length;
}
