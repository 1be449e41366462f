import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseWorkbook } from '#core';
import { POLICIES } from '#templates';
import { openXlsxStore } from '../sync-service/workbook/xlsx/store.ts';
import { duban } from './support/built-cli.ts';
import { mailServer, serve, servedOffice, until, writeConfig, type LogLine, type MailServer } from './support/served-office.ts';

const root = mkdtempSync(join(tmpdir(), 'duban-serve-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const CONFIG = 'duban.yaml';
const get = async (port: number, path: string): Promise<{ status: number; text: string }> => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, text: await response.text() };
};

/** Each key once in 通知, each mail of 已发 once at the server, and nothing left for a further run. */
async function expectNothingDoubled(file: string, server: MailServer, inFlight: number): Promise<void> {
  const { workbook } = parseWorkbook(await openXlsxStore(file).read(), POLICIES);
  const rows = workbook!.sheets.notices.rows.map(({ cells }) => cells);
  expect(rows.length).toBeGreaterThan(0);
  expect(new Set(rows.map(({ noticeId }) => noticeId)).size).toBe(rows.length);
  const sent = new Set(server.ids);
  // The server took it and the answer was lost with the process: the same Message-ID comes once more.
  expect(server.ids.length - sent.size).toBeLessThanOrEqual(inFlight);
  const { status, stdout } = await duban(['run', file, '--json'], { env: { DUBAN_SMTP_URL: `smtp://${server.url}` } });
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ writes: 0, notices: 0, delivered: 0 });
  expect(new Set(server.ids)).toEqual(sent);
}

describe('the service', () => {
  it('killed in the middle of its first run, it finishes at the next start without doubling anything', async () => {
    const { folder, file, port } = await servedOffice(root, 'killed');
    const server = await mailServer();
    const env = { DUBAN_SMTP_URL: `smtp://${server.url}` };
    try {
      const first = serve(folder, CONFIG, env);
      // On a day off there is no mail: then it is killed after its first run.
      await until('a third mail or a run', () => server.ids.length >= 3 || first.log().some(({ reason }) => reason !== undefined));
      expect(await first.end('SIGKILL')).toBeNull();
      const second = serve(folder, CONFIG, env);
      await until('two whole runs', () => second.log().filter(({ msg }) => msg === '巡检完成').length >= 2);
      expect(second.log()[0]!.reason).toBe('start');
      expect(await get(port, '/healthz')).toEqual({ status: 200, text: 'ok\n' });
      expect((await get(port, '/metrics')).text).toMatch(/^duban_up\{workbook=".*台账\.xlsx"\} 1$/m);
      expect((await get(port, '/')).text).toContain('/assets/app.js');
      expect((await get(port, '/api/session')).status).toBe(401);
      expect(await second.end('SIGTERM')).toBe(0);
      expect(second.log().at(-1)!.msg).toBe('督办服务已停止');
      await expectNothingDoubled(file, server, 1);
    } finally {
      server.close();
    }
  });

  it('two services on one workbook run it one after the other', async () => {
    const { folder, file } = await servedOffice(root, 'two');
    await writeConfig(join(folder, 'second.yaml'), {});
    const server = await mailServer();
    const env = { DUBAN_SMTP_URL: `smtp://${server.url}` };
    try {
      const services = [serve(folder, CONFIG, env), serve(folder, 'second.yaml', env)];
      await until('two runs of each', () => services.every((service) => service.log().filter(({ msg }) => msg === '巡检完成').length >= 2));
      expect(await Promise.all(services.map((service) => service.end('SIGINT')))).toEqual([0, 0]);
      expect(services.flatMap((service) => service.log()).filter(({ state }) => state === 'saved')).toHaveLength(1);
      await expectNothingDoubled(file, server, 0);
    } finally {
      server.close();
    }
  });

  it('backs up at its start what was missed, and runs when people have saved the workbook, not when it has saved it itself', async () => {
    const { folder, file, port } = await servedOffice(root, 'saved', { schedule: '0 0 1 1 *', more: ['backups:', '  to: 备份'] });
    const service = serve(folder, CONFIG);
    const runs = (): LogLine[] => service.log().filter(({ msg }) => msg === '巡检完成');
    await until('the run at the start', () => runs().length === 1);
    expect(runs()[0]).toMatchObject({ reason: 'start', state: 'saved' });
    // As long as a save needs to be noticed: looks every two seconds, three seconds of quiet.
    await new Promise((done) => setTimeout(done, 8000));
    expect(runs()).toHaveLength(1);
    utimesSync(file, new Date(), new Date());
    await until('the run after the save', () => runs().length === 2);
    expect(runs()[1]).toMatchObject({ reason: 'saved', state: 'unchanged' });
    // There was no archive at the start: the time that was missed is made up for.
    const [archive, ...others] = readdirSync(join(folder, '备份'));
    expect(others).toEqual([]);
    expect((await duban(['verify', join(folder, '备份', archive!)])).status).toBe(0);
    expect((await get(port, '/metrics')).text).toMatch(/^duban_backup_up\{.*\} 1$/m);
    expect(await service.end('SIGTERM')).toBe(0);
  });

  it('a workbook that is gone is reported once by mail, shown by /healthz, and taken up again when it is back', async () => {
    const { folder, file, port } = await servedOffice(root, 'gone', { more: ['mail:', '  smtp: ${OFFICE_SMTP}', '  from: duban@example.cn'] });
    const away = join(folder, '别处.xlsx');
    renameSync(file, away);
    const server = await mailServer({ allowInsecureAuth: true, onAuth: (_, __, callback) => callback(null, { user: 'u' }) });
    try {
      const service = serve(folder, CONFIG, { OFFICE_SMTP: `smtp://u:geheim%40wort@${server.url}` });
      await until('three failed runs', () => service.log().filter(({ failure }) => failure != null).length >= 3);
      expect(server.subjects).toEqual(['督办巡检没有完成,需要处理']);
      expect(await get(port, '/healthz')).toMatchObject({ status: 503, text: expect.stringContaining('没有这个文件') as string });
      renameSync(away, file);
      await until('a run that ends well', () => service.log().some(({ msg }) => msg === '巡检完成'));
      expect((await get(port, '/healthz')).status).toBe(200);
      expect(await service.end('SIGTERM')).toBe(0);
      expect(server.subjects.filter((subject) => subject.includes('没有完成'))).toHaveLength(1);
      expect(service.stderr()).not.toMatch(/geheim/);
    } finally {
      server.close();
    }
  });
});

