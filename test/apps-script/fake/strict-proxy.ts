import type { Execution } from './execution.ts';
import { NotFaked } from './exception.ts';

/**
 * Base of every faked Google object. Prototype members are what the bundle may use; own fields are the fake's
 * own and stay hidden. The bundle never holds a fake itself but a proxy that counts, delays or refuses each
 * call and throws on whatever is not modelled (notes 1.3: a silent no-op is what makes a mock dangerous).
 */
export abstract class Fake {
  readonly apiName: string;
  readonly run: Execution;
  constructor(apiName: string, run: Execution) {
    this.apiName = apiName;
    this.run = run;
  }
}

/** Where a fake takes property assignments of the script (HtmlTemplate). */
export const assign = Symbol('assign');

const proxyOf = new WeakMap<Fake, object>();
const fakeBehind = new WeakMap<object, Fake>();

/** What the bundle gets to hold for a fake. */
export function expose(fake: Fake): object {
  if (fakeBehind.has(fake)) return fake;
  const known = proxyOf.get(fake);
  if (known !== undefined) return known;
  const proxy = new Proxy(fake, handler);
  proxyOf.set(fake, proxy);
  fakeBehind.set(proxy, fake);
  return proxy;
}

/** The fake of type `kind` behind something the script passed; undefined where it is something else. */
export function fakeOf<T extends Fake>(kind: abstract new (...args: never[]) => T, value: unknown): T | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fake = fakeBehind.get(value) ?? value;
  return fake instanceof kind ? fake : undefined;
}

/** A fake under Google's full type: it becomes its proxy when it crosses to the bundle. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller's return type decides
export function face<Full extends object>(fake: Fake): Full {
  return fake as unknown as Full;
}

const handler: ProxyHandler<Fake> = {
  get(fake, key) {
    if (typeof key === 'symbol') return key === Symbol.toStringTag ? fake.apiName : undefined;
    if (key === 'toString') return () => fake.apiName;
    const member = publicMember(fake, key);
    if (typeof member !== 'function') return member instanceof Fake ? expose(member) : member;
    return (...args: unknown[]) => fake.run.call(fake, key, () => (member as Method).apply(fake, args));
  },
  has: (fake, key) => typeof key === 'string' && isPublic(fake, key),
  set(fake, key, value) {
    if (!(assign in fake)) throw fake.run.report(new NotFaked(`setting ${fake.apiName}.${String(key)}`));
    (fake[assign] as Method).call(fake, key, value);
    return true;
  },
};

type Method = (...args: unknown[]) => unknown;

function publicMember(fake: Fake, key: string): unknown {
  if (!isPublic(fake, key)) throw fake.run.report(new NotFaked(`${fake.apiName}.${key}`));
  return Reflect.get(fake, key, fake) as unknown;
}

function isPublic(fake: Fake, key: string): boolean {
  return key in fake && !Object.hasOwn(fake, key) && !(key in Object.prototype);
}
