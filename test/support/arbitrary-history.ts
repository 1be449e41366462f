import * as fc from 'fast-check';
import { addDays, at, day, formatDay, nextStatuses, type Cell, type Day, type Delivery, type Moment, type Policy, type Status } from '#core';
import { POLICIES } from '#templates';
import { run } from './arbitrary-workbook.ts';
import { MemoryWorkbook } from './memory-workbook.ts';

const FIRST = day('2026-03-02');
const ITEMS = 3;
const RUNNING = ['办理中', '已下发'];

/** One thing a person does to the table. */
export type Gesture =
  /** Goes one legal step on; `choice` picks among the next statuses. */
  | { readonly does: 'advance'; readonly item: number; readonly choice: number }
  /** Fills whatever any guard could ask for. */
  | { readonly does: 'prepare'; readonly item: number }
  /** Answers the level of a request that waits. */
  | { readonly does: 'answer'; readonly request: number; readonly decision: string }
  | { readonly does: 'cell'; readonly item: number; readonly column: string; readonly value: Cell }
  | { readonly does: 'request'; readonly item: number; readonly cells: Readonly<Record<string, Cell>> };

/** What people did in an office, day by day, with a run after each day's work. */
export interface History {
  readonly policy: Policy;
  readonly items: readonly Readonly<Record<string, Cell>>[];
  readonly days: readonly { readonly wait: number; readonly gestures: readonly Gesture[] }[];
}

const later: fc.Arbitrary<string> = fc.integer({ min: 1, max: 40 }).map((days) => formatDay(addDays(FIRST, days)));

function gesture(policy: Policy): fc.Arbitrary<Gesture> {
  const item = fc.nat(ITEMS - 1);
  const cell = (column: string, value: fc.Arbitrary<Cell>): fc.Arbitrary<Gesture> => fc.record({ does: fc.constant('cell' as const), item, column: fc.constant(column), value });
  return fc.oneof(
    { weight: 9, arbitrary: fc.record({ does: fc.constant('advance' as const), item, choice: fc.constantFrom(0, 0, 0, 1, 1, 2, 3) }) },
    { weight: 4, arbitrary: fc.record({ does: fc.constant('prepare' as const), item }) },
    { weight: 2, arbitrary: cell('status', fc.constantFrom(...policy.statuses)) },
    { weight: 1, arbitrary: cell('returnReason', fc.constant('材料不全')) },
    { weight: 1, arbitrary: cell('deadlineSet', later) },
    { weight: 1, arbitrary: cell('deadlineCurrent', later) },
    { weight: 1, arbitrary: cell('specialReason', fc.constant('情况有变')) },
    { weight: 1, arbitrary: cell('defectCount', fc.nat(3)) },
    { weight: 3, arbitrary: fc.record({
      does: fc.constant('request' as const), item,
      cells: fc.record({
        type: fc.constantFrom('延期', '延期', '暂停', '恢复', '办结', '协调', '非职责退回', '重定时限'), reason: fc.constantFrom('需外部配合', '需外部配合', ''),
        progress: fc.constant('已完成一半'), requestedLimit: later, grantedLimit: later, attachments: fc.constant('办结报告'), overrideReason: fc.constantFrom('', '', '特批'),
      }),
    }) },
    { weight: 5, arbitrary: fc.record({ does: fc.constant('answer' as const), request: fc.nat(3), decision: fc.constantFrom('同意', '同意', '同意', '不同意', '转报') }) },
  );
}

/** Random histories of one policy: what an office does in a few weeks, sensible or not. */
export function arbitraryHistory(policy: Policy): fc.Arbitrary<History> {
  return fc.record({
    policy: fc.constant(policy),
    items: fc.array(fc.record({
      status: fc.constantFrom('', ...RUNNING), category: fc.constantFrom(...policy.categories), form: fc.constantFrom(...policy.forms),
      deadlineSet: later, receivedAt: fc.constant('2026-03-01'),
    }), { minLength: ITEMS, maxLength: ITEMS }),
    days: fc.array(fc.record({ wait: fc.integer({ min: 1, max: 6 }), gestures: fc.array(gesture(policy), { minLength: 2, maxLength: 5 }) }), { minLength: 3, maxLength: 8 }),
  });
}

