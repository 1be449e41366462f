import { install } from '@sinonjs/fake-timers';
import { setImmediate as turn } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { momentFromEpoch, type Delivery } from '#core';
import { POLICIES } from '#templates';
import { startOfficeService, type OfficeService } from '../../sync-service/jobs/office-service.ts';
import { runWorkbook } from '../../sync-service/jobs/run-workbook.ts';
import type { Mail } from '../../sync-service/notify/mail.ts';
import type { MailTransport } from '../../sync-service/notify/transport.ts';
import { addDays, isWorkday, type Day } from '../fortnight/days.ts';
import { diceFrom, type Matter } from '../fortnight/office.ts';
import { memoryStore } from '../support/memory-store.ts';
import { MemoryWorkbook } from '../support/memory-workbook.ts';
import { openOffice, People } from './people.ts';

export interface QuarterPlan {
  readonly from: Day;
  readonly to: Day;
  readonly matters: number;
  readonly seed: number;
  /** Cron patterns of the workbook. */
  readonly schedule: readonly string[];
}

/** One run as the diary keeps it: when it was, and the matters as people knew them then. */
export interface QuarterRun { readonly day: Day; readonly time: string; readonly matters: readonly Readonly<Matter>[] }
/** A mail that was taken over. */
export interface SentMail { readonly key: string; readonly day: Day; readonly time: string; readonly to: string; readonly text: string }

export interface Quarter {
  readonly runs: readonly QuarterRun[];
  readonly mails: readonly SentMail[];
  /** Rows of 通知 at the end, by header. */
  readonly notices: readonly Readonly<Record<string, string>>[];
  /** 事项编号 by 督办事项. */
  readonly idOf: ReadonlyMap<string, string>;
  /** When a letter was signed, by its key: `2026-09-21 15:05`. */
  readonly signed: ReadonlyMap<string, string>;
  readonly outageDays: number;
  readonly restarts: number;
}

type FakeClock = ReturnType<typeof install>;

const MINUTE = 60_000;
const HOP = 10 * MINUTE;
const ZONE = '+08:00';

/**
 * Plays weeks of an office through the real `duban serve` machinery (schedule, catch-up, hour of digests) on a clock that
 * jumps: people work every working day, the service has outages of hours and days and is restarted at odd hours.
 */
