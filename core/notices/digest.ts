import type { Day } from '../calendar/plain-date.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { NOTICE_TYPES, type NoticeType } from '../workbook/values.ts';
import { letter, monthAndDate, sentence } from './words.ts';

export interface DigestLine { readonly key: string; readonly type: NoticeType; readonly line: string }

/** What the office and the leaders are told of: nothing for them to report on. */
const TELLING: readonly NoticeType[] = ['审核提醒', '批复提醒', '督导提醒', '反馈抄送'];

/**
 * The words of a person's digest: a greeting, the items by kind of notice, what to do next. Item lines begin with
 * 【light】, headings with `## `; the host turns them into a coloured mail.
 */
export function digestBody(workbook: Workbook, recipient: string, today: Day, lines: readonly DigestLine[]): { subject: string; body: string } {
  const date = monthAndDate(today);
  const sections: string[] = [];
  for (const type of NOTICE_TYPES) {
    const own = lines.filter((line) => line.type === type);
    if (own.length > 0) sections.push(`## ${type}(${own.length} 件)`, ...own.map((line) => line.line), '');
  }
  return {
    subject: `督办每日摘要 ${date}:${lines.length} 件待办`,
    body: letter(workbook, recipient, [
      sentence(workbook, 'text.digest', today, { 日期: date, 件数: lines.length }), '',
      ...sections, ...(lines.every(({ type }) => TELLING.includes(type)) ? [] : [sentence(workbook, 'text.digestAsk', today)]),
    ], today),
  };
}
