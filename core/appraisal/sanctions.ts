import { dayOf, endOfDay, formatLimit, type Day } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { WantedNotice } from '../notices/plan-notices.ts';
import { letter } from '../notices/words.ts';
import type { ChangeList } from '../plan/change-list.ts';
import { assignIds } from '../plan/ids.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { SanctionRule } from '../policy/appraisal-rules.ts';
import { matchesCondition } from '../policy/match-item.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { RowIssue } from '../workbook/issue.ts';
import { splitNames } from '../workbook/names.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { isVeryLate, occurrenceOf, type Occurrence } from './lapse-events.ts';
import { monthId, periodOf } from './periods.ts';
import { responsibilityFor } from './responsibility.ts';

type TaskCells = Pick<CellsOf<'sanctions'>, 'type' | 'unit' | 'itemId' | 'due'>;

/**
 * Keeps 问责处理: drafts the tasks that the items' course calls for (状态 建议: a person decides), completes rows that
 * people wrote, and says what of them is missing. Never drafts one twice, never changes what people decided.
 */
export function planSanctions(workbook: Workbook, facts: readonly ItemFacts[], clock: RunClock, changes: ChangeList, issues: RowIssue[]): void {
  const sheet = workbook.sheets.sanctions;
  const known = new Set(sheet.rows.map((row) => row.cells.sanctionId));
  const held = new Set<string>();
  const rules = workbook.policy.sanctions ?? [];
  if (rules.length > 0) {
    for (const item of facts) {
      for (const rule of rules) {
        const found = occurrenceOf(workbook, item, rule, clock);
        if (found === null) continue;
        const id = sanctionIdOf(item, rule);
        held.add(id);
        if (known.has(id)) continue;
        // The task comes last: a run cut off between makes it again, and with it what is still missing.
        if (rule.bulletin === true) draftBulletin(workbook, item, rule, changes);
        const drafted = draft(workbook, item, rule, found, id, changes);
        const missing = overdueTask(drafted, rule, clock);
        if (missing !== null) issues.push({ code: 'status-incomplete', severity: 'hint', sheet: sheet.name, row: null, column: '状态', value: '建议', message: missing, because: rule.clause });
      }
    }
  }
  const { clauses, accountability } = workbook.policy;
  const blank = sheet.rows.filter((row) => row.cells.sanctionId === '').map((row) => row.ref);
  const fresh = blank.length === 0 ? new Map<unknown, string>() : assignIds('WZ', known, blank, clock.today);
  for (const row of sheet.rows) {
    const { cells } = row;
    const id = cells.sanctionId === '' ? null : cells.sanctionId;
    const clause = cells.type === accountability?.type ? accountability.clause : clauses.lateness;
    if (id === null) changes.want(sheet, row, null, 'sanctionId', fresh.get(row.ref) ?? null, clause);
    if (cells.date === null) changes.want(sheet, row, id, 'date', clock.today, clause);
    if (cells.period === '') changes.want(sheet, row, id, 'period', monthId(cells.date ?? clock.today), clause);
    if (cells.clause === '') changes.want(sheet, row, id, 'clause', clause, clause);
    const missing = whatIsMissing(workbook, row, held, clock);
    if (missing !== null) {
      issues.push({ code: 'status-incomplete', severity: 'hint', sheet: sheet.name, row: row.ref, column: '状态', value: cells.status, message: missing, because: cells.clause });
    }
  }
}

