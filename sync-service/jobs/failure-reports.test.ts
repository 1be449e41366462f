import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { moment } from '#core';
import type { Mail } from '../notify/mail.ts';
import type { MailTransport, SendResult } from '../notify/transport.ts';
import { openFailureReports, type FailureReports } from './failure-reports.ts';

const folder = mkdtempSync(join(tmpdir(), 'duban-reports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOW = moment('2026-03-16 09:30');
const DOWN: SendResult = { ok: false, permanent: false, serverDown: true, reason: 'timeout', refused: [], message: '没有应答' };

function reports(name: string, answers: SendResult[] = []): { open: () => FailureReports; mails: Mail[] } {
  const mails: Mail[] = [];
  const transport: MailTransport = {
    name: 'test',
    send(mail) {
      mails.push(mail);
      return Promise.resolve(answers.shift() ?? { ok: true });
    },
    check: () => Promise.resolve({ ok: true }), close: () => Promise.resolve(),
  };
  return { mails, open: () => openFailureReports(join(folder, `${name}.json`), () => transport) };
}

it('one reason is told once, also after a restart; another reason and the next time are told again', async () => {
  const { open, mails } = reports('once');
  await open().failed({ duty: '巡检', path: 'a.xlsx' }, '共享断开', ['it@example.cn'], NOW);
  await open().failed({ duty: '巡检', path: 'a.xlsx' }, '共享断开', ['it@example.cn'], NOW);
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatchObject({ to: [{ address: 'it@example.cn' }], text: expect.stringContaining('共享断开') as string });
  await open().failed({ duty: '巡检', path: 'a.xlsx' }, '磁盘已满', ['it@example.cn'], NOW);
  await open().failed({ duty: '巡检', path: 'b.xlsx' }, '磁盘已满', ['it@example.cn'], NOW);
  expect(mails).toHaveLength(3);
  open().recovered({ duty: '巡检', path: 'a.xlsx' });
  await open().failed({ duty: '巡检', path: 'a.xlsx' }, '磁盘已满', ['it@example.cn'], NOW);
  await open().failed({ duty: '巡检', path: 'b.xlsx' }, '磁盘已满', ['it@example.cn'], NOW);
  expect(mails).toHaveLength(4);
});

it('a failed backup is told beside a failed run', async () => {
  const { open, mails } = reports('backup');
  for (const duty of ['巡检', '备份'] as const) await open().failed({ duty, path: 'a.xlsx' }, '磁盘已满', ['it@example.cn'], NOW);
  expect(mails.map(({ subject }) => subject)).toEqual(['督办巡检没有完成,需要处理', '督办备份没有完成,需要处理']);
});

it('a report that the mail server did not take is tried again', async () => {
  const { open, mails } = reports('down', [DOWN]);
  expect(await open().failed({ duty: '巡检', path: 'a.xlsx' }, '磁盘已满', ['it@example.cn'], NOW)).toBe('没有应答');
  expect(await open().failed({ duty: '巡检', path: 'a.xlsx' }, '磁盘已满', ['it@example.cn'], NOW)).toBeNull();
  expect(mails).toHaveLength(2);
});

it('nobody to tell is nothing to send', async () => {
  const { open, mails } = reports('nobody');
  await open().failed({ duty: '巡检', path: 'a.xlsx' }, '磁盘已满', [], NOW);
  expect(mails).toEqual([]);
});
