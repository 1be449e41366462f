/** The fake's time. It moves only by service latency, `Utilities.sleep`, waiting for a lock, and the test. */
export class Clock {
  #now: number;
  constructor(now: number) {
    this.#now = now;
  }
  get now(): number { return this.#now; }
  advance(milliseconds: number): void { this.#now += milliseconds; }
  /** Never goes back: a trigger that is late runs late. */
  moveTo(instant: number): void { this.#now = Math.max(this.#now, instant); }
}

/** The instant of `2026-03-02T09:00+08:00` or of milliseconds since the Unix epoch. */
export function instantFrom(value: string | number): number {
  const instant = typeof value === 'number' ? value : Date.parse(value);
  if (Number.isNaN(instant)) throw new RangeError(`not a moment: ${String(value)}`);
  return instant;
}
