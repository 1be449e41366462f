import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chainBreaks, chainHead, day, effectsOfArchive, foreignRows, indexOfArchive, leavingRows, missingFiles, moment, parsePeriod, planReport, planRun, planYearArchive, runRecord, serialOfDay, SHEET_KEYS, SHEETS,
  type ArchivePlan, type Delivery, type Moment, type SheetKey, type YearArchive,
} from '#core';
import { arbitraryWorld, build, parse, run, type World } from './support/arbitrary-workbook.ts';
import { MemoryWorkbook } from './support/memory-workbook.ts';

const LATER = moment('2027-03-10 09:00');
const COUNTS = { version: 'test', writes: 1, notices: 0, conflicts: 0, ms: 1 };

interface Office { readonly memory: MemoryWorkbook; readonly deliveries: Map<string, Delivery>; readonly now: Moment }

/** A run with its row of 运行记录, as hosts write it. */
function recorded({ memory, deliveries, now }: Office): void {
  const { plan } = run(memory, now, deliveries);
  if (plan.changes.length > 0) memory.apply([runRecord(parse(memory), plan, COUNTS)]);
}

const on = (date: string): number => serialOfDay(day(date));

/** A world whose every other item was handed in and archived in 2026, after the year was locked and all has settled. */
function lockedYear(world: World): Office {
  const items = world.rows.items!.map((row, index) => (index % 2 === 1 ? row : {
    ...row, status: '已归档', deadlineSet: on('2026-03-10'), remarkDeadline: null, issuedAt: on('2026-02-02'), signedAt: null, submittedAt: on(index % 4 === 0 ? '2026-03-09' : '2026-03-17'),
  }));
  const { memory, deliveries } = build({ ...world, rows: { ...world.rows, items } });
  recorded({ memory, deliveries, now: world.now });
  for (const row of memory.shown('items')) if (row['状态'] === '已办结' && row['事项编号'] !== undefined) memory.edit('items', row['事项编号'], 'status', '已归档');
  recorded({ memory, deliveries, now: (world.now + 60) as Moment });
  memory.add('parameters', { key: 'lockedThrough', value: '2026' });
  for (const row of memory.sheets.get('scores')!.rows) row.cells[memory.sheets.get('scores')!.keys.indexOf('status')] = '撤销';
  for (let again = 0; again < 4; again += 1) recorded({ memory, deliveries, now: (LATER - 2 * 1440 + again) as Moment });
  recorded({ memory, deliveries, now: LATER });
  return { memory, deliveries, now: LATER };
}

function planOf({ memory, deliveries, now }: Office): ArchivePlan {
  const parsed = parse(memory);
  return planYearArchive(parsed, planRun(parsed, now, deliveries), null);
}

/** The workbook without rows of some sheets. */
function without(memory: MemoryWorkbook, sheets: readonly { readonly name: string; readonly rows: readonly (string | number)[] }[]): MemoryWorkbook {
  const copy = new MemoryWorkbook();
  Object.assign(copy.home, memory.home);
  copy.modifiedAt = memory.modifiedAt;
  for (const key of SHEET_KEYS) {
    const { keys, headers, rows } = memory.sheets.get(key)!;
    const gone = new Set(sheets.filter(({ name }) => name === SHEETS[key].name).flatMap((sheet) => sheet.rows));
    copy.sheets.set(key, { keys, headers, rows: rows.filter(({ ref }) => !gone.has(ref)).map(({ ref, cells }) => ({ ref, cells: [...cells] })) });
  }
  return copy;
}

/** What archiving leaves and what it makes. */
function archived(office: Office, archive: YearArchive): { rest: Office; file: MemoryWorkbook } {
  const parsed = parse(office.memory);
  const rest = without(office.memory, leavingRows(parsed, archive));
  const file = without(office.memory, foreignRows(parsed, archive));
  const plan = planRun(parsed, office.now, office.deliveries);
  for (const change of indexOfArchive(parsed, plan, archive, { file: '督办归档-2026.xlsx', sha256: 'a'.repeat(64), version: 'test' })) if (rest.apply([change]) > 0) throw new Error('conflict');
  return { rest: { ...office, memory: rest }, file };
}

