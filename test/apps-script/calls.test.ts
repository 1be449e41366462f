import { describe, expect, it } from 'vitest';
import { addDays, at, dayOf, epochOf } from '#core';
import { spreadsheetOf } from '../../bench/apps-script.ts';
import { NOW } from '../../bench/ledger.ts';
import type { Sim } from './fake/sim.ts';

const WRITE = 'Sheets.Spreadsheets.batchUpdate';

function counted(sim: Sim): { all: number; writes: number } {
  sim.resetCalls();
  sim.call('runNow');
  expect(sim.ui.alerts.at(-1)!.text).toMatch(/^巡检完成/);
  return { all: sim.executions.at(-1)!.serviceCalls, writes: sim.calls.get(WRITE) ?? 0 };
}

describe('calls of a run', () => {
  it('do not grow with the rows, and writes stay in a few', () => {
    const runsOf = (rows: number): Readonly<Record<'first' | 'idle' | 'next', ReturnType<typeof counted>>> => {
      const sim = spreadsheetOf(rows);
      sim.world.mail.dailyQuota = 0;
      const first = counted(sim);
      const idle = counted(sim);
      sim.moveTo(epochOf(at(addDays(dayOf(NOW), 1), 9)));
      return { first, idle, next: counted(sim) };
    };
    const small = runsOf(100);
    const large = runsOf(1_000);
    expect(large.idle).toEqual(small.idle);
    expect(small.idle.writes).toBe(0);
    for (const run of ['first', 'next'] as const) {
      expect(large[run].writes).toBeLessThanOrEqual(4);
      // More rows give a run more columns to write, each group of which is read again.
      expect(large[run].all).toBeLessThanOrEqual(small[run].all * 1.25);
    }
  });
});
