import type { Day } from '../calendar/plain-date.ts';
import { SETTLING } from '../bulletins/published.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { parsePeriod, type Period } from './periods.ts';

/** Which periods may no longer be rewritten: through `lockedThrough`, and any whose 通报 or 排名 was signed. */
export interface PeriodLocks {
  readonly lockedThrough: Day | null;
  isLocked(period: Period): boolean;
}

export function periodLocks(workbook: Workbook, today: Day): PeriodLocks {
  const through = parsePeriod(workbook.parameters.text('lockedThrough', today));
  const signed = new Set<string>();
  for (const { cells } of workbook.sheets.bulletins.rows) {
    if ((cells.status === '已签发' || cells.status === '已发送') && SETTLING.includes(cells.type)) signed.add(cells.period);
  }
  for (const { cells } of workbook.sheets.notices.rows) {
    if ((cells.type === '排名' || cells.type === '通报') && cells.signer !== '' && cells.status !== '已取消') {
      signed.add(cells.noticeId.split('/')[1] ?? '');
    }
  }
  let lockedThrough = through?.last ?? null;
  for (const id of signed) {
    const period = parsePeriod(id);
    // A quarter or a year that is signed settles its months.
    if (period !== null && (lockedThrough === null || period.last > lockedThrough)) lockedThrough = period.last;
  }
  return {
    lockedThrough,
    isLocked: (period) => signed.has(period.id) || (lockedThrough !== null && period.last <= lockedThrough),
  };
}
