import { dayOf, formatLimit, yearOf } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { groupOf } from '../lifecycle/status-groups.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { WantedNotice } from './plan-notices.ts';
import { recipientsFor, titleFor } from './recipients.ts';

/** One line to whoever handles or heads an item whose issued limit moved later when the holidays of its year were published. */
export function calendarNotices(workbook: Workbook, facts: Iterable<ItemFacts>): WantedNotice[] {
  const notices: WantedNotice[] = [];
  for (const item of facts) {
    const { movedFrom, original } = item;
    if (movedFrom === null || original === null || groupOf(item.status) === 'done' || groupOf(item.status) === 'void') continue;
    const line = `${item.id} ${titleFor(item)}(${item.unit}):${String(yearOf(dayOf(original)))}年节假日已公布,时限由 ${formatLimit(movedFrom)} 顺延至 ${formatLimit(original)},此前通知的时限以此为准。请按新时限办理(${item.limitClause})`;
    for (const recipient of recipientsFor(workbook, item, ['handler', 'leadUnit'])) {
      notices.push({
        key: `更正说明/${item.id}/节假日/${formatLimit(original)}/${recipient}`, type: '更正说明', itemId: item.id, recipient, copy: [], channel: '摘要',
        subject: `时限顺延:${item.id} ${titleFor(item)}`, body: line, clause: item.limitClause, needsSignature: false,
      });
    }
  }
  return notices;
}
