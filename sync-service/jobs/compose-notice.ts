import { parsePeriod, renderMail, type MailLink, type MailPicture, type Moment, type OutgoingNotice, type Period, type Workbook } from '#core';
import type { Mail, MailAttachment } from '../notify/mail.ts';

/** What all mails of a run have in common. */
export interface MailFrame {
  readonly workbook: Workbook;
  /** Part of every Message-ID. */
  readonly workbookId: string;
  readonly now: Moment;
  readonly footer: readonly string[];
  /** Absent: mails bring no links. */
  readonly answerLinks?: AnswerLinks;
}

/** The links by which the recipient of a mail answers it without signing in; none where it has more readers than one. */
export type AnswerLinks = (workbook: Workbook, notice: OutgoingNotice, now: Moment) => readonly MailLink[];

/** A notice as the mail that goes out: its frozen words in the layout of mails, and what its kind brings along. */
export async function composeNotice({ workbook, workbookId, now, footer, answerLinks }: MailFrame, notice: OutgoingNotice): Promise<Mail> {
  const { pictures, attachments } = await enclosuresOf(workbook, notice.key, now);
  return {
    key: notice.key, workbookId, date: now, to: notice.to, cc: notice.copy, subject: notice.subject,
    ...renderMail({ subject: notice.subject, body: notice.body, footer, links: answerLinks?.(workbook, notice, now) ?? [] }, pictures), attachments,
  };
}

/** Charts and tables take long to load: only the letter of a period does. */
async function enclosuresOf(workbook: Workbook, key: string, now: Moment): Promise<{ pictures: readonly MailPicture[]; attachments: readonly MailAttachment[] }> {
  const period = periodOf(key);
  if (period === null) return { pictures: [], attachments: [] };
  const { rankingEnclosures } = await import('../documents/ranking-mail.ts');
  return rankingEnclosures(workbook, period, now);
}

/** Whether a notice brings what no card can: a chart and a table. */
export function bringsEnclosures({ key }: Pick<OutgoingNotice, 'key'>): boolean {
  return periodOf(key) !== null;
}

/** The period whose ranking a notice tells by its key (`排名/2026Q1`, `通报/2026-03`); null for every other notice. */
function periodOf(key: string): Period | null {
  const [type, period, ...more] = key.split('/');
  return (type === '排名' || type === '通报') && more.length === 0 ? parsePeriod(period ?? '') : null;
}
