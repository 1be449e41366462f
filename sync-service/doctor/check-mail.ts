import { remedyOf } from '../notify/mail-remedies.ts';
import type { MailTransport } from '../notify/transport.ts';
import { bad, ok, warn, type Finding } from './finding.ts';

/** Whether the mail server answers and takes the login. Nothing is sent: that is `duban test-mail`. */
export async function checkMail(transport: MailTransport): Promise<Finding> {
  if (transport.name === 'outbox') {
    return warn('邮件', '没有设置邮件服务器,信件只写成 .eml 文件,放在工作簿旁的 outbox', '要自动寄出,请设环境变量 DUBAN_SMTP_URL 和 DUBAN_MAIL_FROM,写法见 docs/operate.md');
  }
  const result = await transport.check();
  return result.ok ? ok('邮件', '邮件服务器可以连接并登录;要试寄一封,请用 duban test-mail') : bad('邮件', result.message, remedyOf(result.reason));
}
