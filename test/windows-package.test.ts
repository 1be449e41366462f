import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { duban, ROOT } from './support/built-cli.ts';

/** The package as it is built for this machine: the same program, with another native part and without node.exe. */
const folder = mkdtempSync(join(tmpdir(), 'duban-windows-'));
const home = join(folder, '解压 到这里', '督办');
let entries: Record<string, Uint8Array> = {};

beforeAll(async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/make-windows-zip.mjs', '--try', '--out', folder], { cwd: ROOT });
  entries = unzipSync(readFileSync(stdout.trim()));
  for (const [name, bytes] of Object.entries(entries)) {
    const path = join(dirname(home), name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a .bat does, far from the project and with nothing in the environment. */
function desktop(args: readonly string[], input = ''): Promise<{ status: number | null; stdout: string; stderr: string }> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [`--env-file=${join(home, 'mail.env')}`, join(home, 'program', 'dist', 'desktop.js'), ...args], { cwd: tmpdir(), env: {} });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => { stdout += chunk.toString(); });
    child.stderr.on('data', (chunk: Buffer) => { stderr += chunk.toString(); });
    child.on('error', failed);
    child.on('close', (status) => done({ status, stdout, stderr }));
    child.stdin.end(input);
  });
}

const text = (name: string): string => Buffer.from(entries[`督办/${name}`]!).toString('utf8');

