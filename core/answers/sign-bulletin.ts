import { bulletinFaults } from '../bulletins/published.ts';
import { fingerprintOf } from '../bulletins/bulletin-rows.ts';
import { dayOf, type Moment } from '../calendar/plain-date.ts';
import { judgeEdit } from '../lifecycle/judge-edit.ts';
import { isOffice, isOfficeOrLeader } from '../lifecycle/movers.ts';
import { ChangeList } from '../plan/change-list.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { refused, type Answer } from './answer.ts';

type BulletinRow = ParsedRow<'bulletins'>;

/** Rewrites a draft, or hands it up for signature; by the office, as long as nobody signed it. */
export function draftBulletin(
  workbook: Workbook, { bulletinId, by, seen, body, handUp }: { readonly bulletinId: string; readonly by: string; readonly seen: string; readonly body: string; readonly handUp: boolean }, now: Moment,
): Answer {
  const row = openRow(workbook, bulletinId);
  if (typeof row === 'string') return refused(row);
  if (!isOffice(workbook, by)) return refused(`通报由${workbook.policy.supervisingUnit}拟稿,「${by}」无权修改`);
  const verdict = judgeEdit(workbook, { actor: by, sheet: 'bulletins', row: null, column: 'body', before: seen, after: body, on: dayOf(now) });
  if (verdict.verdict !== 'accept') return refused(verdict.message);
  if (row.cells.body !== seen && row.cells.body !== body) return refused('正文刚被别人改动,没有写入:请看过后再改');
  if (body.trim() === '') return refused('请写通报正文');
  const changes = new ChangeList();
  const { bulletin } = workbook.policy.clauses;
  changes.want(workbook.sheets.bulletins, row, bulletinId, 'body', body, bulletin);
  if (handUp) changes.want(workbook.sheets.bulletins, row, bulletinId, 'status', '待签发', bulletin);
  return { kind: 'done', changes: changes.all() };
}

/**
 * Signs a bulletin as it was seen: published from now on, its words fingerprinted with sha256, and where it settles the figures of
 * its period, that period locked. Refused while it has a fault that keeps it from being published.
 */
export function signBulletin(workbook: Workbook, { bulletinId, by, seen }: { readonly bulletinId: string; readonly by: string; readonly seen: string }, now: Moment): Answer {
  const row = openRow(workbook, bulletinId);
  if (typeof row === 'string') {
    const known = workbook.sheets.bulletins.rows.find(({ cells }) => cells.bulletinId === bulletinId)?.cells;
    return known?.signer === by && known.body === seen ? { kind: 'done', changes: [] } : refused(row);
  }
  if (!isOfficeOrLeader(workbook, by)) return refused(`通报由领导或${workbook.policy.supervisingUnit}签发,「${by}」无权签发`);
  if (row.cells.body !== seen) return refused('正文刚被别人改动,没有签发:请看过后再签');
  const [fault] = bulletinFaults(workbook, dayOf(now)).ofBulletin.get(row) ?? [];
  if (fault !== undefined) return refused(fault);
  const sheet = workbook.sheets.bulletins;
  const { bulletin } = workbook.policy.clauses;
  const changes = new ChangeList();
  changes.want(sheet, row, bulletinId, 'signer', by, bulletin);
  if (row.cells.publishedAt === null) changes.want(sheet, row, bulletinId, 'publishedAt', now, bulletin);
  changes.want(sheet, row, bulletinId, 'fingerprint', fingerprintOf(row.cells), bulletin);
  // Last: a write cut off before it has signed nothing.
  changes.want(sheet, row, bulletinId, 'status', '已签发', bulletin);
  return { kind: 'done', changes: changes.all() };
}

/** The row while nobody signed it, or the sentence why it is none. */
function openRow(workbook: Workbook, bulletinId: string): BulletinRow | string {
  const row = bulletinId === '' ? undefined : workbook.sheets.bulletins.rows.find(({ cells }) => cells.bulletinId === bulletinId);
  if (row === undefined) return `没有通报「${bulletinId}」`;
  return row.cells.status === '已签发' || row.cells.status === '已发送' ? `通报「${bulletinId}」${row.cells.status},不再改动:更正另行通报` : row;
}
