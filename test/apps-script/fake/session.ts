import type { Execution } from './execution.ts';
import type { GUser } from './google.ts';
import { Fake } from './strict-proxy.ts';

type GSession = GoogleAppsScript.Base.Session;

export class FakeSession extends Fake implements Pick<GSession, 'getActiveUser' | 'getEffectiveUser' | 'getScriptTimeZone' | 'getActiveUserLocale'> {
  constructor(run: Execution) {
    super('Session', run);
  }
  /** '' where the script runs for somebody else outside one domain (notes 3.2). */
  getActiveUser(): GUser { return this.run.fakes.user(this.run.visibleUser()); }
  /** A simple trigger runs as the person at the keyboard, whom it may not know either. */
  getEffectiveUser(): GUser {
    const { entry, effectiveUser } = this.run.caller;
    return this.run.fakes.user(entry === 'simple' ? this.run.visibleUser() : effectiveUser);
  }
  getScriptTimeZone(): string { return this.run.world.settings.scriptTimeZone; }
  getActiveUserLocale(): string { return this.run.world.settings.locale.slice(0, 2); }
}
