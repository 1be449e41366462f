import * as fc from 'fast-check';
import {
  addDays, at, day, formatDay, frozen, parseWorkbook, pendingDeliveries, planRun, serialOfDay, serialOfMoment, SHEET_KEYS, type Cell, type Day,
  type Delivery, type DigestHour, type Moment, type Policy, type RunPlan, type SheetKey, type Workbook,
} from '#core';
import { POLICIES } from '#templates';
import { MemoryWorkbook } from './memory-workbook.ts';

export type Row = Readonly<Record<string, Cell>>;

/** A workbook as plain data, so that a property can build it as often as it likes and fast-check can shrink it. */
export interface World {
  readonly policy: Policy;
  readonly now: Moment;
  readonly rows: Readonly<Partial<Record<SheetKey, readonly Row[]>>>;
  /** Whether an earlier run, whose moment this is, was applied and delivered before `edits` were made. */
  readonly earlier: Moment | null;
  /** Hand edits after the earlier run: item number, column, value. */
  readonly edits: readonly { readonly item: number; readonly column: string; readonly value: Cell }[];
  /** Requests that people filed after it. */
  readonly filed: readonly Row[];
  /** What people decided on the earlier run's scores, and whether they signed its letters. */
  readonly rulings: readonly { readonly row: number; readonly cells: Row }[];
  readonly signs: boolean;
  /** Minutes since the last save, where the host knows it. */
  readonly savedAgo: number | null;
}

const FIRST = day('2026-01-05');
const LAST = day('2027-02-26');
const UNITS: readonly Row[] = [
  { name: '客运一公司', type: '分(子)公司', head: '一公司经理', dutyPerson: '一公司副经理' },
  { name: '修理公司', type: '分(子)公司', head: '修理公司经理' },
  { name: '财务部', type: '机关部室', head: '财务部部长', contractPoints: 2 },
  { name: '征管科', type: '科室', head: '征管科科长', leaderInCharge: '分管领导甲' },
  { name: '外部公司', type: '外部' },
];
const PEOPLE: readonly Row[] = [
  { name: '专员', roles: '督办专员' }, { name: '主管领导甲', roles: '主管领导' }, { name: '局领导甲', roles: '局领导' }, { name: '分管领导甲', roles: '分管领导' },
  ...['经办甲', '经办乙', '一公司经理', '一公司副经理', '修理公司经理', '财务部部长', '征管科科长'].map((name) => ({ name, roles: '承办人' })),
].map((row, index) => ({ ...row, email: `p${index}@example.com` }));

