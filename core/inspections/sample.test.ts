import { describe, expect, it } from 'vitest';
import { drawUnits } from './sample.ts';

const EIGHT = ['仓储部', '运输部', '财务部', '办公室', '市场部', '安全部', '工程部', '人力资源部'];

describe('drawing units for an unannounced inspection', () => {
  it('draws the same units from the same seed, however the sheet is sorted', () => {
    const drawn = drawUnits(EIGHT, '20260301/2026-03', 2);
    expect(drawn).toHaveLength(2);
    expect(drawUnits([...EIGHT].reverse(), '20260301/2026-03', 2)).toEqual(drawn);
  });

  it('never draws a unit twice, nor more than there are', () => {
    expect([...drawUnits([...EIGHT, ...EIGHT], '1/2026-03', 99)].sort()).toEqual([...EIGHT].sort());
  });

  it('draws every unit about as often as any other', () => {
    const counts = new Map(EIGHT.map((unit) => [unit, 0]));
    for (let seed = 0; seed < 4000; seed += 1) for (const unit of drawUnits(EIGHT, `${seed}/2026-03`, 2)) counts.set(unit, counts.get(unit)! + 1);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });
});
