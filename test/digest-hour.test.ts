import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { at, dayOf, pendingDeliveries, planRun, type Day, type Delivery, type Moment } from '#core';
import { arbitraryWorld, build, parse, run } from './support/arbitrary-workbook.ts';

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

it('a digest whose run died before it saved goes out as the same on a later day, and tells nobody anew', () => {
  let cutOff = 0;
  fc.assert(fc.property(arbitraryWorld, fc.constantFrom('sending' as const, 'failed' as const), (world, state) => {
    const { memory, deliveries } = build(world);
    const workbook = parse(memory);
    const isDigest = ({ key }: { readonly key: string }): boolean => key.startsWith('每日摘要/');
    const plan = planRun(workbook, world.now, deliveries);
    const digests = pendingDeliveries(workbook, plan.notices, deliveries, plan.clock, 'sync-service').filter(isDigest);
    for (const { key, subject, body, members } of digests) deliveries.set(key, { key, state, at: world.now, attempts: state === 'failed' ? 1 : 0, error: '', permanent: false, subject, body, members });
    cutOff += digests.length;
    const nextDay = workbook.calendar.nextWorkingDay((dayOf(world.now) + 1) as Day);
    const { sent } = run(memory, at(nextDay, 9), deliveries);
    for (const { key, subject, body, members } of digests) expect(sent).toContainEqual(expect.objectContaining({ key, subject, body, members }));
    const told = sent.filter(isDigest).flatMap(({ members }) => members);
    expect(new Set(told).size).toBe(told.length);
    expect(run(memory, at(nextDay, 10), deliveries).sent).toEqual([]);
  }), { numRuns: 15 });
  expect(cutOff).toBeGreaterThan(0);
});
