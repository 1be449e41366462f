import { dayOf, MINUTES_PER_DAY, type Moment } from '../calendar/plain-date.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { evaluateRequests, type RequestState } from './requests.ts';

/** The last of 暂停 and 恢复 that was approved for an item; null where neither was. */
export function pauseInForce(workbook: Workbook, itemId: string): '暂停' | '恢复' | null {
  return workbook.index.requestsOf.has(itemId) ? lastDecided(evaluateRequests(workbook, itemId, null, null)) : null;
}

/** The same, of requests that are evaluated already. */
function lastDecided(requests: readonly RequestState[]): '暂停' | '恢复' | null {
  let last: { readonly type: '暂停' | '恢复'; readonly at: number } | null = null;
  for (const { row, outcome, decidedAt } of requests) {
    const { type } = row.cells;
    if (outcome !== '已批准' || (type !== '暂停' && type !== '恢复')) continue;
    const at = decidedAt ?? Infinity;
    if (last === null || at >= last.at) last = { type, at };
  }
  return last?.type ?? null;
}

/** A stretch for which the clock stood: from the approval of 暂停 to that of 恢复 (platform 2d, 2e). */
export interface Pause { readonly from: Moment; readonly to: Moment }

/** The pauses that are over, in order; requests come in the order of application. */
export function pausesOf(requests: readonly RequestState[]): Pause[] {
  const pauses: Pause[] = [];
  let since: Moment | null = null;
  for (const request of requests) {
    if (request.outcome !== '已批准' || request.decidedAt === null) continue;
    if (request.row.cells.type === '暂停') since ??= request.decidedAt;
    if (request.row.cells.type === '恢复' && since !== null) {
      if (request.decidedAt > since) pauses.push({ from: since, to: request.decidedAt });
      since = null;
    }
  }
  return pauses;
}

/** A limit moved on by a pause: by the clock, or by as many working days as it held (parameter pauseShift). */
export function shiftByPause(workbook: Workbook, limit: Moment, pause: Pause): Moment {
  if (workbook.parameters.choice('pauseShift', dayOf(pause.to)) !== '工作日') return (limit + (pause.to - pause.from)) as Moment;
  const days = Math.max(0, workbook.calendar.workingDaysBetween(dayOf(pause.from), dayOf(pause.to)));
  const last = dayOf(limit);
  return (limit + (workbook.calendar.addWorkingDays(last, days) - last) * MINUTES_PER_DAY) as Moment;
}
