import { addDays, isWorkday, mondayOf, workdayFrom, workdayUntil, type Day } from './days.ts';
import { OFFICE, type Matter } from './office.ts';

/** 办法第四条 as this office set it: reminders two calendar days ahead. */
const LEAD_DAYS = 2;

/**
 * The reminders and chasers that open matters call for on the day of a run, as keys of 通知: nothing on days off, what
 * falls on one before or after it; nothing for a day before the matter was first seen, and nothing to a successor of which his
 * predecessor was told already.
 */
export function dutiesAt(today: Day, matters: readonly Readonly<Matter>[], idOf: ReadonlyMap<string, string>, told: Pick<ReadonlySet<string>, 'has'>): string[] {
  if (!isWorkday(today)) return [];
  return matters.filter((matter) => matter.present && matter.submitted === null && matter.firstSeen !== null).flatMap((matter) => {
    const id = idOf.get(matter.title) ?? matter.title;
    const { limit, handler, formerHandler, head } = matter;
    const since = matter.firstSeen!;
    const lead = workdayUntil(addDays(limit, -LEAD_DAYS));
    const due = workdayUntil(limit);
    const chase = workdayFrom(addDays(limit, 1));
    const monday = mondayOf(today);
    const key = (type: string, moment: string, to: string): string => `${type}/${id}/${moment}/${to}`;
    const keys: string[] = [];
    if (lead <= today && today < due && lead >= since) {
      keys.push(key('到期提醒', `lead/${limit}`, handler), ...(matter.inspected ? [] : [key('督导提醒', `lead/${limit}`, OFFICE)]));
    }
    if (due <= today && today <= limit && due >= since) keys.push(key('到期提醒', `due/${limit}`, handler));
    if (today > limit && chase >= since) {
      const asks = matter.extension !== null && !matter.extension.approved;
      keys.push(...(asks ? [] : [key('催办通知', `overdue/${limit}`, handler), key('催办通知', `overdue/${limit}`, head)]), key('督导提醒', `overdue/${limit}`, OFFICE));
    }
    const first = workdayFrom(monday);
    if (today > limit && today >= first && first > chase && first >= since) keys.push(key('逾期说明', `weekly/${monday}`, handler), key('逾期说明', `weekly/${monday}`, head));
    return keys.filter((duty) => formerHandler === null || !duty.endsWith(`/${handler}`) || !told.has(`${duty.slice(0, -handler.length)}${formerHandler}`));
  });
}
