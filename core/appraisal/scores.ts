import { addDays, dayOf, formatLimit, type Day } from '../calendar/plain-date.ts';
import { goLiveOf } from '../lifecycle/go-live.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { correctionNote } from '../lifecycle/corrections.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { ScoreRule } from '../policy/schema.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { compareText } from '../workbook/directory.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { ScoreStatus } from '../workbook/values.ts';
import { criticismScores } from './criticisms.ts';
import { eventScores } from './event-scores.ts';
import { round } from './round.ts';
import type { PeriodLocks } from './locks.ts';
import { monthId, parsePeriod, periodOf } from './periods.ts';

/** One automatic row of 考核计分 as it should stand. `proposed` is null where a person must find the value. */
export interface Score {
  readonly scoreId: string;
  readonly month: string;
  readonly unit: string;
  /** Who answers in person, where the rule names somebody; else ''. */
  readonly person: string;
  readonly itemId: string;
  readonly reason: string;
  readonly proposed: number | null;
  readonly working: string;
  readonly clause: string;
  readonly status: Extract<ScoreStatus, '建议' | '生效' | '待认定'>;
  /** Range a confirmation must keep to, as positive points. */
  readonly range: { readonly min: number; readonly max: number } | null;
  /** 系数调整, where the rule moves the unit's coefficient instead of points. */
  readonly coefficient?: number;
  /** In force only once a meeting has passed it: 确认分值, 确认人 and 确认时间 are people's (logistics 13b). */
  readonly afterMeeting?: boolean;
  /** Last day that moved the value, from which an appeal has its time where later than the month's end; null: still growing. */
  readonly movedOn?: Day | null;
}

/** A missed limit or a bad result of a month, from which the rules of a policy make scores. */
interface Lapse {
  readonly facts: ItemFacts;
  readonly month: string;
  /** Late days that belong to the month (days after a lock go to the month they fall in). */
  readonly lateDays: number;
  readonly defects: number;
  readonly consequence: boolean;
  readonly on: Day;
}

/**
 * The automatic scores of all items. Attribution: the month of the missed limit; where that month is locked, only the
 * days after the lock, in the first month that is open (contract: 考核计分).
 */
export function desiredScores(workbook: Workbook, facts: readonly ItemFacts[], locks: PeriodLocks, clock: RunClock): Score[] {
  return scoresOf(workbook, facts, facts.flatMap((item) => lapseOf(workbook, item, locks)), locks, clock);
}

/** What one item would score up to and including a day, as if no month had been locked: what a reversal is measured by. */
export function scoresThrough(workbook: Workbook, item: ItemFacts, through: Day, clock: RunClock): Score[] {
  const lapses = lapseOf(workbook, item, OPEN).filter(({ on }) => on <= through).map((lapse) => ({ ...lapse, lateDays: Math.min(lapse.lateDays, through - lapse.on) }));
  return scoresOf(workbook, [item], lapses, OPEN, clock).filter(({ month }) => parsePeriod(month)!.last <= through);
}

const OPEN: PeriodLocks = { lockedThrough: null, isLocked: () => false };

function scoresOf(workbook: Workbook, facts: readonly ItemFacts[], lapses: readonly Lapse[], locks: PeriodLocks, clock: RunClock): Score[] {
  const scores: Score[] = eventScores(workbook, facts, locks, clock);
  for (const rule of workbook.policy.scores) {
    switch (rule.kind) {
      case 'late-day': for (const lapse of lapses) scores.push(...lateDayScore(workbook, rule, lapse)); break;
      case 'defect': for (const lapse of lapses) scores.push(...defectScore(workbook, rule, lapse)); break;
      case 'consequence': for (const lapse of lapses) scores.push(...consequenceScore(workbook, rule, lapse)); break;
      case 'criticism': scores.push(...criticismScores(workbook, rule)); break;
      case 'coefficient': case 'external-scheme': case 'node-late': break;
      // One by one: where every lapse has a score of its own, they are too many for the arguments of one call.
      case 'unit-month-range': case 'unit-month-contract': for (const score of unitMonthScores(workbook, rule, lapses)) scores.push(score); break;
    }
  }
  return withCorrections(scores, facts).sort((a, b) => compareText(a.scoreId, b.scoreId));
}

