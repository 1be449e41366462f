import { pino, type Logger } from 'pino';

/** The log of the service: one JSON object a line on stderr, in which none of the secrets stands in any form it has in a URL or in JSON. */
export function openServiceLog(secrets: readonly string[]): Logger {
  const forms = [...new Set(secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]))].filter((form) => form !== '')
    .sort((a, b) => b.length - a.length);
  return pino({
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    hooks: { streamWrite: (line) => forms.reduce((text, form) => text.replaceAll(form, '***'), line) },
  }, pino.destination({ dest: 2, sync: true }));
}

/** What must not be seen of an SMTP URL: the whole, and its password as written and as meant. */
export function secretsOf(smtpUrl: string): string[] {
  if (!URL.canParse(smtpUrl)) return [smtpUrl];
  const { password } = new URL(smtpUrl);
  return [smtpUrl, password, decodeURIComponent(password)];
}
