import { describe, expect, it } from 'vitest';
import { columnsOf, day, moment, parseWorkbook, planRun, renderMail, serialOfDay, SHEETS, type Cell, type Delivery, type RunPlan, type SheetKey, type WorkbookSnapshot } from '#core';
import { deliver, parse, run, type Row } from './support/arbitrary-workbook.ts';
import { POLICIES } from '#templates';
import { MemoryWorkbook } from './support/memory-workbook.ts';

const NOW = moment('2026-03-10 09:00');
const HEALTHY = { itemId: 'DB-2026-900', title: '完好的事项', leadUnit: '征管科', handler: '经办', status: '办理中', deadlineSet: '2026-03-20', issuedAt: '2026-03-02' };
const SICK = { itemId: 'DB-2026-001', title: '有问题的事项', leadUnit: '征管科', handler: '经办', status: '办理中', deadlineSet: '2026-03-20', issuedAt: '2026-03-02' };

function office(rows: Readonly<Partial<Record<SheetKey, readonly Row[]>>>, policy: Cell = 'tax'): MemoryWorkbook {
  const memory = new MemoryWorkbook();
  memory.add('parameters', { key: 'policy', value: policy });
  memory.add('units', { name: '征管科', type: '科室', head: '科长' });
  memory.add('people', { name: '经办', roles: '承办人', email: 'a@example.com' });
  memory.add('people', { name: '科长', roles: '单位负责人', email: 'b@example.com' });
  memory.add('people', { name: '专员', roles: '督办专员', email: 'c@example.com' });
  memory.add('items', HEALTHY);
  for (const [key, list] of Object.entries(rows)) for (const row of list) memory.add(key as SheetKey, row);
  return memory;
}

function hintOf(memory: MemoryWorkbook, key: SheetKey, header: string, value: string): string {
  const row = memory.shown(key).find((candidate) => (candidate[header] ?? '').startsWith(value));
  if (row === undefined) throw new Error(`no row ${value} in ${key}`);
  return row['提示'] ?? '';
}

function expectHealthy(memory: MemoryWorkbook): void {
  const row = memory.shown('items').find((candidate) => candidate['督办事项'] === HEALTHY.title)!;
  expect(row['灯号']).toBe('绿');
  expect(row['提示'] ?? '').toBe('');
}