const rowsOf = (memory: MemoryWorkbook, key: SheetKey): string[] => memory.sheets.get(key)!.rows.map(({ cells }) => JSON.stringify(cells));

it('moves every row once, keeps both halves of the chain, and leaves runs as they were, on that day and later', () => {
  let moved = 0;
  fc.assert(fc.property(arbitraryWorld, (world) => {
    const office = lockedYear(world);
    const { years } = planOf(office);
    expect(years.length).toBeLessThanOrEqual(1);
    const [archive] = years;
    if (archive === undefined) return;
    moved += archive.items.length;
    const parsed = parse(office.memory);
    const missing = missingFiles(parsed, planRun(parsed, office.now, office.deliveries), years);
    expect(office.memory.apply(missing)).toBe(0);
    const { rest, file } = archived(office, planOf(office).years[0]!);
    for (const key of ['items', 'requests', 'feedback', 'inspections', 'notices', 'history', 'runs'] as const) {
      const [all, here, there] = [rowsOf(office.memory, key), rowsOf(rest.memory, key), rowsOf(file, key)];
      // What archiving itself writes comes on top.
      expect([...here, ...there].filter((row) => all.includes(row)).sort(), key).toEqual([...all].sort());
    }
    for (const key of ['scores', 'rankings', 'sanctions', 'baseline'] as const) expect(rowsOf(rest.memory, key), key).toEqual(rowsOf(office.memory, key));
    expect(chainBreaks(parse(rest.memory))).toEqual([]);
    expect(chainBreaks(parse(file))).toEqual([]);
    if (archive.last !== null) expect(chainHead(parse(file))).toEqual(archive.last);
    for (const later of [0, 30]) {
      const now = (LATER + later * 1440) as Moment;
      expect(effectsOfArchive(planRun(parse(office.memory), now, office.deliveries), planRun(parse(rest.memory), now, office.deliveries)), `${later} days later`).toEqual([]);
    }
    expect(planOf(rest).years).toEqual([]);
  }), { numRuns: 16 });
  expect(moved).toBeGreaterThan(0);
});

const ITEM = 'DB-2026-001';

/** A tax office whose one item was archived in 2026; `add` is what stands in its table besides. */
function oneArchived(add: (memory: MemoryWorkbook) => void, { locked = '2026', settles = true }: { locked?: string; settles?: boolean } = {}): Office {
  const memory = new MemoryWorkbook();
  memory.add('parameters', { key: 'policy', value: 'tax' });
  memory.add('parameters', { key: 'lockedThrough', value: locked });
  memory.add('units', { name: '征管科', type: '科室', head: '科长' });
  memory.add('people', { name: '科长', roles: '责任人' });
  memory.add('items', {
    itemId: ITEM, title: '报表核查', leadUnit: '征管科', handler: '科长', category: '局会议决定', status: '已归档', deadlineSet: on('2026-03-10'), issuedAt: on('2026-02-02'), submittedAt: on('2026-03-09'),
  });
  if (settles) add(memory);
  const office = { memory, deliveries: new Map<string, Delivery>(), now: LATER };
  for (const time of ['2026-04-01 09:00', '2027-03-09 09:00', '2027-03-10 08:00', '2027-03-10 09:00']) recorded({ ...office, now: moment(time) });
  if (!settles) add(memory);
  return office;
}

