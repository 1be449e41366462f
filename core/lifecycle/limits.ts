import { limitAfterDays, limitAfterHours, limitAfterWorkingDays, limitSameWorkingDay, type ComputedLimit } from '../calendar/deadline.ts';
import { dayOf, formatDay, type Moment } from '../calendar/plain-date.ts';
import { matchesCondition } from '../policy/match-item.ts';
import type { DeadlineRule } from '../policy/schema.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

export interface OriginalLimit {
  readonly limit: Moment;
  /** For 时限依据: where the limit comes from, and that it is provisional where the calendar isn't published. */
  readonly basis: string;
  readonly clause: string;
  /** True where a rule counted it, false where people typed it. */
  readonly computed: boolean;
  /** True where a date of the computation lies in a year without a published calendar. */
  readonly provisional: boolean;
}

/** Added to 时限依据 where a date of the computation lies in a year without a published calendar. */
export const PROVISIONAL = '(暂定)';

/**
 * The limit of an item that isn't issued yet: 批示时限 prevails over 要求时限 (company 6.3c), and both over the policy's
 * default; a typed date never rolls. Null where neither a typed nor a default limit exists.
 */
export function originalLimit(workbook: Workbook, item: CellsOf<'items'>): OriginalLimit | null {
  const own = ownLimit(workbook, item);
  if (own?.rule?.withinParent !== true) return own;
  // The parent by its own rule only: a leg of a leg needs no recursion over a chain that people may have bent.
  const parent = workbook.index.item.get(item.parentId)?.cells;
  const whole = parent === undefined ? null : ownLimit(workbook, parent);
  if (whole === null || whole.limit >= own.limit) return own;
  const basis = `${own.rule.clause} ${own.rule.text},不超过全程时限${whole.provisional ? PROVISIONAL : ''}`;
  return { limit: whole.limit, basis, clause: own.clause, computed: whole.computed, provisional: whole.provisional };
}

function ownLimit(workbook: Workbook, item: CellsOf<'items'>): (OriginalLimit & { readonly rule: DeadlineRule | null }) | null {
  const { policy, calendar } = workbook;
  const typed = item.remarkDeadline ?? item.deadlineSet;
  if (typed !== null) {
    const provisional = !calendar.isPublished(dayOf(typed));
    const source = item.remarkDeadline === null ? '要求时限' : '批示时限';
    return { limit: typed, basis: `${source}${provisional ? PROVISIONAL : ''}`, clause: policy.clauses.handling, computed: false, provisional, rule: null };
  }
  for (const rule of policy.deadlines) {
    if (!matchesCondition(rule.when, item)) continue;
    const computed = item.receivedAt === null ? null : applyRule(workbook, rule, item.receivedAt);
    if (computed === null) return null;
    const rolled = computed.rolledFrom === null ? '' : `,${formatDay(computed.rolledFrom)}遇休顺延`;
    return {
      limit: computed.limit,
      basis: `${rule.clause} ${rule.text}${rolled}${computed.provisional ? PROVISIONAL : ''}`,
      clause: rule.clause,
      computed: true,
      provisional: computed.provisional,
      rule,
    };
  }
  return null;
}

/** What an office reads in 时限依据 where the notice set no limit and the unit named one before 下发 (bus 10.3). */
const NAMED_BY_UNIT = '承办单位明确';

/** Whether the typed limit of an item that isn't issued yet was named only after the notice went to the unit without one. */
export function isNamedByUnit(workbook: Workbook, item: CellsOf<'items'>, recorded: CellsOf<'baseline'> | null): boolean {
  if (workbook.policy.clauses.limitByUnit === undefined || recorded?.effectiveStatus !== '待批示') return false;
  if (item.remarkDeadline !== null || item.deadlineSet === null) return false;
  return recorded.deadlineOriginal === null || isUnitsWord(item.deadlineBasis);
}

/** Whether 时限依据 says that the unit named the limit. */
export function isUnitsWord(basis: string): boolean {
  return basis.startsWith(NAMED_BY_UNIT);
}

/** The same limit, with the clause by which the unit named it. */
export function namedByUnit(workbook: Workbook, limit: OriginalLimit): OriginalLimit {
  const { limitByUnit } = workbook.policy.clauses;
  return { ...limit, basis: limit.basis.replace('要求时限', NAMED_BY_UNIT), clause: limitByUnit ?? limit.clause };
}

function applyRule(workbook: Workbook, rule: DeadlineRule, start: Moment): ComputedLimit | null {
  const { calendar, parameters } = workbook;
  const on = dayOf(start);
  if (rule.unit === 'same-workday') return limitSameWorkingDay(calendar, start);
  const count = rule.countKey === undefined ? null : parameters.number(rule.countKey, on);
  if (count === null) return null;
  const startCounts = parameters.flag('startDayCounts', on);
  const byDay = rule.unitKey !== undefined && parameters.text(rule.unitKey, on) === '自然日';
  switch (byDay ? 'day' : rule.unit) {
    case 'workday': return limitAfterWorkingDays(calendar, on, count, startCounts);
    case 'day': return limitAfterDays(calendar, on, count, startCounts, parameters.flag('lastDayRolls', on));
    case 'hour': return limitAfterHours(calendar, start, count);
  }
}
