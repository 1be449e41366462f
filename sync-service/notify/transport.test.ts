import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { moment } from '#core';
import { headerText, isMailbox, messageId, type Mail } from './mail.ts';
import { openMailTransport } from './open-transport.ts';
import { emlName, openOutbox } from './outbox-transport.ts';
import { renderMail } from '#core';
import { openSmtp } from './smtp-transport.ts';
import type { MailTransport } from './transport.ts';

const FROM = { name: '督办', address: 'duban@example.cn' };
const MAIL: Mail = {
  key: '催办通知/DB-2026-014/2026-03-05',
  workbookId: 'wb-1',
  date: moment('2026-03-05 08:30'),
  to: [{ name: '王工', address: 'wang@example.cn' }],
  cc: [],
  subject: '【催办】站场充电桩改造已逾期 3 天',
  ...renderMail({ subject: '催办', body: '## 已逾期\n【红】站场充电桩改造\n=cmd|/c calc\n<script>alert(1)</script>', footer: ['台账:台账.xlsx'] }),
};
const ZHANG = { name: '张科长', address: 'zhang@example.cn' };
const LI = { name: '李主任', address: 'li@example.cn' };

const toClose: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

/** An SMTP server in this process: what it took, by recipient. */
async function receiver(options: SMTPServerOptions = {}): Promise<{ port: number; received: { to: string; mail: ParsedMail }[] }> {
  const received: { to: string; mail: ParsedMail }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, callback) {
      simpleParser(stream).then((mail) => {
        for (const { address } of session.envelope.rcptTo) received.push({ to: address, mail });
        callback();
      }, callback);
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  toClose.push(() => new Promise((resolve) => server.close(resolve)));
  return { port: (server.server.address() as AddressInfo).port, received };
}

function smtp(port: number, login = '', timeout = 3000): MailTransport {
  const transport = openSmtp({ url: `smtp://${login}127.0.0.1:${port}`, from: FROM, timeout });
  toClose.push(() => transport.close());
  return transport;
}

function answer(responseCode: number, message = 'no'): Error {
  return Object.assign(new Error(message), { responseCode });
}

