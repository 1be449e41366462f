import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { openMailTransport } from '../notify/open-transport.ts';
import type { MailTransport } from '../notify/transport.ts';
import { CommandError } from './command-error.ts';

/** Throws where there is no such file, before anything looks for what lies beside it. */
export function requireFile(file: string): void {
  if (!existsSync(file)) throw new CommandError(1, `没有这个文件:${resolve(file)}。请核对路径;新建工作簿用 duban init`);
}

/** Where the mails of a workbook go without mail settings. */
export function outboxOf(file: string): string {
  return join(dirname(resolve(file)), 'outbox');
}

export function transportFor(file: string): MailTransport {
  return openMailTransport(process.env, outboxOf(file));
}

/** A new workbook's hidden identity. */
export function newIdentity(file: string): { id: string; home: string } {
  return { id: randomUUID(), home: resolve(file) };
}