/** 计算过程 names the 更正 that a score rests on. */
function withCorrections(scores: Score[], facts: readonly ItemFacts[]): Score[] {
  const notes = new Map<string, string>();
  for (const { id, requests } of facts) {
    const note = requests.length === 0 ? '' : correctionNote(requests);
    if (note !== '') notes.set(id, note);
  }
  return notes.size === 0 ? scores : scores.map((score) => {
    const note = notes.get(score.itemId);
    return note === undefined ? score : { ...score, working: `${score.working};${note}` };
  });
}

function lapseOf(workbook: Workbook, facts: ItemFacts, locks: PeriodLocks): Lapse[] {
  if (!facts.counted || facts.unit === '') return [];
  const defects = facts.cells.defectCount ?? 0;
  const consequence = facts.cells.badConsequence === '是';
  if (!facts.late && defects <= 0) return [];
  const on = facts.late ? dayOf(facts.assessed!) : facts.submittedAt === null ? null : dayOf(facts.submittedAt);
  if (on === null) return [];
  const goLive = goLiveOf(workbook);
  if (goLive !== null && on < goLive) return [];
  const locked = locks.lockedThrough;
  if (locked === null || on > locked) {
    return [{ facts, month: monthId(on), lateDays: facts.daysLate ?? 0, defects, consequence, on }];
  }
  const after = addDays(locked, 1);
  const remaining = (facts.daysLate ?? 0) - (locked - on);
  return remaining > 0 ? [{ facts, month: monthId(after), lateDays: remaining, defects: 0, consequence: false, on: after }] : [];
}

/** e.g. tax 5.1: so many points a day, calendar days, no cap. */
function lateDayScore(workbook: Workbook, rule: Extract<ScoreRule, { kind: 'late-day' }>, lapse: Lapse): Score[] {
  const { facts } = lapse;
  const each = workbook.parameters.number(rule.pointsKey, lastDayOfMonth(lapse.on));
  if (each === null || !facts.late || lapse.lateDays <= 0) return [];
  const points = round(lapse.lateDays * each);
  const until = facts.submittedAt === null ? '尚未上报' : `${formatLimit(facts.submittedAt)}上报`;
  return [itemScore(rule, lapse, points, `考核时限${formatLimit(facts.assessed!)},${until};迟办${lapse.lateDays}天×${each}分=${points}分`)];
}

function defectScore(workbook: Workbook, rule: Extract<ScoreRule, { kind: 'defect' }>, lapse: Lapse): Score[] {
  const each = workbook.parameters.number(rule.pointsKey, lastDayOfMonth(lapse.on));
  if (each === null || lapse.defects <= 0) return [];
  const points = round(lapse.defects * each);
  return [itemScore(rule, lapse, points, `不符合要求${lapse.defects}处×${each}分=${points}分`)];
}

/** Only with lateness or a defect, once per item (tax 5.1). */
function consequenceScore(workbook: Workbook, rule: Extract<ScoreRule, { kind: 'consequence' }>, lapse: Lapse): Score[] {
  const points = workbook.parameters.number(rule.pointsKey, lastDayOfMonth(lapse.on));
  if (points === null || !lapse.consequence) return [];
  return [itemScore(rule, lapse, points, `迟办或错办造成不良后果,加扣${points}分`)];
}

function itemScore(rule: Extract<ScoreRule, { confirm: 'automatic' | 'person' }>, lapse: Lapse, points: number, working: string): Score {
  const { facts } = lapse;
  const inferred = rule.kind === 'late-day' && facts.submittedInferred;
  return {
    scoreId: `${lapse.month}/${facts.id}/${rule.kind}`, month: lapse.month, unit: facts.unit, person: '', itemId: facts.id,
    reason: rule.reason, proposed: -points, working: inferred ? `${working}(上报时间为推断,待认定)` : working, clause: rule.clause,
    status: inferred ? '待认定' : rule.confirm === 'automatic' ? '生效' : '建议', range: null,
    movedOn: facts.submittedAt === null ? null : dayOf(facts.submittedAt),
  };
}

