import { createCalendar, dayOf, parseSheet, type CalendarEntry, type Day, type Moment } from '#core';
import type { GSpreadsheet } from '../workbook/google.ts';
import { readBook, whole } from '../workbook/read-book.ts';
import { parametersOf } from '../workbook/read-parameters.ts';

const DEFAULT_DIGEST_MINUTES = 8 * 60 + 30;

export interface Schedule {
  isWorkingDay(day: Day): boolean;
  /** Minutes after midnight before which nothing runs by itself. */
  readonly digestMinutes: number;
}

/** When an office works, from two small sheets: the hourly job asks this before it reads anything large. */
export function readSchedule(spreadsheet: GSpreadsheet, now: Moment): Schedule {
  const { snapshot } = readBook(spreadsheet, whole('calendar', 'parameters'));
  const find = (key: 'calendar' | 'parameters') => snapshot.sheets.find((sheet) => sheet.anchor === key);
  const entries: CalendarEntry[] = [];
  for (const { cells } of parseSheet(find('calendar'), 'calendar', {}, []).rows) {
    if (cells.date !== null && (cells.type === '休' || cells.type === '班')) entries.push({ day: cells.date, type: cells.type });
  }
  const calendar = createCalendar(entries);
  const digestMinutes = parametersOf(find('parameters'))?.number('digestTime', dayOf(now)) ?? DEFAULT_DIGEST_MINUTES;
  return { isWorkingDay: (day) => calendar.isWorkingDay(day), digestMinutes };
}