describe('what leaves and what waits', () => {
  it('an archived item of a locked year leaves, with a row of 归档案卷 for it where there was none', () => {
    const office = oneArchived(() => undefined);
    const { years, waiting } = planOf(office);
    expect(years.map(({ year, items }) => [year, items.map(({ id }) => id)])).toEqual([[2026, [ITEM]]]);
    expect(waiting).toEqual([]);
    const parsed = parse(office.memory);
    expect(missingFiles(parsed, planRun(parsed, office.now, office.deliveries), years)).toMatchObject([{ kind: 'append', sheet: 'archives', id: 'DA-2026-001', values: { itemId: ITEM } }]);
  });

  it.each<[string, Parameters<typeof oneArchived>[0], RegExp]>([
    ['a request is open', (memory) => { memory.add('requests', { requestId: 'SQ-2026-001', itemId: ITEM, type: '更正', applicant: '科长', appliedAt: on('2026-03-05'), reason: '笔误', correctedField: '要求时限', correctedTo: '2026-03-11' }); }, /还有审批中的申请/],
    ['a score waits to be confirmed', (memory) => { memory.add('scores', { scoreId: 'SD-2026-001', origin: '手动', month: '2026-03', unit: '征管科', itemId: ITEM, status: '建议' }); }, /考核计分还有未确认的/],
    ['a sanction is not carried out', (memory) => { memory.add('sanctions', { sanctionId: 'WZ-2026-001', date: on('2026-03-20'), period: '2026-03', type: '诫勉谈话', unit: '征管科', itemId: ITEM, status: '已批准' }); }, /问责处理还没有执行完/],
    ['a notice was not sent', (memory) => { memory.add('notices', { noticeId: `问责通知/${ITEM}/x/科长`, type: '问责通知', itemId: ITEM, recipient: '科长', channel: '邮件', plannedOn: on('2026-03-20'), status: '待签' }); }, /还有没发出的通知/],
    ['its limit lies in the next year', (memory) => { memory.edit('items', ITEM, 'deadlineSet', on('2027-02-10')); }, /^2027 年还要计入它/],
    ['an item below it is open', (memory) => { memory.add('items', { itemId: 'DB-2026-002', title: '分头核查', rowType: '分解', parentId: ITEM, leadUnit: '征管科', handler: '科长', category: '局会议决定', status: '办理中', deadlineSet: on('2026-03-10'), issuedAt: on('2026-02-02') }); }, /^下级事项 DB-2026-002 还没有办结/],
    ['a record of it bears the newest number', (memory) => { memory.add('feedback', { feedbackId: 'FK-2027-001', itemId: ITEM, at: on('2027-01-05'), by: '科长', type: '进展', progress: '补报' }); }, /^FK-2027-001 是今年最后一个编号/],
  ])('it waits where %s', (_, add, why) => {
    const { years, waiting } = planOf(oneArchived(add));
    expect(years).toEqual([]);
    expect(waiting).toMatchObject([{ id: ITEM, why: expect.stringMatching(why) as string }]);
  });

  it('it waits where a run has still something to write to it', () => {
    const { years, waiting } = planOf(oneArchived((memory) => { memory.edit('items', ITEM, 'hint', '随手写的'); }, { settles: false }));
    expect([years, waiting]).toEqual([[], [expect.objectContaining({ why: expect.stringContaining('请先运行 duban run') as string })]]);
  });

  it('nothing of a year that is not locked leaves, nor is it told', () => {
    const { years, waiting } = planOf(oneArchived(() => undefined, { locked: '2026-11' }));
    expect([years, waiting]).toEqual([[], []]);
  });

  it('the ranking of a locked period is what was signed, whatever items are left', () => {
    const office = oneArchived((memory) => { memory.add('rankings', { period: '2026-12', group: '全部单位', rank: '1', unit: '征管科', dueCount: 4, onTimeCount: 3, rate: 0.75 }); });
    const report = planReport(parse(office.memory), parsePeriod('2026-12')!, office.now);
    expect(report.ranked.rows).toMatchObject([{ unit: '征管科', dueCount: 4, onTimeCount: 3, rate: 0.75 }]);
    expect(planReport(parse(office.memory), parsePeriod('2027-01')!, office.now).ranked.before).toEqual({ rate: 0.75 });
  });
});
