import { describe, expect, it } from 'vitest';
import { moment } from '../calendar/plain-date.ts';
import { pausesOf } from './pauses.ts';
import type { RequestState } from './requests.ts';

function decided(type: '暂停' | '恢复', at: string, outcome: RequestState['outcome'] = '已批准'): RequestState {
  return { row: { cells: { type } }, outcome, decidedAt: moment(at) } as RequestState;
}

describe('the clock of an item stands', () => {
  it.each<readonly [string, readonly RequestState[], number]>([
    ['from the approval of 暂停 to that of 恢复', [decided('暂停', '2026-03-10 09:00'), decided('恢复', '2026-03-24 09:00')], 14 * 1440],
    ['twice where it was paused twice', [decided('暂停', '2026-03-10 09:00'), decided('恢复', '2026-03-11 09:00'), decided('暂停', '2026-03-12 09:00'), decided('恢复', '2026-03-12 10:00')], 1440 + 60],
    ['from the first of two approvals', [decided('暂停', '2026-03-10 09:00'), decided('暂停', '2026-03-11 09:00'), decided('恢复', '2026-03-12 09:00')], 2 * 1440],
    ['not yet where it was not resumed', [decided('暂停', '2026-03-10 09:00')], 0],
    ['never for what was refused', [decided('暂停', '2026-03-10 09:00', '已驳回'), decided('恢复', '2026-03-24 09:00')], 0],
    ['never backwards', [decided('暂停', '2026-03-10 09:00'), decided('恢复', '2026-03-10 08:00')], 0],
  ])('%s', (_name, requests, minutes) => {
    expect(pausesOf(requests).reduce((sum, pause) => sum + pause.to - pause.from, 0)).toBe(minutes);
  });
});