/** Plays a history; `seen` is called after each run. */
export function playHistory(history: History, seen: (memory: MemoryWorkbook, now: Moment) => void): { memory: MemoryWorkbook; now: Moment; deliveries: Map<string, Delivery> } {
  const memory = new MemoryWorkbook();
  memory.add('parameters', { key: 'policy', value: history.policy.id });
  const type = history.policy.assignableUnitTypes[0] ?? '科室';
  memory.add('units', { name: '甲单位', type, head: '甲负责人', dutyPerson: '甲责任人', leaderInCharge: '分管领导甲', contractPoints: 2 });
  for (const [name, roles] of [['甲负责人', '单位负责人'], ['甲责任人', '责任人'], ['甲经办', '承办人'], ['督办专员', '督办专员'], ['分管领导甲', '分管领导、督办领导、主管领导、局领导'], ['总经理', '总经理']] as const) {
    memory.add('people', { name, unit: '甲单位', roles, email: `${String(memory.sheets.get('people')!.rows.length)}@example.com` });
  }
  history.items.forEach((cells, index) => memory.add('items', {
    ...cells, itemId: idOf(index), title: `事项${String(index + 1)}`, leadUnit: '甲单位', handler: '甲经办', dutyPerson: '甲责任人', leaderInCharge: '分管领导甲',
    supervisingLeader: '分管领导甲', requirement: '按要求办理', initiatorUnit: '甲单位', issuedAt: cells['status'] !== '' ? '2026-03-02' : null,
  }));
  // One that lacks nothing gets far, the others meet every guard.
  prepare(memory, idOf(0), FIRST);
  const deliveries = new Map<string, Delivery>();
  let today: Day = FIRST;
  let now = at(today, 9);
  run(memory, now, deliveries);
  seen(memory, now);
  for (const { wait, gestures } of history.days) {
    for (const one of gestures) act(memory, history.policy, one, today);
    today = addDays(today, wait);
    now = at(today, 9);
    run(memory, now, deliveries);
    seen(memory, now);
  }
  return { memory, now, deliveries };
}

function act(memory: MemoryWorkbook, policy: Policy, one: Gesture, today: Day): void {
  switch (one.does) {
    case 'cell': memory.edit('items', idOf(one.item), one.column, one.value); break;
    case 'advance': {
      const row = memory.shown('items').find((shown) => shown['事项编号'] === idOf(one.item))!;
      const next = nextStatuses(policy.id, policy.statuses, (row['状态'] ?? '拟立项') as Status);
      if (next.length > 0) memory.edit('items', idOf(one.item), 'status', next[one.choice % next.length]!);
      break;
    }
    case 'prepare': prepare(memory, idOf(one.item), today); break;
    case 'request':
      memory.add('requests', { ...one.cells, requestId: `SQ-2026-${String(memory.sheets.get('requests')!.rows.length + 1).padStart(3, '0')}`, itemId: idOf(one.item), applicant: '甲经办', appliedAt: formatDay(today) });
      break;
    case 'answer': {
      const { keys, rows } = memory.sheets.get('requests')!;
      const row = rows[one.request];
      const level = [1, 2, 3].find((candidate) => row?.cells[keys.indexOf(`decision${String(candidate)}`)] === null);
      if (row !== undefined && level !== undefined) row.cells[keys.indexOf(`decision${String(level)}`)] = one.decision;
      break;
    }
  }
}

function prepare(memory: MemoryWorkbook, itemId: string, today: Day): void {
  const filled: Readonly<Record<string, Cell>> = {
    result: '全部办完', attachments: '请示、报告、方案、办理情况、办结报告、落实计划、批复', evaluation: '符合要求', specialReason: '情况有变', dispatchOpinion: '由甲单位办理',
    returnReason: '材料不全', returnDue: formatDay(addDays(today, 5)),
  };
  for (const [column, value] of Object.entries(filled)) memory.edit('items', itemId, column, value);
  memory.add('feedback', {
    feedbackId: `FK-${itemId}-${String(memory.sheets.get('feedback')!.rows.length)}`, itemId, at: formatDay(today), by: '甲经办', type: '结果', progress: '全部办完', nextPlan: '无',
    headReviewed: '是', headReviewedAt: formatDay(today),
  });
}

function idOf(index: number): string {
  return `DB-2026-${String(index + 1).padStart(3, '0')}`;
}

export const HISTORY_POLICIES: readonly Policy[] = Object.values(POLICIES);
