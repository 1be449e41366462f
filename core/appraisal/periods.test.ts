import { describe, expect, it } from 'vitest';
import { day, formatDay } from '../calendar/plain-date.ts';
import { parsePeriod, periodBefore, periodName, periodOf } from './periods.ts';

describe('periods', () => {
  it.each([
    ['2026-02', '2026-02-01', '2026-02-28', '2026年2月'], ['2028-02', '2028-02-01', '2028-02-29', '2028年2月'],
    ['2026-12', '2026-12-01', '2026-12-31', '2026年12月'], ['2026Q1', '2026-01-01', '2026-03-31', '2026年第一季度'],
    ['2026-10', '2026-10-01', '2026-10-31', '2026年10月'], ['2026Q2', '2026-04-01', '2026-06-30', '2026年第二季度'],
    ['2026Q3', '2026-07-01', '2026-09-30', '2026年第三季度'],
    ['2026Q4', '2026-10-01', '2026-12-31', '2026年第四季度'], ['2026', '2026-01-01', '2026-12-31', '2026年'],
  ])('%s runs from %s to %s and is called %s', (id, first, last, name) => {
    const period = parsePeriod(id)!;
    expect([period.id, formatDay(period.first), formatDay(period.last), periodName(period)]).toEqual([id, first, last, name]);
  });

  it('blanks around a period are nothing', () => {
    expect(parsePeriod(' 2026-03 ')?.id).toBe('2026-03');
  });

  it.each(['', '2026-13', '2026-00', '2026-3', '2026Q5', '2026Q0', '26', '2026-03-01', '三月', '报2026-03'])('%j is none', (text) => {
    expect(parsePeriod(text)).toBeNull();
  });

  it.each([
    ['month', '2026-01-31', '2026-01', '2025-12'], ['quarter', '2026-01-01', '2026Q1', '2025Q4'],
    ['quarter', '2026-06-30', '2026Q2', '2026Q1'], ['year', '2026-12-31', '2026', '2025'],
  ] as const)('the %s of %s is %s, after %s', (kind, on, id, before) => {
    const period = periodOf(kind, day(on));
    expect([period.id, periodBefore(period).id]).toEqual([id, before]);
  });
});
