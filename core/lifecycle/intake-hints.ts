import { matchesCondition } from '../policy/match-item.ts';
import { headerOf, SHEETS, type CellsOf, type ColumnKey } from '../workbook/columns.ts';
import { splitNames } from '../workbook/names.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Status } from '../workbook/values.ts';
import { isFilled } from './guards.ts';

/** The statuses that an item passes, or enters, on its way to being issued. */
const UNTIL_ISSUED: readonly Status[] = ['征求意见', '待批示', '待分办', '已下发'];
/** What 单位 fills in for every item of a unit once it is registered there. */
const FROM_UNITS: readonly ColumnKey<'items'>[] = ['dutyPerson', 'leaderInCharge'];

/**
 * What an item still needs before it can be issued, in one sentence: beside 督办事项 the lead unit, a limit and the category, and
 * whatever the policy's own guards ask for. All else has a default, or comes from 单位 and 人员. Null where nothing is missing.
 */
export function intakeHint(workbook: Workbook, cells: CellsOf<'items'>, status: Status): string | null {
  const { policy } = workbook;
  const needs = new Map<ColumnKey<'items'>, string>([
    ['leadUnit', policy.guardClauses['single-lead'] ?? policy.clauses.intake], ['deadlineSet', policy.guardClauses['unit-and-limit'] ?? policy.clauses.issue],
  ]);
  if (status === '拟立项' && (cells.rowType === '' || cells.rowType === '事项')) needs.set('category', policy.choiceClauses?.category ?? policy.clauses.intake);
  for (const rule of policy.guards) {
    if (rule.require.kind !== 'filled' || !rule.to.some((status) => UNTIL_ISSUED.includes(status)) || !matchesCondition(rule.when, cells)) continue;
    for (const column of rule.require.columns) if (!needs.has(column)) needs.set(column, rule.clause);
  }
  const missing = [...needs].filter(([column]) => !isFilled(workbook, cells, column));
  if (missing.length === 0) return null;
  const own = missing.filter(([column]) => !FROM_UNITS.includes(column));
  const fromUnits = cells.leadUnit === '' ? [] : missing.filter(([column]) => FROM_UNITS.includes(column));
  const parts = [
    own.length === 0 ? '' : `请填${named(own)}`,
    fromUnits.length === 0 ? '' : `${named(fromUnits)}请在「${SHEETS.units.name}」登记一次`,
  ].filter((part) => part !== '');
  return `立项还缺 ${own.length + fromUnits.length} 项:${parts.join('；')}(${[...new Set([...own, ...fromUnits].map(([, clause]) => clause))].join('、')})`;
}

/** Several units in one cell, as minutes of meetings write them: the first is proposed as the lead, never taken. */
export function severalUnitsHint(workbook: Workbook, cells: CellsOf<'items'>): string | null {
  const names = splitNames(cells.leadUnit);
  const [first, ...others] = names;
  if (first === undefined || others.length === 0 || workbook.directory.unit(cells.leadUnit) !== null) return null;
  return `「牵头单位」填了 ${names.length} 个单位,只能有一个:建议由「${first}」牵头,${others.map((name) => `「${name}」`).join('')}改填「协办单位」`
    + `(${workbook.policy.guardClauses['single-lead'] ?? workbook.policy.clauses.assignment})`;
}

function named(columns: readonly (readonly [ColumnKey<'items'>, string])[]): string {
  return columns.map(([column]) => `「${headerOf('items', column)}」`).join('、');
}
