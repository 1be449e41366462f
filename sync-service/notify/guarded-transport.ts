import type { MailTransport } from './transport.ts';

/** A transport that asks before each mail: what `before` rejects with keeps it from going out. */
export function guarded(transport: MailTransport, before: () => Promise<void>): MailTransport {
  return {
    name: transport.name,
    async send(mail, reached) {
      await before();
      return transport.send(mail, reached);
    },
    check: () => transport.check(),
    close: () => transport.close(),
  };
}
