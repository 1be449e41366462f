import { dayOf, type Moment } from '../calendar/plain-date.ts';
import { hasRole, personOf } from '../lifecycle/approvers.ts';
import { judgeEdit } from '../lifecycle/judge-edit.ts';
import { isOfficeOrLeader } from '../lifecycle/movers.ts';
import { recusalClause, recusedFrom } from '../lifecycle/recusal.ts';
import { ChangeList } from '../plan/change-list.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { refused, type Answer } from './answer.ts';

/** What becomes of a letter: signed to go out, withdrawn before it went, or sent once more after it failed. */
export type NoticeDecision = '签发' | '取消' | '重发';

const BEFORE: Readonly<Record<NoticeDecision, readonly string[]>> = { 签发: ['待签'], 取消: ['待签', '待发'], 重发: ['失败'] };
const AFTER = { 签发: '待发', 取消: '已取消', 重发: '待发' } as const;

/** Who signs letters: whom the regulation's rights name, else the office and the leaders. */
export function signsNotices(workbook: Workbook, by: string): boolean {
  const rule = workbook.policy.rights.find(({ sheet, columns }) => sheet === 'notices' && columns.includes('signer'));
  const person = personOf(workbook, by);
  return rule === undefined ? isOfficeOrLeader(workbook, by) : person !== null && hasRole(person, rule.roles);
}

/** Signs a letter that waits for it (催办通知单, 排名, 通报 …), by whom the regulation's rights name, else the office or a leader. */
export function signNotice(workbook: Workbook, { noticeId, by, decision }: { readonly noticeId: string; readonly by: string; readonly decision: NoticeDecision }, now: Moment): Answer {
  const row = noticeId === '' ? undefined : workbook.index.notice.get(noticeId);
  if (row === undefined) return refused(`没有通知「${noticeId}」`);
  const { cells } = row;
  const verdict = judgeEdit(workbook, { actor: by, sheet: 'notices', row: null, column: 'status', before: cells.status, after: AFTER[decision], on: dayOf(now) });
  if (verdict.verdict !== 'accept') return refused(verdict.message);
  if (!signsNotices(workbook, by)) return refused(`通知由${workbook.policy.supervisingUnit}或领导签发,「${by}」无权签发`);
  const item = workbook.index.item.get(cells.itemId)?.cells;
  const recused = item === undefined ? null : recusedFrom(workbook, item, by, dayOf(now));
  if (recused !== null) return refused(`「${by}」应回避(${recused}),不能签发此件(${recusalClause(workbook)})`);
  if (decision !== '重发' && cells.signer === by && cells.status === AFTER[decision]) return { kind: 'done', changes: [] };
  if (!BEFORE[decision].includes(cells.status)) return refused(`此件${cells.status},不能${decision}`);
  const sheet = workbook.sheets.notices;
  const changes = new ChangeList();
  if (decision !== '重发') changes.want(sheet, row, noticeId, 'signer', by, cells.clause);
  // Last: a write cut off before it has signed nothing.
  changes.want(sheet, row, noticeId, 'status', AFTER[decision], cells.clause);
  return { kind: 'done', changes: changes.all() };
}
