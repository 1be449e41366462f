import { renderMail, SHEETS, type OutgoingNotice } from '#core';
import { utf8Bytes } from '../sha256.ts';

/** Google refuses a mail whose text and HTML hold more together (a consumer's limit; Workspace allows twice that). */
const MOST_BYTES = 200 * 1024;
/** Of the lines that are too many a fifth is left out at a time. */
const KEPT = 0.8;

/** A notice as a mail that Google takes: of one too long the last lines are left to 通知, and the mail says so. */
export function fittingMail({ key, subject, body }: OutgoingNotice, footer: readonly string[]): { html: string; text: string } {
  const lines = body.split('\n');
  for (let kept = lines.length; ; kept = Math.floor(kept * KEPT)) {
    const left = lines.length - kept;
    const mail = renderMail({ subject, footer, body: left === 0 ? body : [...lines.slice(0, kept), '', `(邮件过长,其余 ${left} 行见表格「${SHEETS.notices.name}」:${key})`].join('\n') });
    if (kept === 0 || utf8Bytes(mail.html + mail.text).length <= MOST_BYTES) return mail;
  }
}
