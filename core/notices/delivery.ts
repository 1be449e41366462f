import type { Moment } from '../calendar/plain-date.ts';
import type { SentChannel } from './channels.ts';

/**
 * What a host knows of a notice it tried to deliver. It comes from the host's delivery journal and is an input of
 * planRun like the workbook itself, so that a mail whose row was lost is neither forgotten nor sent again.
 */
export interface Delivery {
  readonly key: string;
  readonly state: 'sending' | 'sent' | 'failed';
  readonly at: Moment;
  readonly attempts: number;
  readonly error: string;
  /** True where trying again is pointless (a bad address). */
  readonly permanent: boolean;
  /** Mailboxes that the mail server refused for good, where the host is told. */
  readonly refused?: readonly string[];
  /** Frozen before the first attempt, so that a repeat sends the same words to the same members. */
  readonly subject: string;
  readonly body: string;
  readonly members: readonly string[];
  /** 抄送 and 依据 as they stood in its row, for a row that is lost; absent in journals of older versions. */
  readonly copy?: string;
  readonly clause?: string;
  /** Which way it went (渠道); absent: by mail. */
  readonly channel?: SentChannel;
}

export type Deliveries = ReadonlyMap<string, Delivery>;

/** The cause of a change that says what became of a mail: its sender writes it, whoever plans. */
export const DELIVERY_RESULT = '投递结果';

/** Attempts after which a notice is 失败 and waits for a person. */
export const MAX_ATTEMPTS = 6;

/** Whether a notice waits for a person (失败): a mailbox refused it for good, or it was tried often enough. */
export function gaveUp({ state, permanent, attempts }: Delivery): boolean {
  return state === 'failed' && (permanent || attempts >= MAX_ATTEMPTS);
}

/** Minutes to wait after so many failed attempts: 15, 30, 60 … at most a day. */
export function backOffMinutes(attempts: number): number {
  return Math.min(1440, 15 * 2 ** Math.max(0, attempts - 1));
}
