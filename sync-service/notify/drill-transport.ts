import type { MailTransport } from './transport.ts';

const MARK = '演练';
const BANNER = '这是演练邮件:由工作簿的演练副本产生,没有发给任何人。';

/**
 * Mail of an exercise: never leaves the outbox it is given, and every one says so in its subject, text and HTML. Keys are
 * its own, so that an exercise in the folder of the real workbook overwrites none of its mails.
 */
export function openDrill(outbox: MailTransport): MailTransport {
  return {
    name: 'drill',
    send: (mail, reached) => outbox.send({
      ...mail, key: `${MARK}/${mail.key}`, subject: `【${MARK}】${mail.subject}`, text: `${BANNER}\n\n${mail.text}`,
      html: mail.html.replace(/<body[^>]*>/, (body) => `${body}<p style="margin:0;padding:10px 16px;background-color:#fff1c2;color:#5c4400;font-size:15px;text-align:center">${BANNER}</p>`),
    }, reached),
    check: () => outbox.check(),
    close: () => outbox.close(),
  };
}