const BAD_ITEMS: readonly (readonly [name: string, cells: Row, hint: RegExp])[] = [
  ['a day that does not exist', { deadlineSet: '2026-02-30' }, /没有「2026-02-30」.*2026-02-28/],
  ['words where a date is due', { deadlineSet: '4月底前' }, /不是具体日期.*2026-04-30/],
  ['words in a number cell', { defectCount: '若干' }, /「若干」不是数字/],
  ['a percentage beyond 100', { percent: '300%' }, /不是 0 到 100/],
  ['an unknown status', { status: '搞定了' }, /没有「搞定了」这个选项/],
  ['a unit that does not exist', { leadUnit: '不存在科' }, /没有牵头单位「不存在科」/],
  ['a person that does not exist', { handler: '查无此人' }, /没有承办人「查无此人」/],
  ['fifty thousand characters', { requirement: '长'.repeat(50_000) }, /有 50000 字,超过/],
  ['a formula where text is due', { requirement: { formula: 'A1&"x"', value: '结果' } }, /是公式,只读取它的计算结果/],
  ['a formula in error', { deadlineSet: { error: '#REF!' } }, /错误值 #REF!/],
  ['a limit before its issue', { deadlineSet: '2026-02-20' }, /早于下发时间/],
  ['a limit before its receipt', { deadlineSet: '2026-03-06', receivedAt: '2026-03-09' }, /早于收受时间/],
  ['itself as its parent', { parentId: 'DB-2026-001' }, /成环/],
  ['a parent that does not exist', { parentId: 'DB-2026-777' }, /上级事项「DB-2026-777」不存在/],
];

const ITEM_COLUMNS_OF_AUTOMATION = columnsOf('items').filter((column) => column.editor === 'A').map((column) => [column.header, column.key] as const);

describe('an item with', () => {
  it.each(BAD_ITEMS)('%s gets a hint; it stands as typed and the others are processed', (_name, cells, hint) => {
    const memory = office({ items: [{ ...SICK, ...cells }] });
    const ref = memory.sheets.get('items')!.rows[1]!.ref;
    run(memory, NOW, new Map());
    expect(hintOf(memory, 'items', '事项编号', SICK.itemId)).toMatch(hint);
    for (const [column, value] of Object.entries(cells)) expect(memory.cell('items', ref, column)).toEqual(value);
    expectHealthy(memory);
    expect(planRun(parse(memory), NOW).changes).toEqual([]);
  });
});

describe('items that contradict each other', () => {
  it('two rows with one id are both hinted, neither is decided about', () => {
    const memory = office({ items: [SICK, { ...SICK, title: '复制出的事项' }] });
    run(memory, NOW, new Map());
    for (const title of [SICK.title, '复制出的事项']) expect(hintOf(memory, 'items', '督办事项', title)).toMatch(/重复:复制出的行请清空编号/);
    expectHealthy(memory);
    expect(memory.shown('items')).toHaveLength(3);
  });

  it('a row copied later leaves the original, which bears the recorded title, in force', () => {
    const memory = office({ items: [SICK] });
    run(memory, NOW, new Map());
    memory.add('items', { ...SICK, title: '复制出的事项' });
    run(memory, moment('2026-03-11 09:00'), new Map());
    expect(hintOf(memory, 'items', '督办事项', '复制出的事项')).toMatch(/重复/);
    expect(hintOf(memory, 'items', '督办事项', SICK.title)).toBe('');
  });

  it('parents in a ring are each told', () => {
    const memory = office({ items: [{ ...SICK, parentId: 'DB-2026-002' }, { ...SICK, itemId: 'DB-2026-002', parentId: 'DB-2026-003' }, { ...SICK, itemId: 'DB-2026-003', parentId: 'DB-2026-001' }] });
    run(memory, NOW, new Map());
    for (const id of ['DB-2026-001', 'DB-2026-002', 'DB-2026-003']) expect(hintOf(memory, 'items', '事项编号', id)).toMatch(/成环/);
    expectHealthy(memory);
  });

  it('an id taken over for another matter is told, and the old one is not forgotten', () => {
    const memory = office({ items: [SICK] });
    run(memory, NOW, new Map());
    memory.edit('items', SICK.itemId, 'title', '完全不同的另一件事');
    run(memory, moment('2026-03-11 09:00'), new Map());
    expect(hintOf(memory, 'items', '事项编号', SICK.itemId)).toMatch(/编号.*原为「有问题的事项」/);
    expect(memory.shown('baseline').find((row) => row['事项编号'] === SICK.itemId)!['事项名']).toBe(SICK.title);
    expect(planRun(parse(memory), moment('2026-03-11 09:00')).changes).toEqual([]);
  });

  it('a row that vanished is asked about and stays in 底账', () => {
    const memory = office({ items: [SICK] });
    run(memory, NOW, new Map());
    const items = memory.sheets.get('items')!;
    items.rows = items.rows.filter((row) => row.cells[items.keys.indexOf('itemId')] !== SICK.itemId);
    const { plan } = run(memory, moment('2026-03-11 09:00'), new Map());
    expect(memory.home['notes']).toMatch(/DB-2026-001.*恢复还是撤销/);
    expect(plan.issues.map((issue) => issue.code)).toContain('row-vanished');
    expect(memory.shown('baseline')).toHaveLength(2);
  });

  it("a cell of automation's that was typed over is put back and told", () => {
    const memory = office({ items: [SICK] });
    run(memory, NOW, new Map());
    memory.edit('items', SICK.itemId, 'deadlineCurrent', '2026-12-31');
    const { plan } = run(memory, NOW, new Map());
    expect(memory.shown('items').find((row) => row['事项编号'] === SICK.itemId)!['现行时限']).toBe('2026-03-20');
    expect(plan.issues).toContainEqual(expect.objectContaining({ code: 'value-restored', column: '现行时限', value: expect.anything() as string }));
  });

  it.each(ITEM_COLUMNS_OF_AUTOMATION)('%s that was typed over, with a value or with junk, is put back as it was', (header, key) => {
    for (const typed of [serialOfDay(day('2027-01-04')), 77, '乱填', true] as const) {
      const memory = office({ items: [SICK] });
      run(memory, NOW, new Map());
      const before = memory.shown('items');
      memory.edit('items', SICK.itemId, key, typed);
      run(memory, NOW, new Map());
      expect(memory.shown('items').map((row) => row[header])).toEqual(before.map((row) => row[header]));
    }
  });

  it('a limit changed by hand after issue is hinted, and the issued one stands', () => {
    const memory = office({ items: [SICK] });
    run(memory, NOW, new Map());
    memory.edit('items', SICK.itemId, 'deadlineSet', '2026-12-31');
    run(memory, NOW, new Map());
    expect(hintOf(memory, 'items', '事项编号', SICK.itemId)).toMatch(/改填 2026-12-31 不生效/);
    expect(memory.shown('items').find((row) => row['事项编号'] === SICK.itemId)!['现行时限']).toBe('2026-03-20');
  });
});

describe('a workbook', () => {
  const broken = (change: (snapshot: WorkbookSnapshot) => WorkbookSnapshot, policy: Cell = 'tax'): ReturnType<typeof parseWorkbook> =>
    parseWorkbook(change(office({}, policy).snapshot()), POLICIES);
  const without = (key: SheetKey) => (snapshot: WorkbookSnapshot): WorkbookSnapshot => ({ ...snapshot, sheets: snapshot.sheets.filter((sheet) => sheet.name !== SHEETS[key].name) });

  it.each<readonly [string, () => ReturnType<typeof parseWorkbook>, string, RegExp]>([
    ['of an unknown policy', () => broken((snapshot) => snapshot, '火星'), 'policy-unknown', /不认识的制度「火星」.*tax/],
    ['of no policy', () => broken((snapshot) => snapshot, null), 'policy-unknown', /没有指定适用制度/],
    ['without its item sheet', () => broken(without('items')), 'sheet-missing', /督办台账/],
    ['without its parameter sheet', () => broken(without('parameters')), 'sheet-missing', /制度参数/],
    ['without a header', () => broken((snapshot) => ({
      ...snapshot, sheets: snapshot.sheets.map((sheet) => (sheet.name === SHEETS.items.name ? { ...sheet, rows: sheet.rows.slice(1) } : sheet)),
    })), 'header-missing', /督办台账/],
    ['without any sheet', () => broken((snapshot) => ({ ...snapshot, sheets: [] })), 'sheet-missing', /制度参数/],
  ])('%s is refused with one clear error', (_name, read, code, message) => {
    const { workbook, issues } = read();
    expect(workbook).toBeNull();
    const errors = issues.filter((issue) => issue.severity === 'error');
    expect(errors.map((issue) => issue.code)).toContain(code);
    expect(errors.map((issue) => issue.message).join('\n')).toMatch(message);
  });

  it('without a sheet that a run can do without is processed, and the sheet named', () => {
    const { workbook, issues } = broken(without('inspections'));
    expect(planRun(workbook!, NOW).items).toHaveLength(1);
    expect(issues.map((issue) => issue.message).join('\n')).toMatch(/督查记录/);
  });

  it('without a single row but its policy plans nothing that names an item', () => {
    const memory = new MemoryWorkbook();
    memory.add('parameters', { key: 'policy', value: 'tax' });
    const { plan } = run(memory, NOW, new Map());
    expect(plan.changes.filter((change) => change.kind !== 'home')).toEqual([]);
    expect(plan.summary.items).toBe(0);
  });
});

describe('制度参数', () => {
  it('a value out of range is refused with a hint, the previous stays in force', () => {
    const memory = office({ parameters: [{ key: 'pointsPerLateDay', value: 9999 }], items: [{ ...SICK, deadlineSet: '2026-03-09' }] });
    run(memory, NOW, new Map());
    expect(hintOf(memory, 'parameters', '键', 'pointsPerLateDay')).toMatch(/不能填「9999」,仍按原值执行/);
    expect(memory.shown('scores')[0]!['建议分值']).toBe('-1');
  });

  it('two values of one key and 生效日 never depend on the order of their rows, and both are told', () => {
    const rows: Row[] = [{ key: 'pointsPerLateDay', value: 2, effectiveFrom: '2026-01-01' }, { key: 'pointsPerLateDay', value: 3, effectiveFrom: '2026-01-01' }];
    const points = [rows, [...rows].reverse()].map((parameters) => {
      const memory = office({ parameters, items: [{ ...SICK, deadlineSet: '2026-03-09' }] });
      run(memory, NOW, new Map());
      expect(memory.shown('parameters').filter((row) => /2 个不同的值,暂按「3」执行/.test(row['提示'] ?? ''))).toHaveLength(2);
      return memory.shown('scores')[0]!['建议分值'];
    });
    expect(points).toEqual(['-3', '-3']);
  });

  it('two rows that say the same are nothing to tell', () => {
    const row = { key: 'pointsPerLateDay', value: 2, effectiveFrom: '2026-01-01' };
    const memory = office({ parameters: [row, row] });
    run(memory, NOW, new Map());
    expect(hintOf(memory, 'parameters', '键', 'pointsPerLateDay')).toBe('');
  });
});

describe('text that begins like a formula', () => {
  it.each(['=HYPERLINK("http://x")', '+8613800000000', '-1+2', '@SUM(A1)'])('%s stays text, in the table and in mails', (text) => {
    const memory = office({ items: [{ ...SICK, title: text, progress: text, deadlineSet: '2026-03-10' }] });
    const ref = memory.sheets.get('items')!.rows[1]!.ref;
    const deliveries = new Map<string, Delivery>();
    const workbook = parse(memory);
    const plan: RunPlan = planRun(workbook, NOW, deliveries);
    const sent = deliver(workbook, plan, deliveries, NOW);
    memory.apply(planRun(workbook, NOW, deliveries).changes);
    expect(memory.cell('items', ref, 'title')).toBe(text);
    expect(memory.shown('feedback')[0]!['进展情况']).toBe(text);
    const digest = sent.find((mail) => mail.members.some((key) => key.includes(SICK.itemId)))!;
    const mail = renderMail({ subject: digest.subject, body: digest.body, footer: ['=台账.xlsx'] });
    expect(mail.text).toContain(text);
    expect(mail.html).not.toContain('"http://x"');
    expect(planRun(parse(memory), NOW, deliveries).changes).toEqual([]);
  });
});
