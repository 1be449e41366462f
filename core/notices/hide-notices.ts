import type { Day } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { compareText } from '../workbook/directory.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { splitNames } from '../workbook/names.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { NoticeType } from '../workbook/values.ts';
import { isDigestMember } from './channels.ts';
import { hiddenLine, isWrittenOpenly, mayBeTold, withoutHidden, type HiddenItems } from './confidential.ts';
import { digestBody } from './digest.ts';
import type { WantedNotice } from './plan-notices.ts';
import { titleFor } from './recipients.ts';
import { letter } from './words.ts';

type Row = ParsedRow<'notices'>;
export type Words = Pick<WantedNotice, 'subject' | 'body' | 'copy'>;

export interface HiddenNotices {
  readonly reworded: ReadonlyMap<Row, Words>;
  readonly obsolete: ReadonlySet<Row>;
}

/**
 * What becomes of rows of 通知 that are still to go out and tell of hidden items: their number alone, in the words that `wanted`
 * has now where it asks for the same notice; withdrawn where the reader may not be told. A digest that is frozen and not sent is written anew from what is left of its members.
 */
export function hideNotices(
  workbook: Workbook, hidden: HiddenItems, wanted: readonly WantedNotice[], isUnsent: (cells: CellsOf<'notices'>) => boolean, digestKey: (recipient: string, on: Day) => string, today: Day,
): HiddenNotices {
  const current = new Map(wanted.filter(({ itemId }) => hidden.has(itemId)).map((notice) => [notice.key, notice]));
  const reworded = new Map<Row, Words>();
  const obsolete = new Set<Row>();
  const digests = new Set<string>();
  for (const row of workbook.sheets.notices.rows) {
    const { cells } = row;
    if (cells.type === '每日摘要' || !isUnsent(cells)) continue;
    const item = hidden.get(cells.itemId);
    if (item === undefined) {
      const body = cells.itemId === '' ? withoutHidden(cells.body, hidden) : cells.body;
      if (body === cells.body) continue;
      reworded.set(row, { subject: cells.subject, body, copy: splitNames(cells.copy) });
    } else if (!isWrittenOpenly(cells)) continue;
    else if (!mayBeTold(workbook, item, cells.recipient)) obsolete.add(row);
    else reworded.set(row, current.get(cells.noticeId) ?? hiddenWords(workbook, cells, item, today));
    if (isDigestMember(cells.channel) && cells.plannedOn !== null) digests.add(digestKey(cells.recipient, cells.plannedOn));
  }
  for (const key of digests) {
    const digest = workbook.index.notice.get(key);
    if (digest === undefined || !isUnsent(digest.cells)) continue;
    const { recipient, plannedOn } = digest.cells;
    const lines = workbook.sheets.notices.rows
      .filter((row) => isDigestMember(row.cells.channel) && row.cells.plannedOn === plannedOn && row.cells.recipient === recipient && row.cells.status !== '已取消' && !obsolete.has(row))
      .map((row) => ({ key: row.cells.noticeId, type: row.cells.type as NoticeType, line: reworded.get(row)?.body ?? row.cells.body })).sort((a, b) => compareText(a.key, b.key));
    if (lines.length === 0) obsolete.add(digest);
    else reworded.set(digest, { ...digestBody(workbook, recipient, plannedOn ?? today, lines), copy: [] });
  }
  return { reworded, obsolete };
}

/** What nothing asks for any more, and may still be said of a hidden item. */
function hiddenWords(workbook: Workbook, cells: CellsOf<'notices'>, item: ItemFacts, today: Day): Words {
  const line = hiddenLine(item);
  return {
    subject: `${cells.type}:${item.id} ${titleFor(item)}`, body: isDigestMember(cells.channel) ? line : letter(workbook, cells.recipient, [line], today),
    copy: splitNames(cells.copy).filter((name) => mayBeTold(workbook, item, name)),
  };
}