/** 问责通知 to the executing unit once a leader approved the case, and a carried-out task to the unit that files it. */
export function sanctionNotices(workbook: Workbook, today: Day): WantedNotice[] {
  const { accountability, sanctions = [] } = workbook.policy;
  return workbook.sheets.sanctions.rows.flatMap((row): WantedNotice[] => {
    const { cells } = row;
    if (accountability !== undefined && cells.type === accountability.type && cells.status === '已批准' && isApproved(workbook, row) && cells.sanctionId !== '') {
      return [letterOf(workbook, row, '问责通知', accountability.executor, `经${cells.approvedBy}批准,请启动问责程序`, accountability.clause, today)];
    }
    const rule = cells.status === '已执行' ? sanctions.find((candidate) => candidate.fileWith !== undefined && isDraftOf(row, candidate)) : undefined;
    return rule === undefined ? [] : [letterOf(workbook, row, '考核意见', rule.fileWith!, '部门考核意见已提出,请备案', rule.clause, today)];
  });
}

/** What puts units out of 评先 in its year, unless somebody revoked the task. Null: the regulation has no such bar. */
export function awardBars(workbook: Workbook, facts: readonly ItemFacts[], clock: RunClock): readonly { unit: string; on: Day }[] | null {
  const rules = (workbook.policy.sanctions ?? []).filter((rule) => rule.bars === 'award');
  if (rules.length === 0) return null;
  const revoked = new Set(workbook.sheets.sanctions.rows.filter((row) => row.cells.status === '撤销').map((row) => row.cells.sanctionId));
  const bars: { unit: string; on: Day }[] = [];
  for (const item of facts) {
    for (const rule of rules) {
      const found = occurrenceOf(workbook, item, rule, clock);
      if (found !== null && !revoked.has(sanctionIdOf(item, rule))) bars.push({ unit: item.unit, on: found.on });
    }
  }
  return bars;
}

function sanctionIdOf(facts: ItemFacts, rule: SanctionRule): string {
  return `${facts.id}/${rule.on}/${rule.type}/${rule.to}`;
}

function isDraftOf(row: ParsedRow<'sanctions'>, rule: SanctionRule): boolean {
  return row.cells.sanctionId === `${row.cells.itemId}/${rule.on}/${rule.type}/${rule.to}`;
}

function draft(workbook: Workbook, facts: ItemFacts, rule: SanctionRule, found: Occurrence, sanctionId: string, changes: ChangeList): TaskCells {
  const answers = responsibilityFor(workbook, facts);
  const leader = facts.cells.leaderInCharge || (workbook.directory.unit(facts.unit)?.leaderInCharge ?? '');
  const related = `相应责任:协办 ${answers.coUnits.join('、') || '无'},督办 ${answers.supervisor}`;
  const note = [found.detail, rule.ask.replace('{分管领导}', leader === '' ? '分管领导' : `分管领导${leader}`), rule.to === 'related' ? related : '']
    .filter((part) => part !== '').join('；');
  const task = {
    sanctionId, date: found.on, period: monthId(found.on), type: rule.type, unit: facts.unit,
    person: rule.to === 'unitHead' ? answers.first : rule.to === 'handler' ? answers.direct : '', itemId: facts.id, clause: rule.clause,
    status: '建议', due: rule.dueMonthEnd === true ? endOfDay(periodOf('month', found.on).last) : null, note,
  };
  changes.append('sanctions', task, rule.clause);
  return task;
}

/** tax 5: the criticism in public is a draft that the office signs. Its entry comes first, for the same reason. */
function draftBulletin(workbook: Workbook, facts: ItemFacts, rule: SanctionRule, changes: ChangeList): void {
  const bulletinId = `TB-${facts.id}-${rule.type}`;
  if (workbook.sheets.bulletins.rows.some((row) => row.cells.bulletinId === bulletinId)) return;
  const name = facts.cells.confidentiality === '保密' ? facts.id : `${facts.id} ${facts.cells.title}`;
  const matter = `${name}:迟办${facts.daysLate ?? 0}天,造成不良后果`;
  const { first } = responsibilityFor(workbook, facts);
  if (!workbook.sheets.bulletinEntries.rows.some((row) => row.cells.bulletinId === bulletinId)) {
    changes.append('bulletinEntries', { bulletinId, unit: facts.unit, person: first, verdict: '批评', matter }, rule.clause);
  }
  changes.append('bulletins', {
    bulletinId, period: monthId(dayOf(facts.assessed!)), type: '专项通报', form: '文件', status: '草稿', subject: `关于${facts.unit}的通报批评`, body: `${facts.unit}(${first}):${matter}。`,
  }, rule.clause);
}

