import { dayOf, type Moment } from '../calendar/plain-date.ts';
import { personOf } from '../lifecycle/approvers.ts';
import { isMember } from '../lifecycle/movers.ts';
import { groupOf, isKnownStatus } from '../lifecycle/status-groups.ts';
import { ChangeList } from '../plan/change-list.ts';
import { assignIds } from '../plan/ids.ts';
import { splitNames } from '../workbook/names.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { refused, type Answer } from './answer.ts';

/** Reports progress on an item (platform-2a, 6c), by somebody of its units; it goes on to the 责任人. */
export function giveFeedback(workbook: Workbook, report: { readonly itemId: string; readonly by: string; readonly progress: string; readonly nextPlan: string }, now: Moment): Answer {
  const item = workbook.index.item.get(report.itemId)?.cells;
  if (item === undefined) return refused(`没有事项「${report.itemId}」`);
  if (!answersFor(workbook, item, report.by)) return refused(`「${report.by}」不承办此事项,不能反馈`);
  const status = workbook.index.baseline.get(report.itemId)?.cells.effectiveStatus ?? item.status;
  if (!isKnownStatus(status) || !['running', 'returned', 'paused'].includes(groupOf(status))) return refused(`事项${status || '拟立项'},不收反馈`);
  if (report.progress.trim() === '') return refused('请写明进展情况');
  const { rows } = workbook.sheets.feedback;
  const feedbackId = assignIds('FK', rows.map((row) => row.cells.feedbackId), ['new'], dayOf(now)).get('new')!;
  const changes = new ChangeList();
  changes.append('feedback', {
    feedbackId, itemId: report.itemId, at: now, by: report.by, type: '进展', progress: report.progress, nextPlan: report.nextPlan,
  }, workbook.policy.clauses.handling);
  return { kind: 'done', changes: changes.all() };
}

/** Submits a feedback (提报), edited by the person who answers for the item; what was first written stays (platform-2b, 6c). */
export function submitFeedback(workbook: Workbook, submission: { readonly feedbackId: string; readonly by: string; readonly text: string }, now: Moment): Answer {
  const sheet = workbook.sheets.feedback;
  const row = sheet.rows.find(({ cells }) => cells.feedbackId === submission.feedbackId);
  const item = row === undefined ? undefined : workbook.index.item.get(row.cells.itemId)?.cells;
  if (row === undefined || item === undefined) return refused(`没有反馈「${submission.feedbackId}」`);
  const unit = workbook.directory.unit(item.leadUnit);
  const duty = item.dutyPerson || unit?.dutyPerson || unit?.head || '';
  if (submission.by !== duty) return refused(`应由责任人${duty}提报`);
  if (row.cells.submittedAt !== null) return refused('已提报');
  const { clauses } = workbook.policy;
  const changes = new ChangeList();
  changes.want(sheet, row, submission.feedbackId, 'submission', submission.text || row.cells.progress, clauses.handling);
  changes.want(sheet, row, submission.feedbackId, 'submittedBy', submission.by, clauses.handling);
  changes.want(sheet, row, submission.feedbackId, 'submittedAt', now, clauses.handling);
  return { kind: 'done', changes: changes.all() };
}

function answersFor(workbook: Workbook, item: CellsOf<'items'>, name: string): boolean {
  if (item.handler === name || item.dutyPerson === name) return true;
  const person = item.confidentiality === '保密' ? null : personOf(workbook, name);
  return person !== null && [item.leadUnit, ...splitNames(item.coUnits)].some((unit) => isMember(workbook, unit, person));
}
