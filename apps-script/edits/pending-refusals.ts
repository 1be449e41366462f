import type { Moment } from '#core';
import { momentNow } from '../workbook/cell-from-google.ts';

const PREFIX = 'duban.refused.';
/** How long a refused status is left to its author to put right (WORKBOOK: strict mode on Google). */
const GRACE_MINUTES = 10;

export interface Refusals {
  /** Items whose author may still put the status right. */
  readonly fresh: ReadonlySet<string>;
  /** Items whose time is up. */
  readonly due: readonly string[];
}

/** Notes, from the simple trigger, that an item's status was refused now; one property each, since edits may come at once. */
export function noteRefusal(itemId: string): void {
  PropertiesService.getDocumentProperties().setProperty(PREFIX + itemId, String(momentNow()));
}

export function forgetRefusals(itemIds: readonly string[]): void {
  const store = PropertiesService.getDocumentProperties();
  for (const itemId of itemIds) store.deleteProperty(PREFIX + itemId);
}

/** What is noted, in one call. */
export function readRefusals(now: Moment): Refusals {
  const fresh = new Set<string>();
  const due: string[] = [];
  for (const [name, value] of Object.entries(PropertiesService.getDocumentProperties().getProperties())) {
    if (!name.startsWith(PREFIX)) continue;
    const age = now - Number(value);
    if (age < GRACE_MINUTES) fresh.add(name.slice(PREFIX.length));
    else due.push(name.slice(PREFIX.length));
  }
  return { fresh, due };
}
