import { formatMoment, parseWorkbook, renderMail, type Moment, type Workbook } from '#core';
import { POLICIES } from '#templates';
import { UnrunnableWorkbookError } from '../../jobs/run-workbook.ts';
import { isMailbox, type Address } from '../../notify/mail.ts';
import { remedyOf } from '../../notify/mail-remedies.ts';
import { openXlsxStore } from '../../workbook/xlsx/store.ts';
import { CommandError } from '../command-error.ts';
import { outboxOf, requireFile, transportFor } from '../workbook-files.ts';

/**
 * `duban test-mail`: sends one mail the way notices go, to an address or to the supervision office of a workbook, and says
 * what to put right where it fails (exit status 1).
 */
export async function testMailCommand(target: string, now: Moment): Promise<number> {
  const to = isMailbox(target) ? { name: '', address: target } : await officeAddress(target);
  // Beside a workbook, else in the folder where the command is given.
  const outboxNeighbour = isMailbox(target) ? 'workbook' : target;
  const transport = transportFor(outboxNeighbour, 'home', process.env);
  const subject = '督办测试邮件';
  try {
    const result = await transport.send({
      key: `测试邮件/${formatMoment(now)}`, workbookId: 'test-mail', date: now, to: [to], cc: [], subject,
      ...renderMail({ subject, body: `收到这封信,说明督办的邮件设置可以用了。\n\n发送时间:${formatMoment(now)}`, footer: isMailbox(target) ? [] : [`台账:${target}`] }),
    }, new Set());
    if (!result.ok) throw new CommandError(1, `测试邮件没有发出:${result.message}\n怎么办:${remedyOf(result.reason)}`);
    process.stdout.write(transport.name === 'outbox'
      ? `没有设置邮件服务器(DUBAN_SMTP_URL),信件没有寄出,写成了 .eml 文件:${outboxOf(outboxNeighbour)}\n`
      : `邮件服务器已收下测试邮件,收件人 ${to.address}。请到收件箱看一看;没有的话,再看垃圾邮件和拦截记录\n`);
    return 0;
  } finally {
    await transport.close();
  }
}

/** The first mailbox of the supervision office. */
async function officeAddress(file: string): Promise<Address> {
  if (!/\.xlsx$/i.test(file)) throw new CommandError(2, `「${file}」既不是邮箱地址,也不是 .xlsx 工作簿:请写作 name@example.cn,或工作簿的路径`);
  requireFile(file);
  const { workbook, issues } = parseWorkbook(await openXlsxStore(file).read(), POLICIES);
  if (workbook === null) throw new UnrunnableWorkbookError(file, issues);
  const address = mailboxOfOffice(workbook);
  if (address === null) throw new CommandError(1, '「人员」表里,督办专员和督办管理员都没有可用的邮箱:请填写「邮箱」,或直接写地址:duban test-mail name@example.cn');
  return address;
}

function mailboxOfOffice({ directory }: Workbook): Address | null {
  const people = [...directory.withRole('督办专员'), ...directory.withRole('督办管理员')];
  const person = people.find(({ email }) => isMailbox(email));
  return person === undefined ? null : { name: person.name, address: person.email };
}
