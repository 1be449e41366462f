import { isDigestMember } from '../notices/channels.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** A person's notices that were sent and not read yet (platform-3); a digest stands for its members. */
export function unreadOf(workbook: Workbook, person: string): CellsOf<'notices'>[] {
  if (person === '') return [];
  return workbook.sheets.notices.rows.map((row) => row.cells)
    .filter((cells) => cells.recipient === person && cells.status === '已发' && cells.readAt === null && !isDigestMember(cells.channel));
}
