import type { Clock } from './clock.ts';
import { ScriptException } from './exception.ts';
import type { Execution } from './execution.ts';
import { Fake, face } from './strict-proxy.ts';

const MAX_VALUE_BYTES = 9 * 1024;
const MAX_STORE_BYTES = 500 * 1024;
const DAY = 86_400_000;

/** The daily allowance of reads and writes, shared by the three stores (notes 3.1). */
interface Allowance { readonly clock: Clock; readonly daily: number; left: number; since: number | null }

export class PropertyStore {
  readonly values = new Map<string, string>();
  readonly #allowance: Allowance;
  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  spend(): void {
    const allowance = this.#allowance;
    if (allowance.since === null || allowance.clock.now - allowance.since >= DAY) {
      allowance.since = allowance.clock.now;
      allowance.left = allowance.daily;
    }
    if (allowance.left <= 0) throw new ScriptException('Service invoked too many times for one day: properties.');
    allowance.left -= 1;
  }

  set(key: string, value: string): void {
    if (Buffer.byteLength(value) > MAX_VALUE_BYTES) throw new ScriptException('Argument too large: value');
    const others = [...this.values].filter(([name]) => name !== key);
    const total = [...others, [key, value] as const].reduce((sum, [name, text]) => sum + Buffer.byteLength(name) + Buffer.byteLength(text), 0);
    if (total > MAX_STORE_BYTES) throw new ScriptException('You have exceeded the property storage quota. Please remove some properties and try again.');
    this.values.set(key, value);
  }
}

type GProperties = GoogleAppsScript.Properties.Properties;

export class FakePropertiesService extends Fake implements GoogleAppsScript.Properties.PropertiesService {
  constructor(run: Execution) {
    super('PropertiesService', run);
  }
  getDocumentProperties(): GProperties { return face(new FakeProperties(this.run, this.run.world.properties.document)); }
  getScriptProperties(): GProperties { return face(new FakeProperties(this.run, this.run.world.properties.script)); }
  getUserProperties(): GProperties { return face(new FakeProperties(this.run, this.run.world.properties.user)); }
}

/** Values are texts: a number that is set comes back as one. */
class FakeProperties extends Fake implements GProperties {
  readonly store: PropertyStore;
  constructor(run: Execution, store: PropertyStore) {
    super('Properties', run);
    this.store = store;
  }
  getProperty(key: string): string | null {
    this.store.spend();
    return this.store.values.get(key) ?? null;
  }
  getProperties(): Record<string, string> {
    this.store.spend();
    return Object.fromEntries(this.store.values);
  }
  getKeys(): string[] {
    this.store.spend();
    return [...this.store.values.keys()];
  }
  setProperty(key: string, value: unknown): GProperties {
    this.store.spend();
    this.store.set(key, String(value));
    return face(this);
  }
  setProperties(properties: Record<string, unknown>, deleteAllOthers = false): GProperties {
    this.store.spend();
    if (deleteAllOthers) this.store.values.clear();
    for (const [key, value] of Object.entries(properties)) this.store.set(key, String(value));
    return face(this);
  }
  deleteProperty(key: string): GProperties {
    this.store.spend();
    this.store.values.delete(key);
    return face(this);
  }
  deleteAllProperties(): GProperties {
    this.store.spend();
    this.store.values.clear();
    return face(this);
  }
}
