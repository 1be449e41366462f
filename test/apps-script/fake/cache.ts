import { ScriptException } from './exception.ts';
import type { Execution } from './execution.ts';
import { Fake, face } from './strict-proxy.ts';

const MAX_VALUE_BYTES = 100 * 1024;
const DEFAULT_SECONDS = 600;

/** May forget at any time: `dropAll` lets a test do so. */
export class CacheState {
  readonly entries = new Map<string, { value: string; until: number }>();
  dropAll(): void { this.entries.clear(); }
}

type GCache = GoogleAppsScript.Cache.Cache;
type GService = GoogleAppsScript.Cache.CacheService;

export class FakeCacheService extends Fake implements Pick<GService, 'getDocumentCache' | 'getScriptCache'> {
  constructor(run: Execution) {
    super('CacheService', run);
  }
  getDocumentCache(): GCache { return face(new FakeCache(this.run, 'document')); }
  getScriptCache(): GCache { return face(new FakeCache(this.run, 'script')); }
}

class FakeCache extends Fake implements Pick<GCache, 'get' | 'put' | 'remove'> {
  readonly scope: string;
  constructor(run: Execution, scope: string) {
    super('Cache', run);
    this.scope = scope;
  }
  get(key: string): string | null {
    const entry = this.run.world.cache.entries.get(`${this.scope}/${key}`);
    return entry !== undefined && entry.until > this.run.world.clock.now ? entry.value : null;
  }
  put(key: string, value: string, expirationInSeconds = DEFAULT_SECONDS): void {
    if (Buffer.byteLength(value) > MAX_VALUE_BYTES) throw new ScriptException('Argument too large: value');
    this.run.world.cache.entries.set(`${this.scope}/${key}`, { value, until: this.run.world.clock.now + expirationInSeconds * 1000 });
  }
  remove(key: string): void { this.run.world.cache.entries.delete(`${this.scope}/${key}`); }
}
