import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Document, Packer, Paragraph } from 'docx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { duban, type CliResult } from './support/built-cli.ts';
import { freePort, mailServer } from './support/served-office.ts';

const folder = mkdtempSync(join(tmpdir(), 'duban-doctor-'));
const file = join(folder, '台账.xlsx');
beforeAll(() => duban(['init', file, '--policy', 'tax', '--sample', '--now', '2026-03-16T09:00+08:00']));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LATER = new Date(Date.now() + 86_400_000).toISOString();

function doctor(text: string, settings: { env?: Record<string, string>; now?: string } = {}): Promise<CliResult> {
  writeFileSync(join(folder, 'duban.yaml'), text);
  return duban(['doctor', '--now', settings.now ?? LATER], { cwd: folder, env: settings.env ?? {} });
}

describe('duban doctor', () => {
  it('all is well: every line ticked, nothing written into the workbook', async () => {
    const before = readFileSync(file);
    const server = await mailServer();
    const { status, stdout } = await doctor('workbooks: [{ path: 台账.xlsx, policy: tax }]\nbackups: { to: . }', { env: { DUBAN_SMTP_URL: `smtp://${server.url}` }, now: '2026-12-31T09:00+08:00' });
    server.close();
    expect(stdout).toMatch(/✓ 时区.*✓ 配置.*✓ 时钟.*✓ 邮件:邮件服务器可以连接.*✓ 备份 .*还没有备份.*✓ 磁盘.*可以读取:制度 tax.*✓ 文书模板:8 种文书的模板可以使用.*可以运行/s);
    expect(stdout).toMatch(/! .*没有 2027 年的节假日安排.*\n {4}怎么办:.*工作日历/);
    expect(status).toBe(0);
    expect(server.ids).toEqual([]);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('the office’s own templates: a broken one with all its faults, one of no document', async () => {
    const place = join(folder, '文书模板');
    mkdirSync(place);
    const template = async (name: string, text: string): Promise<void> => writeFileSync(join(place, `${name}.docx`), await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph(text)] }] })));
    await template('工作督导单', '{#表}{事项}{领导要球}');
    await template('顺延事项审批单', '{#表}{顺延至}{分管局领导意见}{分管局领导意见签字}{/表}');
    await template('督导单', '{事项}');
    const { status, stdout } = await doctor('workbooks: [{ path: 台账.xlsx }]');
    rmSync(place, { recursive: true });
    expect(stdout).toMatch(/✗ 文书模板 工作督导单:不认识的标签 \{领导要球\}.*\n {4}怎么办:.*工作督导单\.docx.*\n✗ 文书模板 工作督导单:\{#表\} 后面没有 \{\/表\}/);
    expect(stdout).toMatch(/! 文书模板:.*督导单\.docx 不是任何文书的名字/);
    expect(stdout).not.toContain('✗ 文书模板 顺延事项审批单');
    expect(status).toBe(1);
  });

  it('backups that stopped', async () => {
    const old = join(folder, '台账.2026-12-28T1930.duban.zip');
    writeFileSync(old, '');
    const { status, stdout } = await doctor('workbooks: [{ path: 台账.xlsx, policy: tax }]\nbackups: { to: . }', { now: '2026-12-31T09:00+08:00' });
    rmSync(old);
    expect(stdout).toMatch(/! 备份 .*最近一份备份是 2026-12-28 19:30 的.*\n {4}怎么办:/);
    expect(status).toBe(0);
  });

  it('a mail server that does not answer', async () => {
    const { status, stdout } = await doctor('workbooks: [{ path: 台账.xlsx }]', { env: { DUBAN_SMTP_URL: `smtp://u:geheim@127.0.0.1:${await freePort()}` } });
    expect(stdout).toMatch(/✗ 邮件:.*\n {4}怎么办:.*端口/);
    expect(stdout).not.toContain('geheim');
    expect(status).toBe(1);
  });

  it.each<[string, string, RegExp]>([
    ['a configuration with mistakes', 'workbooks: [{ path: 台账.xlsx, schedule: 晚上 }]', /✗ 配置:.*\n.*schedule\[0\].*\n {4}怎么办/],
    ['a login that is not in the environment', 'workbooks: [{ path: 台账.xlsx }]\nmail: { smtp: "${NO_SUCH_SMTP}" }', /✗ 邮件:mail\.smtp:环境变量 NO_SUCH_SMTP 没有设置:请设为/],
    ['a robot without its address', 'workbooks: [{ path: 台账.xlsx, robots: [{ name: 督办群, kind: wecom, webhook: "${NO_SUCH_ROBOT}" }] }]', /✗ 群机器人:workbooks\[0\]\.robots\[0\]:「督办群」环境变量 NO_SUCH_ROBOT 没有设置\n {4}怎么办/],
    ['a workbook that is not there', 'workbooks: [{ path: 没有.xlsx }]', /✗ .*没有\.xlsx:文件不存在.*\n {4}怎么办:请核对路径/],
    ['a workbook that is none', 'workbooks: [{ path: 文字.xlsx }]', /✗ .*文字\.xlsx:.+\n {4}怎么办/],
    ['a workbook of another policy', 'workbooks: [{ path: 台账.xlsx, policy: bus }]', /✗ .*制度是 tax,配置里要求 bus\n {4}怎么办/],
  ])('%s', async (_, text, expected) => {
    writeFileSync(join(folder, '文字.xlsx'), '这不是工作簿');
    const { status, stdout, stderr } = await doctor(text);
    expect(stdout, stderr).toMatch(expected);
    expect(status).toBe(1);
  });

  it.each<[string, string, RegExp]>([
    ['a clock that is behind what was saved', '2020-03-16T09:00+08:00', /✗ 时钟:.*2020-03-16.*保存时间更晚\n {4}怎么办/],
    ['a year without published holidays', '2031-03-17T09:00+08:00', /✗ .*没有 2031 年的节假日安排/],
  ])('%s', async (_, now, expected) => {
    const { status, stdout } = await doctor('workbooks: [{ path: 台账.xlsx }]', { now });
    expect(stdout).toMatch(expected);
    expect(status).toBe(1);
  });
});
