import { formatDay } from '../calendar/plain-date.ts';
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
      else if (directory.unit(cells.leadUnit) === null && directory.person(cells.leadUnit) === null && splitNames(cells.leadUnit).length === 1) hints.push(`「单位」表里没有牵头单位「${cells.leadUnit}」:请补登或改正`);
    }
    for (const name of splitNames(cells.coUnits)) if (directory.unit(name) === null) hints.push(`「单位」表里没有协办单位「${name}」:请补登或改正`);
  }
  const active = groupOf(facts.status) !== 'done' && groupOf(facts.status) !== 'void';
  if (active) {
    for (const [header, name] of [['承办人', cells.handler], ['责任人', cells.dutyPerson], ['分管领导', cells.leaderInCharge], ['督办领导', cells.supervisingLeader]] as const) {
      if (name === '') continue;
      if (directory.isAmbiguous(name)) hints.push(`「人员」表里有两个「${name}」,不能确定${header}是谁:请加以区分,在此之前不发信`);
      else if (directory.leaver(name) !== null) hints.push(leaverHint(workbook, header, name, cells.confidentiality === '保密'));
      else if (directory.person(name) === null && (header === '承办人' || header === '责任人')) hints.push(`「人员」表里没有${header}「${name}」:请补登,否则收不到提醒`);
    }
    const unit = directory.unit(cells.leadUnit);
    const named = directory.unitNamed(cells.leadUnit);
    if (unit !== null && named !== unit && named !== null && named.mergedInto !== '') {
      hints.push(`「${cells.leadUnit}」已并入「${unit.name}」:请把「牵头单位」改为「${unit.name}」`);
    }
  }
  if (cells.parentId === '') return hints;
  if (!index.item.has(cells.parentId)) hints.push(`上级事项「${cells.parentId}」不存在:请改正`);
  if (index.inCycle.has(facts.id)) hints.push('上级事项互为上下级(成环):请改正');
  return hints;
}

/** Whom a person named on an item left it to, and what to write instead; the cell itself is people's. */
function leaverHint({ directory }: Workbook, header: string, name: string, isConfidential: boolean): string {
  const { leftOn } = directory.leaver(name)!;
  const successor = directory.present(name);
  const left = `${header}「${name}」已${leftOn === null ? '' : `于 ${formatDay(leftOn)} `}离任`;
  if (successor === '') return `${left},没有接任人:请在「人员」填「接任人」或改填「${header}」,在此之前不向其发信`;
  return `${left}${isConfidential ? ',保密事项改填之前不向他人发信' : `,通知和审批已转接任人「${successor}」`}:请把「${header}」改为「${successor}」`;
}
