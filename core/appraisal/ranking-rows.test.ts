import { describe, expect, it } from 'vitest';
import { dayOf, day, moment } from '../calendar/plain-date.ts';
import { createCalendar } from '../calendar/working-calendar.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { PeriodLocks } from './locks.ts';
import { parsePeriod } from './periods.ts';
import { periodsToRank } from './ranking-rows.ts';

interface Office { readonly now: string; readonly seen: string; readonly goLive?: string; readonly lockedThrough?: string }

function ranked({ now, seen, goLive, lockedThrough }: Office, items = 1): string[] {
  const at = moment(now);
  const workbook = { calendar: createCalendar([]), parameters: { day: () => (goLive === undefined ? null : day(goLive)) } } as unknown as Workbook;
  const locked = lockedThrough === undefined ? -Infinity : parsePeriod(lockedThrough)!.last;
  const locks: PeriodLocks = { lockedThrough: null, isLocked: (period) => period.last <= locked };
  const facts = Array.from({ length: items }, () => ({ toldFrom: day(seen) }) as unknown as ItemFacts);
  return periodsToRank(workbook, facts, { now: at, today: dayOf(at), stamp: at, digestsDue: true }, locks).map(({ id }) => id);
}

describe('periods to rank', () => {
  it.each<[string, Office, string[]]>([
    ['the latest month, quarter and year that ended, for a table seen today', { now: '2026-04-01 09:00', seen: '2026-04-01' }, ['2026-03', '2026Q1', '2025']],
    ['the months since the table was first seen, its first one included', { now: '2026-04-01 09:00', seen: '2026-02-28' }, ['2026-03', '2026-02', '2026Q1', '2025']],
    ['a month that ended the day before the first sight is past', { now: '2026-04-01 09:00', seen: '2026-03-01' }, ['2026-03', '2026Q1', '2025']],
    ['before the first working day after its end a month waits: 2026-05-06 after the holidays', { now: '2026-05-05 09:00', seen: '2026-05-05' }, ['2026-03', '2026Q1', '2025']],
    ['on that day it is ranked', { now: '2026-05-06 09:00', seen: '2026-05-06' }, ['2026-04', '2026Q1', '2025']],
    ['what is locked is left alone', { now: '2026-04-01 09:00', seen: '2026-01-15', lockedThrough: '2026-02' }, ['2026-03', '2026Q1']],
    ['a month that ends on 启用日 is ranked, one that ended before is not', { now: '2026-04-01 09:00', seen: '2026-01-15', goLive: '2026-02-28' }, ['2026-03', '2026-02', '2026Q1']],
    ['a month that ended the day before 启用日 is not', { now: '2026-04-01 09:00', seen: '2026-01-15', goLive: '2026-03-01' }, ['2026-03', '2026Q1']],
  ])('%s', (_name, settings, expected) => {
    expect(ranked(settings)).toEqual(expected);
  });

  it('a table without items ranks nothing', () => {
    expect(ranked({ now: '2026-04-01 09:00', seen: '2026-04-01' }, 0)).toEqual([]);
  });
});
