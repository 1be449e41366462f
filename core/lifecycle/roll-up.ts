import type { Day } from '../calendar/plain-date.ts';
import type { Lookup } from '../workbook/by-item.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { ItemFacts } from './item-facts.ts';
import { groupOf, isIssued } from './status-groups.ts';

const NONE: readonly string[] = [];

/**
 * How far the children of an item are (platform 五), by the formula of rollUpFormula; 进度 itself is people's own. Counted as the
 * children stand after this run, not as their cells say: a request may just have moved one.
 */
export function rollUpHints(workbook: Workbook, { id, cells, status }: ItemFacts, facts: Lookup<ItemFacts>, today: Day): readonly string[] {
  const clause = workbook.policy.clauses.rollUp;
  if (clause === undefined || !workbook.index.childrenOf.has(id) || !isIssued(status) || groupOf(status) === 'done') return NONE;
  const children = workbook.index.childrenOf.get(id)!.flatMap((child) => facts.get(child.cells.itemId) ?? []);
  const counted = children.filter((child) => child.status !== '已撤销');
  if (counted.length === 0) return NONE;
  const formula = workbook.parameters.choice('rollUpFormula', today);
  const rolled = rolledUp(formula, counted);
  return Math.abs((cells.percent ?? -1) - rolled) < 0.0005 ? NONE : [`下级事项${formula} ${(rolled * 100).toFixed(0)}%,与本行「进度」不同:请核对(${clause})`];
}

function rolledUp(formula: string, children: readonly ItemFacts[]): number {
  const parts = children.map(({ cells, status }) => (formula === '办结比例' ? Number(groupOf(status) === 'done') : cells.percent ?? 0));
  return formula === '最低进度' ? Math.min(...parts) : parts.reduce((sum, part) => sum + part, 0) / parts.length;
}
