import * as z from 'zod';
import { formatMoment, renderMail, type Moment } from '#core';
import type { Mail } from '../notify/mail.ts';
import type { MailTransport } from '../notify/transport.ts';
import { readIfThere, replaceFile } from '../workbook/xlsx/durable-file.ts';

const TOLD = z.record(z.string(), z.string());

export interface FailureReports {
  /** Mails the recipients that a workbook's run failed, once for as long as it fails for this reason. Answers what went wrong with the mail, null where nothing did. */
  failed(path: string, failure: string, recipients: readonly string[], now: Moment): Promise<string | null>;
  recovered(path: string): void;
}

/**
 * Failure reports by mail. What was told stands in `file`, beside the configuration and not beside the workbook, whose
 * folder may be what is missing: a restart tells nothing twice.
 */
export function openFailureReports(file: string, openTransport: () => MailTransport): FailureReports {
  const told = (): Record<string, string> => readTold(readIfThere(file));
  return {
    async failed(path, failure, recipients, now) {
      if (recipients.length === 0 || told()[path] === failure) return null;
      const transport = openTransport();
      try {
        const result = await transport.send(mailOf(path, failure, recipients, now));
        // A server that is down is tried again with the next run; a refused mailbox would be refused for ever.
        if (result.ok || result.permanent) replaceFile(file, JSON.stringify({ ...told(), [path]: failure }));
        return result.ok ? null : result.message;
      } finally {
        await transport.close();
      }
    },
    recovered(path) {
      const { [path]: before, ...others } = told();
      if (before !== undefined) replaceFile(file, JSON.stringify(others));
    },
  };
}

function readTold(text: string): Record<string, string> {
  if (text === '') return {};
  try {
    return TOLD.catch({}).parse(JSON.parse(text));
  } catch (error) {
    // Torn by a crash: a failure is told once more.
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function mailOf(path: string, failure: string, recipients: readonly string[], now: Moment): Mail {
  const subject = '督办巡检没有完成,需要处理';
  const body = `${formatMoment(now)} 的巡检没有完成,工作簿没有改动。\n\n原因:${failure}\n\n怎么办:请按上面的原因处理;不清楚的,在服务器上运行 duban doctor,逐项看提示。处理好后,下一次巡检会自动补上,不会漏发或重发。同一原因只报这一次。`;
  return {
    key: `巡检失败/${path}/${now}`, workbookId: 'serve', date: now, to: recipients.map((address) => ({ name: '', address })), cc: [], subject,
    ...renderMail({ subject, body, footer: [`台账:${path}`] }),
  };
}
