import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { at, dayOf, type Delivery, type Moment } from '#core';
import { arbitraryWorld, build, run } from './support/arbitrary-workbook.ts';

it('digests wait for their hour where a host runs by itself; then they tell all that a run in the night would have told', () => {
  fc.assert(fc.property(arbitraryWorld, fc.integer({ min: 0, max: 8 * 60 + 29 }), (world, minute) => {
    const today = dayOf(world.now);
    const night = (at(today, 0) + minute) as Moment;
    const waited = build(world);
    const alone = build(world);
    const told = (sent: readonly Delivery[]): string[] => sent.filter(({ key }) => key.startsWith('每日摘要/')).flatMap(({ key, members }) => [key, ...members]);
    expect(told(run(waited.memory, night, waited.deliveries, 'from-digest-time').sent)).toEqual([]);
    const morning = told(run(waited.memory, at(today, 9), waited.deliveries, 'from-digest-time').sent);
    expect(morning).toEqual(expect.arrayContaining(told(run(alone.memory, night, alone.deliveries).sent)));
  }), { numRuns: 40 });
});
