import type { Workbook } from '../workbook/parse-workbook.ts';
import { isArchived } from '../archive/archived.ts';
import { CONFIDENTIAL_TITLE } from '../notices/recipients.ts';

const NAMED = 5;

/** Items that 底账 knows and 督办台账 no longer holds, while still open: one line each for the first, for 首页; confidential ones by number. */
export function vanishedItems(workbook: Workbook): string[] {
  if (workbook.index.vanished.size === 0) return [];
  // 底账 knows no 密级: what was told of an item does.
  const hidden = new Set(workbook.sheets.notices.rows.filter(({ cells }) => cells.subject.includes(CONFIDENTIAL_TITLE)).map(({ cells }) => cells.itemId));
  const notes: string[] = [];
  for (const [id, row] of workbook.index.vanished) {
    if (isArchived(workbook, id)) continue;
    notes.push(`事项 ${id}「${hidden.has(id) ? CONFIDENTIAL_TITLE : row.cells.title}」的行不见了:恢复还是撤销?`);
  }
  const rest = notes.sort().splice(NAMED);
  return rest.length === 0 ? notes : [...notes, `另有 ${rest.length} 件事项的行也不见了:请从备份恢复,或逐件撤销`];
}
