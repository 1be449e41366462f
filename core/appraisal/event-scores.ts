import { dayOf, formatLimit, type Day } from '../calendar/plain-date.ts';
import { goLiveOf } from '../lifecycle/go-live.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { groupOf } from '../lifecycle/status-groups.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { EventScoreRule } from '../policy/appraisal-rules.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { NodeType } from '../workbook/values.ts';
import { occurrenceOf } from './lapse-events.ts';
import type { PeriodLocks } from './locks.ts';
import { monthId, periodOf } from './periods.ts';
import { round } from './round.ts';
import type { Score } from './scores.ts';

type Kind<K extends EventScoreRule['kind']> = Extract<EventScoreRule, { kind: K }>;

/** The scores of events and time nodes. What falls in a locked month is left to a new row by hand. */
export function eventScores(workbook: Workbook, facts: readonly ItemFacts[], locks: PeriodLocks, clock: RunClock): Score[] {
  const coefficients = workbook.policy.scores.filter((rule) => rule.kind === 'coefficient');
  const scores: Score[] = [];
  const isOpen = (on: Day): boolean => !locks.isLocked(periodOf('month', on));
  if (coefficients.length > 0) for (const item of facts) for (const score of coefficientScores(workbook, item, coefficients, clock, isOpen)) scores.push(score);
  for (const rule of workbook.policy.scores) {
    if (rule.kind !== 'external-scheme' && rule.kind !== 'node-late') continue;
    for (const item of facts) {
      const score = rule.kind === 'node-late' ? nodeScore(workbook, rule, item, isOpen) : externalScore(workbook, rule, item, clock, isOpen);
      if (score !== null) scores.push(score);
    }
  }
  return scores;
}

/**
 * expo 12.2b-d: one row per item and month. Within it the heaviest step counts, or all of them (coefficientStacking);
 * across items they add up.
 */
function coefficientScores(
  workbook: Workbook, facts: ItemFacts, rules: readonly Kind<'coefficient'>[], clock: RunClock, isOpen: (on: Day) => boolean,
): Score[] {
  const months = new Map<string, { rule: Kind<'coefficient'>; value: number; on: Day; detail: string }[]>();
  for (const rule of rules) {
    const found = occurrenceOf(workbook, facts, rule, clock);
    if (found === null || !isOpen(found.on)) continue;
    const value = workbook.parameters.number(rule.coefficientKey, periodOf('month', found.on).last);
    if (value === null || value === 0) continue;
    const month = monthId(found.on);
    months.set(month, [...(months.get(month) ?? []), { rule, value, ...found }]);
  }
  return [...months].map(([month, steps]) => {
    const adds = workbook.parameters.text('coefficientStacking', periodOf('month', steps[0]!.on).last) === 'add';
    const heaviest = steps.reduce((a, b) => (b.value < a.value ? b : a));
    const coefficient = adds ? round(steps.reduce((sum, step) => sum + step.value, 0)) : heaviest.value;
    const told = steps.map((step) => `${step.detail},系数${step.value}`).join('；');
    return {
      ...rowOf(facts, month, 'coefficient', adds ? [...new Set(steps.map((step) => step.rule.clause))].join('、') : heaviest.rule.clause, heaviest.rule.reason),
      proposed: null, coefficient, status: '生效',
      working: steps.length === 1 ? told : `${told}；${adds ? '累加' : '同月取最重一档'}=${coefficient}`,
    };
  });
}

/** expo 12.2a, logistics 13b: the amount stands in a scheme that the program doesn't know; `proposed` stays blank. */
function externalScore(workbook: Workbook, rule: Kind<'external-scheme'>, facts: ItemFacts, clock: RunClock, isOpen: (on: Day) => boolean): Score | null {
  const found = occurrenceOf(workbook, facts, rule, clock);
  if (found === null || !isOpen(found.on)) return null;
  const ask = rule.afterMeeting === true ? '会议通过后填确认分值、确认人和会议时间,方可生效' : '按另行制定的绩效办法,请填确认分值';
  return {
    ...rowOf(facts, monthId(found.on), `external-scheme-${rule.on}`, rule.clause, rule.reason),
    proposed: null, working: `${found.detail}；${ask}`, status: '建议', ...(rule.afterMeeting === true ? { afterMeeting: true } : {}),
  };
}

/** platform 4a: a time node passed with nothing handed in. A row without 节点类型 is routine as a node, final as a task. */
function nodeScore(workbook: Workbook, rule: Kind<'node-late'>, facts: ItemFacts, isOpen: (on: Day) => boolean): Score | null {
  if (!facts.late || facts.assessed === null || facts.unit === '' || groupOf(facts.status) === 'void') return null;
  const { nodeType, rowType } = facts.cells;
  if (!facts.counted && rowType !== '节点') return null;
  const on = dayOf(facts.assessed);
  const goLive = goLiveOf(workbook);
  if (!isOpen(on) || (goLive !== null && on < goLive)) return null;
  const type: NodeType = nodeType === '' ? (rowType === '节点' ? '常规节点' : '最终节点') : nodeType as NodeType;
  const points = workbook.parameters.number(rule.pointsKeys[type], periodOf('month', on).last);
  if (points === null || points === 0) return null;
  const result = facts.submittedAt === null ? '未上报' : `${formatLimit(facts.submittedAt)}上报`;
  const inferred = facts.submittedInferred;
  return {
    ...rowOf(facts, monthId(on), 'node-late', rule.clause, rule.reason),
    proposed: -points, working: `${type}时限${formatLimit(facts.assessed)},${result};扣${points}分${inferred ? '(上报时间为推断,待认定)' : ''}`,
    status: inferred ? '待认定' : '生效',
  };
}

function rowOf(facts: ItemFacts, month: string, kind: string, clause: string, reason: string): Pick<Score, 'scoreId' | 'month' | 'unit' | 'person' | 'itemId' | 'reason' | 'clause' | 'range'> {
  return { scoreId: `${month}/${facts.id}/${kind}`, month, unit: facts.unit, person: '', itemId: facts.id, reason, clause, range: null };
}
