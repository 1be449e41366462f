import { randomUUID } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { openDrill } from '../notify/drill-transport.ts';
import { openMailTransport } from '../notify/open-transport.ts';
import type { MailTransport } from '../notify/transport.ts';
import { isFile } from '../workbook/location.ts';
import { movedTo, roleOf, type WorkbookRole } from '../workbook/xlsx/copy-choice.ts';
import { identityOfFile } from '../workbook/xlsx/identity.ts';
import { CommandError } from './command-error.ts';

/** Throws where there is no such file, before anything looks for what lies beside it; a spreadsheet is looked for when it is read. */
export function requireFile(file: string): void {
  if (!isFile(file)) return;
  if (!existsSync(file)) throw new CommandError(1, `没有这个文件:${resolve(file)}。请核对路径;新建工作簿用 duban init`);
}

/** Where the mails of a workbook go without mail settings. */
export function outboxOf(file: string): string {
  return join(dirname(resolve(file)), 'outbox');
}

/** Where mail goes: as the mail settings say, but of an exercise only into the outbox. */
export function transportFor(file: string, role: WorkbookRole, settings: Readonly<Record<string, string | undefined>>): MailTransport {
  return role === 'drill' ? openDrill(openMailTransport({}, outboxOf(file))) : openMailTransport(settings, outboxOf(file));
}

/** What the workbook is; throws for what must not be written or sent from: no file, or an archive. */
export function requireLive(file: string): WorkbookRole {
  requireFile(file);
  // Of a spreadsheet its own mark tells, when it is read; there are no archives and exercises of it.
  if (!isFile(file)) return 'home';
  const role = roleAt(file);
  if (role !== 'archive') return role;
  const path = realpathSync(file);
  const moved = movedTo(identityOfFile(path), path);
  throw new CommandError(1, moved === null ? `这是存档,不运行、不发信:${path}。要改主意,请用 duban run 加 --copy 搬家 或 --copy 演练`
    : `工作簿已搬家到 ${moved},这里的是存档,不运行、不发信:${path}`);
}

/** What the workbook at a path is. */
export function roleAt(file: string): WorkbookRole {
  const path = realpathSync(file);
  return roleOf(identityOfFile(path), path);
}

/** A new workbook's hidden identity. */
export function newIdentity(file: string): { id: string; home: string } {
  return { id: randomUUID(), home: resolve(file) };
}
