import { createTransport } from 'nodemailer';
import { composeMail } from './compose-mail.ts';
import { mailProblem, type Address } from './mail.ts';
import { invalidAddresses, nameOf, refused, type FailureReason, type MailTransport, type SendResult } from './transport.ts';

export interface SmtpOptions {
  /** `smtp://user:password@host:port` (STARTTLS where offered) or `smtps://…`. */
  readonly url: string;
  readonly from: Address;
  /** No more mailboxes than `count` in `perMs` milliseconds: what the provider allows. Null: as many as the server takes. */
  readonly limit?: { readonly count: number; readonly perMs: number } | null;
  /** Milliseconds allowed for connecting and for each answer. Default 20 000. */
  readonly timeout?: number;
}

type Failure = Extract<SendResult, { ok: false }>;

/**
 * Sends through an SMTP server. Each recipient is its own transaction with the same bytes, so that one refused mailbox
 * doesn't stop the others, and a repeat goes only to those not yet reached. Where the server's answer was lost, a mailbox
 * gets the mail again, with the same Message-ID. Throws a TypeError on a URL that is none.
 */
export function openSmtp({ url, from, limit = null, timeout = 20_000 }: SmtpOptions): MailTransport {
  const server = new URL(url);
  const pool = createTransport({
    url,
    pool: true,
    maxConnections: 1,
    maxRequeues: 1,
    ...(limit === null ? {} : { rateLimit: limit.count, rateDelta: limit.perMs }),
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    dnsTimeout: timeout,
    socketTimeout: timeout,
    requireTLS: server.password !== '' && server.protocol === 'smtp:' && !isLoopback(server.hostname),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const redact = redactor(server);

  return {
    name: 'smtp',
    async send(mail, reached) {
      const problem = mailProblem(mail);
      if (problem !== null) return refused(problem);
      const { raw, recipients, invalid } = await composeMail(mail, from);
      const failures: { readonly to: Address; readonly failure: Failure }[] = [];
      for (const to of recipients) {
        if (reached.has(to.address)) continue;
        try {
          await pool.sendMail({ envelope: { from: from.address, to: [to.address] }, raw });
          // Of the last one the result tells by itself.
          if (to !== recipients.at(-1) || failures.length > 0 || invalid.length > 0) reached.add(to.address);
        } catch (error) {
          const failure = judge(error, redact);
          failures.push({ to, failure });
          if (failure.serverDown) break;
        }
      }
      const retry = failures.some(({ failure }) => !failure.permanent);
      if (failures.length === 0 && invalid.length === 0) return { ok: true };
      const done = recipients.filter(({ address }) => reached.has(address)).length;
      const sentences = [
        ...failures.map(({ to, failure }) => (failure.serverDown ? failure.message : `${nameOf(to)}：${failure.message}`)),
        ...(invalid.length === 0 ? [] : [invalidAddresses(invalid)]),
        ...(done === 0 ? [] : [`其余 ${done} 个收件人已送达`]),
      ];
      return { ok: false, permanent: !retry, serverDown: failures.some(({ failure }) => failure.serverDown), reason: failures[0]?.failure.reason ?? 'address', refused: failures.filter(({ failure }) => failure.reason === 'recipient').map(({ to }) => to.address), message: sentences.join('；') };
    },
    async check() {
      try {
        await pool.verify();
        return { ok: true };
      } catch (error) {
        return judge(error, redact);
      }
    },
    close() {
      pool.close();
      return Promise.resolve();
    },
  };
}

/**
 * Whether a failure is the mailbox's or the mail's (5xx to RCPT TO or DATA: permanent), passes by itself (4xx), or is
 * the server's (network, TLS, login, refused sender). A wrong password or sender is put right in the settings and says
 * nothing about the notice, so it is temporary too.
 */
function judge(error: unknown, redact: (text: string) => string): Failure {
  const { code, command, responseCode, response } = error as Partial<Record<'code' | 'command' | 'response', string>> & { responseCode?: number };
  const said = typeof response === 'string' ? `：${redact(response)}` : '';
  const failure = (reason: FailureReason, permanent: boolean, serverDown: boolean, message: string): Failure => ({ ok: false, reason, refused: [], permanent, serverDown, message });
  if (responseCode !== undefined && (command === 'RCPT TO' || command === 'DATA') && responseCode !== 421) {
    return responseCode >= 500
      ? failure(command === 'DATA' ? 'content' : 'recipient', true, false, `被邮件服务器拒收${said}`)
      : failure('busy', false, false, `邮件服务器要求稍后再试${said}`);
  }
  if (code === 'EAUTH' || code === 'ENOAUTH') return failure('login', false, true, `邮件服务器拒绝登录，请检查 DUBAN_SMTP_URL 中的账号和授权码${said}`);
  if (command === 'MAIL FROM') return failure('sender', false, true, `邮件服务器不接受发件人，请检查 DUBAN_MAIL_FROM${said}`);
  if (code === 'ETIMEDOUT') return failure('timeout', false, true, '邮件服务器没有应答（超时）');
  const words = error instanceof Error ? error.message : '';
  if (code === 'EDNS' || /ENOTFOUND|EAI_AGAIN/.test(words)) return failure('dns', false, true, '找不到邮件服务器，请检查 DUBAN_SMTP_URL 中的服务器名');
  if (code === 'ETLS' || /\b(?:ssl|tls|certificate|wrong version number)\b/i.test(words)) return failure('tls', false, true, '与邮件服务器的加密连接没有建立');
  const unreachable = /ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH/.test(words);
  return failure(unreachable ? 'unreachable' : 'other', false, true, `连不上邮件服务器（${redact(code ?? (words === '' ? '原因不明' : words))}）${said}`);
}

/** Replaces every form in which the login may come back in a server's answer, and keeps it to one short line. */
function redactor(server: URL): (text: string) => string {
  const user = decodeURIComponent(server.username);
  const password = decodeURIComponent(server.password);
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const secrets = password === '' ? [] : [base64(`\0${user}\0${password}`), base64(password), server.password, password];
  return (text) => secrets.reduce((line, secret) => line.replaceAll(secret, '***'), text.replace(/\p{Cc}+/gu, ' ').trim()).slice(0, 200);
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
