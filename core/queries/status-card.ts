import { formatLimit, formatMoment } from '../calendar/plain-date.ts';
import { titleFor } from '../notices/recipients.ts';
import { itemTimeline } from './item-timeline.ts';
import type { ItemsAt } from './items-at.ts';
import { maySee } from './may-see.ts';

/** Label and value, as a phone shows them one below the other. */
export type CardLine = readonly [label: string, value: string];

/** An item's status, progress and last feedback on one card (platform-6a); null where there is none or the viewer may not see it. */
export function statusCard(at: ItemsAt, itemId: string, viewer: string): CardLine[] | null {
  const item = at.items.get(itemId);
  if (item === undefined || !maySee(at.workbook, item.facts, viewer)) return null;
  const { facts, light } = item;
  const last = itemTimeline(at, itemId, viewer).at(-1);
  const { cells } = facts;
  const lines: CardLine[] = [
    ['事项编号', facts.id], ['督办事项', titleFor(facts)], ['牵头单位', facts.unit], ['承办人', cells.handler], ['状态', facts.status], ['灯号', light.light],
    ['现行时限', facts.current === null ? '' : formatLimit(facts.current)], ['剩余天数', light.daysLeft === null ? '' : String(light.daysLeft)],
    ['进度', cells.percent === null ? '' : `${Math.round(cells.percent * 100)}%`], ['最新反馈', last?.at == null ? '' : formatMoment(last.at)],
    ['进展情况', last?.text ?? ''],
  ];
  return lines.filter(([, value]) => value !== '');
}