const anyDay: fc.Arbitrary<Day> = fc.integer({ min: FIRST, max: LAST }).map((value) => value as Day);
const anyMoment: fc.Arbitrary<Moment> = fc.tuple(anyDay, fc.integer({ min: 0, max: 1439 })).map(([on, minute]) => at(on, Math.floor(minute / 60), minute % 60));
/** Dates as people leave them: serial numbers, text, blanks. */
const dateCell: fc.Arbitrary<Cell> = fc.oneof(
  { weight: 3, arbitrary: anyDay.map((value): Cell => serialOfDay(value)) },
  { weight: 1, arbitrary: anyDay.map((value): Cell => formatDay(value)) },
  { weight: 1, arbitrary: anyMoment.map((value): Cell => serialOfMoment(value)) },
);
const seldom = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 3 });
const often = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.oneof({ weight: 4, arbitrary }, { weight: 1, arbitrary: fc.constant(null) });
const pick = (...values: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
const handler = pick('经办甲', '经办乙', '查无此人');

export function itemId(index: number): string {
  return `DB-2026-${String(index + 1).padStart(3, '0')}`;
}

/** A title that occurs nowhere else, so that a leak of it can be found. */
export function titleOf(index: number): string {
  return `事由${String(index + 1).padStart(3, '0')}号`;
}

function itemRow(policy: Policy, index: number): fc.Arbitrary<Row> {
  return fc.record({
    status: fc.oneof({ weight: 3, arbitrary: fc.constantFrom('已下发', '办理中') }, { weight: 2, arbitrary: fc.constantFrom(...policy.statuses) }),
    leadUnit: often(fc.constantFrom('客运一公司', '修理公司', '财务部', '征管科', '外部公司')),
    handler: often(handler),
    deadlineSet: often(dateCell), receivedAt: seldom(dateCell), issuedAt: often(dateCell), submittedAt: seldom(dateCell),
    category: often(fc.constantFrom(...policy.categories)), form: seldom(fc.constantFrom(...policy.forms)),
    urgency: seldom(pick('普通', '紧急', '特急')), confidentiality: seldom(pick('保密', '公开')),
    rowType: seldom(pick('事项', '分解', '环节')), parentId: seldom(fc.nat(6).map(itemId)),
    handling: seldom(pick('主协办', '依次传办')), coUnits: seldom(pick('财务部', '修理公司、财务部')),
    dutyPerson: seldom(pick('一公司副经理')), leaderInCharge: seldom(pick('分管领导甲')), supervisingLeader: seldom(pick('主管领导甲')),
    feedbackCycle: seldom(pick('每日', '每周', '每月', '阶段')), progress: seldom(pick('已完成方案', '正在施工', '=不是公式')),
    result: seldom(pick('全部办完')), returnReason: seldom(pick('材料不全')), returnDue: seldom(dateCell),
    defectCount: seldom(fc.nat(3)), badConsequence: seldom(pick('是', '否')),
  }).map((row) => ({ ...row, itemId: itemId(index), title: titleOf(index), requirement: `要求:${titleOf(index)}办好` }));
}

/** What 更正 names and what it should read: mostly fitting, a date as text or as a spreadsheet made it. */
const correction: fc.Arbitrary<Row> = fc.oneof(
  fc.record({ correctedField: pick('要求时限', '办结日期'), correctedTo: dateCell }),
  fc.record({ correctedField: fc.constant('牵头单位'), correctedTo: pick('修理公司', '财务部', '征管科', '后勤部') }),
  fc.record({ correctedField: fc.constant('状态'), correctedTo: pick('办理中', '待审核', '已办结', '已撤销', '拟立项') }),
  fc.constant<Row>({}),
);

const requestRow = (index: number): fc.Arbitrary<Row> => fc.tuple(correction, fc.record({
  itemId: fc.nat(12).map(itemId), type: pick('延期', '延期', '延期', '重定时限', '办结', '协调', '更正', '更正'), applicant: handler,
  appliedAt: often(dateCell), reason: often(pick('需外部配合')), requestedLimit: often(dateCell),
  decision1: often(pick('同意', '同意', '不同意', '转报')), decidedAt1: seldom(dateCell), decision2: seldom(pick('同意', '不同意')), grantedLimit: seldom(dateCell),
  overrideReason: seldom(pick('特批')),
})).map(([corrected, row]) => ({ ...corrected, ...row, requestId: `SQ-2026-${String(index + 1).padStart(3, '0')}` }));

const feedbackRow = (index: number): fc.Arbitrary<Row> => fc.record({
  itemId: fc.nat(12).map(itemId), at: often(dateCell), by: handler, type: pick('进展', '结果'), progress: pick('已完成方案', '正在施工'),
}).map((row) => ({ ...row, feedbackId: `FK-2026-${String(index + 1).padStart(3, '0')}` }));

const inspectionRow = (index: number): fc.Arbitrary<Row> => fc.record({ itemId: fc.nat(12).map(itemId), date: dateCell, by: pick('专员') })
  .map((row) => ({ ...row, inspectionId: `DC-2026-${String(index + 1).padStart(3, '0')}` }));

const parameterRow: fc.Arbitrary<Row> = fc.oneof(
  fc.record({ key: fc.constant('warningLeadDays'), value: fc.integer({ min: 0, max: 6 }) }),
  fc.record({ key: fc.constant('pointsPerLateDay'), value: fc.constantFrom(0.5, 1, 2), effectiveFrom: seldom(dateCell) }),
  fc.record({ key: fc.constant('rateDenominator'), value: pick('due', 'issued', 'closed-or-due') }),
  fc.record({ key: fc.constant('latenessBase'), value: pick('original', 'current') }),
  fc.record({ key: fc.constant('maxExtensions'), value: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ key: fc.constant('lockedThrough'), value: pick('2026-02', '2026-05', '2026') }),
  fc.record({ key: fc.constant('reworkRestartsClock'), value: pick('是', '续计') }),
);

/** Units of which one may have been merged or renamed, and people of whom some may have left. */
const units: fc.Arbitrary<readonly Row[]> = fc.tuple(seldom(anyDay), seldom(anyDay)).map(([merged, renamed]) => UNITS.map((row) => {
  if (row['name'] === '修理公司' && merged !== null) return { ...row, mergedInto: '客运一公司', effectiveFrom: serialOfDay(merged) };
  return row['name'] === '财务部' && renamed !== null ? { ...row, name: '计财部', formerNames: '财务部', effectiveFrom: serialOfDay(renamed) } : row;
}));
const people: fc.Arbitrary<readonly Row[]> = fc.tuple(seldom(anyDay), pick('经办乙', '', '经办甲'), seldom(pick('经办乙', '专员'))).map(([left, successor, doubled]) => [
  ...PEOPLE.map((row) => (row['name'] === '经办甲' && left !== null ? { ...row, leftOn: serialOfDay(left), successor } : row)),
  ...(doubled === null ? [] : [{ name: doubled, roles: '承办人', email: 'twice@example.com' }]),
]);

const EDITABLE: Readonly<Record<string, fc.Arbitrary<Cell>>> = {
  status: fc.constantFrom('办理中', '待审核', '已办结', '已退办', '已撤销', '已归档', ''), result: fc.constant('全部办完'), progress: fc.constantFrom('新进展', '又有新进展'),
  deadlineSet: dateCell, deadlineCurrent: dateCell, handler, leadUnit: fc.constantFrom('征管科', '客运一公司', ''), returnReason: fc.constant('材料不全'), closedAt: dateCell, hint: fc.constant('随手写的'),
};

const ruling: fc.Arbitrary<Row> = fc.constantFrom<Row>(
  { confirmed: 1, confirmedBy: '专员' }, { confirmed: -3, confirmedBy: '专员', confirmedAt: '2026-04-01' }, { confirmed: 6, confirmedBy: '专员' },
  { appealReason: '不可抗力', appellant: '经办甲' }, { appealReason: '不可抗力', appealResult: '撤销' }, { appealResult: '撤销', note: '停电' }, { appealResult: '调整', note: '停电', confirmed: 1 }, { appealReason: '不可抗力', appealResult: '维持' },
);

function arbitraryList<T>(length: number, make: (index: number) => fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.tuple(...Array.from({ length }, (_, index) => make(index)));
}

/** Small workbooks of a policy as an office might have them, with a moment on any day and often an earlier run behind them. */
export const arbitraryWorld: fc.Arbitrary<World> = fc.tuple(
  fc.constantFrom(...Object.values(POLICIES)), fc.integer({ min: 5, max: 13 }), fc.nat(5), fc.nat(4), fc.nat(2), anyMoment, fc.integer({ min: 0, max: 40 }),
).chain(([policy, items, requests, feedback, inspections, now, back]) => fc.record({
  policy: fc.constant(policy), now: fc.constant(now),
  rows: fc.record({
    parameters: fc.uniqueArray(parameterRow, { maxLength: 3, selector: (row) => row['key'] })
      .map((own): readonly Row[] => [{ key: 'policy', value: policy.id }, ...own]),
    units, people,
    items: arbitraryList(items, (index) => itemRow(policy, index)),
    requests: arbitraryList(requests, requestRow), feedback: arbitraryList(feedback, feedbackRow), inspections: arbitraryList(inspections, inspectionRow),
    calendar: fc.array(fc.record({ date: anyDay.map(serialOfDay), type: pick('休', '班') }), { maxLength: 2 }),
  }),
  earlier: fc.constant(back === 0 ? null : at(addDays(Math.floor(now / 1440) as Day, -back), 9)),
  edits: fc.array(fc.constantFrom(...Object.keys(EDITABLE)).chain((column) => fc.record({
    item: fc.nat(items - 1), column: fc.constant(column), value: EDITABLE[column]!,
  })), { maxLength: 4 }),
  filed: fc.nat(2).chain((count) => arbitraryList(count, (index) => requestRow(10 + index))),
  rulings: fc.array(fc.record({ row: fc.nat(9), cells: ruling }), { maxLength: 3 }),
  signs: fc.boolean(), savedAgo: seldom(fc.nat(300)),
}));

/** The workbook of a world at its moment, with the deliveries its earlier run left behind. */
export function build(world: World): { memory: MemoryWorkbook; deliveries: Map<string, Delivery> } {
  const memory = new MemoryWorkbook();
  for (const key of SHEET_KEYS) for (const row of world.rows[key] ?? []) memory.add(key, row);
  const deliveries = new Map<string, Delivery>();
  if (world.earlier !== null) {
    run(memory, world.earlier, deliveries);
    for (const edit of world.edits) memory.edit('items', itemId(edit.item), edit.column, edit.value);
    for (const row of world.filed) memory.add('requests', row);
    const scores = memory.sheets.get('scores')!;
    for (const { row, cells } of world.rulings) {
      const target = scores.rows[row];
      for (const [column, value] of Object.entries(cells)) if (target !== undefined) target.cells[scores.keys.indexOf(column)] = value;
    }
    if (world.signs) sign(memory);
  }
  if (world.savedAgo !== null) memory.modifiedAt = (world.now - world.savedAgo) as Moment;
  return { memory, deliveries };
}

function sign(memory: MemoryWorkbook): void {
  const { keys, rows } = memory.sheets.get('notices')!;
  for (const { cells } of rows) {
    if (cells[keys.indexOf('status')] !== '待签') continue;
    cells[keys.indexOf('status')] = '待发';
    cells[keys.indexOf('signer')] = '主管领导甲';
  }
}

export function parse(memory: MemoryWorkbook): Workbook {
  const { workbook, issues } = parseWorkbook(memory.snapshot(), POLICIES);
  if (workbook === null) throw new Error(issues.map((issue) => issue.message).join('\n'));
  return workbook;
}

/** Delivers what is pending, as the sync service does, recording each; returns what went out. */
export function deliver(workbook: Workbook, plan: RunPlan, deliveries: Map<string, Delivery>, now: Moment): Delivery[] {
  const sent: Delivery[] = [];
  for (const notice of pendingDeliveries(workbook, plan.notices, deliveries, plan.clock, 'sync-service')) {
    const delivery: Delivery = {
      ...frozen(notice), state: 'sent', at: now, attempts: notice.attempts + 1, error: '', permanent: false,
    };
    deliveries.set(notice.key, delivery);
    sent.push(delivery);
  }
  return sent;
}

/** One whole run: plan, deliver, plan with what was delivered, apply. */
export function run(memory: MemoryWorkbook, now: Moment, deliveries: Map<string, Delivery>, digests: DigestHour = 'at-once'): { plan: RunPlan; sent: Delivery[] } {
  const workbook = parse(memory);
  const sent = deliver(workbook, planRun(workbook, now, deliveries, digests), deliveries, now);
  const plan = planRun(workbook, now, deliveries, digests);
  const conflicts = memory.apply(plan.changes);
  if (conflicts > 0) throw new Error(`${conflicts} changes conflicted`);
  return { plan, sent };
}

