import pThrottle from 'p-throttle';

/** At most `calls` of what `name` counts within any span of so many seconds. */
export interface CallLimit {
  readonly name: string;
  readonly calls: number;
  readonly seconds: number;
}

/** What providers allow, kept before they have to enforce it. */
export interface CallQuota {
  /** Resolves when one more call may go that counts against all of these limits; calls wait in their turn. */
  take(limits: readonly CallLimit[]): Promise<void>;
}

/** Kept by this process for itself: a burst of all that is left goes at once. */
export function openOwnQuota(): CallQuota {
  const paces = new Map<string, () => Promise<void>>();
  return {
    async take(limits) {
      for (const { name, calls, seconds } of limits) {
        let pace = paces.get(name);
        if (pace === undefined) paces.set(name, pace = pThrottle({ limit: calls, interval: seconds * 1000, strict: true })(() => Promise.resolve()));
        await pace();
      }
    },
  };
}
