import { Cron } from 'croner';
import { epochOf, type Moment } from '#core';
import { ArchiveError } from '../archive/archive-error.ts';
import type { BackupOutcome } from '../archive/make-archive.ts';
import { ZONE } from '../config/config.ts';

/** How the backups of one workbook stand; times in milliseconds since the epoch. */
export interface BackupStatus {
  /** Null before the first of this process. */
  readonly lastDone: number | null;
  /** Why the last one failed; null where it didn't. */
  readonly failure: string | null;
}

export interface BackupParts {
  /** Cron patterns in Asia/Shanghai. */
  readonly schedule: readonly string[];
  /** When the newest archive was made; null where there is none. */
  newest(): Promise<Moment | null>;
  backUp(): Promise<BackupOutcome>;
  /** After each backup; `outcome` is null where it failed. */
  ended(status: BackupStatus, outcome: BackupOutcome | null): Promise<void>;
  /** A sentence for people about an error. */
  sentenceOf(error: unknown): string;
  readonly clock: () => number;
}

export interface BackupDuty {
  status(): BackupStatus;
  /** Takes no more turns; resolves when the backup under way has ended. */
  stop(): Promise<void>;
}

/**
 * Backs a workbook up at its times, and at once where the last time fell into an outage. It only reads the workbook, whose
 * saves replace the file as a whole: so it waits for no run.
 */
export function createBackupDuty(parts: BackupParts): BackupDuty {
  let status: BackupStatus = { lastDone: null, failure: null };
  let loop: Promise<void> = Promise.resolve();
  const backUp = async (): Promise<void> => {
    let outcome: BackupOutcome | null = null;
    try {
      outcome = await parts.backUp();
      status = { lastDone: parts.clock(), failure: null };
    } catch (error) {
      status = { ...status, failure: parts.sentenceOf(error) };
    }
    await parts.ended(status, outcome);
  };
  const request = (): void => { loop = loop.then(backUp); };
  const times = parts.schedule.map((pattern) => new Cron(pattern, { timezone: ZONE }, request));
  const lastTime = Math.max(...times.flatMap((time) => time.previousRuns(1, new Date(parts.clock()))).map(Number));
  loop = loop.then(async () => { if (await isDue(parts, lastTime)) await backUp(); });
  return {
    status: () => status,
    stop() {
      for (const time of times) time.stop();
      return loop;
    },
  };
}

/** A place that can't be looked at is no reason to leave a backup out: the backup itself then tells why it fails. */
async function isDue(parts: BackupParts, lastTime: number): Promise<boolean> {
  try {
    const newest = await parts.newest();
    return newest === null || epochOf(newest) < lastTime;
  } catch (error) {
    if (error instanceof ArchiveError) return true;
    throw error;
  }
}
