import vm from 'node:vm';
import type { Clock } from './clock.ts';
import { EnumValue } from './enums.ts';
import { ScriptException } from './exception.ts';
import { expose, Fake } from './strict-proxy.ts';

interface Intrinsics {
  readonly Date: new (instant: number) => object;
  readonly Array: new (length: number) => unknown[];
  readonly Object: new () => Record<string, unknown>;
  readonly Error: new (message: string) => Error;
}

/**
 * A bare V8 realm, which has about what Apps Script has: JavaScript itself and Intl, no URL, timers, fetch or process.
 * Each execution gets a fresh one, since Google loads all code anew each time (notes 2.5). Arrays, Dates and
 * errors that cross into it must be its own, or `instanceof` fails in the bundle (notes 1.2).
 */
export class Realm {
  readonly #context: vm.Context;
  readonly #intrinsics: Intrinsics;

  constructor(clock: Clock) {
    this.#context = vm.createContext();
    this.#intrinsics = vm.runInContext('({ Date, Array, Object, Error })', this.#context) as Intrinsics;
    (vm.runInContext(FOLLOW_CLOCK, this.#context) as (now: () => number) => void)(() => clock.now);
  }

  define(name: string, value: unknown): void {
    this.#context[name] = value;
  }

  load(script: vm.Script): void {
    script.runInContext(this.#context);
  }

  evaluate(source: string): unknown {
    return vm.runInContext(source, this.#context) as unknown;
  }

  /** A top-level function of the bundle; undefined where there is none of that name. */
  function(name: string): ((...args: unknown[]) => unknown) | undefined {
    const found = this.#context[name] as unknown;
    return typeof found === 'function' ? (found as (...args: unknown[]) => unknown) : undefined;
  }

  toRealm(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof Fake) return expose(value);
    if (Array.isArray(value)) {
      const copy = new this.#intrinsics.Array(value.length);
      for (let index = 0; index < value.length; index++) copy[index] = this.toRealm(value[index]);
      return copy;
    }
    if (value instanceof Date) return new this.#intrinsics.Date(value.getTime());
    if (value instanceof EnumValue || Object.getPrototypeOf(value) !== Object.prototype) return value;
    const copy = new this.#intrinsics.Object();
    for (const [key, member] of Object.entries(value)) copy[key] = this.toRealm(member);
    return copy;
  }

  /** An error as the bundle catches it; errors that are its own already pass. */
  errorFor(error: unknown): unknown {
    if (!(error instanceof Error)) return error;
    const own = new this.#intrinsics.Error(error.message);
    own.name = error instanceof ScriptException ? error.scriptName : error.name;
    return own;
  }
}

/** `new Date()` and `Date.now()` tell the fake's time; everything else of Date stays. */
const FOLLOW_CLOCK = `(function (now) {
  const Real = Date;
  const Following = new Proxy(Real, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget === Following ? Real : newTarget),
    apply: () => new Real(now()).toString(),
    get: (target, key) => (key === 'now' ? now : target[key]),
  });
  Real.prototype.constructor = Following;
  Object.defineProperty(globalThis, 'Date', { value: Following, writable: true, configurable: true });
})`;
