import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { composeMail } from './compose-mail.ts';
import { mailProblem, sha256, type Address } from './mail.ts';
import { invalidAddresses, refused, type MailTransport } from './transport.ts';

/**
 * Writes each mail as an `.eml` file, for offices without a mail server: a double click opens it in the mail program.
 * One key is one file, so a repeated send leaves the same bytes under the same name. Throws where the folder can't be
 * written.
 */
export function openOutbox(directory: string, from: Address): MailTransport {
  return {
    name: 'outbox',
    async send(mail) {
      const problem = mailProblem(mail);
      if (problem !== null) return refused(problem);
      const { raw, recipients, invalid } = await composeMail(mail, from);
      if (recipients.length === 0) return refused(invalidAddresses(invalid));
      await writeAtomically(directory, emlName(mail.key), raw);
      return invalid.length === 0 ? { ok: true } : refused(`${invalidAddresses(invalid)}；其余收件人已写入发件箱`);
    },
    check: () => Promise.resolve({ ok: true }),
    close: () => Promise.resolve(),
  };
}

/** A file name that every file system takes; the hash keeps keys apart that differ only in what was replaced. */
export function emlName(key: string): string {
  const readable = Array.from(key.normalize('NFC').replace(/[^\p{L}\p{N}_-]+/gu, '_').replace(/^[-_]+/, '')).slice(0, 48).join('');
  return `${readable}-${sha256(key).slice(0, 12)}.eml`;
}

async function writeAtomically(directory: string, name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(directory, { recursive: true });
  // One fixed name: what a cut-off run leaves behind is overwritten by the next.
  const temporary = join(directory, `.${name}.tmp`);
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(directory, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