describe('the entries of the zip', () => {
  it('lie in one folder, and hold the program, its documents, fonts and licences, and nothing else', () => {
    const names = Object.keys(entries);
    expect(names.filter((name) => !name.startsWith('督办/'))).toEqual([]);
    const top = [...new Set(names.map((name) => name.split('/')[1]))].sort();
    expect(top).toEqual(['mail.env', 'program', '使用说明.txt', '启动.bat', '每日巡检.bat', '测试邮件.bat'].sort());
    const packages = [...new Set(names.flatMap((name) => /node_modules\/(@[^/]+\/[^/]+|[^/]+)/.exec(name)?.[1] ?? []))];
    expect(packages.filter((name) => !/^@embedpdf\/fonts-sc$|^@resvg\/resvg-js/.test(name))).toEqual([]);
    expect(names).toContain('督办/program/LICENSE');
    for (const bundled of ['exceljs', 'echarts', 'nodemailer', 'zod']) expect(text('program/THIRD-PARTY-LICENSES.txt')).toMatch(new RegExp(`^${bundled} \\d`, 'm'));
  });

  it.each(['启动.bat', '每日巡检.bat', '测试邮件.bat'])('%s is plain ASCII with Windows line ends, whatever the code page, and calls what is there', (name) => {
    const bat = text(name);
    expect(bat).toMatch(/^[\x20-\x7e\r\n]+$/);
    expect(bat.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const [, path] of bat.matchAll(/%~dp0([^"]+)"/g)) {
      const entry = `督办/${path!.replaceAll('\\', '/')}`;
      if (!['督办/node/node.exe', '督办/daily.log'].includes(entry)) expect(Object.keys(entries)).toContain(entry);
    }
  });

  it('texts for people have Windows line ends', () => {
    for (const name of ['使用说明.txt', 'mail.env']) expect(text(name).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });
});

describe('the program of the zip, without the project around it', () => {
  const file = join(folder, '我们的 台账&甲.xlsx');
  const chosen = join(home, '工作簿.txt');

  it('asks for a workbook before a daily patrol', async () => {
    expect(await desktop(['daily'])).toMatchObject({ status: 2, stderr: expect.stringContaining('拖到 启动.bat') as string });
  });

  it('plays the sample at the first double click: workbook, mails, ranking picture and documents', async () => {
    const { status, stdout, stderr } = await desktop(['start', '']);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('已建立样例工作簿');
    // On a day off nothing is mailed: the count is the run's own.
    const outbox = join(home, '样例', 'outbox');
    expect(stdout).toMatch(new RegExp(`送达 ${existsSync(outbox) ? readdirSync(outbox).length : 0} 封`));
    const [period] = readdirSync(join(home, '样例', 'reports'));
    expect(readdirSync(join(home, '样例', 'reports', period!)).map((name) => name.slice(name.lastIndexOf('.')))).toEqual(expect.arrayContaining(['.docx', '.png', '.xlsx']));
    expect(existsSync(chosen)).toBe(false);
  });

  it('remembers a workbook dropped on it, once, and runs it every day', async () => {
    await duban(['init', file, '--policy', 'tax', '--sample']);
    expect(await desktop(['start', file])).toMatchObject({ status: 0, stdout: expect.stringMatching(/台账&甲\.xlsx\n.*巡检完成/) as string });
    await desktop(['start', file]);
    expect(readFileSync(chosen, 'utf8')).toBe(`\uFEFF${file}\r\n`);
    expect(await desktop(['daily'])).toMatchObject({ status: 0, stdout: expect.stringContaining('巡检完成') as string });
  });

  it('opens the console on the remembered workbooks until its window is closed', async () => {
    const child = spawn(process.execPath, [`--env-file=${join(home, 'mail.env')}`, join(home, 'program', 'dist', 'desktop.js'), 'console'], { cwd: tmpdir(), env: {} });
    try {
      let said = '';
      const link = await new Promise<string>((found, failed) => {
        child.on('close', () => failed(new Error(said)));
        for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => {
          said += chunk.toString();
          const shown = /打开督办 {2}(\S+)/.exec(said);
          if (shown !== null) found(shown[1]!);
        });
      });
      const entered = await fetch(link, { redirect: 'manual' });
      const cookie = entered.headers.get('set-cookie')!.split(';')[0]!;
      const origin = new URL(link).origin;
      expect(await (await fetch(`${origin}/api/session`, { headers: { cookie } })).json()).toMatchObject({ isOwner: true, workbooks: [{ name: '我们的 台账&甲' }] });
      expect(await (await fetch(`${origin}/`)).text()).toContain('/assets/app.js');
    } finally {
      child.kill();
    }
  });

  it('goes on with the next workbook where one is gone, and ends with a failure', async () => {
    writeFileSync(chosen, `\uFEFF${join(folder, '没有了.xlsx')}\r\n\r\n${file}\r\n`);
    const { status, stdout, stderr } = await desktop(['daily']);
    expect(status).toBe(1);
    expect(stderr).toContain('没有这个文件');
    expect(stdout).toContain('巡检完成');
  });

  it('refuses what is no workbook', async () => {
    expect(await desktop(['start', join(folder, '照片.jpg')])).toMatchObject({ status: 2, stderr: expect.stringContaining('不是 .xlsx') as string });
  });

  it('sends a test mail with the settings of mail.env as an office fills them in', async () => {
    const received: ParsedMail[] = [];
    const server = new SMTPServer({
      disabledCommands: ['STARTTLS'], allowInsecureAuth: true,
      onAuth: ({ username, password }, _, callback) => callback(username === 'db@example.cn' && password === 'p#1/2' ? null : new Error('no'), { user: username }),
      onData(stream, _, callback) { simpleParser(stream).then((mail) => { received.push(mail); callback(); }, callback); },
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    try {
      const settings = text('mail.env')
        .replace(/^#DUBAN_SMTP_URL=.*$/m, `DUBAN_SMTP_URL="smtp://db%40example.cn:p%231%2F2@127.0.0.1:${(server.server.address() as AddressInfo).port}"\r`)
        .replace(/^#(DUBAN_MAIL_FROM=)/m, '$1');
      writeFileSync(join(home, 'mail.env'), settings);
      const { status, stdout, stderr } = await desktop(['test-mail'], 'zhang@example.cn\r\n');
      expect(status, stderr).toBe(0);
      expect(stdout).toContain('邮件服务器已收下');
      expect(received[0]!.from?.text).toBe('"督办办公室" <duban@example.cn>');
    } finally {
      server.close(() => undefined);
    }
  });
});
