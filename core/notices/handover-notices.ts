import { dayOf, formatDay, formatLimit } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { groupOf } from '../lifecycle/status-groups.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import { compareText } from '../workbook/directory.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { WantedNotice } from './plan-notices.ts';
import { titleFor } from './recipients.ts';
import { letter } from './words.ts';

/**
 * One letter to a successor with the open items that he takes over, whether 承办人 and 责任人 name him already or not. Items
 * first seen after the departure were never the predecessor's; confidential ones wait until the item names the successor.
 */
export function handoverNotices(workbook: Workbook, facts: readonly ItemFacts[], clock: RunClock): WantedNotice[] {
  const { directory, index, policy } = workbook;
  const clause = policy.clauses.reassignment;
  return workbook.sheets.people.rows.flatMap(({ cells: { name, leftOn } }): WantedNotice[] => {
    const leaver = directory.leaver(name);
    const successor = leaver === null ? '' : directory.present(name);
    if (successor === '' || leftOn === null || leftOn < clock.today - RECENT_DAYS) return [];
    const items = facts.filter((item) => isOpen(item) && dayOf(item.firstSeen) <= leftOn && isTakenOver(item, name, successor,
      (kind) => index.notice.has(`${kind}/${item.id}/issue/${name}`))).sort((a, b) => compareText(a.id, b.id));
    if (items.length === 0) return [];
    return [{
      key: `立项下发/移交/${name}/${successor}`, type: '立项下发', itemId: '', recipient: successor, copy: [], channel: '邮件',
      subject: `移交:${name}经办的 ${String(items.length)} 件督办事项由您接办`, clause, needsSignature: false,
      body: letter(workbook, successor, [
        `${name}已于 ${formatDay(leftOn)} 离任,以下 ${String(items.length)} 件在办事项由您接办,时限不变(${clause}):`,
        ...items.map((item) => `${item.id} ${titleFor(item)}(${item.unit}${item.current === null ? '' : `,时限 ${formatLimit(item.current)}`},${item.status})`),
        '', '请核对后在台账中更新「进展情况」;此前的提醒不再重发。',
      ], clock.today),
    }];
  });
}

/** How long after a departure its list is still news. */
const RECENT_DAYS = 31;

function isOpen({ status }: ItemFacts): boolean {
  const group = groupOf(status);
  return group === 'running' || group === 'returned' || group === 'paused' || group === 'review';
}

function isTakenOver({ cells }: ItemFacts, name: string, successor: string, wasTold: (kind: '立项下发') => boolean): boolean {
  const persons = [cells.handler, cells.dutyPerson];
  if (persons.includes(name)) return cells.confidentiality !== '保密';
  return persons.includes(successor) && wasTold('立项下发');
}
