import type { Workbook } from '../workbook/parse-workbook.ts';
import { groupOf, isKnownStatus } from '../lifecycle/status-groups.ts';

/** Items that 底账 knows and 督办台账 no longer holds, while still open: one line each, for 首页. */
export function vanishedItems(workbook: Workbook): string[] {
  const notes: string[] = [];
  for (const [id, row] of workbook.index.vanished) {
    const status = row.cells.effectiveStatus;
    if (isKnownStatus(status) && (groupOf(status) === 'done' || groupOf(status) === 'void')) continue;
    notes.push(`事项 ${id}「${row.cells.title}」的行不见了:恢复还是撤销?`);
  }
  return notes.sort();
}
