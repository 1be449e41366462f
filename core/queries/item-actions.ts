import { at as momentAt, type Moment } from '../calendar/plain-date.ts';
import { maySee } from './may-see.ts';
import type { ItemsAt } from './items-at.ts';

/** One of the four ways to act on an item, when and by whom. */
export interface ItemAction {
  readonly kind: '交办' | '催办' | '督办' | '查办';
  readonly at: Moment;
  readonly by: string;
}

/** What was done to move an item on, in the order of time (platform 三): handed out, chased, supervised, investigated. */
export function itemActions(items: ItemsAt, itemId: string, viewer: string): ItemAction[] {
  const item = items.items.get(itemId);
  if (item === undefined || !maySee(items.workbook, item.facts, viewer)) return [];
  const { index } = items.workbook;
  const actions: ItemAction[] = [];
  if (item.facts.issuedAt !== null) actions.push({ kind: '交办', at: item.facts.issuedAt, by: item.facts.cells.initiatorUnit });
  for (const { cells } of index.chasesOf.get(itemId) ?? []) {
    if (cells.sentAt !== null && !actions.some((action) => action.kind === '催办' && action.at === cells.sentAt)) actions.push({ kind: '催办', at: cells.sentAt, by: cells.signer });
  }
  for (const { cells } of index.inspectionsOf.get(itemId) ?? []) {
    if (cells.date === null) continue;
    const kind = cells.method === '查办' || cells.method === '催办' ? cells.method : '督办';
    actions.push({ kind, at: momentAt(cells.date, 0), by: cells.inspector });
  }
  return actions.sort((a, b) => a.at - b.at);
}
