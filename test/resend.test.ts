import { describe, expect, it } from 'vitest';
import { at, day, planRun, pendingDeliveries, type Delivery, type Moment } from '#core';
import { parse } from './support/arbitrary-workbook.ts';
import { MemoryWorkbook } from './support/memory-workbook.ts';
import { openOffice, People } from './quarter/people.ts';
import { diceFrom, UNITS } from './fortnight/office.ts';

const MONDAY = day('2026-03-16');
const HANDLERS = UNITS.map((_, index) => `desk${String(index)}@example.com`);
type Outcome = 'sent' | 'refused';

const isMine = (key: string): boolean => key.startsWith('立项下发/') && key.endsWith('经办');

/** An office with one new matter, whose 立项下发 goes to its handler and its head by letters of their own; the handler's meets with an outcome, the others arrive. */
function office(): { row: () => Record<string, string>; release: () => void; home: () => string; run: (now: Moment, outcome: Outcome) => string[] } {
  const memory = new MemoryWorkbook();
  openOffice(memory);
  new People(memory, diceFrom(1)).register(1, '2026-03-16', '09:00', false);
  const deliveries = new Map<string, Delivery>();
  const letter = (): Record<string, string> => memory.shown('notices').find((row) => isMine(row['通知编号']!))!;
  return {
    row: letter,
    home: () => JSON.stringify(memory.home),
    release: () => memory.edit('notices', letter()['通知编号']!, 'status', '待发'),
    run(now, outcome) {
      const workbook = parse(memory);
      const plan = planRun(workbook, now, deliveries);
      const pending = pendingDeliveries(workbook, plan.notices, deliveries, plan.clock, 'sync-service');
      for (const { key, attempts, subject, body, members } of pending) {
        const failed = isMine(key) && outcome === 'refused';
        deliveries.set(key, {
          key, state: failed ? 'failed' : 'sent', at: now, attempts: attempts + 1, error: failed ? outcome : '', permanent: failed, refused: failed ? HANDLERS : [], subject, body, members,
        });
      }
      memory.apply(planRun(workbook, now, deliveries).changes);
      return pending.map(({ key }) => key).filter((key) => key === letter()['通知编号']);
    },
  };
}

describe('a person sends a notice again by setting 待发', () => {
  it('one that was refused for good: once, at the next run', () => {
    const { row, home, release, run } = office();
    expect(run(at(MONDAY, 10), 'refused')).toHaveLength(1);
    expect(home()).toMatch(/「人员」表 .*经办 的邮箱 desk\d@example\.com 被邮件服务器拒收/);
    expect(row()).toMatchObject({ 状态: '失败', 错误: 'refused', 尝试次数: '1' });
    expect(run(at(MONDAY, 15), 'sent')).toEqual([]);
    release();
    expect(run(at(MONDAY, 15, 1), 'sent')).toHaveLength(1);
    expect(row()).toMatchObject({ 状态: '已发', 尝试次数: '2' });
    expect(home()).not.toContain('拒收');
    expect(run(at(MONDAY, 16), 'sent')).toEqual([]);
  });

  it('one that is refused again is 失败 again, with the new reason', () => {
    const { row, release, run } = office();
    run(at(MONDAY, 10), 'refused');
    release();
    run(at(MONDAY, 10, 1), 'refused');
    expect(row()).toMatchObject({ 状态: '失败', 尝试次数: '2' });
  });

  it('one that was sent', () => {
    const { row, release, run } = office();
    run(at(MONDAY, 10), 'sent');
    release();
    expect(run(at(MONDAY, 11), 'sent')).toHaveLength(1);
    expect(row()).toMatchObject({ 状态: '已发', 发送时间: '2026-03-16 11:00' });
    expect(run(at(MONDAY, 12), 'sent')).toEqual([]);
  });
});
