import { describe, expect, it } from 'vitest';
import { addDays, at, columnsOf, day, formatDay, formatLimit, formatMoment, pendingDeliveries, pendingGroupNews, planRun, SHEET_KEYS, type Cell, type Day, type Delivery, type Moment, type SheetKey } from '#core';
import { deliverAll } from '../scenarios/scenario.ts';
import { SAMPLES } from '../templates/samples.ts';
import { parse } from './support/arbitrary-workbook.ts';
import { MemoryWorkbook } from './support/memory-workbook.ts';

const MONDAY = day('2026-03-16');
type Row = Record<string, string>;

/** A row of a sample as cells of a workbook. */
function typed(key: SheetKey, values: Readonly<Record<string, unknown>>): Record<string, Cell> {
  const types = new Map(columnsOf(key).map((column) => [column.key, column.type]));
  return Object.fromEntries(Object.entries(values).map(([column, value]): [string, Cell] => {
    const type = types.get(column);
    if (type === 'day') return [column, formatDay(value as Day)];
    return [column, type === 'limit' ? formatLimit(value as Moment) : type === 'moment' ? formatMoment(value as Moment) : value as Cell];
  }));
}

/** Two items of one handler that fall due; mails go out only where the mail server takes them. */
function office(): { memory: MemoryWorkbook; run: (now: Moment, isServerUp: boolean) => Delivery[]; notices: () => Row[] } {
  const memory = new MemoryWorkbook();
  memory.add('parameters', { key: 'policy', value: 'tax' });
  memory.add('units', { unit: '征管科', unitType: '科室', head: '科长' });
  for (const [name, roles] of [['督办专员', '督办专员'], ['科长', '单位负责人'], ['经办', '承办人']] as const) memory.add('people', { name, unit: '征管科', roles, email: `${name}@example.com` });
  for (const [itemId, title] of [['T-1', '线索核查'], ['T-2', '欠税清缴']] as const) {
    memory.add('items', { itemId, title, leadUnit: '征管科', handler: '经办', form: '紧急', status: '办理中', issuedAt: '2026-03-09 09:00', deadlineSet: '2026-03-17' });
  }
  const deliveries = new Map<string, Delivery>();
  return {
    memory,
    notices: () => memory.shown('notices'),
    run(now, isServerUp) {
      const workbook = parse(memory);
      const plan = planRun(workbook, now, deliveries);
      const tried = pendingDeliveries(workbook, plan.notices, deliveries, plan.clock, 'sync-service').map(({ key, attempts, subject, body, members }): Delivery => (
        { key, state: isServerUp ? 'sent' : 'failed', at: now, attempts: attempts + 1, error: isServerUp ? '' : '连不上', permanent: false, subject, body, members }));
      for (const delivery of tried) deliveries.set(delivery.key, delivery);
      memory.apply(planRun(workbook, now, deliveries).changes);
      expect(planRun(parse(memory), now, deliveries).changes).toEqual([]);
      return isServerUp ? tried : [];
    },
  };
}

describe('an item that is made 保密 while mails about it wait', () => {
  it('a digest that could not be sent is written anew: by number alone, and without the item for whoever it does not name', () => {
    const { memory, run, notices } = office();
    run(at(MONDAY, 9), true);
    run(at(day('2026-03-17'), 9), false);
    const waiting = notices().filter((row) => row['类型'] === '每日摘要' && row['状态'] === '待发');
    expect(waiting.map((row) => row['正文']!.includes('线索核查'))).toContain(true);
    memory.edit('items', 'T-1', 'confidentiality', '保密');
    const sent = run(at(day('2026-03-17'), 15), true);
    expect(sent.length).toBeGreaterThan(0);
    for (const { subject, body } of sent) expect(`${subject}\n${body}`).not.toContain('线索核查');
    const digests = sent.filter(({ key }) => key.startsWith('每日摘要/'));
    expect(digests.find(({ key }) => key.endsWith('/经办'))!.body).toMatch(/T-1 \(保密事项\)/);
    expect(digests.find(({ key }) => key.endsWith('/经办'))!.body).toContain('欠税清缴');
    for (const { key, body } of digests) if (!key.endsWith('/经办')) expect(body).not.toContain('T-1');
  });

  it('nor does a group hear more than its number, whose robot could not be reached before', () => {
    const { memory, run } = office();
    const group = { name: '工作群', channel: '企业微信群' } as const;
    const now = at(day('2026-03-17'), 9);
    run(at(MONDAY, 9), true);
    run(now, true);
    const news = (deliveries: ReadonlyMap<string, Delivery>, minutes: number): string => {
      const workbook = parse(memory);
      return pendingGroupNews(workbook, planRun(workbook, at(day('2026-03-17'), 9, minutes), deliveries), deliveries, group, 'sync-service')?.body ?? '';
    };
    const body = news(new Map(), 0);
    expect(body).toMatch(/T-1 线索核查/);
    const key = `每日摘要/2026-03-17 09:00/${group.name}`;
    const failed = new Map<string, Delivery>([[key, { key, state: 'failed', at: now, attempts: 1, error: '连不上', permanent: false, channel: group.channel, subject: '', body, members: [] }]]);
    memory.edit('items', 'T-1', 'confidentiality', '保密');
    expect(news(failed, 50)).toMatch(/T-1 \(保密事项\)[^]*T-2 欠税清缴/);
  });
});

it('a confidential item whose row is gone is asked for by its number alone', () => {
  const { memory, run } = office();
  memory.edit('items', 'T-1', 'confidentiality', '保密');
  run(at(MONDAY, 9), true);
  run(at(day('2026-03-17'), 9), true);
  memory.sheets.get('items')!.rows.length = 0;
  run(at(day('2026-03-17'), 10), true);
  expect(JSON.stringify(memory.home)).toMatch(/事项 T-1「\(保密事项\)」的行不见了[^]*事项 T-2「欠税清缴」的行不见了/);
});

it.each(Object.entries(SAMPLES))('whatever is told of a confidential item says so: by this what was written before is known (%s)', (id, { rows, today }) => {
  const memory = new MemoryWorkbook();
  memory.add('parameters', { key: 'policy', value: id });
  const named = rows.people![0]!.name!;
  for (const key of SHEET_KEYS) for (const values of rows[key] ?? []) {
    memory.add(key, typed(key, key === 'items' ? { ...values, confidentiality: '保密', handler: named, leaderInCharge: named } : values));
  }
  const deliveries = new Map<string, Delivery>();
  for (const [days, hour] of [[0, 9], [1, 9], [4, 16], [14, 9], [18, 9]] as const) {
    const now = at(addDays(today, days), hour);
    deliverAll(planRun(parse(memory), now, deliveries), now, deliveries);
    memory.apply(planRun(parse(memory), now, deliveries).changes);
  }
  const told = memory.shown('notices').filter((row) => (row['事项编号'] ?? '') !== '' && row['类型'] !== '问责通知' && row['类型'] !== '考核意见');
  expect(told.length).toBeGreaterThan(5);
  for (const row of told) expect(`${row['标题']!}${row['正文']!}`).toContain('(保密事项)');
  expect(memory.shown('items').filter((row) => row['提示']?.includes('改为保密之前'))).toEqual([]);
});