describe('SMTP, against a real server', () => {
  test('Chinese subject, names, bodies and file names arrive as they were written', async () => {
    const { port, received } = await receiver();
    const result = await smtp(port).send({ ...MAIL, cc: [ZHANG], attachments: [{ filename: '一季度排名.xlsx', contentType: 'application/octet-stream', content: new Uint8Array([1, 2, 3]) }] }, new Set());
    expect(result).toEqual({ ok: true });
    expect(received.map(({ to }) => to)).toEqual(['wang@example.cn', 'zhang@example.cn']);
    const { mail } = received[0]!;
    expect(mail.subject).toBe('【催办】站场充电桩改造已逾期 3 天');
    expect(mail.from?.text).toBe('"督办" <duban@example.cn>');
    expect([mail.to].flat()[0]?.text).toBe('"王工" <wang@example.cn>');
    expect([mail.cc].flat()[0]?.text).toBe('"张科长" <zhang@example.cn>');
    expect(mail.date?.toISOString()).toBe('2026-03-05T00:30:00.000Z');
    expect(mail.messageId).toBe(messageId(MAIL));
    expect(mail.text).toBe(MAIL.text);
    expect(mail.html).toBe(MAIL.html);
    expect(mail.attachments.map(({ filename, content }) => [filename, [...content]])).toEqual([['一季度排名.xlsx', [1, 2, 3]]]);
  });

  test('a formula stays text and a script tag is shown, not run', async () => {
    const { port, received } = await receiver();
    await smtp(port).send(MAIL, new Set());
    expect(received[0]!.mail.text).toContain('\n=cmd|/c calc\n<script>alert(1)</script>');
    expect(received[0]!.mail.html).toContain('=cmd|/c calc<br>&#60;script&#62;');
  });

  test('line breaks in subject and names make no header and no recipient', async () => {
    const { port, received } = await receiver();
    const subject = '到期\r\nBcc: spy@example.cn\r\n\r\n<b>x</b>';
    await smtp(port).send({ ...MAIL, subject, to: [{ name: '王工\r\nBcc: spy@example.cn', address: 'wang@example.cn' }] }, new Set());
    expect(received.map(({ to }) => to)).toEqual(['wang@example.cn']);
    expect(received[0]!.mail.headers.has('bcc')).toBe(false);
    expect(received[0]!.mail.subject).toBe('到期 Bcc: spy@example.cn <b>x</b>');
    expect([received[0]!.mail.to].flat()[0]?.value).toEqual([{ name: '王工 Bcc: spy@example.cn', address: 'wang@example.cn' }]);
  });

  test('450 is temporary, and the repeat carries the same Message-ID to those not yet reached', async () => {
    let busy = true;
    const { port, received } = await receiver({
      onRcptTo: ({ address }, _, callback) => callback(busy && address === LI.address ? answer(450, 'greylisted') : null),
    });
    const mail = { ...MAIL, cc: [LI] };
    const reached = new Set<string>();
    expect(await smtp(port).send(mail, reached)).toEqual({
      ok: false, permanent: false, serverDown: false, reason: 'busy', refused: [], message: '李主任 li@example.cn：邮件服务器要求稍后再试：450 greylisted；其余 1 个收件人已送达',
    });
    busy = false;
    // By another transport: what was reached is remembered outside, each run of the service opens its own.
    expect(await smtp(port).send({ ...mail, date: moment('2026-03-05 09:00') }, reached)).toEqual({ ok: true });
    expect(received.map(({ to, mail: { messageId: id } }) => [to, id])).toEqual([
      ['wang@example.cn', messageId(MAIL)], ['li@example.cn', messageId(MAIL)],
    ]);
  });

  test('450 after the data leaves the mail to be sent again', async () => {
    let first = true;
    const { port } = await receiver({
      onData(stream, _, callback) {
        stream.resume().on('end', () => {
          callback(first ? answer(450, 'try later') : null);
          first = false;
        });
      },
    });
    const transport = smtp(port);
    expect(await transport.send(MAIL, new Set())).toMatchObject({ ok: false, permanent: false, serverDown: false });
    expect(await transport.send(MAIL, new Set())).toEqual({ ok: true });
  });

  test('550 for one recipient leaves the others delivered', async () => {
    const { port, received } = await receiver({
      onRcptTo: ({ address }, _, callback) => callback(address === ZHANG.address ? answer(550, 'mailbox not found') : null),
    });
    expect(await smtp(port).send({ ...MAIL, to: [ZHANG, ...MAIL.to], cc: [LI] }, new Set())).toEqual({
      ok: false, permanent: true, serverDown: false, reason: 'recipient', refused: [ZHANG.address],
      message: '张科长 zhang@example.cn：被邮件服务器拒收：550 mailbox not found；其余 2 个收件人已送达',
    });
    expect(received.map(({ to }) => to)).toEqual(['wang@example.cn', 'li@example.cn']);
  });

  test('what is no mailbox is named and the others are reached', async () => {
    const { port, received } = await receiver();
    const result = await smtp(port).send({ ...MAIL, cc: [{ name: '赵工', address: 'zhao@' }] }, new Set());
    expect(result).toMatchObject({ ok: false, permanent: true, message: '邮箱地址无效：赵工 zhao@（请在“人员”表更正）；其余 1 个收件人已送达' });
    expect(received).toHaveLength(1);
  });

  test('no more mails go out in a while than the provider allows', async () => {
    const { port, received } = await receiver();
    const transport = openSmtp({ url: `smtp://127.0.0.1:${port}`, from: FROM, limit: { count: 2, perMs: 300 } });
    toClose.push(() => transport.close());
    const started = performance.now();
    for (let index = 0; index < 5; index += 1) expect(await transport.send({ ...MAIL, key: `k${index}` }, new Set())).toEqual({ ok: true });
    expect(performance.now() - started).toBeGreaterThanOrEqual(590);
    expect(received).toHaveLength(5);
  });

  test('a mail to nobody is refused for good', async () => {
    expect(await smtp(1).send({ ...MAIL, to: [] }, new Set())).toMatchObject({ ok: false, permanent: true });
  });

  test('a refused connection is temporary and says that the server is down', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    expect(await smtp(port).send({ ...MAIL, cc: [LI] }, new Set())).toMatchObject({ ok: false, permanent: false, serverDown: true, message: '连不上邮件服务器（ESOCKET）' });
  });

  test('a server that never greets runs into the time limit', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    toClose.push(() => new Promise((resolve) => silent.close(() => resolve())));
    const started = performance.now();
    expect(await smtp((silent.address() as AddressInfo).port, '', 200).send(MAIL, new Set())).toMatchObject({ permanent: false, serverDown: true, message: '邮件服务器没有应答（超时）' });
    expect(performance.now() - started).toBeLessThan(2500);
  });

  test('a refused login is temporary, and no form of the password comes back', async () => {
    const password = 'p@ss-Geheim-7';
    const { port } = await receiver({
      authOptional: false,
      onAuth: (auth, _, callback) => callback(answer(535, `bad ${auth.password ?? ''} ${Buffer.from(`\0u\0${auth.password ?? ''}`).toString('base64')}`)),
    });
    const result = await smtp(port, `u:${encodeURIComponent(password)}@`).send(MAIL, new Set());
    expect(result).toMatchObject({ ok: false, permanent: false, serverDown: true, message: '邮件服务器拒绝登录，请检查 DUBAN_SMTP_URL 中的账号和授权码：535 bad *** ***' });
  });
});

