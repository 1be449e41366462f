import { dayOf, mailFooter, type Addressee, type Moment, type OutgoingNotice, type Workbook } from '#core';
import { messageOf } from '../host-error.ts';
import type { GSpreadsheet } from '../workbook/google.ts';
import type { DeliveryNotes } from './delivery-notes.ts';
import { fittingMail } from './fit-mail.ts';

export interface Delivered {
  readonly delivered: number;
  readonly undelivered: readonly { readonly key: string; readonly message: string }[];
  /** True where the notes changed: 通知 must be brought up to them. */
  readonly changed: boolean;
  /** True where mails wait for another hour: quota, time or permission was wanting. */
  readonly waiting: boolean;
}

const RECIPIENTS_PER_MAIL = 50;
const SUBJECT_LIMIT = 200;
const SENDER = '督办';
/** Google's refusals that say nothing against the mail itself. */
const SERVICE_DOWN = /too many times|permission|authoriz|Service unavailable|computer time|try again/i;
const BAD_ADDRESS = /Invalid email|no recipient/i;

/**
 * Sends what waits, each mail noted before and after. A mail that does not fit into the day's quota stays 待发; the rows of
 * 通知 keep their order, so it goes first next time.
 */
export function deliver(spreadsheet: GSpreadsheet, workbook: Workbook, outgoing: readonly OutgoingNotice[], notes: DeliveryNotes, now: Moment, isOver: () => boolean): Delivered {
  const undelivered: { key: string; message: string }[] = [];
  let delivered = 0;
  let changed = false;
  let waiting = false;
  let quota: number | null = null;
  /** The quota as this run found it. */
  let left: number | null = null;
  const footer = outgoing.length === 0 ? [] : mailFooter(workbook, `${spreadsheet.getName()} ${spreadsheet.getUrl()}`, dayOf(now));
  for (const notice of outgoing) {
    const { to, copy, invalid } = sift(notice);
    const recipients = to.length + copy.length;
    const attempts = notice.attempts + 1;
    const fail = (message: string, permanent: boolean): void => {
      undelivered.push({ key: notice.key, message });
      notes.record({ key: notice.key, state: 'failed', at: now, attempts, error: message, permanent });
      changed = true;
    };
    const wait = (message: string): void => {
      undelivered.push({ key: notice.key, message });
      waiting = true;
    };
    if (recipients === 0) {
      fail(invalid === '' ? '没有收件人:请在「人员」表补全邮箱' : invalid, true);
      continue;
    }
    if (recipients > RECIPIENTS_PER_MAIL) {
      fail(`收件人和抄送共 ${recipients} 个,超过 ${RECIPIENTS_PER_MAIL} 个上限:请分成几条通知`, true);
      continue;
    }
    if (isOver()) {
      wait('本次运行时间已用完,下次先发');
      continue;
    }
    try {
      quota ??= left = MailApp.getRemainingDailyQuota();
    } catch (error) {
      quota = 0;
      wait(messageOf(error));
      continue;
    }
    // A run that was killed over this mail noted the quota before it: short by just its recipients, the mail went out.
    const before = notes.quotaBefore(notice.key);
    const isOut = before !== null && left === before - recipients;
    if (!isOut) {
      if (recipients > quota) {
        wait('今日发信额度不足,下次先发');
        continue;
      }
      // An attempt counts once its outcome is known: what a kill cut off is made again, not made twice.
      notes.record({ key: notice.key, state: 'sending', at: now, attempts: notice.attempts, error: '', permanent: false }, quota);
      changed = true;
      try {
        const { html, text } = fittingMail(notice, footer);
        MailApp.sendEmail({ to: to.join(','), ...(copy.length === 0 ? {} : { cc: copy.join(',') }), subject: headerText(notice.subject), body: text, htmlBody: html, name: SENDER });
      } catch (error) {
        const message = messageOf(error);
        if (!SERVICE_DOWN.test(message)) {
          fail(message, BAD_ADDRESS.test(message));
          continue;
        }
        notes.record({ key: notice.key, state: 'failed', at: now, attempts: notice.attempts, error: message, permanent: false });
        wait(message);
        quota = 0;
        continue;
      }
      quota -= recipients;
    }
    if (invalid !== '') {
      fail(`${invalid};其余 ${recipients} 个收件人已送达`, true);
      continue;
    }
    notes.record({ key: notice.key, state: 'sent', at: now, attempts, error: '', permanent: false });
    changed = true;
    delivered += 1;
  }
  return { delivered, undelivered, changed, waiting };
}

function sift(notice: OutgoingNotice): { to: string[]; copy: string[]; invalid: string } {
  const taken = new Set<string>();
  const bad: string[] = [];
  const good = (people: readonly Addressee[]): string[] => people.flatMap(({ name, address }) => {
    if (!isMailbox(address)) bad.push(`${name} ${address === '' ? '(空白)' : address}`);
    else if (!taken.has(address.toLowerCase())) {
      taken.add(address.toLowerCase());
      return [address];
    }
    return [];
  });
  const to = good(notice.to);
  const copy = good(notice.copy);
  return { to, copy, invalid: bad.length === 0 ? '' : `邮箱地址无效:${bad.join('、')}(请在「人员」表更正)` };
}

/** One plain mailbox; anything else in a 人员 cell is a typing error. */
export function isMailbox(address: string): boolean {
  return address.length <= 254 && /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(address);
}

/** Line breaks and control characters can't smuggle in another header. */
function headerText(text: string): string {
  const signs = Array.from(text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim());
  return signs.length <= SUBJECT_LIMIT ? signs.join('') : `${signs.slice(0, SUBJECT_LIMIT - 1).join('')}…`;
}
