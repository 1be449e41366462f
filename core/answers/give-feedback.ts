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

export interface Report {
  readonly itemId: string;
  readonly by: string;
  /** 结果: what the head of the unit has to review before it is handed in, where the regulation asks for it. */
  readonly type?: '进展' | '结果';
  readonly progress: string;
  readonly nextPlan: string;
  /** 附件: relative paths, 、 separated. */
  readonly attachments?: string;
}

/** Reports progress or a result on an item (platform-2a, 6c), by somebody of its units; it goes on to the 责任人. */
export function giveFeedback(workbook: Workbook, report: Report, now: Moment): Answer {
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
    feedbackId, itemId: report.itemId, at: now, by: report.by, type: report.type ?? '进展', progress: report.progress, nextPlan: report.nextPlan, attachments: report.attachments ?? '',
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
  if (row.cells.submittedAt !== null) return row.cells.submittedBy === submission.by && row.cells.submission === (submission.text || row.cells.progress) ? { kind: 'done', changes: [] } : refused('已提报');
  const { clauses } = workbook.policy;
  const changes = new ChangeList();
  changes.want(sheet, row, submission.feedbackId, 'submission', submission.text || row.cells.progress, clauses.handling);
  changes.want(sheet, row, submission.feedbackId, 'submittedBy', submission.by, clauses.handling);
  changes.want(sheet, row, submission.feedbackId, 'submittedAt', now, clauses.handling);
  return { kind: 'done', changes: changes.all() };
}

/** Whether feedback goes on from the 承办人 to the 责任人, who submits it (platform-2b). */
export function isSubmittedInTwoSteps({ policy }: Workbook): boolean {
  return policy.notices.some((rule) => rule.moment.at === 'feedback' && rule.moment.stage === 'submitted');
}

/** Whether a result needs the review of the unit's head before it is handed in (tax-4.6, company-6.6). */
export function isReviewedByHead({ policy }: Workbook): boolean {
  return policy.guards.some(({ require }) => require.kind === 'head-reviewed');
}

/** Marks a result as reviewed by the head of the unit (负责人审阅). */
export function reviewFeedback(workbook: Workbook, { feedbackId, by }: { readonly feedbackId: string; readonly by: string }, now: Moment): Answer {
  const sheet = workbook.sheets.feedback;
  const row = feedbackId === '' ? undefined : sheet.rows.find(({ cells }) => cells.feedbackId === feedbackId);
  const item = row === undefined ? undefined : workbook.index.item.get(row.cells.itemId)?.cells;
  if (row === undefined || item === undefined) return refused(`没有反馈「${feedbackId}」`);
  const head = workbook.directory.present(workbook.directory.unit(item.leadUnit)?.head ?? '');
  if (by !== head) return refused(`应由${item.leadUnit}负责人${head}审阅`);
  if (row.cells.headReviewed === '是') return { kind: 'done', changes: [] };
  const changes = new ChangeList();
  changes.want(sheet, row, feedbackId, 'headReviewedAt', now, workbook.policy.clauses.handling);
  changes.want(sheet, row, feedbackId, 'headReviewed', '是', workbook.policy.clauses.handling);
  return { kind: 'done', changes: changes.all() };
}

function answersFor(workbook: Workbook, item: CellsOf<'items'>, name: string): boolean {
  if (item.handler === name || item.dutyPerson === name) return true;
  const person = item.confidentiality === '保密' ? null : personOf(workbook, name);
  return person !== null && [item.leadUnit, ...splitNames(item.coUnits)].some((unit) => isMember(workbook, unit, person));
}
