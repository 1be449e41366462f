import type { Moment } from '../calendar/plain-date.ts';
import { ChangeList } from '../plan/change-list.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Answer } from './answer.ts';

/** Stamps a person's unread notices as read, when they were shown (platform-3). */
export function markRead(workbook: Workbook, person: string, now: Moment): Answer {
  const sheet = workbook.sheets.notices;
  const changes = new ChangeList();
  for (const row of sheet.rows) {
    const { cells } = row;
    if (cells.recipient === person && person !== '' && cells.status === '已发' && cells.readAt === null) changes.want(sheet, row, cells.noticeId, 'readAt', now, workbook.policy.clauses.handling);
  }
  return { kind: 'done', changes: changes.all() };
}
