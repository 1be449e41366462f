import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { at, dayOf, frozen, pendingDeliveries, planRun, splitNames, type Day } from '#core';
import { arbitraryWorld, build, parse, run } from './support/arbitrary-workbook.ts';

it('a letter whose run died before it saved stands in 通知 with all whom it went to, also on a day when it would not be written any more', () => {
  let cutOff = 0;
  fc.assert(fc.property(arbitraryWorld, fc.constantFrom('sending' as const, 'sent' as const), (world, state) => {
    const { memory, deliveries } = build(world);
    const workbook = parse(memory);
    const plan = planRun(workbook, world.now, deliveries);
    const letters = pendingDeliveries(workbook, plan.notices, deliveries, plan.clock, 'sync-service')
      .filter(({ key }) => !key.startsWith('每日摘要/') && !workbook.index.notice.has(key));
    for (const letter of letters) deliveries.set(letter.key, { ...frozen(letter), state, at: world.now, attempts: state === 'sent' ? 1 : 0, error: '', permanent: false });
    cutOff += letters.length;
    // Long after: limits have passed, and warnings are not due any more.
    run(memory, at(workbook.calendar.nextWorkingDay((dayOf(world.now) + 40) as Day), 9), deliveries);
    const { notice } = parse(memory).index;
    for (const { key, copy, clause } of letters) {
      const cells = notice.get(key)?.cells;
      expect([cells?.status, cells?.error, cells?.clause], key).toEqual(['已发', '', clause]);
      expect(new Set(splitNames(cells!.copy)), key).toEqual(new Set(copy.map(({ name }) => name)));
    }
    expect(run(memory, at(workbook.calendar.nextWorkingDay((dayOf(world.now) + 40) as Day), 10), deliveries).sent).toEqual([]);
  }), { numRuns: 25 });
  expect(cutOff).toBeGreaterThan(0);
});
