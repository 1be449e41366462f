import * as z from 'zod';
import { formatMoment, renderMail, type Moment } from '#core';
import type { Mail } from '../notify/mail.ts';
import type { MailTransport } from '../notify/transport.ts';
import { jsonIn, readIfThere, replaceFile } from '../workbook/memory/durable-file.ts';

const TOLD = z.record(z.string(), z.string());

/** What the service owes a workbook. */
export interface ServedDuty { readonly duty: '巡检' | '备份'; readonly path: string }

export interface FailureReports {
  /** Mails the recipients that a duty failed, once for as long as it fails for this reason. Answers what went wrong with the mail, null where nothing did. */
  failed(what: ServedDuty, failure: string, recipients: readonly string[], now: Moment): Promise<string | null>;
  recovered(what: ServedDuty): void;
}

/**
 * Failure reports by mail. What was told stands in `file`, beside the configuration and not beside the workbook, whose
 * folder may be what is missing: a restart tells nothing twice.
 */
export function openFailureReports(file: string, openTransport: () => MailTransport): FailureReports {
  // Torn by a crash: a failure is told once more.
  const told = (): Record<string, string> => TOLD.catch({}).parse(jsonIn(readIfThere(file)));
  return {
    async failed(what, failure, recipients, now) {
      if (recipients.length === 0 || told()[keyOf(what)] === failure) return null;
      const transport = openTransport();
      try {
        const result = await transport.send(mailOf(what, failure, recipients, now), new Set());
        // A server that is down is tried again with the next run; a refused mailbox would be refused for ever.
        if (result.ok || result.permanent) replaceFile(file, JSON.stringify({ ...told(), [keyOf(what)]: failure }));
        return result.ok ? null : result.message;
      } finally {
        await transport.close();
      }
    },
    recovered(what) {
      const { [keyOf(what)]: before, ...others } = told();
      if (before !== undefined) replaceFile(file, JSON.stringify(others));
    },
  };
}

function keyOf({ duty, path }: ServedDuty): string {
  return `${duty} ${path}`;
}

const CONSEQUENCES: Readonly<Record<ServedDuty['duty'], readonly [now: string, next: string]>> = {
  巡检: ['工作簿没有改动', '下一次巡检会自动补上,不会漏发或重发'],
  备份: ['原有的备份没有动', '下一个定时会再备份;要马上备份,请运行 duban backup'],
};

function mailOf({ duty, path }: ServedDuty, failure: string, recipients: readonly string[], now: Moment): Mail {
  const [standing, next] = CONSEQUENCES[duty];
  const subject = `督办${duty}没有完成,需要处理`;
  const body = `${formatMoment(now)} 的${duty}没有完成,${standing}。\n\n原因:${failure}\n\n怎么办:请按上面的原因处理;不清楚的,在服务器上运行 duban doctor,逐项看提示。处理好后,${next}。同一原因只报这一次。`;
  return {
    key: `${duty}失败/${path}/${now}`, workbookId: 'serve', date: now, to: recipients.map((address) => ({ name: '', address })), cc: [], subject,
    ...renderMail({ subject, body, footer: [`台账:${path}`] }),
  };
}
