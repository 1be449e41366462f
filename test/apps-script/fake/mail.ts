import type { Clock } from './clock.ts';
import { ScriptException } from './exception.ts';
import type { Execution } from './execution.ts';
import { Fake } from './strict-proxy.ts';

export interface SentMail {
  readonly at: number;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly htmlBody: string | null;
  readonly name: string | null;
  readonly replyTo: string | null;
}

const MAX_RECIPIENTS = 50;
const MAX_BODY_BYTES = 200 * 1024;
const MAX_SUBJECT = 250;
const DAY = 86_400_000;

/** Outbox and daily quota, which counts recipients and starts anew 24 hours after its first use (notes 3.1). */
export class MailState {
  readonly outbox: SentMail[] = [];
  dailyQuota: number;
  readonly #clock: Clock;
  #used = 0;
  #since: number | null = null;
  constructor(clock: Clock, dailyQuota: number) {
    this.#clock = clock;
    this.dailyQuota = dailyQuota;
  }

  remaining(): number {
    if (this.#since !== null && this.#clock.now - this.#since >= DAY) {
      this.#since = null;
      this.#used = 0;
    }
    return Math.max(0, this.dailyQuota - this.#used);
  }

  send(mail: Omit<SentMail, 'at'>): void {
    const recipients = mail.to.length + mail.cc.length + mail.bcc.length;
    if (recipients > this.remaining()) throw new ScriptException('Service invoked too many times for one day: email.');
    this.#since ??= this.#clock.now;
    this.#used += recipients;
    this.outbox.push({ at: this.#clock.now, ...mail });
  }
}

type GMailApp = GoogleAppsScript.Mail.MailApp;
type Message = GoogleAppsScript.Mail.MailAdvancedParameters;

export class FakeMailApp extends Fake implements GMailApp {
  constructor(run: Execution) {
    super('MailApp', run);
  }

  getRemainingDailyQuota(): number { return this.run.world.mail.remaining(); }

  /** ({to, …}) or (to, subject, body, {…}). */
  sendEmail(first: Message | string, subject?: string, body?: string, options?: Message | string): void {
    if (typeof options === 'string') throw new Error('not faked: MailApp.sendEmail(to, replyTo, subject, body)');
    const message: Message = typeof first === 'string' ? { ...options, to: first, subject, body } : first;
    const known = ['to', 'cc', 'bcc', 'subject', 'body', 'htmlBody', 'name', 'replyTo', 'noReply'];
    const unknown = Object.keys(message).find((key) => !known.includes(key));
    if (unknown !== undefined) throw new Error(`not faked: MailApp.sendEmail with ${unknown}`);
    const [to, cc, bcc] = [addresses(message.to), addresses(message.cc), addresses(message.bcc)];
    if (to.length + cc.length + bcc.length === 0) throw new ScriptException('Failed to send email: no recipient');
    if (to.length + cc.length + bcc.length > MAX_RECIPIENTS) throw new ScriptException('Limit Exceeded: Email Recipients Per Message.');
    if (Buffer.byteLength(message.body ?? '') + Buffer.byteLength(message.htmlBody ?? '') > MAX_BODY_BYTES) throw new ScriptException('Limit Exceeded: Email Body Size.');
    if ((message.subject ?? '').length > MAX_SUBJECT) throw new ScriptException('Argument too large: subject');
    this.run.world.mail.send({ to, cc, bcc, subject: message.subject ?? '', body: message.body ?? '', htmlBody: message.htmlBody ?? null, name: message.name ?? null, replyTo: message.replyTo ?? null });
  }
}

function addresses(list: string | undefined): string[] {
  return (list ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '').map((part) => {
    const address = /<([^<>]+)>$/.exec(part)?.[1] ?? part;
    if (!/^[^\s@<>"(),;:]+@[^\s@<>"(),;:.]+(\.[^\s@<>"(),;:.]+)+$/.test(address)) throw new ScriptException(`Invalid email: ${part}`);
    return address;
  });
}
