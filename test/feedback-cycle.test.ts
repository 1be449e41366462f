import { expect, it } from 'vitest';
import { POLICIES } from '#templates';
import { day, feedbackDue, formatDay, itemsAt, missedCycle, moment, parseWorkbook } from '#core';
import { MemoryWorkbook } from './support/memory-workbook.ts';

/** An open item of the bus office with the given cycle: when feedback is due next, and which cycle is missed today. */
function due(cycle: string, issued: string, latest: string | null, today: string, limit = '2026-12-31'): [string | null, string | null] {
  const sheet = new MemoryWorkbook();
  sheet.add('parameters', { key: 'policy', value: 'bus' });
  sheet.add('items', { itemId: 'B-1', title: '事', leadUnit: '甲', handler: '乙', status: '办理中', issuedAt: issued, signedAt: issued, deadlineSet: limit, feedbackCycle: cycle });
  const workbook = parseWorkbook(sheet.snapshot(), POLICIES).workbook!;
  const { facts } = itemsAt(workbook, moment(`${today} 09:00`)).items.get('B-1')!;
  const last = latest === null ? null : moment(latest);
  const [next, missed] = [feedbackDue(workbook, facts, last, day(today)), missedCycle(workbook, facts, last, day(today))];
  return [next === null ? null : formatDay(next.on), missed === null ? null : formatDay(missed.on)];
}

it.each([
  ['weekly from the day of issue', '每周', '2026-03-04 09:00', null, '2026-03-10', '2026-03-11', null],
  ['weekly, on the day', '每周', '2026-03-04 09:00', null, '2026-03-11', '2026-03-11', '2026-03-11'],
  ['weekly, the same missed cycle until the next', '每周', '2026-03-04 09:00', null, '2026-03-17', '2026-03-11', '2026-03-11'],
  ['weekly, the next cycle once it is missed too', '每周', '2026-03-04 09:00', null, '2026-03-18', '2026-03-11', '2026-03-18'],
  ['weekly, a day off rolls on', '每周', '2026-03-28 09:00', null, '2026-04-07', '2026-04-07', '2026-04-07'],
  ['weekly from the latest feedback', '每周', '2026-03-04 09:00', '2026-03-12 16:00', '2026-03-18', '2026-03-19', null],
  ['every fortnight', '每两周', '2026-03-02 09:00', null, '2026-03-16', '2026-03-16', '2026-03-16'],
  ['daily means the next working day', '每日', '2026-03-06 09:00', null, '2026-03-09', '2026-03-09', '2026-03-09'],
  ['a month counts where the item is open from its first working day', '每月', '2026-03-02 09:00', null, '2026-03-31', '2026-04-01', null],
  ['a month in which it was issued later does not', '每月', '2026-03-03 09:00', null, '2026-04-01', '2026-05-06', null],
  ['feedback on the last day of a month covers it', '每月', '2026-03-02 09:00', '2026-03-31 23:00', '2026-05-06', '2026-05-06', '2026-05-06'],
  ['feedback on the first day of the next month covers that one', '每月', '2026-03-02 09:00', '2026-04-01 08:00', '2026-05-06', '2026-06-01', null],
  ['several months missed name the last', '每月', '2026-03-02 09:00', null, '2026-06-10', '2026-04-01', '2026-06-01'],
  ['by stage nothing is due by date', '阶段', '2026-03-02 09:00', null, '2026-06-10', null, null],
])('%s', (_name, cycle, issued, latest, today, next, missed) => {
  expect(due(cycle, issued, latest, today)).toEqual([next, missed]);
});

it.each([
  ['2026-04-30', null], ['2026-05-01', '2026-05-06'],
])('the month in which the limit falls owes none: limit %s', (limit, next) => {
  expect(due('每月', '2026-03-02 09:00', '2026-03-20 09:00', '2026-04-02', limit)[0]).toBe(next);
});
