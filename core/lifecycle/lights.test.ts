import { describe, expect, it } from 'vitest';
import { createCalendar } from '../calendar/working-calendar.ts';
import { dayOf, endOfDay, day, moment, type Moment } from '../calendar/plain-date.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { ItemFacts } from './item-facts.ts';
import { lightOf, type LightScale } from './lights.ts';

const WORKBOOK = { calendar: createCalendar([]) } as unknown as Workbook;
const WORKDAYS: LightScale = { lead: 3, leadUnit: 'workday', remainingUnit: 'workday' };
const DAYS: LightScale = { lead: 2, leadUnit: 'day', remainingUnit: 'day' };

function light(now: string, limit: Moment | null, scale: LightScale, more: { status?: string; returnDue?: Moment } = {}): string {
  const at = moment(now);
  const facts = { status: more.status ?? '办理中', current: limit, cells: { returnDue: more.returnDue ?? null } } as unknown as ItemFacts;
  const state = lightOf(WORKBOOK, facts, { now: at, today: dayOf(at), stamp: at, digestsDue: true }, scale);
  return `${state.light} ${state.daysLeft ?? '-'}`;
}

describe('lights', () => {
  const friday = endOfDay(day('2026-03-13'));
  it.each([
    ['four working days before is green', '2026-03-09 09:00', '绿 4'],
    ['three working days before is yellow', '2026-03-10 09:00', '黄 3'],
    ['the day itself is yellow to its last minute', '2026-03-13 23:59', '黄 0'],
    ['the minute after is red, though no working day has passed', '2026-03-14 00:00', '红 -1'],
    ['the next working day is one day late', '2026-03-16 09:00', '红 -1'],
    ['and the one after two', '2026-03-17 09:00', '红 -2'],
  ])('in working days: %s', (_name, now, expected) => {
    expect(light(now, friday, WORKDAYS)).toBe(expected);
  });

  it.each([
    ['three days before is green', '2026-03-10 09:00', '绿 3'],
    ['two days before is yellow', '2026-03-11 09:00', '黄 2'],
    ['a weekend counts', '2026-03-16 09:00', '红 -3'],
  ])('in calendar days: %s', (_name, now, expected) => {
    expect(light(now, friday, DAYS)).toBe(expected);
  });

  it('a holiday between does not bring the yellow light forward: 02-13 lies two working days before 02-24', () => {
    expect(light('2026-02-12 09:00', endOfDay(day('2026-02-24')), WORKDAYS)).toBe('黄 3');
    expect(light('2026-02-11 09:00', endOfDay(day('2026-02-24')), WORKDAYS)).toBe('绿 4');
  });

  it('a limit with an hour turns red in the minute after it', () => {
    expect(light('2026-03-13 15:00', moment('2026-03-13 15:00'), WORKDAYS)).toBe('黄 0');
    expect(light('2026-03-13 15:01', moment('2026-03-13 15:00'), WORKDAYS)).toBe('红 -1');
  });

  it.each([
    ['拟立项', '灰 -'], ['已暂停', '灰 -'], ['已撤销', '灰 -'], ['待审核', '蓝 -'], ['已办结', '完 -'], ['阶段性办毕', '完 -'],
  ])('%s shows %s whatever the limit', (status, expected) => {
    expect(light('2026-04-01 09:00', friday, WORKDAYS, { status })).toBe(expected);
  });

  it('a returned item counts against 退办期限, without one against its limit', () => {
    expect(light('2026-03-16 09:00', friday, WORKDAYS, { status: '已退办', returnDue: endOfDay(day('2026-03-20')) })).toBe('绿 4');
    expect(light('2026-03-16 09:00', friday, WORKDAYS, { status: '已退办' })).toBe('红 -1');
  });

  it('without a limit nothing turns', () => {
    expect(light('2026-03-16 09:00', null, WORKDAYS)).toBe('绿 -');
  });
});
