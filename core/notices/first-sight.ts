import { dayOf, formatMoment, type Day } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { LightState } from '../lifecycle/lights.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import { compareText } from '../workbook/directory.ts';
import { groupBy } from '../workbook/group-by.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { WantedNotice } from './plan-notices.ts';
import { lapsedLine } from './first-batch.ts';
import { officeNames } from './recipients.ts';

/**
 * Rows that were late before the program first saw them are not chased; the office gets one summary of each batch
 * instead, on the day of its first sight (contract: a row seen for the first time is taken as it stands). Items that are held
 * back stand in the mail that asks for their release.
 */
export function firstSightNotices(
  workbook: Workbook, items: readonly { readonly facts: ItemFacts; readonly light: LightState }[], heldBack: ReadonlySet<string>, clock: RunClock,
): WantedNotice[] {
  const late = items.filter(({ facts, light }) => light.light === '红' && light.limit !== null && dayOf(facts.firstSeen) === clock.today && !heldBack.has(facts.id)
    && workbook.calendar.nextWorkingDay((dayOf(light.limit) + 1) as Day) < clock.today);
  const batches = groupBy(late.map(({ facts }) => facts), ({ firstSeen }) => formatMoment(firstSeen));
  const clause = workbook.policy.clauses.lateness;
  return [...batches].flatMap(([seen, batch]) => officeNames(workbook).map((recipient): WantedNotice => ({
    key: `督导提醒/首次登记/${seen}/${recipient}`, type: '督导提醒', itemId: '', recipient, copy: [], channel: '摘要',
    subject: `首次登记:${batch.length} 件已逾期`, clause, needsSignature: false,
    body: [
      `首次登记的事项中有 ${batch.length} 件在此之前已逾期,程序不向承办人催办,请核对后自行处理(${clause}):`,
      ...batch.sort((a, b) => compareText(a.id, b.id)).map(lapsedLine),
    ].join('\n'),
  })));
}
