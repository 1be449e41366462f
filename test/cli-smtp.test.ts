import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterEach, expect, it } from 'vitest';
import { duban } from './support/built-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'duban-smtp-'));
const file = join(folder, '台账.xlsx');
const toClose: (() => void)[] = [];
afterEach(() => {
  for (const close of toClose.splice(0)) close();
  rmSync(folder, { recursive: true, force: true });
});

it('mails reach the server; refused and busy mailboxes fail alone, and only the busy one is tried again', async () => {
  await duban(['init', file, '--policy', 'tax', '--sample', '--now', '2026-03-16T09:00+08:00']);
  const received: { to: string; id: string | undefined }[] = [];
  const asked = new Set<string>();
  let refuse = '';
  let busy = '';
  let isBusy = true;
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _, callback) {
      // The first two mailboxes that are asked for: one does not exist, one is busy at first.
      if (refuse === '') refuse = address;
      else if (busy === '' && address !== refuse) busy = address;
      asked.add(address);
      const code = address === refuse ? 550 : address === busy && isBusy ? 450 : null;
      callback(code === null ? null : Object.assign(new Error('no'), { responseCode: code }));
    },
    onData(stream, session, callback) {
      simpleParser(stream).then(({ messageId }) => {
        for (const { address } of session.envelope.rcptTo) received.push({ to: address, id: messageId });
        callback();
      }, callback);
    },
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  toClose.push(() => { server.close(() => undefined); });
  const env = { DUBAN_SMTP_URL: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` };
  const run = async (time: string): Promise<{ status: number | null; delivered: number; stderr: string }> => {
    const { status, stdout, stderr } = await duban(['run', file, '--json', '--now', `2026-03-16T${time}+08:00`], { env });
    return { status, stderr, delivered: (JSON.parse(stdout) as { delivered: number }).delivered };
  };

  const first = await run('09:00');
  expect(first.status, first.stderr).toBe(3);
  expect(first.stderr).toMatch(/未送达 .*被邮件服务器拒收/);
  expect(first.stderr).toMatch(/未送达 .*稍后再试/);
  expect(received).toHaveLength(first.delivered);
  expect(first.delivered).toBeGreaterThan(0);
  expect(received.map(({ to }) => to)).not.toContain(refuse);

  isBusy = false;
  asked.clear();
  expect(await run('09:05')).toMatchObject({ delivered: 0 });
  expect([...asked]).toEqual([]);
  const later = await run('09:20');
  expect(later.delivered).toBeGreaterThan(0);
  expect([...asked]).toEqual([busy]);
  const ids = received.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
