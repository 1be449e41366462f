import { dayOf, type Moment } from '../calendar/plain-date.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Light } from '../workbook/values.ts';
import type { ItemFacts } from './item-facts.ts';
import { groupOf } from './status-groups.ts';

export interface LightState {
  readonly light: Light;
  /** 剩余天数 in the policy's unit; null where no clock runs. */
  readonly daysLeft: number | null;
  /** What the light counts against. */
  readonly limit: Moment | null;
}

/** How lights count under the parameters of one day; resolved once per run. */
export interface LightScale {
  readonly lead: number;
  readonly leadUnit: 'workday' | 'day';
  readonly remainingUnit: 'workday' | 'day';
}

export function lightScale(workbook: Workbook, clock: RunClock): LightScale {
  const calendarDays = workbook.parameters.number('warningLeadDays', clock.today);
  const workdays = workbook.parameters.number('warningLeadWorkdays', clock.today);
  return {
    lead: calendarDays ?? workdays ?? 0,
    leadUnit: calendarDays === null ? 'workday' : 'day',
    remainingUnit: workbook.parameters.text('remainingUnit', clock.today) === '自然日' ? 'day' : 'workday',
  };
}

const GREY: LightState = { light: '灰', daysLeft: null, limit: null };
const BLUE: LightState = { light: '蓝', daysLeft: null, limit: null };
const DONE: LightState = { light: '完', daysLeft: null, limit: null };

/**
 * 灯号 and 剩余天数 (contract, Semantics): 绿 on course, 黄 within the warning lead, 红 past the limit and not handed in,
 * 蓝 handed in, 灰 no clock runs, 完 done. 已退办 counts against 退办期限.
 */
export function lightOf(workbook: Workbook, facts: ItemFacts, clock: RunClock, scale: LightScale): LightState {
  switch (groupOf(facts.status)) {
    case 'before': case 'paused': case 'void': return GREY;
    case 'review': return BLUE;
    case 'done': return DONE;
    case 'returned': return running(workbook, facts.cells.returnDue ?? facts.current, clock, scale);
    case 'running': return running(workbook, facts.current, clock, scale);
  }
}

function running(workbook: Workbook, limit: Moment | null, clock: RunClock, scale: LightScale): LightState {
  if (limit === null) return { light: '绿', daysLeft: null, limit };
  const last = dayOf(limit);
  const workdays = (): number => workbook.calendar.workingDaysBetween(clock.today, last);
  const left = scale.remainingUnit === 'day' ? last - clock.today : workdays();
  if (clock.now > limit) return { light: '红', daysLeft: Math.min(-1, left), limit };
  const ahead = scale.leadUnit === 'day' ? last - clock.today : workdays();
  return { light: ahead <= scale.lead ? '黄' : '绿', daysLeft: Math.max(0, left), limit };
}
