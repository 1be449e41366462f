import { dayOf, type Day, type Moment } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { NoticeRule } from '../policy/schema.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { recipientsFor, titleFor, type Party } from './recipients.ts';

/** A notice that state makes due. Its key is the same however often it is planned. */
export interface DueNotice {
  readonly key: string;
  readonly rule: NoticeRule;
  readonly facts: ItemFacts;
  readonly recipient: string;
  readonly copy: readonly string[];
  readonly subject: string;
  readonly line: string;
  /** Further lines of a letter. */
  readonly details: readonly string[];
}

export interface NoticeWords {
  readonly line: string;
  readonly details?: readonly string[];
  /** Stands in the subject in place of the notice's type. */
  readonly subject?: string;
}

/** One notice for each recipient of a rule; `moment` is what tells it from the rule's other notices about the item. */
export function addressed(workbook: Workbook, rule: NoticeRule, facts: ItemFacts, moment: string, words: NoticeWords, party?: Party): DueNotice[] {
  const copy = recipientsFor(workbook, facts, rule.copy ?? [], party);
  const details = facts.cells.confidentiality === '保密' ? [] : words.details ?? [];
  return recipientsFor(workbook, facts, rule.to, party).map((recipient) => ({
    key: [rule.type, facts.id, moment, recipient].join('/'), rule, facts, recipient, copy: copy.filter((name) => name !== recipient),
    subject: `${words.subject ?? rule.type}:${facts.id} ${titleFor(facts)}`, line: words.line, details,
  }));
}

/** How long an event still calls for a notice that is missing: longer than any outage or holiday, shorter than history. */
const RECENT_DAYS = 31;

/**
 * Whether an event of an item is to be told: it happened, not before the item's first sight, and lately. What was told
 * stands in 通知; what is older than that is history.
 */
export function isNews(facts: ItemFacts, at: Moment | null, clock: RunClock): at is Moment {
  return at !== null && at <= clock.now && dayOf(at) >= facts.toldFrom && dayOf(at) >= clock.today - RECENT_DAYS;
}

/** The day so many working days before another. */
export function workdaysBefore(workbook: Workbook, last: Day, lead: number): Day {
  return workbook.calendar.addWorkingDays(last, -lead);
}
