import pThrottle from 'p-throttle';

/** Sends calls no faster than a quota allows: at most `perMinute` within any sixty seconds, in their order; the others wait. */
export type Pace = <T>(send: () => Promise<T>) => Promise<T>;

export function paceOf(perMinute: number): Pace {
  const throttled = pThrottle({ limit: perMinute, interval: 60_000, strict: true })((send: () => Promise<unknown>) => send());
  return <T>(send: () => Promise<T>) => throttled(send) as Promise<T>;
}
