import { createDirectory, dayOf, formatDay, parseSheet, type Moment } from '#core';
import { homeRangeName } from '#google';
import { messageOf } from '../host-error.ts';
import type { GSpreadsheet } from '../workbook/google.ts';
import { readBook, whole } from '../workbook/read-book.ts';
import { isMailbox } from './deliver.ts';

const TOLD = 'duban.told';

/**
 * Tells the office that a run by itself failed: a line on 首页 and a mail to the people who run supervision, each sentence
 * once a day. Google itself only tells the trigger's creator.
 */
export function reportFailure(spreadsheet: GSpreadsheet, what: string, error: unknown, now: Moment): void {
  const message = messageOf(error);
  console.error(`${what}: ${message}`);
  const store = PropertiesService.getDocumentProperties();
  const sentence = `${formatDay(dayOf(now))} ${what}没有完成:${message}`;
  if (store.getProperty(TOLD) === sentence) return;
  store.setProperty(TOLD, sentence);
  // By the API: what scripts set through SpreadsheetApp is held to the cell's own refusal of typing.
  attempt(() => Sheets!.Spreadsheets.Values.batchUpdate({ valueInputOption: 'RAW', data: [{ range: homeRangeName('notes'), values: [[sentence]] }] }, spreadsheet.getId()));
  attempt(() => {
    const office = officeAddresses(spreadsheet).slice(0, MailApp.getRemainingDailyQuota());
    if (office.length === 0) return;
    MailApp.sendEmail({
      to: office.join(','), subject: `督办:${what}没有完成`, name: '督办',
      body: `${sentence}\n\n表格:${spreadsheet.getName()} ${spreadsheet.getUrl()}\n请打开表格,点菜单「督办 → 立即巡检」重试;仍不行,点「初始化/修复」。`,
    });
  });
}

function officeAddresses(spreadsheet: GSpreadsheet): string[] {
  const { snapshot } = readBook(spreadsheet, whole('units', 'people'));
  const find = (key: 'units' | 'people') => snapshot.sheets.find((sheet) => sheet.anchor === key);
  const directory = createDirectory(parseSheet(find('units'), 'units', {}, []), parseSheet(find('people'), 'people', {}, []));
  const people = [...directory.withRole('督办管理员'), ...directory.withRole('督办专员')];
  return [...new Set(people.map((person) => person.email))].filter(isMailbox);
}

/** What can't be told on one way may be told on the other. */
function attempt(tell: () => void): void {
  try {
    tell();
  } catch (error) {
    console.error(messageOf(error));
  }
}
