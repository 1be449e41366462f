import { dayFrom, yearOf, type Day } from './plain-date.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/** What the calendar lacks of this year and the next, for a line that people read; '' where it lacks nothing. */
export function missingCalendar(calendar: Pick<WorkingCalendar, 'isPublished' | 'missingHolidays'>, today: Day): string {
  const years = [yearOf(today), yearOf(today) + 1].filter((year) => !calendar.isPublished(dayFrom(year, 1, 1)!));
  const begun = years.filter((year) => calendar.missingHolidays(year).length > 0);
  const unknown = years.filter((year) => !begun.includes(year));
  return [
    ...begun.map((year) => `${String(year)}年节假日未录全(缺${calendar.missingHolidays(year).join('、')})`),
    ...(unknown.length === 0 ? [] : [`${unknown.join('、')}年节假日未公布`]),
  ].join(',');
}
