import { createHash } from 'node:crypto';
import type { Moment } from '#core';

export interface Address {
  readonly name: string;
  readonly address: string;
}

export interface MailAttachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Uint8Array;
  /** Set where the HTML shows the picture by `cid:`; the attachment is then inline. */
  readonly cid?: string;
}

export interface Mail {
  /** 通知编号. The same key in the same workbook is the same mail, however often it is sent. */
  readonly key: string;
  readonly workbookId: string;
  /** The `Date` header: an argument, so that the same notice gives the same bytes. */
  readonly date: Moment;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments?: readonly MailAttachment[];
}

/** What public mail servers accept without asking; a notice is far below. Lengths in UTF-16 units, sizes in bytes. */
export const MAIL_LIMITS = { recipients: 100, subject: 200, name: 80, body: 1_000_000, attachments: 20_000_000 } as const;

/** The `Message-ID` of a notice, with its angle brackets: the first 32 hex digits of sha256(key + workbook id). */
export function messageId(mail: Pick<Mail, 'key' | 'workbookId'>): string {
  return `<${sha256(mail.key + mail.workbookId).slice(0, 32)}@duban.local>`;
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Text for a header: control, line and direction-override characters become spaces, so that no header can be smuggled in. */
export function headerText(text: string, limit: number): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
  const signs = Array.from(line);
  return signs.length <= limit ? line : `${signs.slice(0, limit - 1).join('')}…`;
}

/**
 * True for one plain mailbox (`name@host.domain`, or a host without dots inside an office's own net). Narrower than
 * RFC 5321 on purpose: quoted local parts, comments and lists in one cell are typing errors in a 人员 sheet.
 */
export function isMailbox(address: string): boolean {
  return address.length <= 254
    && /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?)*$/u.test(address);
}

/** Why a mail can't be sent at all, in Chinese; null where it can. A limit is never met by cutting an official text short. */
export function mailProblem(mail: Mail): string | null {
  const recipients = mail.to.length + mail.cc.length;
  if (recipients === 0) return '没有收件人：请在“人员”表补全邮箱';
  if (recipients > MAIL_LIMITS.recipients) return `收件人和抄送共 ${recipients} 个，超过 ${MAIL_LIMITS.recipients} 个上限：请分成几条通知`;
  const body = Math.max(mail.text.length, mail.html.length);
  if (body > MAIL_LIMITS.body) return `正文 ${body} 字，超过 ${MAIL_LIMITS.body} 字上限：请把长内容放进附件`;
  const size = (mail.attachments ?? []).reduce((sum, one) => sum + one.content.length, 0);
  if (size > MAIL_LIMITS.attachments) {
    return `附件共 ${Math.ceil(size / 1e6)} MB，超过 ${MAIL_LIMITS.attachments / 1e6} MB 上限：请改发链接或路径`;
  }
  return null;
}
