import MailComposer from 'nodemailer/lib/mail-composer';
import { epochOf } from '#core';
import { headerText, isMailbox, MAIL_LIMITS, messageId, sha256, type Address, type Mail } from './mail.ts';

export interface ComposedMail {
  /** RFC 5322 bytes with CRLF line ends; the same mail and sender always give the same bytes. */
  readonly raw: Buffer;
  readonly messageId: string;
  /** Each mailbox once, in the order of 收件人, then 抄送. */
  readonly recipients: readonly Address[];
  /** What stands where a mailbox should: left out of the headers, to be reported. */
  readonly invalid: readonly Address[];
}

/** Renders a mail to bytes. Names, subject and file names are cleaned of line breaks; bad addresses are set apart. */
export async function composeMail(mail: Mail, from: Address): Promise<ComposedMail> {
  const { valid: to, invalid: badTo } = sift(mail.to);
  const { valid: cc, invalid: badCc } = sift(mail.cc);
  const id = messageId(mail);
  const node = new MailComposer({
    from: headerAddress(from),
    to: to.map(headerAddress),
    cc: cc.map(headerAddress),
    subject: headerText(mail.subject, MAIL_LIMITS.subject),
    messageId: id,
    date: new Date(epochOf(mail.date)),
    text: mail.text,
    html: mail.html,
    textEncoding: 'base64',
    attachments: (mail.attachments ?? []).map((one) => ({
      filename: headerText(one.filename, MAIL_LIMITS.subject),
      contentType: one.contentType,
      content: Buffer.from(one.content),
      ...(one.cid === undefined ? {} : { cid: one.cid }),
    })),
    // Robots of other offices must not answer a chase; RFC 3834.
    headers: { 'Auto-Submitted': 'auto-generated' },
    baseBoundary: sha256(id).slice(0, 16),
    boundaryPrefix: '--duban',
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  const seen = new Set<string>();
  const recipients = [...to, ...cc].filter(({ address }) => !seen.has(address) && seen.add(address));
  return { raw: await node.build(), messageId: id, recipients, invalid: [...badTo, ...badCc] };
}

function sift(addresses: readonly Address[]): { valid: Address[]; invalid: Address[] } {
  const trimmed = addresses.map(({ name, address }) => ({ name, address: address.trim() }));
  return { valid: trimmed.filter((one) => isMailbox(one.address)), invalid: trimmed.filter((one) => !isMailbox(one.address)) };
}

function headerAddress({ name, address }: Address): { name: string; address: string } {
  return { name: headerText(name, MAIL_LIMITS.name), address };
}
