import { headerText, isMailbox, MAIL_LIMITS, type Address } from './mail.ts';
import { openOutbox } from './outbox-transport.ts';
import { openSmtp } from './smtp-transport.ts';
import type { MailTransport } from './transport.ts';

const DEFAULT_FROM: Address = { name: '督办', address: 'duban@localhost' };

/** Mail settings that can't be used: a sentence in Chinese, without the settings' secrets. */
export class MailSettingsError extends Error {
  override readonly name = 'MailSettingsError';
}

/**
 * The transport that the environment asks for: an SMTP server where DUBAN_SMTP_URL is set, else `.eml` files in
 * `outboxDirectory`. DUBAN_MAIL_FROM is `名称 <地址>` or an address alone, DUBAN_MAIL_PER_MINUTE what the provider allows. Throws a MailSettingsError on settings that
 * can't be used.
 */
export function openMailTransport(env: Readonly<Record<string, string | undefined>>, outboxDirectory: string): MailTransport {
  const from = parseFrom(env['DUBAN_MAIL_FROM'] ?? '');
  const url = (env['DUBAN_SMTP_URL'] ?? '').trim();
  if (url === '') return openOutbox(outboxDirectory, from);
  if (!isSmtpUrl(url)) {
    throw new MailSettingsError('DUBAN_SMTP_URL 应写作 smtp://账号:授权码@服务器:端口 或 smtps://…；账号、授权码中的 @ : / % 等符号要写成 %40 这样的形式');
  }
  return openSmtp({ url, from, limit: parseLimit((env['DUBAN_MAIL_PER_MINUTE'] ?? '').trim()) });
}

function parseLimit(text: string): { count: number; perMs: number } | null {
  if (text === '') return null;
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new MailSettingsError(`DUBAN_MAIL_PER_MINUTE 应为每分钟最多几封的整数,如 30,现在是“${headerText(text, 40)}”`);
  return { count: Number(text), perMs: 60_000 };
}

function isSmtpUrl(text: string): boolean {
  try {
    const url = new URL(text);
    decodeURIComponent(url.username + url.password);
    return (url.protocol === 'smtp:' || url.protocol === 'smtps:') && url.hostname !== '';
  } catch {
    return false;
  }
}

function parseFrom(text: string): Address {
  const trimmed = text.trim();
  if (trimmed === '') return DEFAULT_FROM;
  const match = /^(?<name>[^<>]*)<(?<address>[^<>]*)>$/.exec(trimmed);
  const address = (match?.groups?.['address'] ?? trimmed).trim();
  if (!isMailbox(address)) throw new MailSettingsError(`DUBAN_MAIL_FROM 应写作 督办 <duban@example.cn>,现在是“${headerText(text, 100)}”`);
  return { name: headerText((match?.groups?.['name'] ?? '').replaceAll('"', ''), MAIL_LIMITS.name), address };
}
