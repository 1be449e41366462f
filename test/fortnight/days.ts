/** Days as `2026-09-21`; small on purpose and apart from the program's own calendar, which this recount checks. */
export type Day = string;

/** Days off of 2026 on weekdays (中秋, 国庆) and the weekend days that are worked, as published by 国务院办公厅. */
const OFF: ReadonlySet<Day> = new Set(['2026-09-25', '2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07']);
const WORKED: ReadonlySet<Day> = new Set(['2026-09-20', '2026-10-10']);
const MS = 86_400_000;

const stamp = (day: Day): number => Date.parse(`${day}T00:00:00Z`);

export function addDays(day: Day, count: number): Day {
  return new Date(stamp(day) + count * MS).toISOString().slice(0, 10);
}

export function daysBetween(from: Day, to: Day): number {
  return (stamp(to) - stamp(from)) / MS;
}

export function isWorkday(day: Day): boolean {
  const weekday = new Date(stamp(day)).getUTCDay();
  return WORKED.has(day) || (weekday !== 0 && weekday !== 6 && !OFF.has(day));
}

/** The day itself, or the next working day. */
export function workdayFrom(day: Day): Day {
  return isWorkday(day) ? day : workdayFrom(addDays(day, 1));
}

/** The day itself, or the working day before it. */
export function workdayUntil(day: Day): Day {
  return isWorkday(day) ? day : workdayUntil(addDays(day, -1));
}

export function mondayOf(day: Day): Day {
  return addDays(day, -((new Date(stamp(day)).getUTCDay() + 6) % 7));
}
