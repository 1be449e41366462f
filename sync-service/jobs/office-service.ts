import { Cron } from 'croner';
import type { Logger } from 'pino';
import { digestMoment, epochOf, momentFromEpoch } from '#core';
import { ZONE, type ServedWorkbook } from '../config/config.ts';
import type { FailureReports } from './failure-reports.ts';
import type { RunOutcome } from './run-workbook.ts';
import { watchSaves } from './watch-saves.ts';
import { createDuty, type DutyStatus } from './workbook-duty.ts';

export interface OfficeServiceParts {
  readonly workbooks: readonly ServedWorkbook[];
  run(workbook: ServedWorkbook): Promise<RunOutcome>;
  sentenceOf(error: unknown): string;
  readonly reports: FailureReports;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

export interface OfficeService {
  statuses(): readonly DutyStatus[];
  /** No new runs; resolves when those under way have ended. */
  stop(): Promise<void>;
}

/**
 * Runs each workbook at its times, when people have saved it, at the hour of digests where a run came before it, and once at the start: notices come from the state minus what
 * was sent, so that one run makes up for every one that an outage took.
 */
export function startOfficeService(parts: OfficeServiceParts): OfficeService {
  const served = parts.workbooks.map((workbook) => serve(workbook, parts));
  return {
    statuses: () => served.map(({ status }) => status()),
    async stop() {
      await Promise.all(served.map(({ stop }) => stop()));
    },
  };
}

function serve(workbook: ServedWorkbook, parts: OfficeServiceParts): { status: () => DutyStatus; stop: () => Promise<void> } {
  const { path } = workbook;
  const { reports, log, clock } = parts;
  const duty = createDuty(path, {
    sentenceOf: (error) => parts.sentenceOf(error), clock,
    async run() {
      watch.acknowledge();
      const outcome = await parts.run(workbook);
      if (!outcome.plan.clock.digestsDue) comeForDigests(outcome);
      // Only the run's own save is known: what people saved during a run that wrote nothing gets a run of its own.
      if (outcome.state === 'saved') watch.acknowledge();
      return outcome;
    },
    async ended(status, reason) {
      tell(log, status, reason);
      try {
        if (status.failure === null) reports.recovered(path);
        else {
          const problem = await reports.failed(path, status.failure, workbook.reportFailuresTo, momentFromEpoch(clock()));
          if (problem !== null) log.error({ workbook: path, problem }, '失败报告没有寄出');
        }
      } catch (error) {
        // The report is about a failure already logged; the next run must still come.
        log.error({ workbook: path, err: error }, '失败报告没有寄出');
      }
    },
  });
  const watch = watchSaves(path, { onSave: () => duty.request('saved'), busy: () => duty.status().running });
  const schedule = workbook.schedule.map((pattern) => new Cron(pattern, { timezone: ZONE }, () => duty.request('schedule')));
  let digests: Cron | null = null;
  /** A run in the night leaves the digests to one at their hour, also where the schedule has none then. */
  const comeForDigests = ({ workbook: read, plan }: RunOutcome): void => {
    digests?.stop();
    const due = epochOf(digestMoment(read, plan.clock.today));
    // The run may have lasted beyond that hour: a pattern of the past would never come.
    if (due <= clock()) duty.request('digest');
    else digests = new Cron(new Date(due), () => duty.request('digest'));
  };
  duty.request('start');
  return {
    status: () => duty.status(),
    stop() {
      for (const one of [...schedule, digests]) one?.stop();
      watch.close();
      return duty.stop();
    },
  };
}

function tell(log: Logger, { path, outcome, failure, lastSeconds }: DutyStatus, reason: string): void {
  if (failure !== null || outcome === null) {
    log.error({ workbook: path, reason, seconds: lastSeconds, failure }, '巡检没有完成');
    return;
  }
  const { runId, state, writes, notices, delivered, undelivered, conflicts } = outcome;
  log[undelivered.length + conflicts.length > 0 ? 'warn' : 'info']({
    workbook: path, reason, seconds: lastSeconds, runId, state, writes, notices, delivered, undelivered, conflicts: conflicts.length, hints: outcome.plan.summary.hints,
  }, '巡检完成');
}
