import { CacheState } from './cache.ts';
import { Clock } from './clock.ts';
import type { Execution } from './execution.ts';
import type { ExecutionRecord } from './execution-record.ts';
import { LockState } from './lock.ts';
import { MailState } from './mail.ts';
import { PropertyStore } from './properties.ts';
import type { Latencies } from './service-calls.ts';
import { noLatencies } from './service-calls.ts';
import { TriggerState } from './trigger-schedule.ts';
import { UiState } from './ui-state.ts';
import { WorkbookModel } from './workbook-model.ts';

export interface WorldSettings {
  readonly now: number;
  readonly owner: string;
  readonly editors: readonly string[];
  /** Of the spreadsheet. */
  readonly timeZone: string;
  readonly scriptTimeZone: string;
  readonly locale: string;
  readonly spreadsheetId: string;
  readonly spreadsheetName: string;
  /** Workspace quotas instead of a consumer's (notes 3.1). */
  readonly workspace: boolean;
}

export interface ServiceCall { readonly name: string; readonly index: number; readonly handler: string }
export interface LogEntry { readonly level: string; readonly text: string }

/** All that outlives one execution: the spreadsheet, the services' stores, the quotas, the simulated troubles. */
export class World {
  readonly settings: WorldSettings;
  readonly clock: Clock;
  readonly book: WorkbookModel;
  readonly mail: MailState;
  readonly triggers: TriggerState;
  readonly ui = new UiState();
  readonly cache = new CacheState();
  readonly locks = { document: new LockState(), script: new LockState() };
  readonly properties: { readonly document: PropertyStore; readonly script: PropertyStore; readonly user: PropertyStore };
  readonly htmlFiles = new Map<string, string>();
  readonly log: LogEntry[] = [];
  readonly executions: ExecutionRecord[] = [];
  /** How often each service member was called, by `Range.getValues`. */
  readonly calls = new Map<string, number>();

  latencies: Latencies = noLatencies;
  executionLimit = 6 * 60_000;
  /** True where a script may learn who edits: within one Workspace domain (notes 3.2: "may not know the user"). */
  usersKnown = true;
  /** The minute of the hour at which Google happens to run `atHour` triggers. */
  triggerMinute = 17;
  readonly withheldScopes = new Set<string>();
  readonly faults = new Map<string, Error>();
  beforeCall: ((call: ServiceCall) => void) | null = null;
  /** Service calls of the outermost execution until it is killed. */
  killIn: number | null = null;
  /** Running executions, outermost first: people act, and so trigger others, between two calls of one. */
  readonly running: Execution[] = [];

  constructor(settings: WorldSettings) {
    this.settings = settings;
    this.clock = new Clock(settings.now);
    this.book = new WorkbookModel(this.clock, { ...settings, id: settings.spreadsheetId, name: settings.spreadsheetName });
    this.mail = new MailState(this.clock, settings.workspace ? 1500 : 100);
    this.triggers = new TriggerState(settings.workspace ? 6 * 3_600_000 : 90 * 60_000);
    const daily = settings.workspace ? 500_000 : 50_000;
    const use = { clock: this.clock, left: daily, daily, since: null };
    this.properties = { document: new PropertyStore(use), script: new PropertyStore(use), user: new PropertyStore(use) };
  }
}
