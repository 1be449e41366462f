import { ENUMS, nameOf } from './enums.ts';
import { ScriptException } from './exception.ts';
import type { Execution } from './execution.ts';
import type { GTrigger } from './google.ts';
import { Fake, face, fakeOf } from './strict-proxy.ts';
import type { Schedule, TriggerModel } from './trigger-schedule.ts';
import { nextDue } from './trigger-schedule.ts';

type GScriptApp = GoogleAppsScript.Script.ScriptApp;
type GBuilder = GoogleAppsScript.Script.TriggerBuilder;
type GClock = GoogleAppsScript.Script.ClockTriggerBuilder;
type GSheetBuilder = GoogleAppsScript.Script.SpreadsheetTriggerBuilder;
type Enums = 'AuthMode' | 'AuthorizationStatus' | 'EventType' | 'TriggerSource' | 'WeekDay';
type Members = Enums | 'newTrigger' | 'getProjectTriggers' | 'deleteTrigger' | 'requireScopes' | 'requireAllScopes' | 'getAuthorizationInfo' | 'getScriptId';

/** Per user and script (notes 3.1). */
const MAX_TRIGGERS = 20;

export class FakeScriptApp extends Fake implements Pick<GScriptApp, Members> {
  constructor(run: Execution) {
    super('ScriptApp', run);
  }
  get AuthMode() { return ENUMS.AuthMode; }
  get AuthorizationStatus() { return ENUMS.AuthorizationStatus; }
  get EventType() { return ENUMS.EventType; }
  get TriggerSource() { return ENUMS.TriggerSource; }
  get WeekDay() { return ENUMS.Weekday; }

  newTrigger(functionName: string): GBuilder { return face(new FakeTriggerBuilder(this.run, functionName)); }

  /** Only those of the user the script runs as: colleagues' triggers are invisible (notes 3.2). */
  getProjectTriggers(): GTrigger[] {
    return this.run.world.triggers.triggers.filter(({ creator }) => creator === this.run.caller.effectiveUser).map((model) => face<GTrigger>(new FakeTrigger(this.run, model)));
  }

  deleteTrigger(trigger: GTrigger): void {
    const { triggers } = this.run.world;
    const model = fakeOf(FakeTrigger, trigger)?.model;
    if (model === undefined || !triggers.triggers.includes(model)) throw new ScriptException('Unexpected error while getting the method or property deleteTrigger on object ScriptApp.');
    triggers.triggers = triggers.triggers.filter((other) => other !== model);
  }

  /** A real one ends the run and asks the user; here it ends the run. */
  requireScopes(_authMode: GoogleAppsScript.Script.AuthMode, oAuthScopes: string[]): void {
    const missing = [...oAuthScopes].filter((scope) => this.run.world.withheldScopes.has(scope.replace('https://www.googleapis.com/auth/', '')));
    if (missing.length > 0) throw new ScriptException(`Authorization is required to perform that action. Required permissions: ${missing.join(' && ')}`);
  }
  requireAllScopes(authMode: GoogleAppsScript.Script.AuthMode): void { this.requireScopes(authMode, [...this.run.world.withheldScopes]); }
  getAuthorizationInfo(): GoogleAppsScript.Script.AuthorizationInfo { return face(new FakeAuthorizationInfo(this.run)); }
  getScriptId(): string { return 'fake-script-id'; }
}

class FakeAuthorizationInfo extends Fake implements Pick<GoogleAppsScript.Script.AuthorizationInfo, 'getAuthorizationStatus' | 'getAuthorizationUrl'> {
  constructor(run: Execution) {
    super('AuthorizationInfo', run);
  }
  getAuthorizationStatus(): GoogleAppsScript.Script.AuthorizationStatus {
    return ENUMS.AuthorizationStatus[this.run.world.withheldScopes.size > 0 ? 'REQUIRED' : 'NOT_REQUIRED'];
  }
  getAuthorizationUrl(): string { return 'https://script.google.com/fake-authorization'; }
}

class FakeTrigger extends Fake implements Pick<GTrigger, 'getHandlerFunction' | 'getUniqueId' | 'getEventType' | 'getTriggerSource' | 'getTriggerSourceId'> {
  readonly model: TriggerModel;
  constructor(run: Execution, model: TriggerModel) {
    super('Trigger', run);
    this.model = model;
  }
  getHandlerFunction(): string { return this.model.handler; }
  getUniqueId(): string { return this.model.id; }
  getEventType(): GoogleAppsScript.Script.EventType { return ENUMS.EventType[this.model.event]; }
  getTriggerSource(): GoogleAppsScript.Script.TriggerSource { return ENUMS.TriggerSource[this.model.schedule === null ? 'SPREADSHEETS' : 'CLOCK']; }
  getTriggerSourceId(): string { return this.model.schedule === null ? this.run.world.book.id : ''; }
}

