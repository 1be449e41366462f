import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { splitNames } from '../workbook/names.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { NoticeType } from '../workbook/values.ts';
import { CONFIDENTIAL_TITLE, namedOn, titleFor } from './recipients.ts';

type Notice = CellsOf<'notices'>;

/** Letters that name an item by its number alone, whatever its 密级. */
const NUMBERED: ReadonlySet<string> = new Set<NoticeType>(['问责通知', '考核意见']);
const NOTHING_TOLD: ReadonlyMap<string, string> = new Map();

/** The items that may be told by number alone. */
export type HiddenItems = ReadonlyMap<string, ItemFacts>;

export function hiddenItems(facts: Iterable<ItemFacts>): HiddenItems {
  const hidden = new Map<string, ItemFacts>();
  for (const item of facts) if (item.cells.confidentiality === '保密') hidden.set(item.id, item);
  return hidden;
}

/** Whether a notice about a hidden item was written before it was hidden. */
export function isWrittenOpenly({ type, subject, body }: Pick<Notice, 'type' | 'subject' | 'body'>): boolean {
  return !NUMBERED.has(type) && `${subject}${body}` !== '' && !subject.includes(CONFIDENTIAL_TITLE) && !body.includes(CONFIDENTIAL_TITLE);
}

/** Whether everybody whom a notice names may be told of a hidden item. */
export function mayBeTold(workbook: Workbook, item: ItemFacts, recipient: string): boolean {
  const named = namedOn(item) ?? [];
  return splitNames(recipient).every((name) => named.includes(name) || named.includes(workbook.directory.present(name)));
}

/** How a hidden item is named where nothing more may be said. */
export function hiddenLine(item: ItemFacts): string {
  return `${item.id} ${titleFor(item)}。请在台账中查看。`;
}

/** A text that tells of several items, each on a line: lines about hidden ones say their number alone. */
export function withoutHidden(text: string, hidden: HiddenItems): string {
  if (hidden.size === 0) return text;
  return text.split('\n').map((line) => {
    if (line.includes(CONFIDENTIAL_TITLE)) return line;
    const item = [...hidden.values()].find(({ id }) => namesItem(line, id));
    return item === undefined ? line : hiddenLine(item);
  }).join('\n');
}

/** Whether a line names an item; a longer number that begins with it is another item's. */
function namesItem(line: string, id: string): boolean {
  for (let at = line.indexOf(id); at >= 0; at = line.indexOf(id, at + 1)) {
    if (!/[\w-]/.test(line[at - 1] ?? '') && !/[\w-]/.test(line[at + id.length] ?? '')) return true;
  }
  return false;
}

/** What can't be taken back: a sentence for each hidden item of which notices went out with its words. */
export function toldOpenly(workbook: Workbook, hidden: HiddenItems): ReadonlyMap<string, string> {
  if (hidden.size === 0) return NOTHING_TOLD;
  const told = new Map<string, { count: number; readers: Set<string> }>();
  for (const { cells } of workbook.sheets.notices.rows) {
    if (cells.status !== '已发' || !hidden.has(cells.itemId) || !isWrittenOpenly(cells)) continue;
    const known = told.get(cells.itemId) ?? { count: 0, readers: new Set() };
    told.set(cells.itemId, known);
    known.count += 1;
    for (const name of [...splitNames(cells.recipient), ...splitNames(cells.copy)]) known.readers.add(name);
  }
  return new Map([...told].map(([id, { count, readers }]) => [
    id, `改为保密之前发出的 ${String(count)} 条通知写有事项内容(收件人:${[...readers].join('、')}),收不回来:请告知收件人删除,并抹去「通知」表中的标题和正文;要连备份一并清除的用 duban purge`,
  ]));
}
