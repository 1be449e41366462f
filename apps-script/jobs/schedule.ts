import { createCalendar, parseSheet, type CalendarEntry, type Day, type Moment } from '#core';
import type { GSpreadsheet } from '../workbook/google.ts';
import { readBook, whole } from '../workbook/read-book.ts';

const DEFAULT_DIGEST_TIME = '08:30';

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
  const times = parseSheet(find('parameters'), 'parameters', {}, []).rows
    .filter(({ cells }) => cells.key === 'digestTime' && (cells.effectiveFrom === null || cells.effectiveFrom * 1440 <= now) && minutesOf(cells.value) !== null)
    .sort((a, b) => (a.cells.effectiveFrom ?? 0) - (b.cells.effectiveFrom ?? 0));
  return { isWorkingDay: (day) => calendar.isWorkingDay(day), digestMinutes: minutesOf(times.at(-1)?.cells.value ?? DEFAULT_DIGEST_TIME)! };
}

function minutesOf(text: string): number | null {
  const match = /^\s*(\d{1,2})[::](\d{2})/.exec(text);
  return match === null ? null : Number(match[1]) * 60 + Number(match[2]);
}
