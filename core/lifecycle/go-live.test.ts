import { describe, expect, it } from 'vitest';
import { day, dayOf, formatDay, moment } from '../calendar/plain-date.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { isBeforeGoLive, toldFrom, toldSince } from './go-live.ts';

function office(goLive: string | null): Workbook {
  return { parameters: { day: () => (goLive === null ? null : day(goLive)) } } as unknown as Workbook;
}

describe('启用日 2026-03-10', () => {
  it.each<[string | null, string | null, boolean]>([
    ['2026-03-10', '2026-03-09 23:59', true], ['2026-03-10', '2026-03-10 00:00', false], ['2026-03-10', null, false], [null, '2026-03-09 23:59', false], [null, null, false],
  ])('%s: a limit of %s lies before it: %s', (goLive, limit, before) => {
    expect(isBeforeGoLive(office(goLive), limit === null ? null : moment(limit))).toBe(before);
  });

  it.each<[string | null, string, string]>([
    ['2026-03-10', '2026-03-09 09:00', '2026-03-10'], ['2026-03-10', '2026-03-10 09:00', '2026-03-10'], ['2026-03-10', '2026-03-11 09:00', '2026-03-11'], [null, '2026-03-09 09:00', '2026-03-09'],
  ])('%s: what was first seen on %s is told from %s', (goLive, seen, from) => {
    expect(formatDay(toldFrom(office(goLive), moment(seen)))).toBe(from);
  });

  it.each([[['2026-03-12', '2026-03-11', '2026-03-13'], '2026-03-11'], [[], '2026-03-16'], [['2026-03-17'], '2026-03-16']])('of items told from %j the first counts, at the latest the day of the run: %s', (days, since) => {
    const now = moment('2026-03-16 09:00');
    const workbook = { ...office(null), index: { vanished: new Map() } } as unknown as Workbook;
    expect(formatDay(toldSince(workbook, days.map((text) => ({ toldFrom: day(text) })), { now, today: dayOf(now), stamp: now, digestsDue: true }))).toBe(since);
  });

  it('an item that was archived counts among them', () => {
    const now = moment('2026-03-16 09:00');
    const workbook = { ...office(null), index: { vanished: new Map([['DB-2025-001', { cells: { firstSeen: moment('2025-02-03 10:00') } }]]) } } as unknown as Workbook;
    expect(formatDay(toldSince(workbook, [], { now, today: dayOf(now), stamp: now, digestsDue: true }))).toBe('2025-02-03');
  });
});
