import type { Day } from '../calendar/plain-date.ts';
import { SETTLING } from '../bulletins/published.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { parsePeriod, type Period } from './periods.ts';

/** Which periods may no longer be rewritten: through `lockedThrough`, and any whose 通报 or 排名 was signed. */
export interface PeriodLocks {
  readonly lockedThrough: Day | null;
  isLocked(period: Period): boolean;
}

/** What is signed settles everything up to its last day: a quarter its months, a month the ones before. */
export function periodLocks(workbook: Workbook, today: Day): PeriodLocks {
  const settled = [workbook.parameters.text('lockedThrough', today)];
  for (const { cells } of workbook.sheets.bulletins.rows) {
    if ((cells.status === '已签发' || cells.status === '已发送') && SETTLING.includes(cells.type)) settled.push(cells.period);
  }
  for (const { cells } of workbook.sheets.notices.rows) {
    if ((cells.type === '排名' || cells.type === '通报') && cells.signer !== '' && cells.status !== '已取消') settled.push(cells.noticeId.split('/')[1] ?? '');
  }
  const days = settled.map((id) => parsePeriod(id)?.last ?? -Infinity);
  const lockedThrough = Math.max(...days);
  return {
    lockedThrough: Number.isFinite(lockedThrough) ? lockedThrough as Day : null,
    isLocked: (period) => period.last <= lockedThrough,
  };
}

/** Judges each month once: a ledger has many rows and few months. */
export function lockedMonths(locks: PeriodLocks): (month: string) => boolean {
  const known = new Map<string, boolean>();
  return (month) => {
    const remembered = known.get(month);
    if (remembered !== undefined) return remembered;
    const period = parsePeriod(month);
    const locked = period !== null && locks.isLocked(period);
    known.set(month, locked);
    return locked;
  };
}
