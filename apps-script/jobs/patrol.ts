import { dayOf, MINUTES_PER_DAY, type DigestHour, type Moment } from '#core';
import { forgetRefusals, readRefusals } from '../edits/pending-refusals.ts';
import { HostError } from '../host-error.ts';
import { momentNow } from '../workbook/cell-from-google.ts';
import type { GSpreadsheet } from '../workbook/google.ts';
import { homeOf } from '../workbook/anchors.ts';
import { readDayState, writeDayState } from './delivery-notes.ts';
import { reportFailure } from './report-failure.ts';
import { runWorkbook, withDocumentLock, type RunOutcome } from './run-workbook.ts';
import { readSchedule } from './schedule.ts';
import { TimeBudget } from './time-budget.ts';

/**
 * The bounded total of a day (no parameter: the contract has none): of the 90 minutes that Google gives a consumer's triggers
 * an hour goes to runs; the rest is left to the ten-minute looks, the reports, and what else the account runs. People's own
 * clicks don't count.
 */
export const SECONDS_PER_DAY = 3_600;
/** A conflict that stays a conflict is not tried for ever. */
const TRIES_PER_DAY = 8;

/** The hourly trigger: once per working day from 摘要发送时刻 on, and again each hour while something is left. */
export function patrolHourly(): void {
  const spreadsheet = SpreadsheetApp.getActive();
  const now = momentNow();
  const today = dayOf(now);
  const budget = new TimeBudget();
  try {
    const state = readDayState(today);
    if (state.done || state.seconds >= SECONDS_PER_DAY || state.tries >= TRIES_PER_DAY) return;
    const schedule = readSchedule(spreadsheet, now);
    if (!schedule.isWorkingDay(today)) {
      writeDayState({ ...state, done: true });
      return;
    }
    if (now % MINUTES_PER_DAY < schedule.digestMinutes) return;
    // Counted before: a run that is killed has used its time too.
    writeDayState({ ...state, tries: state.tries + 1 });
    const outcome = patrol(spreadsheet, now, budget);
    writeDayState({ ...state, tries: state.tries + 1, done: outcome.finished, seconds: state.seconds + Math.ceil(budget.elapsed() / 1000) });
  } catch (error) {
    if (error instanceof HostError && error.code === 'busy') return;
    reportFailure(spreadsheet, '每日巡检', error, now);
  }
}

/** A run that may be started from a menu too; refused statuses whose time is up are settled by it. */
export function patrol(spreadsheet: GSpreadsheet, now: Moment, budget: TimeBudget, digests: DigestHour = 'at-once'): RunOutcome {
  requireHome(spreadsheet);
  return withDocumentLock(() => {
    const { due } = readRefusals(now);
    const outcome = runWorkbook(spreadsheet, now, budget, digests);
    if (outcome.finished) forgetRefusals(due);
    return outcome;
  });
}

export function requireHome(spreadsheet: GSpreadsheet): void {
  if (homeOf(spreadsheet) === null) throw new HostError('not-set-up', '这份表格还没有初始化:请点菜单「督办 → 初始化/修复」');
}

