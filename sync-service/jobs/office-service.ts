import { Cron } from 'croner';
import type { Logger } from 'pino';
import { digestMoment, epochOf, type Moment } from '#core';
import { ZONE, type ServedWorkbook } from '../config/config.ts';
import type { BackupOutcome } from '../archive/make-archive.ts';
import { createBackupDuty, type BackupDuty, type BackupStatus } from './backup-duty.ts';
import type { FailureReports } from './failure-reports.ts';
import type { RunOutcome } from './run-workbook.ts';
import { isFile } from '../workbook/location.ts';
import { reportDuty, tellBackup, tellRun } from './tell-duty.ts';
import { watchSaves } from './watch-saves.ts';
import { createDuty, type DutyStatus } from './workbook-duty.ts';

export interface OfficeServiceParts {
  readonly workbooks: readonly ServedWorkbook[];
  run(workbook: ServedWorkbook): Promise<RunOutcome>;
  /** Null: none are made. */
  readonly backups: {
    readonly schedule: readonly string[];
    newest(workbook: ServedWorkbook): Promise<Moment | null>;
    backUp(workbook: ServedWorkbook): Promise<BackupOutcome>;
  } | null;
  sentenceOf(error: unknown): string;
  readonly reports: FailureReports;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** How a workbook stands; `backup` is null where the service makes none. */
export type ServedStatus = DutyStatus & { readonly backup: BackupStatus | null };

export interface OfficeService {
  statuses(): readonly ServedStatus[];
  /** Somebody wrote into a workbook through the program itself: what follows from it is due at once. */
  changed(path: string): void;
  /** No new runs and backups; resolves when those under way have ended. */
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
    changed(path) {
      for (const one of served) if (one.path === path) one.run();
    },
    async stop() {
      await Promise.all(served.map(({ stop }) => stop()));
    },
  };
}

function serve(workbook: ServedWorkbook, parts: OfficeServiceParts): { path: string; status: () => ServedStatus; run: () => void; stop: () => Promise<void> } {
  const { path } = workbook;
  const { log, clock } = parts;
  const duty = createDuty(path, {
    sentenceOf: (error) => parts.sentenceOf(error), clock,
    async run() {
      watch?.acknowledge();
      const outcome = await parts.run(workbook);
      if (!outcome.plan.clock.digestsDue) comeForDigests(outcome);
      // Only the run's own save is known: what people saved during a run that wrote nothing gets a run of its own.
      if (outcome.state === 'saved') watch?.acknowledge();
      return outcome;
    },
    async ended(status, reason) {
      tellRun(log, { path, reason, seconds: status.lastSeconds, failure: status.failure, outcome: status.outcome });
      await reportDuty({ duty: '巡检', path }, status.failure, workbook, parts);
    },
  });
  // Of a spreadsheet nobody tells when people edit it: it is looked at by schedule.
  const watch = isFile(path) ? watchSaves(path, { onSave: () => duty.request('saved'), busy: () => duty.status().running }) : null;
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
  const backups = backUp(workbook, parts);
  return {
    path, run: () => duty.request('saved'),
    status: () => ({ ...duty.status(), backup: backups?.status() ?? null }),
    async stop() {
      for (const one of [...schedule, digests]) one?.stop();
      watch?.close();
      await Promise.all([duty.stop(), backups?.stop()]);
    },
  };
}

function backUp(workbook: ServedWorkbook, parts: OfficeServiceParts): BackupDuty | null {
  const { backups, log } = parts;
  const { path } = workbook;
  return backups === null ? null : createBackupDuty({
    schedule: backups.schedule, newest: () => backups.newest(workbook), backUp: () => backups.backUp(workbook), sentenceOf: (error) => parts.sentenceOf(error), clock: parts.clock,
    async ended({ failure }, outcome) {
      tellBackup(log, { path, failure, outcome });
      await reportDuty({ duty: '备份', path }, failure, workbook, parts);
    },
  });
}
