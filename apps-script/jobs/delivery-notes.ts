import { formatDay, type Day, type Deliveries, type Delivery, type Moment } from '#core';

const PREFIX = 'duban.mail.';
/** How long a sent mail is remembered, so that a row of 通知 that people delete is not sent again. */
const KEPT_DAYS = 30;
const KEPT_MOST = 800;
const MINUTES_PER_DAY = 1440;

type Stored = readonly [state: Delivery['state'], at: Moment, attempts: number, error: string, permanent: boolean, quota: number | null];

/**
 * What was really sent, in the document's properties, written before and after each mail: a run that is killed between the
 * two leaves it to the next, which brings the rows of 通知 up to it.
 */
export class DeliveryNotes {
  private readonly store = PropertiesService.getDocumentProperties();
  private readonly known = new Map<string, Delivery>();
  /** What was left of the day's quota before the mails whose outcome nobody noted. */
  private readonly quotas = new Map<string, number>();

  constructor() {
    for (const [name, value] of Object.entries(this.store.getProperties())) {
      if (!name.startsWith(PREFIX)) continue;
      const key = name.slice(PREFIX.length);
      const [state, at, attempts, error, permanent, quota] = JSON.parse(value) as Stored;
      if (state === 'sending' && typeof quota === 'number') this.quotas.set(key, quota);
      this.known.set(key, { key, state, at, attempts, error, permanent, subject: '', body: '', members: [] });
    }
  }

  entries(): Deliveries {
    return this.known;
  }

  /** The quota before a mail that a run began to send, and whose outcome it did not live to note; null otherwise. */
  quotaBefore(key: string): number | null {
    return this.quotas.get(key) ?? null;
  }

  record(delivery: Pick<Delivery, 'key' | 'state' | 'at' | 'attempts' | 'error' | 'permanent'>, quota?: number): void {
    const stored: Stored = [delivery.state, delivery.at, delivery.attempts, delivery.error, delivery.permanent, quota ?? null];
    this.store.setProperty(PREFIX + delivery.key, JSON.stringify(stored));
    this.known.set(delivery.key, { ...delivery, subject: '', body: '', members: [] });
  }

  /** Forgets what 通知 itself tells by now: old mails, and failures of notices that no longer wait. */
  forget(statusOf: (key: string) => string | null, now: Moment): void {
    const sent = [...this.known.values()].filter((delivery) => delivery.state === 'sent').sort((a, b) => b.at - a.at);
    const old = sent.filter((delivery, index) => index >= KEPT_MOST || now - delivery.at > KEPT_DAYS * MINUTES_PER_DAY);
    const settled = [...this.known.values()].filter(({ key, state }) => state !== 'sent' && !['待发', '发送中'].includes(statusOf(key) ?? ''));
    for (const { key } of [...old.filter(({ key: each }) => statusOf(each) === '已发' || statusOf(each) === null), ...settled]) {
      this.store.deleteProperty(PREFIX + key);
      this.known.delete(key);
    }
  }
}

/** What the hourly job remembers of a day, and how long triggers have run on it. */
export interface DayState { readonly day: string; readonly done: boolean; readonly tries: number; readonly seconds: number }

const DAY_STATE = 'duban.day';

export function readDayState(today: Day): DayState {
  const text = PropertiesService.getDocumentProperties().getProperty(DAY_STATE);
  const fresh: DayState = { day: formatDay(today), done: false, tries: 0, seconds: 0 };
  const stored = text === null ? fresh : JSON.parse(text) as DayState;
  return stored.day === fresh.day ? stored : fresh;
}

export function writeDayState(state: DayState): void {
  PropertiesService.getDocumentProperties().setProperty(DAY_STATE, JSON.stringify(state));
}
