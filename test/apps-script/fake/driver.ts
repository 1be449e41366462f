import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import type { Area } from './area.ts';
import { instantFrom } from './clock.ts';
import { ENUMS } from './enums.ts';
import { ScriptException, ScriptFailure } from './exception.ts';
import type { Caller } from './execution.ts';
import { Execution } from './execution.ts';
import type { ExecutionRecord } from './execution-record.ts';
import { Realm } from './realm.ts';
import { fromRealm, throughJson } from './realm-values.ts';
import { installServices } from './services.ts';
import type { SheetModel } from './sheet-model.ts';
import type { TriggerModel } from './trigger-schedule.ts';
import { nextDue } from './trigger-schedule.ts';
import { World } from './world.ts';
import type { WorldSettings } from './world.ts';

export type SimOptions = Partial<Omit<WorldSettings, 'now'>> & { readonly now?: string | number };

export interface EditEvent { readonly sheet: SheetModel; readonly area: Area; readonly user: string; readonly value: string | undefined; readonly oldValue: string | undefined }

type Arguments = (run: Execution) => unknown[];

/** Starts executions: clicks, dialogs, triggers. Each one runs in a realm of its own, as on Google. */
export class Driver {
  readonly world: World;
  /** Who clicks and types unless a call says otherwise. */
  user: string;
  /** Edit events that were never delivered (notes 3.2: onEdit queues two). */
  lostEvents = 0;
  /** True: no edit event reaches the script at all. */
  loseEdits = false;
  #scripts: readonly vm.Script[] = [];
  readonly #waiting: EditEvent[] = [];
  #holdingEvents = false;

  constructor({ now = '2026-03-02T09:00:00+08:00', ...rest }: SimOptions = {}) {
    const settings = {
      owner: 'office@example.com', editors: [], timeZone: 'Asia/Shanghai', scriptTimeZone: 'Asia/Shanghai', locale: 'zh_CN', spreadsheetId: 'fake-spreadsheet', spreadsheetName: '督办', workspace: false, ...rest,
    };
    this.world = new World({ ...settings, now: instantFrom(now) });
    this.user = settings.owner;
  }

  /** A folder as it was built: every script in it, the last name first, since their order must not matter, and every page. */
  loadBundle(folder: string): void {
    const bundle = bundleIn(folder);
    for (const [name, content] of bundle.pages) this.world.htmlFiles.set(name, content);
    this.#scripts = bundle.scripts;
  }

  loadSource(source: string): void {
    this.#scripts = [new vm.Script(source, { filename: 'Code.js' })];
  }

  /** A menu click: errors come back to the caller, as they do to the person who clicked. */
  call(handler: string, ...args: unknown[]): unknown {
    return this.callAs(this.user, handler, ...args);
  }

  callAs(user: string, handler: string, ...args: unknown[]): unknown {
    return this.#click({ entry: 'menu', handler, activeUser: user, effectiveUser: user }, (run) => args.map((argument) => run.realm.toRealm(argument)));
  }

