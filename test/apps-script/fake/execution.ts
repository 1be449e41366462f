import type { Entry } from './execution-record.ts';
import { NotFaked, ScriptException } from './exception.ts';
import type { Fakes } from './fakes.ts';
import { permissionProblem } from './permissions.ts';
import type { Realm } from './realm.ts';
import { isBufferedWrite, isLocal, latencyOf, surfacesWrites } from './service-calls.ts';
import type { Fake } from './strict-proxy.ts';
import type { World } from './world.ts';

export interface Caller {
  readonly entry: Entry;
  readonly handler: string;
  /** Who sits at the keyboard; '' for a time trigger. */
  readonly activeUser: string;
  /** Whose rights the script runs with. */
  readonly effectiveUser: string;
}

const SIMPLE_TRIGGER_LIMIT = 30_000;

/** One run of the script: its rights, its time budget, and the gate that each service call passes. */
export class Execution {
  readonly world: World;
  readonly realm: Realm;
  readonly caller: Caller;
  readonly startedAt: number;
  serviceCalls = 0;
  /** Set once: a run that was killed or timed out gets nothing more done, whatever it catches. */
  dead: Error | null = null;
  /** A hole in the fake or an error of the test's own, which must reach the test even if the bundle catches it. */
  #reported: Error | null = null;
  #rejected: ScriptException | null = null;
  #unflushed: string | null = null;
  fakes!: Fakes;

  constructor(world: World, realm: Realm, caller: Caller) {
    this.world = world;
    this.realm = realm;
    this.caller = caller;
    this.startedAt = world.clock.now;
  }

  get reported(): Error | null { return this.#reported; }

  /** The address of the person at the keyboard, as far as this run may know it. */
  visibleUser(): string {
    const { entry, activeUser, effectiveUser } = this.caller;
    if (this.world.usersKnown) return activeUser;
    return entry !== 'simple' && activeUser === effectiveUser ? activeUser : '';
  }

  report(error: Error): unknown {
    this.#reported ??= error;
    return this.realm.errorFor(error);
  }

  /** The gate: what a script's call to a service goes through, and the way its result takes back. */
  call(fake: Fake, member: string, perform: () => unknown): unknown {
    const name = `${fake.apiName}.${member}`;
    try {
      this.#enter(name);
      if (isBufferedWrite(name)) {
        // Sheets sends buffered writes together: what follows a refused one is lost with it.
        if (this.#rejected !== null) return this.realm.toRealm(fake);
        this.#unflushed = name;
      }
      return this.realm.toRealm(perform());
    } catch (error) {
      if (!(error instanceof ScriptException) && error instanceof Error && error !== this.dead) this.report(error);
      throw this.realm.errorFor(error);
    }
  }

  /** Bulk calls pay by the cell. */
  charge(name: string, cells: number): void {
    this.advance(latencyOf(this.world.latencies, name).perCell * cells);
  }

  advance(milliseconds: number): void {
    this.world.clock.advance(milliseconds);
    const limit = this.caller.entry === 'simple' ? SIMPLE_TRIGGER_LIMIT : this.world.executionLimit;
    if (this.dead === null && this.world.clock.now - this.startedAt > limit) this.dead = new ScriptException('Exceeded maximum execution time');
    if (this.dead !== null) throw this.dead;
  }

  /** A write that a strict validation refuses: the script learns it at its next flush or read (notes 1.5). */
  reject(message: string): void {
    this.#rejected ??= new ScriptException(message);
  }

  /** At its end a run flushes what is left, so a refused write fails it after all. */
  unfinished(): ScriptException | null {
    return this.#rejected;
  }

  #enter(name: string): void {
    const { world } = this;
    if (this.dead !== null) throw this.dead;
    world.calls.set(name, (world.calls.get(name) ?? 0) + 1);
    if (isLocal(name)) return;
    this.serviceCalls += 1;
    this.#meetTrouble(name);
    const problem = permissionProblem(name, this.caller, world.withheldScopes);
    if (problem !== null) throw new ScriptException(problem);
    this.advance(latencyOf(world.latencies, name).base);
    if (surfacesWrites(name)) this.#flush(name);
  }

  /** Kills and people's edits fall between the calls of the outermost run only. */
  #meetTrouble(name: string): void {
    const { world } = this;
    if (world.running[0] === this) {
      if (world.killIn !== null && --world.killIn <= 0) {
        world.killIn = null;
        this.dead = new Killed(name);
        throw this.dead;
      }
      world.beforeCall?.({ name, index: this.serviceCalls, handler: this.caller.handler });
    }
    const fault = world.faults.get(name);
    if (fault !== undefined) {
      world.faults.delete(name);
      throw new ScriptException(fault.message, fault.name === 'Error' ? 'Exception' : fault.name);
    }
  }

  #flush(name: string): void {
    if (name.startsWith('Sheets.') && this.#unflushed !== null) {
      throw new NotFaked(`${name} while ${this.#unflushed} is still in SpreadsheetApp's buffer: flush() first`);
    }
    this.#unflushed = null;
    const rejected = this.#rejected;
    this.#rejected = null;
    if (rejected !== null) throw rejected;
  }
}

/** The end of an execution that somebody or something stopped from outside. */
export class Killed extends Error {
  constructor(name: string) {
    super(`KILLED at ${name}`);
    this.name = 'Killed';
  }
}
