import { dayOf } from '#core';
import { readRefusals } from '../edits/pending-refusals.ts';
import { HostError } from '../host-error.ts';
import { momentNow } from '../workbook/cell-from-google.ts';
import { readDayState, writeDayState } from './delivery-notes.ts';
import { patrol, SECONDS_PER_DAY } from './patrol.ts';
import { reportFailure } from './report-failure.ts';
import { TimeBudget } from './time-budget.ts';

/**
 * The trigger of every ten minutes: where an office is strict, a refused status that its author has not put right by then
 * is put back by a run like any other, which judges it anew. Where none was refused it costs one call.
 */
export function restoreRefused(): void {
  const now = momentNow();
  if (readRefusals(now).due.length === 0) return;
  const spent = readDayState(dayOf(now)).seconds;
  if (spent >= SECONDS_PER_DAY) return;
  const spreadsheet = SpreadsheetApp.getActive();
  const budget = new TimeBudget();
  try {
    patrol(spreadsheet, now, budget, 'from-digest-time');
  } catch (error) {
    if (error instanceof HostError && error.code === 'busy') return;
    reportFailure(spreadsheet, '改回不合规的状态', error, now);
  }
  writeDayState({ ...readDayState(dayOf(now)), seconds: spent + Math.ceil(budget.elapsed() / 1000) });
}