export async function playQuarter(plan: QuarterPlan): Promise<Quarter> {
  const clock = install({ now: Date.parse(`${plan.from}T00:00${ZONE}`), toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  try {
    return await new Play(plan, clock).whole();
  } finally {
    clock.uninstall();
  }
}

class Play {
  private readonly plan: QuarterPlan;
  private readonly clock: FakeClock;
  private readonly memory = new MemoryWorkbook();
  private readonly deliveries = new Map<string, Delivery>();
  private readonly dice;
  private readonly people;
  private readonly runs: QuarterRun[] = [];
  private readonly mails: SentMail[] = [];
  private service: OfficeService | null = null;
  private outageDays = 0;
  private restarts = 0;

  constructor(plan: QuarterPlan, clock: FakeClock) {
    this.plan = plan;
    this.clock = clock;
    this.dice = diceFrom(plan.seed);
    this.people = new People(this.memory, this.dice);
  }

  async whole(): Promise<Quarter> {
    const { from, to, matters } = this.plan;
    openOffice(this.memory);
    this.people.register(Math.round(matters / 3), from, '09:00', true);
    const days = daysFrom(from, to);
    const perDay = (matters - this.people.matters.length) / days.filter(isWorkday).length;
    let owed = 0;
    /** Days of outage still to come. */
    let outage = 0;
    this.start();
    for (const day of days) {
      if (outage > 0) outage -= 1;
      else if (this.dice(12) === 0) outage = 1 + this.dice(3);
      if (outage > 0) {
        this.outageDays += 1;
        await this.end();
      } else if (this.service === null) this.start();
      // Nobody looks at the service's machine before a restart: at any minute, also of the night and of a day off.
      const restart = this.service !== null && this.dice(4) === 0 ? this.dice(24 * 6 - 1) * 10 : null;
      await this.until(day, 9 * 60 + 5, restart);
      if (isWorkday(day)) {
        this.people.morning(day);
        for (owed += perDay; owed >= 1; owed -= 1) this.people.register(1, day, '09:05', false);
      }
      await this.until(day, 15 * 60 + 5, restart);
      if (isWorkday(day)) this.people.afternoon(day);
      await this.until(day, 24 * 60, restart);
    }
    await this.end();
    return {
      runs: this.runs, mails: this.mails, notices: this.memory.shown('notices'), signed: this.people.signed, outageDays: this.outageDays, restarts: this.restarts,
      idOf: new Map(this.people.matters.map((matter) => [matter.title, this.people.idOf(matter)])),
    };
  }

  private async until(day: Day, minute: number, restart: number | null): Promise<void> {
    const end = Date.parse(`${day}T00:00${ZONE}`) + minute * MINUTE;
    const stop = restart === null ? Infinity : Date.parse(`${day}T00:00${ZONE}`) + restart * MINUTE;
    if (stop >= Date.now() && stop < end) {
      await this.tick(stop);
      await this.end();
      await this.tick(stop + MINUTE);
      this.start();
      this.restarts += 1;
    }
    await this.tick(end);
  }

  /** Jumps to each round ten minutes on the way: the scheduler looks at the clock twice a minute, which would take hours. */
  private async tick(end: number): Promise<void> {
    while (Date.now() < end) {
      this.clock.jump(Math.min(end, (Math.floor(Date.now() / HOP) + 1) * HOP) - Date.now());
      // The clock stands while a run is under way: it draws charts for the letters of a month.
      do await turn(); while (this.service?.statuses().some(({ running }) => running) ?? false);
    }
  }

  private start(): void {
    this.service = startOfficeService({
      workbooks: [{ path: join(tmpdir(), 'no-such-folder', '台账.xlsx'), site: join(tmpdir(), 'no-such-folder', '台账.xlsx'), schedule: this.plan.schedule, policy: null, reportFailuresTo: [], robots: [] }],
      backups: null, log: pino({ level: 'silent' }), clock: Date.now,
      sentenceOf(error) { throw error; },
      reports: { failed: () => Promise.resolve(null), recovered: () => undefined },
      run: () => this.run(),
    });
  }

  private async end(): Promise<void> {
    await this.service?.stop();
    this.service = null;
  }

  private async run(): ReturnType<typeof runWorkbook> {
    const now = momentFromEpoch(Date.now());
    const [day, time] = stampNow();
    for (const matter of this.people.matters) matter.firstSeen ??= day;
    this.runs.push({ day, time, matters: this.people.matters.map((matter) => ({ ...matter })) });
    return runWorkbook({
      store: memoryStore(this.memory), policies: POLICIES, now, policyExpected: null, transport: this.transport, dryRun: false, digests: 'from-digest-time', version: 'quarter',
      memory: { workbookId: 'quarter', entries: () => this.deliveries, record: (delivery) => void this.deliveries.set(delivery.key, delivery), reached: () => new Set() },
      progress: { step: () => undefined, count: () => undefined }, elapsed: () => 0,
    });
  }

  private readonly transport: MailTransport = {
    name: 'quarter',
    send: (mail: Mail) => {
      const [day, time] = stampNow();
      this.mails.push({ key: mail.key, day, time, to: mail.to.map(({ name }) => name).join('、'), text: mail.text });
      return Promise.resolve({ ok: true });
    },
    check: () => Promise.resolve({ ok: true }), close: () => Promise.resolve(),
  };
}

/** Day and `hh:mm` of the jumping clock in Shanghai. */
function stampNow(): [day: Day, time: string] {
  const text = new Date(Date.now() + 8 * 60 * MINUTE).toISOString();
  return [text.slice(0, 10), text.slice(11, 16)];
}

function daysFrom(from: Day, to: Day): Day[] {
  return from > to ? [] : [from, ...daysFrom(addDays(from, 1), to)];
}
