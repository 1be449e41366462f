import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { assignmentFault } from '../lifecycle/assignment.ts';
import { groupOf } from '../lifecycle/status-groups.ts';
import { splitNames } from '../workbook/names.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** What in an item's row names a unit, person or item that the other sheets don't know. One sentence each, with the remedy. */
export function referenceHints(workbook: Workbook, facts: ItemFacts): string[] {
  const { cells } = facts;
  const { directory, policy, index } = workbook;
  const hints: string[] = [];
  if (directory.units.length > 0) {
    if (cells.leadUnit !== '') {
      const fault = assignmentFault(workbook, cells.leadUnit);
      if (fault !== null) hints.push(`${fault}(${policy.clauses.assignment})`);
      else if (splitNames(cells.leadUnit).length === 1 && directory.unit(cells.leadUnit) === null && directory.person(cells.leadUnit) === null) hints.push(`「单位」表里没有牵头单位「${cells.leadUnit}」:请补登或改正`);
    }
    for (const name of splitNames(cells.coUnits)) if (directory.unit(name) === null) hints.push(`「单位」表里没有协办单位「${name}」:请补登或改正`);
  }
  const active = groupOf(facts.status) !== 'done' && groupOf(facts.status) !== 'void';
  if (active) {
    for (const [header, name] of [['承办人', cells.handler], ['责任人', cells.dutyPerson]] as const) {
      if (name === '' || directory.person(name) !== null) continue;
      hints.push(directory.isAmbiguous(name) ? `「人员」表里有两个「${name}」,不能确定${header}是谁:请加以区分,在此之前不发信`
        : `「人员」表里没有${header}「${name}」:请补登,否则收不到提醒`);
    }
  }
  if (cells.parentId === '') return hints;
  if (!index.item.has(cells.parentId)) hints.push(`上级事项「${cells.parentId}」不存在:请改正`);
  if (index.inCycle.has(facts.id)) hints.push('上级事项互为上下级(成环):请改正');
  return hints;
}
