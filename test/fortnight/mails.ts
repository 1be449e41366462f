import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser, type AddressObject } from 'mailparser';
import type { Day } from './days.ts';

export interface Letter {
  readonly messageId: string;
  readonly to: string;
  readonly day: Day;
  readonly subject: string;
  readonly isDigest: boolean;
  /** `到期提醒 DB-2026-001` for each matter of a digest. */
  readonly lines: readonly string[];
}

/** Every mail of an outbox, as a mail program reads it. */
export async function readMails(outbox: string): Promise<Letter[]> {
  const letters: Letter[] = [];
  for (const name of readdirSync(outbox).sort()) {
    const mail = await simpleParser(readFileSync(join(outbox, name)));
    const subject = mail.subject ?? '';
    const isDigest = subject.startsWith('督办每日摘要');
    letters.push({
      messageId: mail.messageId ?? '', to: namesOf(mail.to), day: shanghaiDay(mail.date), subject, isDigest, lines: isDigest ? linesOf(mail.text ?? '') : [],
    });
  }
  return letters;
}

function namesOf(to: AddressObject | AddressObject[] | undefined): string {
  return [to ?? []].flat().flatMap(({ value }) => value.map(({ name }) => name)).join('、');
}

function shanghaiDay(date: Date | undefined): Day {
  if (date === undefined) throw new Error('a mail without a date');
  return new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** `到期提醒 DB-2026-001` for each matter of a digest's text. */
export function linesOf(text: string): string[] {
  let heading = '';
  return text.split('\n').flatMap((line) => {
    heading = /^■ (?<type>[^(]+)/u.exec(line)?.groups?.['type'] ?? heading;
    const id = /(?<id>DB-\d{4}-\d+) /u.exec(line)?.groups?.['id'];
    return id === undefined ? [] : [`${heading} ${id}`];
  });
}
