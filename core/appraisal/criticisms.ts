import { dayOf, formatDay, yearOf, type Day } from '../calendar/plain-date.ts';
import { bulletinFaults } from '../bulletins/published.ts';
import type { ChangeList } from '../plan/change-list.ts';
import type { ScoreRule } from '../policy/schema.ts';
import { compareText } from '../workbook/directory.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { monthId } from './periods.ts';
import type { Score } from './scores.ts';

type CriticismRule = Extract<ScoreRule, { kind: 'criticism' }>;

/** One published criticism of a unit, borne by its first responsible person. */
interface Criticism {
  readonly bulletinId: string;
  readonly unit: string;
  readonly person: string;
  readonly on: Day;
  /** Which of its calendar year it is for that unit, from 1. */
  readonly ordinal: number;
}

/** For looking at published bulletins alone: each is judged by the day of its own publication. */
const NO_DAY = 0 as Day;

/**
 * Published criticisms in the order of publication: one for a unit and bulletin (logistics 14). Praise, drafts and what may
 * not be published don't count; each year begins anew.
 */
function criticisms(workbook: Workbook): Criticism[] {
  const published = new Map<string, Day>();
  const { ofBulletin } = bulletinFaults(workbook, NO_DAY);
  for (const row of workbook.sheets.bulletins.rows) {
    const { publishedAt, bulletinId } = row.cells;
    if (publishedAt !== null && !ofBulletin.has(row)) published.set(bulletinId, dayOf(publishedAt));
  }
  const counted = new Set<string>();
  const entries = workbook.sheets.bulletinEntries.rows.flatMap(({ cells }) => {
    const on = published.get(cells.bulletinId);
    const person = cells.person === '' ? workbook.directory.unit(cells.unit)?.head ?? '' : cells.person;
    const once = `${cells.bulletinId}/${cells.unit}`;
    if (cells.verdict !== '批评' || cells.unit === '' || on === undefined || counted.has(once)) return [];
    counted.add(once);
    return [{ bulletinId: cells.bulletinId, unit: cells.unit, person, on }];
  }).sort((a, b) => a.on - b.on || compareText(a.bulletinId, b.bulletinId) || compareText(a.unit, b.unit));
  const counts = new Map<string, number>();
  return entries.map((entry) => {
    const named = workbook.directory.unitNamed(entry.unit);
    // A renamed unit is the same unit: its criticisms of the year add up.
    const key = `${yearOf(entry.on)}/${named?.code || named?.name || entry.unit}`;
    const ordinal = (counts.get(key) ?? 0) + 1;
    counts.set(key, ordinal);
    return { ...entry, ordinal };
  });
}

/** logistics 18: each criticism takes what the unit's own scheme says (通报扣分); blank waits for a person. */
export function criticismScores(workbook: Workbook, rule: CriticismRule): Score[] {
  return criticisms(workbook).map((criticism) => {
    const points = workbook.directory.unit(criticism.unit)?.criticismPoints ?? null;
    const value = points === null ? '「单位」表未填通报扣分,请填确认分值' : `按绩效方案扣${points}分`;
    return {
      scoreId: `${monthId(criticism.on)}/${criticism.bulletinId}/${criticism.unit}/criticism`, month: monthId(criticism.on), unit: criticism.unit,
      person: criticism.person, itemId: '', reason: rule.reason, proposed: points === null ? null : -points,
      working: `${formatDay(criticism.on)}通报批评(${criticism.bulletinId}),当年第${criticism.ordinal}次;${value}`,
      clause: rule.clause, status: points === null ? '建议' : '生效', range: null,
    };
  });
}

/** The talk that follows when a unit reaches the year's threshold, as a task in 问责处理; never twice a year. */
export function planCriticismSanctions(workbook: Workbook, changes: ChangeList): void {
  const known = new Set(workbook.sheets.sanctions.rows.map((row) => row.cells.sanctionId));
  for (const rule of workbook.policy.scores) {
    if (rule.kind !== 'criticism') continue;
    for (const criticism of criticisms(workbook)) {
      const threshold = workbook.parameters.number(rule.thresholdKey, criticism.on);
      if (threshold === null || criticism.ordinal !== threshold) continue;
      const year = String(yearOf(criticism.on));
      const sanctionId = `${year}/${criticism.unit}/${rule.sanction}`;
      if (known.has(sanctionId)) continue;
      changes.append('sanctions', {
        sanctionId, date: criticism.on, period: year, type: rule.sanction, unit: criticism.unit, person: criticism.person, clause: rule.sanctionClause,
        status: '建议', note: `当年第${criticism.ordinal}次通报批评(${criticism.bulletinId})`,
      }, rule.sanctionClause);
    }
  }
}

/** Units barred from 评优 in a year: those that reached its threshold by the last day of the period. Null: no such rule. */
export function barredUnits(workbook: Workbook, last: Day): ReadonlySet<string> | null {
  const rule = workbook.policy.scores.find((candidate) => candidate.kind === 'criticism');
  if (rule === undefined) return null;
  const threshold = workbook.parameters.number(rule.thresholdKey, last);
  return new Set(criticisms(workbook)
    .filter((criticism) => threshold !== null && criticism.ordinal >= threshold && criticism.on <= last && yearOf(criticism.on) === yearOf(last))
    .map((criticism) => workbook.directory.unitNameOn(criticism.unit, last)));
}
