import type { JobQueue, TakenDuty } from './job-queue.ts';
import { QueueError } from './queue-error.ts';

/** Another worker has taken the job over, since this one gave no sign of life for too long: it must do no more of it. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
  constructor() {
    super('这件工作已由另一个工作进程接手,这里不再继续');
  }
}

export interface Lease {
  /** Resolves where the job is still ours; rejects with a LeaseLostError where it isn't, and with a QueueError where nobody can tell. */
  readonly confirm: () => Promise<void>;
  readonly close: () => void;
}

/** Gives signs of life for a job until it is closed. Long planning holds up the signs, not the truth: `confirm` asks the database where the last sign is old. */
export function openLease(queue: Pick<JobQueue, 'beat'>, job: TakenDuty, leaseSeconds: number, clock: () => number): Lease {
  const pause = (leaseSeconds * 1000) / 5;
  let last = clock();
  let isLost = false;
  async function beat(): Promise<void> {
    const asked = clock();
    if (!await queue.beat(job)) isLost = true;
    last = asked;
  }
  const timer = setInterval(() => {
    beat().catch((error: unknown) => {
      // Without the database nobody can take the job over either; the next sign or `confirm` tries again.
      if (!(error instanceof QueueError)) throw error;
    });
  }, pause);
  return {
    async confirm() {
      if (!isLost && clock() - last > 2 * pause) await beat();
      if (isLost) throw new LeaseLostError();
    },
    close: () => clearInterval(timer),
  };
}
