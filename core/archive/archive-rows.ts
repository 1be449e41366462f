import { dayOf, yearOf, type Day } from '../calendar/plain-date.ts';
import { isArchived } from './archived.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { isNews } from '../notices/due-notice.ts';
import type { WantedNotice } from '../notices/plan-notices.ts';
import { letter } from '../notices/words.ts';
import { titleFor } from '../notices/recipients.ts';
import type { ChangeList } from '../plan/change-list.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import { ByItem, type Lookup } from '../workbook/by-item.ts';
import { compareText } from '../workbook/directory.ts';
import type { RowIssue } from '../workbook/issue.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/**
 * Keeps 归档案卷: a row for every item that closes under the program's eyes, 档号 and 归档日期. Items closed before it
 * first saw them get none, unless people write one.
 */
export function planArchives(workbook: Workbook, facts: Lookup<ItemFacts>, clock: RunClock, changes: ChangeList, issues: RowIssue[]): void {
  const sheet = workbook.sheets.archives;
  const clause = workbook.policy.archive?.clause ?? workbook.policy.clauses.archive;
  const numbers = new ArchiveNumbers(sheet.rows);
  const filed = new ByItem<true>(workbook.index.places);
  for (const row of sheet.rows) {
    const { cells } = row;
    const item = facts.get(cells.itemId);
    if (item === undefined) {
      // The index of what lies in a yearly archive.
      if (cells.fingerprint !== '' && isArchived(workbook, cells.itemId)) continue;
      issues.push({
        code: 'archive-incomplete', severity: 'hint', sheet: sheet.name, row: row.ref, column: '事项编号', value: cells.itemId,
        message: cells.itemId === '' ? '「归档案卷」请填「事项编号」' : `「归档案卷」没有事项「${cells.itemId}」:请核对「事项编号」`, because: clause,
      });
      continue;
    }
    filed.set(item.id, true);
    if (cells.archiveNo === '') changes.want(sheet, row, null, 'archiveNo', numbers.next(yearOf(closedOn(item, clock))), clause);
    if (item.status === '已归档' && cells.archivedOn === null && wasSeen(item)) changes.want(sheet, row, cells.archiveNo || null, 'archivedOn', dayOf(item.statusAt), clause);
  }
  const drafts: ItemFacts[] = [];
  for (const item of facts.values()) {
    if ((item.status === '已办结' || item.status === '已归档') && item.closedAt !== null && item.closedAt > item.firstSeen && isWhole(item) && !filed.has(item.id)) drafts.push(item);
  }
  for (const item of drafts.sort((a, b) => compareText(a.id, b.id))) {
    changes.append('archives', {
      archiveNo: numbers.next(yearOf(closedOn(item, clock))), itemId: item.id, receivingUnit: workbook.policy.archive?.keeper ?? '',
      archivedOn: item.status === '已归档' ? dayOf(item.statusAt) : null,
    }, clause);
  }
}

/** Copies of the file to those who decide on rewards and posts (expo 9.10): once, when the item is archived. */
export function archiveNotices(workbook: Workbook, facts: Lookup<ItemFacts>, clock: RunClock): WantedNotice[] {
  const copies = workbook.policy.archive?.copies;
  if (copies === undefined) return [];
  const wanted: WantedNotice[] = [];
  for (const { cells } of workbook.sheets.archives.rows) {
    const item = facts.get(cells.itemId);
    if (item === undefined || item.status !== '已归档' || !wasSeen(item) || !isNews(item, item.statusAt, clock)) continue;
    for (const unit of copies.units) {
      wanted.push({
        key: `归档抄送/${item.id}/archived/${unit}`, type: '归档抄送', itemId: item.id, recipient: unit, copy: [], channel: '邮件',
        subject: `归档抄送:${item.id} ${titleFor(item)}`,
        body: letter(workbook, unit, [`${item.id} ${titleFor(item)}(${item.unit})已办结归档,${item.onTime === '否' ? `超期 ${item.daysLate ?? 0} 天` : '按时办结'}。${copies.purpose}(${copies.clause})。`], clock.today),
        clause: copies.clause, needsSignature: false,
      });
    }
  }
  return wanted;
}

/** Whether the program saw the item become what it is. */
function wasSeen(item: ItemFacts): boolean {
  return item.statusAt > item.firstSeen;
}

function isWhole(item: ItemFacts): boolean {
  return item.cells.rowType === '' || item.cells.rowType === '事项';
}

function closedOn(item: ItemFacts, clock: RunClock): Day {
  return item.closedAt === null ? clock.today : dayOf(item.closedAt);
}

/** 档号: `DA-2026-001`, by the year of closing, after the largest number used. */
export class ArchiveNumbers {
  private readonly rows: readonly ParsedRow<'archives'>[];
  private last: Map<number, number> | null = null;

  constructor(rows: readonly ParsedRow<'archives'>[]) {
    this.rows = rows;
  }

  next(year: number): string {
    this.last ??= lastNumbers(this.rows);
    const number = (this.last.get(year) ?? 0) + 1;
    this.last.set(year, number);
    return `DA-${year}-${String(number).padStart(3, '0')}`;
  }
}

function lastNumbers(rows: readonly ParsedRow<'archives'>[]): Map<number, number> {
  const last = new Map<number, number>();
  for (const { cells } of rows) {
    const match = /^DA-(\d{4})-(\d+)$/.exec(cells.archiveNo);
    if (match !== null) last.set(Number(match[1]), Math.max(last.get(Number(match[1])) ?? 0, Number(match[2])));
  }
  return last;
}
