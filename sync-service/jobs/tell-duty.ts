import type { Logger } from 'pino';
import { momentFromEpoch } from '#core';
import type { BackupOutcome } from '../archive/make-archive.ts';
import type { ServedWorkbook } from '../config/config.ts';
import type { FailureReports, ServedDuty } from './failure-reports.ts';
import type { RunOutcome } from './run-workbook.ts';

/** How a run ended, as a line of the log; `outcome` is null where it failed. */
export function tellRun(log: Logger, { path, reason, seconds, failure, outcome }: { readonly path: string; readonly reason: string; readonly seconds: number | null; readonly failure: string | null; readonly outcome: RunOutcome | null }): void {
  if (failure !== null || outcome === null) {
    log.error({ workbook: path, reason, seconds, failure }, '巡检没有完成');
    return;
  }
  const { runId, state, writes, notices, delivered, undelivered, conflicts } = outcome;
  log[undelivered.length + conflicts.length > 0 ? 'warn' : 'info']({
    workbook: path, reason, seconds, runId, state, writes, notices, delivered, undelivered, conflicts: conflicts.length, hints: outcome.plan.summary.hints,
  }, '巡检完成');
}

/** How a backup ended, as a line of the log; `outcome` is null where it failed. */
export function tellBackup(log: Logger, { path, failure, outcome }: { readonly path: string; readonly failure: string | null; readonly outcome: BackupOutcome | null }): void {
  if (outcome === null) log.error({ workbook: path, failure }, '备份没有完成');
  else log[outcome.breaks.length > 0 ? 'warn' : 'info']({ workbook: path, archive: outcome.path, removed: outcome.removed.length, breaks: outcome.breaks }, '备份完成');
}

/** Mails the workbook's recipients that a duty failed, or remembers that it no longer does. */
export async function reportDuty(
  what: ServedDuty, failure: string | null, { reportFailuresTo }: Pick<ServedWorkbook, 'reportFailuresTo'>,
  { reports, log, clock }: { readonly reports: FailureReports; readonly log: Logger; readonly clock: () => number },
): Promise<void> {
  try {
    if (failure === null) reports.recovered(what);
    else {
      const problem = await reports.failed(what, failure, reportFailuresTo, momentFromEpoch(clock()));
      if (problem !== null) log.error({ workbook: what.path, problem }, '失败报告没有寄出');
    }
  } catch (error) {
    // The report is about a failure already logged; the next turn must still come.
    log.error({ workbook: what.path, err: error }, '失败报告没有寄出');
  }
}