describe('the outbox', () => {
  const folder = () => mkdtemp(join(tmpdir(), 'duban-outbox-'));

  test('the same key twice is one file with the same bytes', async () => {
    const directory = join(await folder(), 'outbox');
    await openOutbox(directory, FROM).send(MAIL, new Set());
    const [name] = await readdir(directory);
    const first = await readFile(join(directory, name!));
    expect(await openOutbox(directory, FROM).send(MAIL, new Set())).toEqual({ ok: true });
    expect(await readdir(directory)).toEqual([emlName(MAIL.key)]);
    expect(await readFile(join(directory, name!))).toEqual(first);
    const mail = await simpleParser(first);
    expect([mail.messageId, mail.subject, mail.text]).toEqual([messageId(MAIL), MAIL.subject, MAIL.text]);
    expect(first.toString('latin1').replaceAll('\r\n', ''), 'every line ends with CRLF').not.toMatch(/[\r\n]/);
  });

  test.each([
    ['a path', '../../etc/passwd', /^etc_passwd-[0-9a-f]{12}\.eml$/],
    ['slashes in a key', '每日摘要/王工/2026-03-05', /^每日摘要_王工_2026-03-05-[0-9a-f]{12}\.eml$/],
    ['a very long key', '督'.repeat(500), /^督{48}-[0-9a-f]{12}\.eml$/],
    ['a device name of Windows', 'CON', /^CON-[0-9a-f]{12}\.eml$/],
  ])('%s becomes a name that every file system takes', (_, key, name) => {
    expect(emlName(key)).toMatch(name);
  });

  test('a mail whose addresses are all wrong leaves no file', async () => {
    const directory = await folder();
    expect(await openOutbox(directory, FROM).send({ ...MAIL, to: [{ name: '', address: '' }] }, new Set())).toMatchObject({ permanent: true, message: '邮箱地址无效：（空白）（请在“人员”表更正）' });
    expect(await readdir(directory)).toEqual([]);
  });
});

describe('the settings', () => {
  test.each([
    ['nothing set', {}, 'outbox'],
    ['a blank URL', { DUBAN_SMTP_URL: ' ' }, 'outbox'],
    ['an SMTP URL', { DUBAN_SMTP_URL: 'smtps://u:p@mail.example.cn', DUBAN_MAIL_FROM: '督查室 <db@example.cn>' }, 'smtp'],
  ])('%s', async (_, env, name) => {
    const transport = openMailTransport(env, '/nonexistent');
    expect(transport.name).toBe(name);
    await transport.close();
  });

  test.each([
    ['another protocol', { DUBAN_SMTP_URL: 'http://u:geheim@mail.example.cn' }, 'DUBAN_SMTP_URL'],
    ['a sign that is not encoded', { DUBAN_SMTP_URL: 'smtp://u:geheim%@mail.example.cn' }, 'DUBAN_SMTP_URL'],
    ['no URL', { DUBAN_SMTP_URL: 'geheim' }, 'DUBAN_SMTP_URL'],
    ['a limit that is no number', { DUBAN_SMTP_URL: 'smtp://u:geheim@mail.example.cn', DUBAN_MAIL_PER_MINUTE: '三十' }, 'DUBAN_MAIL_PER_MINUTE'],
    ['a sender that is no mailbox', { DUBAN_MAIL_FROM: '督办' }, 'DUBAN_MAIL_FROM'],
  ])('%s is refused by name and without the password', (_, env, named) => {
    expect(() => openMailTransport(env, 'outbox')).toThrow(named);
    expect(() => openMailTransport(env, 'outbox')).not.toThrow('geheim');
  });
});

describe('headers and addresses', () => {
  test.each([
    ['a@example.cn', true], ['a.b+c@mail.example.cn', true], ['root@localhost', true], ['王@例子.中国', true],
    ['a@', false], ['@b', false], ['a b@c.cn', false], ['a@c.cn, d@e.cn', false], ['a@c.cn\r\nRCPT TO:<x@y>', false], ['a@-c.cn', false], ['<a@c.cn>', false],
  ])('%j is a mailbox: %s', (address, expected) => {
    expect(isMailbox(address)).toBe(expected);
  });

  test('header text is one line, without direction overrides, and cut by signs', () => {
    expect(headerText('a\r\nb\u0000c\u202ed', 10)).toBe('a b c d');
    expect(headerText('😀😀😀😀', 3)).toBe('😀😀…');
  });

  test('the Message-ID depends on key and workbook', () => {
    expect(messageId(MAIL)).toMatch(/^<[0-9a-f]{32}@duban\.local>$/);
    expect(messageId({ ...MAIL, workbookId: 'wb-2' })).not.toBe(messageId(MAIL));
  });
});
