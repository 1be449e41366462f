import { addDays, civilDate, dayFrom, dayOf, type Day } from '../calendar/plain-date.ts';
import { monthId, periodOf } from '../appraisal/periods.ts';
import { toldSince } from '../lifecycle/go-live.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { WantedNotice } from '../notices/plan-notices.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { CadenceRule } from '../policy/inspection-rules.ts';
import { matchesCondition } from '../policy/match-item.ts';
import { compareText } from '../workbook/directory.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { isInService } from '../workbook/unit-register.ts';
import { inspectionReaders } from './inspectors.ts';
import type { Inspection } from './inspection-rows.ts';

/** That a period has, or soon will have, fewer inspections than the regulation asks. */
export interface CadenceFinding {
  readonly rule: CadenceRule;
  readonly period: string;
  /** `warn` near the end of the period, `missed` after it. */
  readonly stage: 'warn' | 'missed';
  readonly message: string;
}

interface Window { readonly id: string; readonly first: Day; readonly last: Day }

/**
 * logistics 9: what is still missing in the last working days of a period (parameter inspectionWarnWorkdays), and what was
 * missed, from the first working day after it. Periods that ended before the program first saw the table, or before 启用日, are left alone.
 */
export function cadenceFindings(workbook: Workbook, facts: readonly ItemFacts[], inspections: readonly Inspection[], clock: RunClock): CadenceFinding[] {
  const rules = workbook.policy.inspections?.cadences ?? [];
  if (rules.length === 0 || facts.length === 0) return [];
  const since = toldSince(workbook, facts, clock);
  const { calendar } = workbook;
  const warnDays = workbook.parameters.number('inspectionWarnWorkdays', clock.today) ?? 0;
  const found: CadenceFinding[] = [];
  for (const rule of rules) {
    const now = windowOf(rule, clock.today);
    const before = windowOf(rule, addDays(now.first, -1));
    const left = calendar.workingDaysBetween(addDays(clock.today, -1), now.last);
    if (left <= warnDays) found.push(...findingsIn(workbook, rule, now, 'warn', facts, inspections));
    if (before.last >= since && clock.today >= calendar.nextWorkingDay(addDays(before.last, 1))) found.push(...findingsIn(workbook, rule, before, 'missed', facts, inspections));
  }
  return found;
}

/** The first day whose inspections the regulation still counts: of the period before the running one. Null: it counts none. */
export function countedSince(workbook: Workbook, today: Day): Day | null {
  const rules = workbook.policy.inspections?.cadences ?? [];
  return rules.length === 0 ? null : Math.min(...rules.map((rule) => windowOf(rule, addDays(windowOf(rule, today).first, -1)).first)) as Day;
}

/** Each finding is told once to every member of the group. */
export function cadenceNotices(workbook: Workbook, findings: readonly CadenceFinding[]): WantedNotice[] {
  const readers = findings.length === 0 ? [] : inspectionReaders(workbook);
  return findings.flatMap((finding) => readers.map((recipient): WantedNotice => ({
    key: `督导提醒/${finding.rule.kind}/${finding.period}/${finding.stage}/${recipient}`, type: '督导提醒', itemId: '', recipient, copy: [], channel: '摘要',
    subject: `督查次数:${finding.period}`, body: finding.message, clause: finding.rule.clause, needsSignature: false,
  })));
}

function findingsIn(
  workbook: Workbook, rule: CadenceRule, window: Window, stage: CadenceFinding['stage'], facts: readonly ItemFacts[], inspections: readonly Inspection[],
): CadenceFinding[] {
  const least = workbook.parameters.number(rule.minKey, window.last);
  if (least === null) return [];
  const inside = inspections.filter(({ on }) => on >= window.first && on <= window.last);
  const short = (rule.kind === 'unit-month' ? unitsToInspect(workbook, rule, window).map((name) => ({ name, has: inside.filter(({ unit }) => unit === name).length }))
    : mattersToInspect(workbook, rule, window, facts, inside))
    .filter(({ has }) => has < least).map(({ name, has }) => `${name}缺${least - has}次`);
  if (short.length === 0) return [];
  const words = stage === 'warn' ? '督查次数尚不足,请在期末前安排' : '督查次数不足,记为督查组未完成';
  return [{ rule, period: window.id, stage, message: `${window.id} ${words}:${short.join('、')}(${rule.clause})` }];
}

function unitsToInspect(workbook: Workbook, rule: Extract<CadenceRule, { kind: 'unit-month' }>, window: Window): string[] {
  return workbook.directory.units
    .filter((unit) => rule.unitTypes.includes(unit.type) && isInService(unit, window.last)).map((unit) => unit.name).sort(compareText);
}

/** Overall one count for all items of the kind that were open in the window, or one for each. */
function mattersToInspect(
  workbook: Workbook, rule: Extract<CadenceRule, { kind: 'item-window' }>, window: Window, facts: readonly ItemFacts[], inside: readonly Inspection[],
): { name: string; has: number }[] {
  const items = facts.filter((item) => item.counted && item.issuedAt !== null && dayOf(item.issuedAt) <= window.last
    && (item.closedAt === null || dayOf(item.closedAt) >= window.first) && matchesCondition(rule.when, item.cells));
  if (items.length === 0) return [];
  if (workbook.parameters.text(rule.perKey, window.last) === '每件') {
    return items.map((item) => ({ name: item.id, has: inside.filter((inspection) => inspection.item === item).length }));
  }
  const ids = new Set(items);
  return [{ name: rule.matter, has: inside.filter(({ item }) => item !== undefined && ids.has(item)).length }];
}

function windowOf(rule: CadenceRule, on: Day): Window {
  if (rule.kind === 'unit-month') {
    const { first, last } = periodOf('month', on);
    return { id: monthId(first), first, last };
  }
  const { year, month } = civilDate(on);
  const start = month - ((month - 1) % rule.months);
  const first = dayFrom(year, start, 1)!;
  const { last } = periodOf('month', dayFrom(year, start + rule.months - 1, 1)!);
  return { id: `${monthId(first)}至${monthId(last)}`, first, last };
}
