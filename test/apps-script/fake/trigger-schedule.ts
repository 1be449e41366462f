import { offsetAt } from './zone.ts';

/** When a time trigger is due. `hour` and `minute` are those at which Google happens to run it (notes 3.2). */
export type Schedule =
  | { readonly kind: 'interval'; readonly milliseconds: number }
  | { readonly kind: 'daily'; readonly every: number; readonly hour: number; readonly minute: number; readonly zone: string }
  | { readonly kind: 'weekly'; readonly weekday: number; readonly hour: number; readonly minute: number; readonly zone: string }
  | { readonly kind: 'monthly'; readonly date: number; readonly hour: number; readonly minute: number; readonly zone: string };

export interface TriggerModel {
  readonly id: string;
  readonly handler: string;
  readonly creator: string;
  readonly event: 'CLOCK' | 'ON_OPEN' | 'ON_EDIT' | 'ON_CHANGE';
  readonly schedule: Schedule | null;
  /** Infinity for triggers that wait for people. */
  nextDue: number;
}

const DAY = 86_400_000;

export class TriggerState {
  triggers: TriggerModel[] = [];
  /** Total run time of triggers a day: 90 minutes for consumers, 6 hours for Workspace (notes 3.1). */
  dailyLimit: number;
  readonly #used = new Map<number, number>();
  #nextId = 8_000_000_001;

  constructor(dailyLimit: number) {
    this.dailyLimit = dailyLimit;
  }

  nextId(): string { return String(this.#nextId++); }
  used(now: number): number { return this.#used.get(Math.floor(now / DAY)) ?? 0; }
  spend(now: number, milliseconds: number): void { this.#used.set(Math.floor(now / DAY), this.used(now) + milliseconds); }

  due(until: number): TriggerModel | undefined {
    return this.triggers.filter(({ nextDue }) => nextDue <= until).sort((a, b) => a.nextDue - b.nextDue)[0];
  }
}

/** The first moment after `after` at which the schedule falls due. */
export function nextDue(schedule: Schedule, after: number): number {
  if (schedule.kind === 'interval') return after + schedule.milliseconds;
  const { zone, hour, minute } = schedule;
  const localMidnight = Math.floor((after + offsetAt(after, zone)) / DAY) * DAY;
  for (let days = 0; days < 400; days++) {
    const local = localMidnight + days * DAY;
    const instant = local + (hour * 60 + minute) * 60_000 - offsetAt(local, zone);
    if (instant > after && fits(schedule, new Date(local), days)) return instant;
  }
  throw new Error('a schedule that never falls due');
}

function fits(schedule: Exclude<Schedule, { kind: 'interval' }>, day: Date, daysAway: number): boolean {
  switch (schedule.kind) {
    case 'daily': return daysAway % schedule.every === 0;
    case 'weekly': return day.getUTCDay() === schedule.weekday;
    case 'monthly': return day.getUTCDate() === schedule.date;
  }
}