  /** `google.script.run.handler(...)` of a dialog: arguments and result are copied; a Date in a result makes it null. */
  googleScriptRun(handler: string, ...args: unknown[]): unknown {
    if (handler.endsWith('_')) throw new Error(`${handler} is private: google.script.run can't call it`);
    const sent = args.map((argument) => throughJson(argument, 'argument'));
    return throughJson(this.#click({ entry: 'dialog', handler, activeUser: this.user, effectiveUser: this.user }, (run) => sent.map((argument) => run.realm.toRealm(argument))), 'result');
  }

  /** The same from the page of a web app that runs as its owner, by a visitor whom Google knows. */
  webApp(visitor: string, handler: string, ...args: unknown[]): unknown {
    const sent = args.map((argument) => throughJson(argument, 'argument'));
    return throughJson(this.#click({ entry: 'dialog', handler, activeUser: visitor, effectiveUser: this.world.settings.owner }, (run) => sent.map((argument) => run.realm.toRealm(argument))), 'result');
  }

  /** Somebody opens the file: the simple onOpen, then installable ones. */
  open(user = this.user): ExecutionRecord[] {
    return this.#trigger('onOpen', 'ON_OPEN', user, (run) => ({ source: run.fakes.spreadsheet() }));
  }

  /** Fires time triggers in their order until the clock stands at `until`. A late one runs late, none twice. */
  runDue(until: string | number): ExecutionRecord[] {
    const end = instantFrom(until);
    const { clock, triggers } = this.world;
    const first = this.world.executions.length;
    for (let due = triggers.due(end); due !== undefined; due = triggers.due(end)) {
      clock.moveTo(due.nextDue);
      this.#fireClock(due);
      due.nextDue = nextDue(due.schedule!, Math.max(due.nextDue, clock.now));
    }
    clock.moveTo(end);
    return this.world.executions.slice(first);
  }

  /** Fires an installed trigger now, however its schedule stands: a double run, or one out of turn. */
  fireTrigger(handler: string): ExecutionRecord {
    const model = this.world.triggers.triggers.find((trigger) => trigger.handler === handler);
    if (model === undefined) throw new Error(`no trigger for ${handler}`);
    return this.#fireClock(model);
  }

  /** Edits made within `act` come so fast that the script gets at most two of their events (notes 3.2). */
  quickly(act: () => void): void {
    this.#holdingEvents = true;
    try {
      act();
    } finally {
      this.#holdingEvents = false;
    }
    this.#deliver();
  }

  protected fireEdit(event: EditEvent): void {
    if (this.loseEdits) {
      this.lostEvents += 1;
      return;
    }
    const busy = this.#holdingEvents || this.world.running.some(({ caller }) => caller.entry === 'simple' && caller.handler === 'onEdit');
    if (busy && this.#waiting.length >= 2) {
      this.lostEvents += 1;
      return;
    }
    this.#waiting.push(event);
    if (!busy) this.#deliver();
  }

  protected fireChange(changeType: GoogleAppsScript.Events.SheetsOnChangeChangeType, user: string): void {
    this.#trigger(null, 'ON_CHANGE', user, (run) => ({ changeType, source: run.fakes.spreadsheet() }));
  }

  #deliver(): void {
    for (let event = this.#waiting.shift(); event !== undefined; event = this.#waiting.shift()) {
      const { sheet, area, user, value, oldValue } = event;
      this.#trigger('onEdit', 'ON_EDIT', user, (run) => ({
        range: run.fakes.range(sheet, area), source: run.fakes.spreadsheet(), ...(value === undefined ? {} : { value }), ...(oldValue === undefined ? {} : { oldValue }),
      }));
    }
  }

  /** The simple trigger of that name, if the bundle has it, then the installed ones of that kind. */
  #trigger(simple: string | null, event: TriggerModel['event'], user: string, body: (run: Execution) => object): ExecutionRecord[] {
    const records: ExecutionRecord[] = [];
    const args = (authMode: 'LIMITED' | 'FULL', id?: string): Arguments => (run) => [run.realm.toRealm({
      authMode: ENUMS.AuthMode[authMode], user: run.fakes.user(run.visibleUser()), ...(id === undefined ? {} : { triggerUid: id }), ...body(run),
    })];
    if (simple !== null && this.#scripts.length > 0) {
      const outcome = this.#execute({ entry: 'simple', handler: simple, activeUser: user, effectiveUser: user }, args('LIMITED'), true);
      if (outcome !== null) records.push(outcome.record);
    }
    for (const { handler, creator, id } of this.world.triggers.triggers.filter((trigger) => trigger.event === event)) {
      records.push(this.#execute({ entry: 'installable', handler, activeUser: user, effectiveUser: creator }, args('FULL', id))!.record);
    }
    return records;
  }

  #fireClock({ handler, creator, id }: TriggerModel): ExecutionRecord {
    const { clock, triggers } = this.world;
    const now = new Date(clock.now);
    const caller: Caller = { entry: 'clock', handler, activeUser: '', effectiveUser: creator };
    if (triggers.used(clock.now) >= triggers.dailyLimit) {
      const record: ExecutionRecord = { handler, entry: 'clock', startedAt: clock.now, milliseconds: 0, serviceCalls: 0, error: { name: 'Exception', message: 'Service using too much computer time for one day' } };
      this.world.executions.push(record);
      return record;
    }
    return this.#execute(caller, (run) => [run.realm.toRealm({
      'authMode': ENUMS.AuthMode.FULL, 'triggerUid': id, 'timezone': 'UTC', 'year': now.getUTCFullYear(), 'month': now.getUTCMonth() + 1, 'day-of-month': now.getUTCDate(),
      'day-of-week': now.getUTCDay() || 7, 'hour': now.getUTCHours(), 'minute': now.getUTCMinutes(), 'second': now.getUTCSeconds(),
    })])!.record;
  }

  #click(caller: Caller, args: Arguments): unknown {
    const { record, value } = this.#execute(caller, args)!;
    if (record.error !== null) throw new ScriptFailure(record.error.name, record.error.message, record.error.stack);
    return value;
  }

  /** Null where `optional` and the bundle has no such function. */
  #execute(caller: Caller, args: Arguments, optional = false): { record: ExecutionRecord; value: unknown } | null {
    const { world } = this;
    if (this.#scripts.length === 0) throw new Error('no bundle loaded');
    const realm = new Realm(world.clock);
    const run = new Execution(world, realm, caller);
    installServices(run);
    world.running.push(run);
    let failure: unknown = null;
    let value: unknown;
    try {
      for (const script of this.#scripts) realm.load(script);
      const handler = realm.function(caller.handler);
      if (handler === undefined && optional) return null;
      if (handler === undefined) throw new ScriptException(`Script function not found: ${caller.handler}`);
      value = fromRealm(handler(...args(run)));
    } catch (error) {
      failure = error;
    } finally {
      world.running.pop();
      // A run that ended before its kill must not leave the kill to the next one.
      if (world.running.length === 0) world.killIn = null;
      for (const lock of Object.values(world.locks)) if (lock.owner === run) lock.owner = null;
    }
    if (run.reported !== null) throw run.reported;
    const record = recordOf(run, run.dead ?? failure ?? run.unfinished());
    world.executions.push(record);
    if (caller.entry === 'installable' || caller.entry === 'clock') world.triggers.spend(run.startedAt, record.milliseconds);
    return { record, value };
  }
}

