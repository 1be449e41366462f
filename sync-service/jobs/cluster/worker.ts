import { setTimeout as wait } from 'node:timers/promises';
import type { JobQueue, TakenDuty } from './job-queue.ts';
import { LeaseLostError, openLease, type Lease } from './lease.ts';
import type { DutyMoment, Timetable } from './moments.ts';
import { QueueError } from './queue-error.ts';

const IDLE_MS = 500;
const TICK_MS = 1000;
const RECOVER_EVERY = 3;
const DATABASE_AWAY_MS = 3000;

export interface WorkerParts {
  readonly queue: JobQueue;
  /** How many jobs at once. */
  readonly concurrency: number;
  readonly timetable: Timetable;
  readonly leaseSeconds: number;
  /** Does a duty; answers when its workbook wants to be come back to. A rejection is a failed attempt. */
  perform(duty: TakenDuty, lease: Lease): Promise<readonly DutyMoment[]>;
  sentenceOf(error: unknown): string;
  /** The database went away, or came back (null). */
  databaseAway(failure: string | null): void;
  /** A job that another worker took over while this one was at it. */
  lost(duty: TakenDuty): void;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

export interface ClusterWorker {
  /** Takes no more jobs; resolves when those under way have ended. */
  stop(): Promise<void>;
}

/**
 * One worker process of a cluster: announces the moments of the timetable, turns fired ones into jobs, frees the jobs of dead
 * workers and does jobs, several at once. All workers do all of this; the database says who does what.
 */
export function startWorker(parts: WorkerParts): ClusterWorker {
  const { queue, clock } = parts;
  const stopped = new AbortController();
  let isAway = false;

  /** What the database refused is tried again after a pause, for as long as the worker runs. */
  async function asked<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      const answer = await ask();
      if (isAway) parts.databaseAway(null);
      isAway = false;
      return answer;
    } catch (error) {
      if (!(error instanceof QueueError)) throw error;
      if (!isAway) parts.databaseAway(error.message);
      isAway = true;
      await pause(DATABASE_AWAY_MS);
      return otherwise;
    }
  }

  async function pause(ms: number): Promise<void> {
    try {
      await wait(ms, undefined, { signal: stopped.signal });
    } catch (error) {
      if (!stopped.signal.aborted) throw error;
    }
  }

  async function supervise(): Promise<void> {
    let unannounced: readonly DutyMoment[] = [];
    for (let tick = 0; !stopped.signal.aborted; tick += 1) {
      unannounced = [...unannounced, ...parts.timetable.due(clock())];
      const announcing = unannounced;
      unannounced = await asked(async () => {
        if (announcing.length > 0) await queue.announce(announcing);
        await queue.handOver();
        if (tick % RECOVER_EVERY === 0) await queue.recover();
        return [];
      }, announcing);
      await pause(TICK_MS);
    }
  }

  async function work(): Promise<void> {
    while (!stopped.signal.aborted) {
      const duty = await asked(() => queue.take(), null);
      if (duty === null) await pause(IDLE_MS);
      else await perform(duty);
    }
  }

  async function perform(duty: TakenDuty): Promise<void> {
    const lease = openLease(queue, duty, parts.leaseSeconds, clock);
    try {
      const comeBack = await parts.perform(duty, lease);
      await asked(async () => {
        await queue.announce(comeBack);
        await queue.complete(duty);
      }, undefined);
    } catch (error) {
      if (error instanceof LeaseLostError) parts.lost(duty);
      else await asked(() => queue.fail(duty, parts.sentenceOf(error)), undefined);
    } finally {
      lease.close();
    }
  }

  const loops = [supervise(), ...Array.from({ length: parts.concurrency }, work)];
  return {
    async stop() {
      stopped.abort();
      await Promise.all(loops);
    },
  };
}
