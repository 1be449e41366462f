import { sha256 } from 'js-sha256';
import { addDays, dayOf, formatLimit, type Day } from '../calendar/plain-date.ts';
import { withoutHidden, type HiddenItems } from '../notices/confidential.ts';
import { groupHeads, leaderNames, officeNames } from '../notices/recipients.ts';
import type { WantedNotice } from '../notices/plan-notices.ts';
import type { ChangeList } from '../plan/change-list.ts';
import { assignIds } from '../plan/ids.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import { parsePeriod } from '../appraisal/periods.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { shown, type RowIssue } from '../workbook/issue.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { isInService } from '../workbook/unit-register.ts';
import { bulletinId, MAIN_OF } from './draft-bulletins.ts';
import { bulletinFaults, isIssuedBulletin } from './published.ts';

type Bulletin = CellsOf<'bulletins'>;

/**
 * Keeps 通报 and 通报条目: numbers rows without a 通报编号, fingerprints what is signed, points out what may not be
 * published. Returns the letters that follow: signed bulletins to the units, with `hidden` items by number, alarms for overdue ones.
 */
export function planBulletins(workbook: Workbook, hidden: HiddenItems, since: Day, clock: RunClock, changes: ChangeList, issues: RowIssue[]): WantedNotice[] {
  const sheet = workbook.sheets.bulletins;
  const faults = bulletinFaults(workbook, clock.today);
  const blank = sheet.rows.filter(({ cells }) => cells.bulletinId === '' && (cells.subject !== '' || cells.body !== '')).map((row) => row.ref);
  const ids = assignIds('TB-ZX', sheet.rows.map((row) => row.cells.bulletinId), blank, clock.today);
  const clause = workbook.policy.clauses.bulletin;
  const notices: WantedNotice[] = [];
  for (const row of sheet.rows) {
    const { cells } = row;
    const id = cells.bulletinId === '' ? ids.get(row.ref) ?? '' : cells.bulletinId;
    if (id === '') continue;
    if (cells.bulletinId === '') changes.want(sheet, row, null, 'bulletinId', id, clause);
    for (const message of faults.ofBulletin.get(row) ?? []) issues.push(issueOf(sheet.name, row, message, workbook.policy.bulletins.naming?.clause ?? clause));
    if (isIssuedBulletin(row, faults)) {
      if (cells.publishedAt === null) issues.push(issueOf(sheet.name, row, `通报「${shown(cells.subject || id)}」已签发:请填「发布时间」,到时发送(${clause})`, clause));
      const print = fingerprintOf(cells);
      if (cells.fingerprint === '') changes.want(sheet, row, cells.bulletinId === '' ? null : id, 'fingerprint', print, clause);
      else if (cells.fingerprint !== print) issues.push(issueOf(sheet.name, row, `通报「${shown(cells.subject)}」签发后有改动,与指纹不符:请恢复原文,更正另行通报(${clause})`, clause));
    }
    if (isIssuedBulletin(row, faults)) notices.push(...letterOf(workbook, hidden, id, cells, since, clock));
    notices.push(...alarmOf(workbook, id, cells, faults.ofBulletin.has(row), since, clock));
  }
  for (const row of workbook.sheets.bulletinEntries.rows) {
    changes.want(workbook.sheets.bulletinEntries, row, null, 'hint', (faults.ofEntry.get(row) ?? []).join('；'), workbook.policy.bulletins.naming?.clause ?? clause);
  }
  return notices;
}

/** What was signed: any later change of these cells shows. */
export function fingerprintOf(cells: Bulletin): string {
  return sha256([cells.period, cells.type, cells.subject, cells.body, cells.attachments].join('\n'));
}

function issueOf(sheet: string, row: ParsedRow<'bulletins'>, message: string, because: string): RowIssue {
  return { code: 'status-refused', severity: 'hint', sheet, row: row.ref, column: null, value: '', message, because };
}

/** How long after its 发布时间 a bulletin still goes out; what was published before the program came is history. */
const RECENT_DAYS = 7;

/** A signed bulletin goes out at its 发布时间; the main one of a period releases the period's letter that waits for a signature. */
function letterOf(workbook: Workbook, hidden: HiddenItems, id: string, cells: Bulletin, since: Day, clock: RunClock): WantedNotice[] {
  const at = cells.publishedAt;
  if (at === null || at > clock.now || dayOf(at) < since || dayOf(at) < clock.today - RECENT_DAYS) return [];
  const { bulletins, clauses } = workbook.policy;
  const period = parsePeriod(cells.period);
  const isMain = period !== null && cells.type === MAIN_OF[period.kind] && id === bulletinId(MAIN_OF[period.kind], period);
  const rule = bulletins.drafts.find((candidate) => candidate.type === cells.type);
  const leaders = leaderNames(workbook);
  const units = workbook.directory.units.filter((unit) => isInService(unit, clock.today) && unit.type !== '外部').map((unit) => workbook.directory.present(unit.head) || unit.name);
  const to = rule?.to === 'leaders' ? leaders : units;
  const type = isMain && period.kind !== 'month' ? '排名' : '通报';
  const anyDay = cells.type === '即时通报';
  return [{
    key: `${type}/${isMain ? period.id : id}`, type, itemId: '', recipient: [...new Set(to.length > 0 ? to : officeNames(workbook))].join('、'),
    copy: rule?.to === 'leaders' ? [] : leaders, channel: '邮件', subject: cells.subject || `${cells.type}${id}`,
    body: [withoutHidden(cells.body, hidden), '', `通报形式:${cells.form || '公告'}`].join('\n'),
    clause: anyDay ? bulletins.adhoc : rule?.clause ?? clauses.bulletin, needsSignature: false, signedElsewhere: true, anyDay,
  }];
}

const ALARM_DAYS = 31;

/** A bulletin that is not out by its 通报期限 alarms the head of the group on the first working day after it (logistics 16). */
function alarmOf(workbook: Workbook, id: string, cells: Bulletin, isFaulty: boolean, since: Day, clock: RunClock): WantedNotice[] {
  if (cells.due === null || clock.now <= cells.due || dayOf(cells.due) < since || dayOf(cells.due) < clock.today - ALARM_DAYS) return [];
  const isOut = (cells.publishedAt !== null || cells.status === '已发送') && !isFaulty;
  if (isOut || clock.today < workbook.calendar.nextWorkingDay(addDays(dayOf(cells.due), 1))) return [];
  const clause = workbook.policy.bulletins.overdue;
  return groupHeads(workbook).map((recipient): WantedNotice => ({
    key: `督导提醒/${id}/overdue/${recipient}`, type: '督导提醒', itemId: '', recipient, copy: [], channel: '摘要', subject: `通报逾期:${cells.subject || id}`,
    body: `通报 ${id}${cells.subject === '' ? '' : `「${cells.subject}」`}应于 ${formatLimit(cells.due!)} 前发布,至今未发布,请按时通报(${clause})`, clause, needsSignature: false,
  }));
}
