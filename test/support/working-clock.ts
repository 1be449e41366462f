import { isWorkday } from 'chinese-days';

const DAY_MS = 86_400_000;

/** On a day off nearly nothing is mailed: tests in real time live on the working day before, at this hour. 0 on a working day. */
export const BACK_TO_WORK_MS = -DAY_MS * Array.from({ length: 30 }, (_, days) => days).find((days) => isWorkday(chineseDay(Date.now() - days * DAY_MS)))!;

/** Node options and environment for a process whose clock is that much behind (or, with a positive number, ahead). */
export const SHIFTED_CLOCK = `--import=data:text/javascript,${encodeURIComponent('const Real = Date, by = Number(process.env.SHIFT_MS); globalThis.Date = class Date extends Real { constructor(...parts) { if (parts.length === 0) super(Real.now() + by); else super(...parts); } static now() { return Real.now() + by; } };')}`;

function chineseDay(instant: number): string {
  return new Date(instant + 8 * 3_600_000).toISOString().slice(0, 10);
}
