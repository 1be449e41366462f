import { expect, test } from 'vitest';
import { day, endOfDay, formatDay, formatLimit, formatMoment, moment } from '../calendar/plain-date.ts';
import { createCalendar } from '../calendar/working-calendar.ts';
import { shiftSample, type Sample } from './sample.ts';

/** An office on a Monday. */
const SAMPLE: Sample = {
  organisation: '某局', today: day('2026-03-16'),
  rows: {
    items: [{ itemId: 'X-1', title: '甲', issuedAt: moment('2026-03-02 09:00'), deadlineSet: endOfDay(day('2026-03-20')), daysLate: 3 }, { itemId: 'X-2', title: '乙', deadlineSet: moment('2026-03-20 15:00') }],
    scores: [{ month: '2026-03', reason: '迟办' }, { month: '三月' }],
    rankings: [{ period: '2026Q1' }, { period: '2025' }],
    people: [{ name: '经办', leftOn: day('2026-03-20') }],
  },
};

function shifted(today: string): Record<string, unknown> {
  const { organisation, today: on, rows } = shiftSample(SAMPLE, day(today), createCalendar([]));
  const [first, second] = rows.items!;
  return {
    organisation, today: formatDay(on), titles: [first!.title, second!.title], issued: formatMoment(first!.issuedAt!), limits: [formatLimit(first!.deadlineSet!), formatLimit(second!.deadlineSet!)], late: first!.daysLate,
    months: rows.scores!.map(({ month }) => month), periods: rows.rankings!.map(({ period }) => period), left: formatDay(rows.people![0]!.leftOn!),
  };
}

test.each<[string, string, Record<string, unknown>]>([
  ['stays on its own day', '2026-03-16', { today: '2026-03-16', issued: '2026-03-02 09:00', limits: ['2026-03-20', '2026-03-20 15:00'], months: ['2026-03', '三月'], periods: ['2026Q1', '2025'], left: '2026-03-20' }],
  ['moves by whole weeks: on the Friday of a week it is that Monday', '2026-03-27', { today: '2026-03-23', issued: '2026-03-09 09:00', limits: ['2026-03-27', '2026-03-27 15:00'], months: ['2026-03', '三月'], periods: ['2026Q1', '2025'], left: '2026-03-27' }],
  ['is that of the working day before on a Sunday', '2026-03-22', { today: '2026-03-16', issued: '2026-03-02 09:00', limits: ['2026-03-20', '2026-03-20 15:00'], months: ['2026-03', '三月'], periods: ['2026Q1', '2025'], left: '2026-03-20' }],
  ['moves a limit back from a day off, and neither one by the hour nor a day: six weeks on is the holiday of May', '2026-04-27', { today: '2026-04-27', issued: '2026-04-13 09:00', limits: ['2026-04-30', '2026-05-01 15:00'], months: ['2026-04', '三月'], periods: ['2026Q1', '2025'], left: '2026-05-01' }],
  ['moves back as well, and each period with its middle', '2026-01-05', { today: '2026-01-05', issued: '2025-12-22 09:00', limits: ['2026-01-09', '2026-01-09 15:00'], months: ['2026-01', '三月'], periods: ['2025Q4', '2025'], left: '2026-01-09' }],
])('a sample %s', (_name, today, expected) => {
  expect(shifted(today)).toEqual({ organisation: '某局', titles: ['甲', '乙'], late: 3, ...expected });
});
