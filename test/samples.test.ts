import { describe, expect, it } from 'vitest';
import {
  at, columnsOf, dayOf, isEndOfDay, LIGHTS, parseWorkbook, planRun, REQUEST_TYPES, serialOfDay, serialOfMoment, SHEET_KEYS,
  type CellsOf, type ColumnType, type Day, type Moment, type Policy, type PolicyId, type RunPlan, type SheetKey,
} from '#core';
import { POLICIES, SAMPLES } from '#templates';
import { MemoryWorkbook } from './support/memory-workbook.ts';

/** Kinds of request that an office files as a matter of course; the rest may be shown or not. */
const RARE: ReadonlySet<string> = new Set(['更正', '限期整改']);

function run(id: PolicyId): RunPlan {
  const workbook = new MemoryWorkbook();
  for (const key of SHEET_KEYS) {
    const types = new Map(columnsOf(key).map((column) => [column.key, column.type]));
    for (const row of SAMPLES[id].rows[key] ?? []) {
      workbook.add(key, Object.fromEntries(Object.entries(row).map(([column, value]) => [column, typeof value === 'number' ? serial(types.get(column)!, value) : value])));
    }
  }
  workbook.add('parameters', { key: 'policy', value: id });
  const { workbook: parsed } = parseWorkbook(workbook.snapshot(), POLICIES);
  return planRun(parsed!, at(SAMPLES[id].today, 9));
}

function serial(type: ColumnType, value: number): number {
  if (type === 'day') return serialOfDay(value as Day);
  if (type === 'limit' && isEndOfDay(value as Moment)) return serialOfDay(dayOf(value as Moment));
  return type === 'limit' || type === 'moment' ? serialOfMoment(value as Moment) : value;
}

function rows<S extends SheetKey>(id: PolicyId, sheet: S): readonly Partial<CellsOf<S>>[] {
  return (SAMPLES[id].rows[sheet] ?? []);
}

describe.each(Object.values(POLICIES).map((policy): [string, Policy] => [policy.id, policy]))('the sample of %s', (_id, policy) => {
  const plan = run(policy.id);

  it('shows every status of the dropdown', () => {
    const shown = new Set(rows(policy.id, 'items').map((item) => item.status));
    expect(policy.statuses.filter((status) => !shown.has(status))).toEqual([]);
  });

  it('shows every light', () => {
    const shown = new Set(plan.items.map(({ light }) => light.light));
    expect(LIGHTS.filter((light) => !shown.has(light))).toEqual([]);
  });

  it('shows the requests that the regulation knows, decided and waiting', () => {
    const shown = new Set(rows(policy.id, 'requests').map((request) => request.type));
    const known = REQUEST_TYPES.filter((type) => !RARE.has(type) && policy.approvals.some((rule) => rule.type === type));
    expect(known.filter((type) => !shown.has(type))).toEqual([]);
    const outcomes = new Set(plan.items.flatMap(({ facts }) => facts.requests.map((request) => request.outcome)));
    expect(outcomes).toContain('审批中');
  });

  it('shows every category and form', () => {
    const items = rows(policy.id, 'items');
    expect(policy.forms.filter((form) => !items.some((item) => item.form === form))).toEqual([]);
    expect(policy.categories.filter((category) => !items.some((item) => item.category === category))).toEqual([]);
  });

  it('has at least a dozen items and names posts that 人员 knows', () => {
    expect(rows(policy.id, 'items').length).toBeGreaterThanOrEqual(12);
    const strangers = plan.issues.filter((issue) => /没有(承办人|责任人|牵头单位|协办单位)/.test(issue.message));
    expect(strangers.map((issue) => issue.message)).toEqual([]);
  });
});
