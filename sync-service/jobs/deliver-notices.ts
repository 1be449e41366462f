import { frozen, type OutgoingNotice, type SentChannel } from '#core';
import type { MessengerResult } from '../feishu/messenger.ts';
import type { MailTransport, SendResult } from '../notify/transport.ts';
import { bringsEnclosures, composeNotice, type MailFrame } from './compose-notice.ts';
import type { RunInput, RunOutcome } from './run-workbook.ts';

type Delivered = Pick<RunOutcome, 'delivered' | 'undelivered'>;
type Told = Pick<RunInput, 'now' | 'memory' | 'messenger' | 'progress'>;

/** Delivers notices one by one, each remembered durably before and after. Where the mail server is down, only those go out that need no mail. */
export async function deliverNotices(input: Told, transport: MailTransport, frame: MailFrame, outgoing: readonly OutgoingNotice[]): Promise<Delivered> {
  const undelivered: { key: string; message: string }[] = [];
  let delivered = 0;
  let serverDown: string | null = null;
  const problem = await input.messenger?.prepare(outgoing) ?? null;
  if (problem !== null) input.progress.step(problem);
  for (const [index, notice] of outgoing.entries()) {
    if (serverDown !== null && input.messenger === undefined) {
      undelivered.push({ key: notice.key, message: serverDown });
      continue;
    }
    input.progress.count('正在发信', index + 1, outgoing.length);
    const attempts = notice.attempts + 1;
    const kept = { ...frozen(notice), at: input.now, attempts };
    // An attempt counts once its outcome is known: what a crash cut off is made again, not made twice.
    input.memory.record({ ...kept, attempts: notice.attempts, state: 'sending', error: '', permanent: false });
    const { result, channel } = await sendNotice(input, transport, frame, notice, serverDown);
    if (result.ok) {
      delivered += 1;
      input.memory.record({ ...kept, state: 'sent', error: '', permanent: false, ...(channel === '邮件' ? {} : { channel }) });
      continue;
    }
    undelivered.push({ key: notice.key, message: result.message });
    // A server that is down says nothing against this mail: its attempt is not counted.
    if (result.serverDown) serverDown = result.message;
    input.memory.record({ ...kept, attempts: result.serverDown ? notice.attempts : attempts, state: 'failed', error: result.message, permanent: result.permanent && !result.serverDown, refused: result.refused });
  }
  return { delivered, undelivered };
}

/** A card to whom Feishu knows, the mail to all others. */
async function sendNotice({ memory, messenger }: Told, transport: MailTransport, frame: MailFrame, notice: OutgoingNotice, serverDown: string | null): Promise<{ result: SendResult; channel: SentChannel }> {
  const reached = memory.reached(notice.key);
  const cards = await cardsOf(messenger, frame, notice, reached);
  const needsMail = cards.to.length + cards.copy.length > 0 || (cards.carded === 0 && cards.failure === null);
  const channel = cards.carded === 0 ? '邮件' : needsMail ? '飞书、邮件' : '飞书';
  // Whoever is left of those in copy is written to by himself.
  const mailed = { ...notice, to: cards.to.length > 0 ? cards.to : cards.copy, copy: cards.to.length > 0 ? cards.copy : [] };
  const mail: SendResult = !needsMail ? { ok: true }
    : serverDown !== null ? { ok: false, permanent: false, serverDown: true, reason: 'other', refused: [], message: serverDown }
      : await transport.send(await composeNotice(frame, mailed), reached);
  if (cards.failure === null) return { result: mail, channel };
  const message = mail.ok ? cards.failure : `${cards.failure};${mail.message}`;
  return { result: { ok: false, permanent: false, serverDown: false, reason: 'other', refused: mail.ok ? [] : mail.refused, message }, channel };
}

async function cardsOf(messenger: Told['messenger'], { workbook, workbookId }: MailFrame, notice: OutgoingNotice, reached: ReturnType<Told['memory']['reached']>): Promise<MessengerResult> {
  const byMail = { carded: 0, to: notice.to, copy: notice.copy, failure: null };
  if (messenger === undefined) return byMail;
  if (!bringsEnclosures(notice)) return messenger.send(workbook, workbookId, notice, reached);
  // Chart and table come by mail alone: a card is for whom has no mailbox.
  const hasMailbox = ({ address }: { readonly address: string }): boolean => address !== '';
  const result = await messenger.send(workbook, workbookId, { ...notice, to: notice.to.filter((one) => !hasMailbox(one)), copy: notice.copy.filter((one) => !hasMailbox(one)) }, reached);
  return { ...result, to: [...notice.to.filter(hasMailbox), ...result.to], copy: [...notice.copy.filter(hasMailbox), ...result.copy] };
}
