import { createHash } from 'node:crypto';
import { Cron } from 'croner';
import { ZONE } from '../../config/config.ts';

export type DutyKind = 'run' | 'backup';

/** A time at which a duty of a workbook is due; `at` in milliseconds since the epoch. */
export interface DutyMoment {
  readonly kind: DutyKind;
  /** The workbook's key in the configuration. */
  readonly workbook: string;
  readonly reason: 'schedule' | 'digest';
  readonly at: number;
}

export interface Timetable {
  /**
   * The moments that have come since it was last asked, of each duty the latest alone; at first the latest before now, which
   * makes up for an outage of the whole cluster: where it was not missed, it has been fired already and is not again.
   */
  due(now: number): DutyMoment[];
}

/** The times of the duties of a cluster. Every worker keeps one and announces what it says; the queue fires each moment once. */
export function openTimetable(duties: readonly { readonly kind: DutyKind; readonly workbook: string; readonly patterns: readonly string[] }[]): Timetable {
  const rows = duties.map(({ patterns, ...duty }) => ({ ...duty, times: patterns.map((pattern) => new Cron(pattern, { timezone: ZONE, paused: true })), next: -Infinity }));
  return {
    due: (now) => rows.filter(({ next }) => next <= now).flatMap((row) => {
      const latest = Math.max(...row.times.flatMap((time) => time.previousRuns(1, new Date(now + 1))).map(Number));
      row.next = Math.min(...row.times.flatMap((time) => time.nextRun(new Date(now)) ?? []).map(Number));
      return latest === -Infinity ? [] : [{ kind: row.kind, workbook: row.workbook, reason: 'schedule' as const, at: latest }];
    }),
  };
}

/** The same UUID for the same moment, whoever asks. */
export function momentId({ kind, workbook, reason, at }: DutyMoment): string {
  const hex = createHash('sha256').update(JSON.stringify([kind, workbook, reason, at])).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
