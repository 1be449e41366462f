import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { parseWorkbook } from '#core';
import { POLICIES } from '#templates';
import { openXlsxStore } from '../../sync-service/workbook/xlsx/store.ts';
import { DIST_CLI, duban } from './built-cli.ts';

export interface ServedOffice {
  readonly folder: string;
  readonly file: string;
  readonly port: number;
}

/** A folder with a tax sample and a duban.yaml; the service lives in real time, so the sample plays yesterday, and digests go out at any hour. */
export async function servedOffice(root: string, name: string, settings: { schedule?: string; more?: readonly string[]; clockShiftMs?: number } = {}): Promise<ServedOffice> {
  const folder = join(root, name);
  mkdirSync(folder);
  const file = join(folder, '台账.xlsx');
  const { status, stderr } = await duban(['init', file, '--policy', 'tax', '--sample', '--now', new Date(Date.now() + (settings.clockShiftMs ?? 0) - 86_400_000).toISOString()]);
  if (status !== 0) throw new Error(stderr);
  await setParameter(file, 'digestTime', '00:00');
  const port = await writeConfig(join(folder, 'duban.yaml'), settings);
  return { folder, file, port };
}

async function setParameter(file: string, key: string, value: string): Promise<void> {
  const store = openXlsxStore(file);
  const snapshot = await store.read();
  const row = parseWorkbook(snapshot, POLICIES).workbook!.sheets.parameters.rows.find(({ cells }) => cells.key === key)!;
  await store.apply(snapshot, [{ kind: 'cell', sheet: 'parameters', row: { ref: row.ref, id: key }, column: 'value', before: row.cells.value, after: value, because: key }]);
}

/** Answers the port of the service. */
export async function writeConfig(config: string, { schedule = '* * * * * *', more = [] }: { schedule?: string; more?: readonly string[] }): Promise<number> {
  const port = await freePort();
  writeFileSync(config, ['workbooks:', '  - path: 台账.xlsx', `    schedule: "${schedule}"`, '    policy: tax', '    reportFailuresTo: [it@example.cn]', `port: ${port}`, ...more, ''].join('\n'));
  return port;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

export interface LogLine { readonly msg: string; readonly reason?: string; readonly state?: string; readonly failure?: string; readonly delivered?: number }

export interface Service {
  /** The lines of its log so far. */
  log(): LogLine[];
  stderr(): string;
  /** Its exit status, once it has ended. */
  readonly ended: Promise<number | null>;
  /** Sends a signal; answers the exit status, null where the signal ended it. */
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | null>;
}

/** Starts the built `duban serve`, without mail settings unless `env` gives them. */
export function serve(folder: string, config: string, env: Readonly<Record<string, string>> = {}, nodeOptions: readonly string[] = []): Service {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(DUBAN_|VITEST|NODE_)/.test(key)));
  const child: ChildProcess = spawn(process.execPath, [...nodeOptions, DIST_CLI, 'serve', '--config', config], { cwd: folder, env: { ...inherited, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => { stderr += text; });
  const closed = new Promise<number | null>((done) => child.once('close', done));
  return {
    stderr: () => stderr,
    ended: closed,
    log: () => stderr.split('\n').slice(0, -1).map((line) => JSON.parse(line) as LogLine),
    end(signal) {
      child.kill(signal);
      return closed;
    },
  };
}

export interface MailServer { readonly url: string; readonly ids: string[]; readonly subjects: string[]; close(): void }

/** An SMTP server that takes its time over each mail, so that a kill falls between two. */
export async function mailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const ids: string[] = [];
  const subjects: string[] = [];
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'],
    onData(stream, _, callback) {
      simpleParser(stream).then(async (mail) => {
        ids.push(mail.messageId ?? '');
        subjects.push(mail.subject ?? '');
        await wait(20);
        callback();
      }, callback);
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `127.0.0.1:${(server.server.address() as AddressInfo).port}`, ids, subjects, close: () => server.close(() => undefined) };
}

/** Waits until something is so. The service takes seconds; a machine under load takes many. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let look = 0; look < 1500; look += 1) {
    if (await holds()) return;
    await wait(100);
  }
  throw new Error(`not within 150 s: ${what}`);
}