/** bus 15.2: one row per unit and month; branches within a range, departments by their own contract. */
function unitMonthScores(
  workbook: Workbook, rule: Extract<ScoreRule, { kind: 'unit-month-range' | 'unit-month-contract' }>, lapses: readonly Lapse[],
): Score[] {
  const groups = new Map<string, Lapse[]>();
  for (const lapse of lapses) {
    const unit = workbook.directory.unitNameOn(lapse.facts.unit, lastDayOfMonth(lapse.on));
    if (workbook.directory.unit(unit)?.type !== rule.unitType) continue;
    const perItem = rule.kind === 'unit-month-range' && workbook.parameters.text(rule.perKey, lapse.on) === '每件';
    const key = `${lapse.month}/${perItem ? lapse.facts.id : unit}`;
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [lapse]);
    else list.push(lapse);
  }
  return [...groups].map(([key, members]) => unitMonthScore(workbook, rule, key, members));
}

function unitMonthScore(
  workbook: Workbook, rule: Extract<ScoreRule, { kind: 'unit-month-range' | 'unit-month-contract' }>, key: string, members: readonly Lapse[],
): Score {
  const { facts, month, on } = members[0]!;
  const late = members.filter((lapse) => lapse.facts.late).map((lapse) => lapse.facts.id).sort(compareText);
  const poor = members.filter((lapse) => lapse.defects > 0).map((lapse) => lapse.facts.id).sort(compareText);
  const found = [late.length > 0 ? `不及时${late.length}件(${late.join('、')})` : '', poor.length > 0 ? `不圆满${poor.length}件(${poor.join('、')})` : '']
    .filter((part) => part !== '').join(',');
  const monthEnd = lastDayOfMonth(on);
  const min = rule.kind === 'unit-month-range' ? workbook.parameters.number(rule.minKey, monthEnd) : null;
  const max = rule.kind === 'unit-month-range' ? workbook.parameters.number(rule.maxKey, monthEnd) : null;
  const points = rule.kind === 'unit-month-range'
    ? workbook.parameters.number(rule.proposedKey, monthEnd)
    : workbook.directory.unit(facts.unit)?.contractPoints ?? null;
  const advice = rule.kind === 'unit-month-range'
    ? `建议扣${points ?? '?'}分,请在${min ?? '?'}-${max ?? '?'}分内确认`
    : points === null ? '「单位」表未填责任书扣分,请填确认分值' : `责任书标准扣${points}分`;
  return {
    scoreId: `${key}/${rule.kind}`, month, unit: workbook.directory.unitNameOn(facts.unit, monthEnd), person: '', itemId: members.length === 1 ? facts.id : '',
    reason: late.length > 0 ? '不及时' : '不圆满', proposed: points === null ? null : -points,
    working: `${found};${advice}`, clause: rule.clause, status: '建议',
    range: min === null || max === null ? null : { min, max },
  };
}

/** 扣分原因 of a row that takes back, in an open month, what a locked month counts too much. */
export const REVERSAL = '冲正';

/** What a row takes off or adds: the confirmed value, else the proposed one where it is in force, else nothing yet. */
export function countedPoints(row: Pick<CellsOf<'scores'>, 'origin' | 'status' | 'proposed' | 'confirmed' | 'coefficient' | 'reason'>): number {
  if (row.status !== '生效' || row.coefficient !== null) return 0;
  if (row.reason === REVERSAL) return row.confirmed ?? 0;
  if (row.confirmed === null) return row.proposed ?? 0;
  return row.origin === '自动' ? -Math.abs(row.confirmed) : row.proposed ?? row.confirmed;
}

/** What a row takes off the unit's coefficient of the month, on the same terms. */
export function countedCoefficient(row: Pick<CellsOf<'scores'>, 'status' | 'confirmed' | 'coefficient' | 'reason'>): number {
  if (row.status !== '生效' || row.coefficient === null) return 0;
  if (row.reason === REVERSAL) return row.confirmed ?? 0;
  return row.confirmed === null ? row.coefficient : -Math.abs(row.confirmed);
}

function lastDayOfMonth(on: Day): Day {
  return periodOf('month', on).last;
}