function addTrigger(run: Execution, handler: string, event: TriggerModel['event'], schedule: Schedule | null): GTrigger {
  const { triggers, clock } = run.world;
  const creator = run.caller.effectiveUser;
  if (triggers.triggers.filter((other) => other.creator === creator).length >= MAX_TRIGGERS) throw new ScriptException('This script has too many triggers. Triggers must be deleted from the script before more can be added.');
  if (run.realm.function(handler) === undefined) throw new Error(`a trigger for ${handler}, which is no top-level function of the bundle`);
  const model: TriggerModel = { id: triggers.nextId(), handler, creator, event, schedule, nextDue: schedule === null ? Infinity : nextDue(schedule, clock.now) };
  triggers.triggers.push(model);
  return face(new FakeTrigger(run, model));
}

class FakeTriggerBuilder extends Fake implements Pick<GBuilder, 'timeBased' | 'forSpreadsheet'> {
  readonly handler: string;
  constructor(run: Execution, handler: string) {
    super('TriggerBuilder', run);
    this.handler = handler;
  }
  timeBased(): GClock { return face(new FakeClockBuilder(this.run, this.handler)); }
  /** Whichever is named: the fake has one spreadsheet. */
  forSpreadsheet(): GSheetBuilder { return face(new FakeSheetTriggerBuilder(this.run, this.handler)); }
}

class FakeSheetTriggerBuilder extends Fake implements Pick<GSheetBuilder, 'onEdit' | 'onChange' | 'onOpen' | 'create'> {
  readonly handler: string;
  #event: TriggerModel['event'] | null = null;
  constructor(run: Execution, handler: string) {
    super('SpreadsheetTriggerBuilder', run);
    this.handler = handler;
  }
  onEdit(): GSheetBuilder { return this.#on('ON_EDIT'); }
  onChange(): GSheetBuilder { return this.#on('ON_CHANGE'); }
  onOpen(): GSheetBuilder { return this.#on('ON_OPEN'); }
  create(): GTrigger {
    if (this.#event === null) throw new ScriptException('The trigger builder is missing an event.');
    return addTrigger(this.run, this.handler, this.#event, null);
  }
  #on(event: TriggerModel['event']): GSheetBuilder {
    this.#event = event;
    return face(this);
  }
}

type ClockMembers = 'everyMinutes' | 'everyHours' | 'everyDays' | 'everyWeeks' | 'onWeekDay' | 'onMonthDay' | 'atHour' | 'nearMinute' | 'inTimezone' | 'create';
const MINUTE = 60_000;

class FakeClockBuilder extends Fake implements Pick<GClock, ClockMembers> {
  readonly handler: string;
  #interval: number | null = null;
  #days = 1;
  #weekday: number | null = null;
  #monthDay: number | null = null;
  #hour: number | null = null;
  #minute: number | null = null;
  #zone: string;
  constructor(run: Execution, handler: string) {
    super('ClockTriggerBuilder', run);
    this.handler = handler;
    this.#zone = run.world.settings.scriptTimeZone;
  }
  everyMinutes(n: number): GClock {
    if (![1, 5, 10, 15, 30].includes(n)) throw new ScriptException('The value you passed to everyMinutes was invalid. It must be one of 1, 5, 10, 15 or 30.');
    return this.#set(() => { this.#interval = n * MINUTE; });
  }
  everyHours(n: number): GClock { return this.#set(() => { this.#interval = n * 60 * MINUTE; }); }
  everyDays(n: number): GClock { return this.#set(() => { this.#days = n; }); }
  everyWeeks(n: number): GClock {
    if (n !== 1) throw new Error('not faked: ClockTriggerBuilder.everyWeeks above 1');
    return face(this);
  }
  onWeekDay(day: GoogleAppsScript.Base.Weekday): GClock {
    const names = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];
    return this.#set(() => { this.#weekday = names.indexOf(nameOf(day)); });
  }
  onMonthDay(day: number): GClock {
    if (day < 1 || day > 31) throw new ScriptException('The day of the month is invalid.');
    return this.#set(() => { this.#monthDay = day; });
  }
  atHour(hour: number): GClock {
    if (hour < 0 || hour > 23) throw new ScriptException('The hour is invalid.');
    return this.#set(() => { this.#hour = hour; });
  }
  nearMinute(minute: number): GClock { return this.#set(() => { this.#minute = minute; }); }
  inTimezone(timezone: string): GClock { return this.#set(() => { this.#zone = timezone; }); }
  create(): GTrigger { return addTrigger(this.run, this.handler, 'CLOCK', this.#schedule()); }

  /** atHour(9) means some minute between 9 and 10, the same every day (notes 3.2). */
  #schedule(): Schedule {
    if (this.#interval !== null) return { kind: 'interval', milliseconds: this.#interval };
    const time = { hour: this.#hour ?? 0, minute: this.#minute ?? this.run.world.triggerMinute, zone: this.#zone };
    if (this.#monthDay !== null) return { kind: 'monthly', date: this.#monthDay, ...time };
    if (this.#weekday !== null) return { kind: 'weekly', weekday: this.#weekday, ...time };
    return { kind: 'daily', every: this.#days, ...time };
  }
  #set(change: () => void): GClock {
    change();
    return face(this);
  }
}