function whatIsMissing(workbook: Workbook, row: ParsedRow<'sanctions'>, held: ReadonlySet<string>, clock: RunClock): string | null {
  const { cells } = row;
  const { accountability, sanctions = [] } = workbook.policy;
  const rule = sanctions.find((candidate) => isDraftOf(row, candidate));
  const open = cells.status === '建议' || cells.status === '';
  if (accountability !== undefined && cells.type === accountability.type && (cells.status === '已批准' || cells.status === '已执行') && !isApproved(workbook, row)) {
    return `问责未生效:须由${accountability.approvers.join('或')}批准,请填「批准人」(${accountability.clause})`;
  }
  const overdue = rule === undefined || !open ? null : overdueTask(cells, rule, clock);
  if (overdue !== null) return overdue;
  if (rule !== undefined && cells.status === '建议' && !held.has(cells.sanctionId)) {
    return `「${cells.itemId}」现已不符合${cells.type}的条件:请把状态改为撤销(${cells.clause})`;
  }
  return null;
}

/** A task that should have been carried out by its month's end (expo 12.2: the department's opinion). */
function overdueTask(cells: TaskCells, rule: SanctionRule, clock: RunClock): string | null {
  if (rule.dueMonthEnd !== true || cells.due === null || clock.now <= cells.due) return null;
  return `缺${cells.type}:${cells.unit}应在 ${formatLimit(cells.due)} 前提出(事项 ${cells.itemId})(${rule.clause})`;
}

/** Whether somebody who may approve a case did; of a name that 人员 doesn't know nothing can be said. */
function isApproved(workbook: Workbook, row: ParsedRow<'sanctions'>): boolean {
  const { approvedBy } = row.cells;
  const approvers: readonly string[] = workbook.policy.accountability?.approvers ?? [];
  const person = workbook.directory.person(approvedBy);
  return approvedBy !== '' && (person === null || splitNames(person.roles).some((role) => approvers.includes(role)));
}

function letterOf(
  workbook: Workbook, row: ParsedRow<'sanctions'>, type: '问责通知' | '考核意见', recipient: string, ask: string, clause: string, today: Day,
): WantedNotice {
  const { cells } = row;
  return {
    key: `${type}/${cells.sanctionId}/${recipient}`, type, itemId: cells.itemId, recipient, copy: [], channel: '邮件',
    subject: `${type}:${cells.unit}${cells.itemId === '' ? '' : ` ${cells.itemId}`}`,
    body: letter(workbook, recipient, [`${cells.unit}${cells.person === '' ? '' : `(${cells.person})`}${cells.itemId === '' ? '' : `,事项 ${cells.itemId}`}:${ask}(${clause})。`,
      ...(cells.note === '' ? [] : [`说明:${cells.note}`])], today),
    clause, needsSignature: type === '考核意见',
  };
}

/** What the office may want to find of an item that is very late and not marked yet (tax 5): shown in its 提示. */
export function seriousHints(workbook: Workbook, facts: ItemFacts, clock: RunClock): readonly string[] {
  if (facts.daysLate === null || !facts.counted || facts.cells.badConsequence !== '') return NONE;
  const rule = workbook.policy.sanctions?.find((candidate) => candidate.on === 'serious' && matchesCondition(candidate.when, facts.cells));
  return rule === undefined || !isVeryLate(workbook, facts, rule, clock) ? NONE
    : [`迟办${facts.daysLate}天,达到情节较重的建议线:经认定的请把「不良后果」填为是(${rule.clause})`];
}

const NONE: readonly string[] = [];
