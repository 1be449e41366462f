import { day, dayOf, type Day, type Moment } from '../calendar/plain-date.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { RunClock } from '../plan/moment-of-run.ts';

const LAST_DAY = day('9999-12-31');

/** 启用日: what lapsed before it is lit, and neither chased nor scored nor ranked. Null: no such day. */
export function goLiveOf(workbook: Pick<Workbook, 'parameters'>): Day | null {
  // The day itself says from when it counts: a 生效日 beside it would only hide it from the days before.
  return workbook.parameters.day('goLive', LAST_DAY);
}

/** Whether a limit had passed before 启用日. */
export function isBeforeGoLive(workbook: Workbook, limit: Moment | null): boolean {
  const goLive = goLiveOf(workbook);
  return goLive !== null && limit !== null && dayOf(limit) < goLive;
}

/** The first day whose moments of an item are told to anybody: that of its first sight, or 启用日. */
export function toldFrom(workbook: Workbook, firstSeen: Moment): Day {
  const seen = dayOf(firstSeen);
  const goLive = goLiveOf(workbook);
  return goLive !== null && goLive > seen ? goLive : seen;
}

/** The first day on which the program could tell anything: the earliest of its items' own, archived ones too; the day of the run for a new table. */
export function toldSince(workbook: Workbook, items: readonly { readonly toldFrom: Day }[], clock: RunClock): Day {
  let since = clock.today;
  for (const { cells } of workbook.index.vanished.values()) {
    const from = cells.firstSeen === null ? since : toldFrom(workbook, cells.firstSeen);
    if (from < since) since = from;
  }
  for (const item of items) if (item.toldFrom < since) since = item.toldFrom;
  return since;
}
