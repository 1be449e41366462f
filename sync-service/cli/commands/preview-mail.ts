import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { mailFooter, pendingDeliveries, type Moment, type OutgoingNotice } from '#core';
import { POLICIES } from '#templates';
import { composeNotice, type MailFrame } from '../../jobs/compose-notice.ts';
import { planWorkbook } from '../../jobs/run-workbook.ts';
import { openMailTransport } from '../../notify/open-transport.ts';
import { emlName } from '../../notify/outbox-transport.ts';
import { holdWorkbook } from '../../workbook/held-workbook.ts';
import { homeOfCommands, siteOf } from '../../workbook/location.ts';
import { CommandError } from '../command-error.ts';
import { requireLive } from '../workbook-files.ts';

export interface PreviewOptions {
  /** Only what goes to this person or unit; null: everything. */
  readonly to: string | null;
  readonly out: string | null;
  readonly now: Moment;
}

/** `duban preview-mail`: writes the mails that a run would send now as .eml files to look at; sends nothing and leaves the workbook alone. */
export async function previewMailCommand(file: string, { to, out, now }: PreviewOptions): Promise<number> {
  requireLive(file);
  const site = siteOf(file, homeOfCommands());
  const { store, openJournal } = await holdWorkbook(file, site, process.env);
  const journal = openJournal();
  const { workbook, plan } = await planWorkbook(store, POLICIES, now, journal.entries());
  const pending = pendingDeliveries(workbook, plan.notices, journal.entries(), plan.clock, 'sync-service');
  const chosen = pending.filter((notice) => to === null || [...notice.to, ...notice.copy].some(({ name }) => name === to));
  if (to !== null && chosen.length === 0) throw new CommandError(1, `此刻没有要发给「${to}」的信(共 ${pending.length} 封):请核对姓名,或用 --now 指定时刻`);
  const folder = resolve(out ?? join(dirname(site), 'preview'));
  await mkdir(folder, { recursive: true });
  await write(chosen, folder, { workbook, workbookId: journal.workbookId, now, footer: mailFooter(workbook, store.location, plan.clock.today) });
  process.stdout.write(`${[`此刻巡检会发 ${pending.length} 封,写出 ${chosen.length} 封供查看(没有发送):${folder}`, ...chosen.map(lineOf)].join('\n')}\n`);
  return 0;
}

async function write(notices: readonly OutgoingNotice[], folder: string, frame: MailFrame): Promise<void> {
  const outbox = openMailTransport({ DUBAN_MAIL_FROM: process.env['DUBAN_MAIL_FROM'] }, folder);
  for (const notice of notices) {
    const result = await outbox.send(await composeNotice(frame, notice), new Set());
    if (!result.ok) process.stderr.write(`${notice.key}:${result.message}\n`);
  }
  await outbox.close();
}

function lineOf({ key, to, copy, subject }: OutgoingNotice): string {
  const names = (list: OutgoingNotice['to']): string => list.map(({ name, address }) => `${name} <${address === '' ? '没有邮箱' : address}>`).join('、');
  return `  ${emlName(key)}\n    ${subject}\n    收件:${names(to)}${copy.length === 0 ? '' : `;抄送:${names(copy)}`}`;
}