describe('duban serve that can not begin says why', () => {
  it.each<[string, string | null, string[], number, RegExp]>([
    ['mistakes in the configuration', 'workbooks: [{ path: a.docx, schedule: 晚上 }]\nprot: 1\n', [], 2, /3 处要改[^]*workbooks\[0\]\.path:[^]*schedule\[0\]:[^]*prot/],
    ['an environment variable that is not set', 'workbooks: [{ path: a.xlsx }]\nmail: { smtp: "${NO_SUCH_SMTP}" }\n', [], 2, /mail\.smtp:环境变量 NO_SUCH_SMTP 没有设置/],
    ['a configuration that is not there', null, ['--config', 'no.yaml'], 2, /没有这个配置文件/],
    ['neither configuration nor workbooks under data/', null, [], 2, /没有可巡检的工作簿/],
  ])('%s', async (name, text, args, status, sentence) => {
    const folder = join(root, name.replaceAll('/', ' '));
    mkdirSync(folder);
    if (text !== null) writeFileSync(join(folder, CONFIG), text);
    const result = await duban(['serve', ...args], { cwd: folder });
    expect(result.stderr).toMatch(sentence);
    expect(result.status).toBe(status);
  });

  it('a port that is taken', async () => {
    const folder = join(root, 'port');
    mkdirSync(folder);
    const port = await writeConfig(join(folder, CONFIG), {});
    const other = createServer();
    await new Promise<void>((listening) => other.listen(port, '127.0.0.1', listening));
    const result = await duban(['serve'], { cwd: folder });
    other.close();
    expect(result.stderr).toMatch(/端口 \d+ 不能用/);
    expect(result.status).toBe(1);
  });
});
