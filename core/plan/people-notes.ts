import { formatDay } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { groupOf } from '../lifecycle/status-groups.ts';
import type { Deliveries } from '../notices/delivery.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** One line each for 首页: names that two people bear, mailboxes that the mail server refuses, and people who left while the tables still name them. */
export function peopleNotes(workbook: Workbook, facts: readonly ItemFacts[], deliveries: Deliveries): string[] {
  const { directory, sheets } = workbook;
  return [...refusedMailboxes(workbook, deliveries), ...namesakesAndLeavers(directory, sheets, facts)];
}

/** Told until the address is changed, or the notice is cancelled or sent. */
function refusedMailboxes({ sheets, index }: Workbook, deliveries: Deliveries): string[] {
  const refused = new Set([...deliveries.values()].filter(({ key, state }) => state === 'failed' && !['已取消', '已发'].includes(index.notice.get(key)?.cells.status ?? ''))
    .flatMap((delivery) => delivery.refused ?? []));
  if (refused.size === 0) return [];
  return sheets.people.rows.filter(({ cells }) => refused.has(cells.email)).map(({ cells }) =>
    `「人员」表 ${cells.name} 的邮箱 ${cells.email} 被邮件服务器拒收:请核对改正,再把「通知」里「失败」的改回「待发」`);
}

function namesakesAndLeavers(directory: Workbook['directory'], sheets: Workbook['sheets'], facts: readonly ItemFacts[]): string[] {
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
