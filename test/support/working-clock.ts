import { createCalendar, dayOf, momentFromEpoch } from '#core';

const TODAY = dayOf(momentFromEpoch(Date.now()));

/** On a day off nearly nothing is mailed: tests in real time live on the working day before, at this hour. 0 on a working day. */
export const BACK_TO_WORK_MS = (createCalendar([]).previousWorkingDay(TODAY) - TODAY) * 86_400_000;

/** Node options and environment for a process whose clock is that much behind (or, with a positive number, ahead). */
export const SHIFTED_CLOCK = `--import=data:text/javascript,${encodeURIComponent('const Real = Date, by = Number(process.env.SHIFT_MS); globalThis.Date = class Date extends Real { constructor(...parts) { if (parts.length === 0) super(Real.now() + by); else super(...parts); } static now() { return Real.now() + by; } };')}`;
