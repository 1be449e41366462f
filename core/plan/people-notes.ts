import { formatDay } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { groupOf } from '../lifecycle/status-groups.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** One line each for 首页: names that two people bear, and people who left while the tables still name them. */
export function peopleNotes(workbook: Workbook, facts: readonly ItemFacts[]): string[] {
  const { directory, sheets } = workbook;
  const doubled = directory.doubled.map((name) => `「人员」表里有两个「${name}」:请加以区分(如在姓名后注明单位),在此之前不向其发信`);
  const names = [...new Set(sheets.people.rows.map(({ cells }) => cells.name))].filter((name) => directory.leaver(name) !== null).sort();
  if (names.length === 0) return doubled;
  const open = facts.filter(({ status }) => groupOf(status) !== 'done' && groupOf(status) !== 'void');
  return [...doubled, ...names.flatMap((name) => {
    const items = open.filter(({ cells }) => [cells.handler, cells.dutyPerson, cells.leaderInCharge, cells.supervisingLeader].includes(name)).length;
    const units = sheets.units.rows.filter(({ cells }) => [cells.head, cells.dutyPerson, cells.leaderInCharge].includes(name)).length;
    if (items + units === 0) return [];
    const { leftOn } = directory.leaver(name)!;
    const successor = directory.present(name);
    const places = [items === 0 ? '' : `台账 ${String(items)} 件`, units === 0 ? '' : `单位 ${String(units)} 处`].filter((text) => text !== '').join('、');
    return [`${name}已${leftOn === null ? '' : `于 ${formatDay(leftOn)} `}离任,${places}仍写着他:${successor === '' ? '请在「人员」填「接任人」' : `通知和审批已转${successor},请批量替换为${successor}`}`];
  })];
}
