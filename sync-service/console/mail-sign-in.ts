import { momentFromEpoch, renderMail } from '#core';
import type { MailTransport } from '../notify/transport.ts';
import type { MailSignIn } from './context.ts';

/** Mails the links that sign people in. What the mail server refuses goes to the log: who asked learns nothing of it. */
export function openMailSignIn(url: string, openTransport: () => MailTransport, failed: (message: string) => void): MailSignIn {
  return {
    url,
    async send(to, link) {
      const transport = openTransport();
      try {
        const now = momentFromEpoch(Date.now());
        const subject = '登录督办';
        const body = `请在十五分钟内打开下面的链接登录督办:\n\n${link}\n\n如果不是您要登录,不必理会这封信。`;
        const result = await transport.send({ key: `登录/${link}`, workbookId: 'sign-in', date: now, to: [{ name: '', address: to }], cc: [], subject, ...renderMail({ subject, body, footer: ['链接只能用一次,请勿转发。'] }) }, new Set());
        if (!result.ok) failed(result.message);
      } finally {
        await transport.close();
      }
    },
  };
}
