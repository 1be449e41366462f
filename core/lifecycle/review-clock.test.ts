import { describe, expect, it } from 'vitest';
import { day, formatLimit, moment } from '../calendar/plain-date.ts';
import { createCalendar } from '../calendar/working-calendar.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Status } from '../workbook/values.ts';
import type { ItemFacts } from './item-facts.ts';
import { reviewDue } from './review-clock.ts';

/** 审核期限 of an item that was handed in on a Thursday, under a clock of three working days. */
function due(status: Status, reviewClock: '督办部门' | '全程', days: number | null = 3, submittedAt: string | null = '2026-03-12 16:00'): string | null {
  const workbook = { calendar: createCalendar([]), parameters: { choice: () => reviewClock, number: () => days } } as unknown as Workbook;
  const today = day('2026-03-13');
  const now = moment('2026-03-13 09:00');
  const limit = reviewDue(workbook, { status, submittedAt: submittedAt === null ? null : moment(submittedAt) } as unknown as ItemFacts, { now, today, stamp: now, digestsDue: true });
  return limit === null ? null : formatLimit(limit);
}

describe('审核期限', () => {
  it.each<[string, Parameters<typeof due>, string | null]>([
    ['of the office is three working days after the submission', ['待审核', '督办部门'], '2026-03-17'],
    ['does not bind the leaders after it', ['分管领导审核', '督办部门'], null],
    ['binds the whole chain where the parameter says so', ['分管领导审核', '全程'], '2026-03-17'],
    ['is none where nothing is under review', ['办理中', '全程'], null],
    ['nor once it is over', ['已办结', '全程'], null],
    ['nor where nobody knows when it was handed in', ['待审核', '全程', 3, null], null],
    ['nor where the regulation sets no clock', ['待审核', '全程', null], null],
  ])('%s', (_name, given, expected) => {
    expect(due(...given)).toBe(expected);
  });
});
