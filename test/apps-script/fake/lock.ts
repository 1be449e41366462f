import { ScriptException } from './exception.ts';
import type { Execution } from './execution.ts';
import { Fake, face } from './strict-proxy.ts';

/** One lock of the script: held by an execution, or, as a test wants it, by somebody else until some moment. */
export class LockState {
  owner: Execution | null = null;
  foreignUntil = 0;

  /** When it could be had; Infinity where another execution holds it, which cannot end before this one goes on. */
  freeAt(run: Execution, now: number): number {
    if (this.owner !== null && this.owner !== run) return Infinity;
    return Math.max(now, this.foreignUntil);
  }
}

type GLock = GoogleAppsScript.Lock.Lock;
type GLockService = GoogleAppsScript.Lock.LockService;

export class FakeLockService extends Fake implements Pick<GLockService, 'getDocumentLock' | 'getScriptLock'> {
  constructor(run: Execution) {
    super('LockService', run);
  }
  getDocumentLock(): GLock { return face(new FakeLock(this.run, this.run.world.locks.document)); }
  getScriptLock(): GLock { return face(new FakeLock(this.run, this.run.world.locks.script)); }
}

class FakeLock extends Fake implements GLock {
  readonly state: LockState;
  constructor(run: Execution, state: LockState) {
    super('Lock', run);
    this.state = state;
  }
  hasLock(): boolean { return this.state.owner === this.run; }
  releaseLock(): void { if (this.hasLock()) this.state.owner = null; }

  /** Waiting takes the fake's time. */
  tryLock(timeoutInMillis: number): boolean {
    const { now } = this.run.world.clock;
    const wait = this.state.freeAt(this.run, now) - now;
    this.run.advance(Math.min(wait, timeoutInMillis));
    if (wait > timeoutInMillis) return false;
    this.state.owner = this.run;
    return true;
  }

  /** Returns nothing, so a chained `getScriptLock().waitLock(…)` leaves no lock to release (notes 3.3). */
  waitLock(timeoutInMillis: number): void {
    if (!this.tryLock(timeoutInMillis)) throw new ScriptException('Lock timeout: another process was holding the lock for too long.');
  }
}
