import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edgeBetween, planRun, type Policy, type Status } from '#core';
import { parse } from './support/arbitrary-workbook.ts';
import { arbitraryHistory, HISTORY_POLICIES, playHistory, type History } from './support/arbitrary-history.ts';
import type { MemoryWorkbook } from './support/memory-workbook.ts';

const RUNS = { numRuns: 30 };
const POLICY_TABLE = HISTORY_POLICIES.map((policy) => [policy.id, policy] as const);

type Shown = Readonly<Record<string, string>>;
const byId = (memory: MemoryWorkbook, key: 'items' | 'baseline'): Map<string, Shown> => new Map(memory.shown(key).map((row) => [row['事项编号']!, row]));

/** Whether a status can be reached from another along edges of the policy: a run may follow several that requests opened. */
function reachable(policy: Policy, from: Status, to: Status): boolean {
  const seen = new Set<Status>([from]);
  for (const status of seen) for (const next of policy.statuses) if (edgeBetween(policy.id, policy.statuses, status, next) !== null) seen.add(next);
  return seen.has(to);
}

function forEveryHistory(policy: Policy, property: (history: History) => void): void {
  fc.assert(fc.property(arbitraryHistory(policy), property), RUNS);
}

describe.each(POLICY_TABLE)('random histories of %s', (_id, policy) => {
  it('reach no illegal state: every effective status follows from the one before along the edges of the policy', () => {
    forEveryHistory(policy, (history) => {
      const before = new Map<string, Status>();
      playHistory(history, (memory) => {
        for (const [id, row] of byId(memory, 'baseline')) {
          const status = row['生效状态'] as Status;
          expect(policy.statuses).toContain(status);
          const stood = before.get(id);
          if (stood !== undefined && stood !== status) expect(reachable(policy, stood, status), `${id}: ${stood} -> ${status}`).toBe(true);
          before.set(id, status);
        }
      });
    });
  });

  it('never move an issued limit but by an approved request', () => {
    forEveryHistory(policy, (history) => {
      const issued = new Map<string, string>();
      playHistory(history, (memory) => {
        const approved = new Set(memory.shown('requests').filter((row) => row['结果'] === '已批准').map((row) => row['事项编号']!));
        const standing = byId(memory, 'baseline');
        for (const [id, row] of byId(memory, 'items')) {
          const original = row['原定时限'] ?? '';
          // Sent back to be dispatched anew (tax 4.3), its limit is the supervising unit's to fix again.
          if (['拟立项', '待分办'].includes(standing.get(id)?.['生效状态'] ?? '')) issued.delete(id);
          if (issued.has(id)) expect(original, `${id} 原定时限`).toBe(issued.get(id));
          if (standing.get(id)?.['下发时间'] !== undefined && original !== '' && !['拟立项', '待分办'].includes(standing.get(id)!['生效状态']!)) issued.set(id, original);
          if (issued.has(id) && !approved.has(id)) expect(row['现行时限'], `${id} 现行时限`).toBe(issued.get(id));
        }
      });
    });
  });

  it('score what their parts sum up to, and count nothing twice', () => {
    forEveryHistory(policy, (history) => {
      const { memory } = playHistory(history, () => undefined);
      const sums = new Map<string, number>();
      const ids = memory.shown('scores').map((row) => row['计分编号']!);
      expect(new Set(ids).size).toBe(ids.length);
      for (const row of memory.shown('scores')) {
        const counts = row['状态'] === '生效' ? Number(row['确认分值'] ?? row['建议分值'] ?? 0) : 0;
        if (row['事项编号'] !== undefined) sums.set(row['事项编号'], (sums.get(row['事项编号']) ?? 0) + counts);
        expect(row['依据条款']).toMatch(new RegExp(`^${policy.id}-`));
        expect(row['计算过程'] ?? '').not.toBe('');
      }
      for (const [id, row] of byId(memory, 'items')) expect(Number(row['累计扣分'] ?? 0)).toBeCloseTo(sums.get(id) ?? 0, 6);
    });
  });

  it('say the same in any order of rows: a run over shuffled rows plans nothing', () => {
    forEveryHistory(policy, (history) => {
      const { memory, now, deliveries } = playHistory(history, () => undefined);
      for (const sheet of memory.sheets.values()) sheet.rows.reverse();
      expect(planRun(parse(memory), now, deliveries).changes).toEqual([]);
    });
  });
});
