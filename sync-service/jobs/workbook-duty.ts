import type { RunOutcome } from './run-workbook.ts';

export type RunReason = 'start' | 'schedule' | 'saved' | 'digest';

/** How one workbook stands; times in milliseconds since the epoch. */
export interface DutyStatus {
  readonly path: string;
  readonly running: boolean;
  readonly lastEnded: number | null;
  readonly lastDone: number | null;
  readonly lastSeconds: number | null;
  /** What the last run did; null before the first has ended well. */
  readonly outcome: RunOutcome | null;
  /** Why the last run failed; null where it didn't. */
  readonly failure: string | null;
  readonly doneCount: number;
  readonly failedCount: number;
  readonly deliveredCount: number;
}

export interface DutyParts {
  run(): Promise<RunOutcome>;
  /** After each run, before the next begins. */
  ended(status: DutyStatus, reason: RunReason): Promise<void>;
  /** A sentence for people about an error. */
  sentenceOf(error: unknown): string;
  readonly clock: () => number;
}

export interface WorkbookDuty {
  status(): DutyStatus;
  /** Runs now, or once more after the run under way: any number of requests meanwhile make one run. */
  request(reason: RunReason): void;
  /** Takes no more requests; resolves when the run under way has ended. */
  stop(): Promise<void>;
}

/** The runs of one workbook in this process, one at a time. A failed run is told and leaves the duty in force. */
export function createDuty(path: string, parts: DutyParts): WorkbookDuty {
  let status: DutyStatus = {
    path, running: false, lastEnded: null, lastDone: null, lastSeconds: null, outcome: null, failure: null, doneCount: 0, failedCount: 0, deliveredCount: 0,
  };
  let next: RunReason | null = null;
  let stopped = false;
  let loop: Promise<void> = Promise.resolve();

  async function runOnce(reason: RunReason): Promise<void> {
    const started = parts.clock();
    status = { ...status, running: true };
    let change: Partial<DutyStatus>;
    try {
      const outcome = await parts.run();
      change = { outcome, failure: null, lastDone: parts.clock(), doneCount: status.doneCount + 1, deliveredCount: status.deliveredCount + outcome.delivered };
    } catch (error) {
      change = { failure: parts.sentenceOf(error), failedCount: status.failedCount + 1 };
    }
    const ended = parts.clock();
    status = { ...status, ...change, running: false, lastEnded: ended, lastSeconds: (ended - started) / 1000 };
    await parts.ended(status, reason);
  }

  async function work(): Promise<void> {
    while (next !== null && !stopped) {
      const reason = next;
      next = null;
      await runOnce(reason);
    }
  }

  return {
    status: () => status,
    request(reason) {
      if (stopped) return;
      const idle = next === null;
      next ??= reason;
      if (idle) loop = loop.then(work);
    },
    stop() {
      stopped = true;
      return loop;
    },
  };
}