interface Bundle {
  readonly pages: ReadonlyMap<string, string>;
  readonly scripts: readonly vm.Script[];
}

const bundles = new Map<string, Bundle>();

/** Read and compiled once a process: a build doesn't change while the tests run, and each execution has a realm of its own. */
function bundleIn(folder: string): Bundle {
  let bundle = bundles.get(folder);
  if (bundle === undefined) {
    const names = readdirSync(folder).sort().reverse();
    const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
    bundles.set(folder, bundle = {
      pages: new Map(names.filter((name) => name.endsWith('.html')).map((name) => [name.slice(0, -'.html'.length), text(name)])),
      scripts: names.filter((name) => name.endsWith('.js')).map((name) => new vm.Script(text(name), { filename: join(folder, name) })),
    });
  }
  return bundle;
}

function recordOf(run: Execution, failure: unknown): ExecutionRecord {
  return {
    handler: run.caller.handler, entry: run.caller.entry, startedAt: run.startedAt, milliseconds: run.world.clock.now - run.startedAt, serviceCalls: run.serviceCalls,
    error: failure === null ? null : describe(failure),
  };
}

/** By shape, not `instanceof`: most errors are of the bundle's realm. */
function describe(failure: unknown): NonNullable<ExecutionRecord['error']> {
  if (failure instanceof ScriptException) return { name: failure.scriptName, message: failure.message, stack: failure.stack };
  const { name = 'Error', message = String(failure), stack } = failure as { name?: string; message?: string; stack?: string };
  return { name, message, stack };
}
