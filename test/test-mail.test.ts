import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { duban, type CliResult } from './support/built-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'duban-test-mail-'));
const file = join(folder, '台账.xlsx');
const empty = join(folder, '空.xlsx');
const toClose: (() => void)[] = [];

beforeAll(async () => {
  await duban(['init', file, '--policy', 'bus', '--sample']);
  await duban(['init', empty, '--policy', 'bus']);
}, 60_000);
afterEach(() => {
  for (const close of toClose.splice(0)) close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function answer(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

async function receiver(options: SMTPServerOptions = {}): Promise<{ port: number; received: ParsedMail[] }> {
  const received: ParsedMail[] = [];
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'],
    onData(stream, _, callback) {
      simpleParser(stream).then((mail) => { received.push(mail); callback(); }, callback);
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  toClose.push(() => { server.close(() => undefined); });
  return { port: (server.server.address() as AddressInfo).port, received };
}

function testMail(target: string, url = ''): Promise<CliResult> {
  return duban(['test-mail', target, '--now', '2026-03-16T09:00+08:00'], { cwd: folder, env: url === '' ? {} : { DUBAN_SMTP_URL: url } });
}

describe('a test mail that goes out', () => {
  it.each([
    ['to an address', () => 'zhang@example.cn', 'zhang@example.cn'],
    ['to the first mailbox of the office of a workbook', () => file, /@/],
  ])('%s', async (_, target, address) => {
    const { port, received } = await receiver();
    const { status, stdout, stderr } = await testMail(target(), `smtp://127.0.0.1:${port}`);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('邮件服务器已收下');
    expect(received).toHaveLength(1);
    expect(received[0]!.subject).toBe('督办测试邮件');
    expect([received[0]!.to].flat()[0]!.text).toMatch(address);
  });

  it('without mail settings it is a file, and the command says that nothing was posted', async () => {
    const { status, stdout } = await testMail('zhang@example.cn');
    expect(status).toBe(0);
    expect(stdout).toContain('没有设置邮件服务器');
    expect(readdirSync(join(folder, 'outbox')).filter((name) => name.endsWith('.eml'))).toHaveLength(1);
  });
});

describe('a test mail that fails says what to do', () => {
  const closedPort = async (): Promise<number> => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    await new Promise((closed) => server.close(closed));
    return port;
  };
  const at = async (scheme: string, login: string, options?: SMTPServerOptions): Promise<string> => `${scheme}://${login}127.0.0.1:${(await receiver(options)).port}`;

  it.each<[string, () => Promise<string>, RegExp]>([
    ['a wrong password', () => at('smtp', 'u:geheim@', { authOptional: false, onAuth: (auth, _, callback) => callback(answer(535, `bad ${auth.password ?? ''}`)) }), /授权码.*SMTP 服务/],
    ['encryption on a port without it', () => at('smtps', 'u:geheim@'), /465 端口请用 smtps/],
    ['a certificate that nobody vouches for', () => at('smtps', 'u:geheim@', { secure: true }), /证书/],
    ['a port where nobody listens', async () => `smtp://127.0.0.1:${await closedPort()}`, /核对端口.*防火墙/],
    ['a server that does not exist', () => Promise.resolve('smtp://mail.example.invalid'), /服务器名有没有写错/],
    ['a sender that is refused', () => at('smtp', '', { onMailFrom: (_, __, callback) => callback(answer(553, 'not yours')) }), /DUBAN_MAIL_FROM 改成与登录账号相同/],
    ['a recipient that is refused', () => at('smtp', '', { onRcptTo: (_, __, callback) => callback(answer(550, 'no such user')) }), /收件地址不被接受/],
    ['a mail taken for spam', () => at('smtp', '', { onData: (stream, _, callback) => { stream.resume(); stream.on('end', () => callback(answer(554, 'spam'))); } }), /白名单/],
    ['a server that is busy', () => at('smtp', '', { onRcptTo: (_, __, callback) => callback(answer(450, 'slow down')) }), /过十几分钟再试/],
    ['settings that are none', () => Promise.resolve('http://mail.example.cn'), /DUBAN_SMTP_URL 应写作/],
  ])('%s', async (_, url, remedy) => {
    const { status, stdout, stderr } = await testMail('zhang@example.cn', await url());
    expect(status).toBe(1);
    expect(stderr).toMatch(remedy);
    expect(stderr + stdout).not.toContain('geheim');
    expect(stdout).toBe('');
  }, 60_000);

  it.each([
    ['what is neither address nor workbook', 'zhang', 2, /既不是邮箱地址/],
    ['a workbook that is not there', '没有.xlsx', 1, /没有这个文件/],
    ['an office without mailboxes', empty, 1, /都没有可用的邮箱/],
  ])('%s', async (_, target, status, sentence) => {
    const result = await testMail(target);
    expect(result.status).toBe(status);
    expect(result.stderr).toMatch(sentence);
  });
});
