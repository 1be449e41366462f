import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays, at, columnsOf, day, dayOf, isFormula, parsePeriod, parseWorkbook, planRun, sameCell, serialOfDay, SHEET_KEYS, splitNames,
  type Cell, type Change, type Day, type Delivery, type Moment, type SheetKey,
} from '#core';
import { arbitraryWorld, build, deliver, itemId, parse, run, titleOf, type World } from './support/arbitrary-workbook.ts';
import { groupOf } from '#core';
import { POLICIES } from '#templates';
import { MemoryWorkbook } from './support/memory-workbook.ts';

const DATA_SHEETS = SHEET_KEYS.filter((key) => key !== 'history' && key !== 'runs');

function holds(runs: number, check: (world: World) => void): void {
  fc.assert(fc.property(arbitraryWorld, check), { numRuns: runs });
}

/** Whether people filed a request (of a type) about an item, or about the item of a notice: what opens 状态 to automation. */
function hasRequest(memory: MemoryWorkbook, id: string | null, type: string | null): boolean {
  const itemId = memory.shown('notices').find((row) => row['通知编号'] === id)?.['事项编号'] ?? id;
  return memory.shown('requests').some((row) => row['事项编号'] === itemId && (type === null || row['类型'] === type));
}

/** The data sheets as people read them, rows in no order. */
function shown(memory: MemoryWorkbook): Record<string, string[]> {
  return Object.fromEntries(DATA_SHEETS.map((key) => [key, memory.shown(key).map((row) => JSON.stringify(row)).sort()]));
}

/** A change without the place it was seen at. */
function placeless(change: Change): string {
  if (change.kind !== 'cell') return JSON.stringify(change);
  return JSON.stringify({ ...change, row: change.row.id });
}

function planned(changes: readonly Change[]): string[] {
  return changes.filter((change) => change.kind === 'home' || change.sheet !== 'history').map(placeless).sort();
}

/** Deterministic shuffle, from a seed that fast-check gives. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  let state = seed | 1;
  const next = (): number => { state = Math.imul(state ^ (state >>> 15), 2246822519); return (state >>> 0) / 4294967296; };
  return list.map((value) => ({ value, order: next() })).sort((a, b) => a.order - b.order).map(({ value }) => value);
}

describe('a second run', () => {
  it('at the same moment plans nothing, delivers nothing', () => {
    holds(60, (world) => {
      const { memory, deliveries } = build(world);
      run(memory, world.now, deliveries);
      const again = parse(memory);
      const plan = planRun(again, world.now, deliveries);
      expect(plan.changes).toEqual([]);
      expect(deliver(again, plan, deliveries, world.now)).toEqual([]);
    });
  });

  it('plans nothing even where the first delivered nothing', () => {
    holds(40, (world) => {
      const { memory, deliveries } = build(world);
      memory.apply(planRun(parse(memory), world.now, deliveries).changes);
      expect(planRun(parse(memory), world.now, deliveries).changes).toEqual([]);
    });
  });
});

describe('a run that was cut off', () => {
  it('after any number of changes is completed by the next to what an undisturbed run leaves', () => {
    fc.assert(fc.property(arbitraryWorld, fc.double({ min: 0, max: 1, noNaN: true }), (world, part) => {
      const whole = build(world);
      whole.memory.apply(planRun(parse(whole.memory), world.now, whole.deliveries).changes);
      const cut = build(world);
      const { changes } = planRun(parse(cut.memory), world.now, cut.deliveries);
      cut.memory.apply(changes, Math.floor(part * changes.length));
      expect(cut.memory.apply(planRun(parse(cut.memory), world.now, cut.deliveries).changes)).toBe(0);
      expect(shown(cut.memory)).toEqual(shown(whole.memory));
    }), { numRuns: 60 });
  });

  it('between deliveries loses none and repeats only the one in flight, with the same words', () => {
    fc.assert(fc.property(arbitraryWorld, fc.nat(20), fc.boolean(), (world, place, saved) => {
      const whole = build(world);
      const all = run(whole.memory, world.now, whole.deliveries).sent;
      const cut = build(world);
      const workbook = parse(cut.memory);
      const plan = planRun(workbook, world.now, cut.deliveries);
      if (saved) cut.memory.apply(plan.changes);
      const outgoing = deliver(workbook, plan, new Map(cut.deliveries), world.now);
      const stop = Math.min(place, outgoing.length);
      const first = outgoing.slice(0, stop);
      for (const delivery of first) cut.deliveries.set(delivery.key, delivery);
      const inFlight = outgoing[stop];
      if (inFlight !== undefined) cut.deliveries.set(inFlight.key, { ...inFlight, state: 'sending' });
      const rest = run(cut.memory, world.now, cut.deliveries).sent;
      const words = (list: readonly Delivery[]): string[] => list.map(({ key, subject, body }) => JSON.stringify([key, subject, body])).sort();
      expect(words([...first, ...rest])).toEqual(words(all));
      expect(cut.memory.shown('notices').map((row) => row['通知编号']).sort()).toEqual(whole.memory.shown('notices').map((row) => row['通知编号']).sort());
    }), { numRuns: 40 });
  });
});

describe('the order and the company of cells', () => {
  it('rows, columns, unknown columns and a title above the header never matter', () => {
    fc.assert(fc.property(arbitraryWorld, fc.integer(), (world, seed) => {
      const plain = build(world);
      const mixed = build(world);
      for (const sheet of mixed.memory.sheets.values()) {
        sheet.rows = shuffled(sheet.rows, seed);
        const order = shuffled([...sheet.keys.keys(), -1], seed + 1);
        const keys = sheet.keys;
        const headers = sheet.headers;
        sheet.keys = order.map((place) => (place < 0 ? null : keys[place]!));
        sheet.headers = order.map((place) => (place < 0 ? '本单位自用' : headers[place]!));
        for (const row of sheet.rows) {
          const cells = row.cells;
          row.cells = order.map((place) => (place < 0 ? '自用' : cells[place] ?? null));
        }
      }
      const titled = mixed.memory.snapshot();
      const snapshot = {
        ...titled,
        sheets: titled.sheets.map((sheet) => ({ ...sheet, rows: [{ ref: 0, cells: ['督查督办台账', null] }, ...sheet.rows] })),
      };
      const { workbook } = parseWorkbook(snapshot, POLICIES);
      expect(planned(planRun(workbook!, world.now, mixed.deliveries).changes)).toEqual(planned(planRun(parse(plain.memory), world.now, plain.deliveries).changes));
    }), { numRuns: 40 });
  });
});

describe('what automation may write', () => {
  it('is its own columns, blank ids and stamps, never a formula, and only over the value it saw', () => {
    const stamps = new Set<string>(SHEET_KEYS.flatMap((key) => columnsOf(key).filter((column) => column.editor === 'P*').map((column) => `${key}.${column.key}`)));
    holds(60, (world) => {
      const { memory, deliveries } = build(world);
      const items = memory.sheets.get('items')!;
      items.rows[0]!.cells[items.keys.indexOf('deadlineCurrent')] = { formula: 'A1+1', value: 46_000 };
      for (const change of planRun(parse(memory), world.now, deliveries).changes) {
        if (change.kind !== 'cell') continue;
        const seen = memory.cell(change.sheet, change.row.ref as number, change.column);
        expect(isFormula(seen)).toBe(false);
        expect(sameCell(seen, change.before)).toBe(true);
        const { editor } = columnsOf(change.sheet).find((column) => column.key === change.column)!;
        if (editor === 'A') continue;
        if (stamps.has(`${change.sheet}.${change.column}`)) expect(seen ?? '').toBe('');
        else if (change.column === 'status') expect(hasRequest(memory, change.row.id, change.sheet === 'notices' ? '更正' : null)).toBe(true);
        else expect([change.sheet, change.column, seen ?? '']).toEqual(['items', expect.stringMatching(/^(issuedAt|signedAt)$/), '']);
      }
    });
  });

  it('always names the clause or parameter behind it', () => {
    holds(40, (world) => {
      const { memory, deliveries } = build(world);
      const { plan } = run(memory, world.now, deliveries);
      for (const change of plan.changes) expect(change.because, JSON.stringify(change)).not.toBe('');
      const clauses = new Set(world.policy.scores.map((rule) => rule.clause));
      for (const { cells } of parse(memory).sheets.scores.rows) expect([...clauses]).toContain(cells.clause);
    });
  });
});

describe('scores', () => {
  it('sum up to 累计扣分 of their item and agree with their own working', () => {
    holds(60, (world) => {
      const { memory, deliveries } = build(world);
      run(memory, world.now, deliveries);
      const { sheets } = parse(memory);
      for (const { cells: item } of sheets.items.rows) {
        const counting = sheets.scores.rows.filter(({ cells }) => cells.itemId === item.itemId && cells.status === '生效' && cells.coefficient === null);
        const sum = counting.reduce((total, { cells }) => total + (cells.confirmed === null ? cells.proposed ?? 0 : -Math.abs(cells.confirmed)), 0);
        expect(item.pointsTotal ?? 0).toBeCloseTo(sum, 6);
      }
      for (const { cells } of sheets.scores.rows) {
        const product = /(?:迟办|不符合要求)([\d.]+)(?:天|处)×([\d.]+)分=([\d.]+)分/.exec(cells.working);
        if (product === null || cells.status === '撤销' || cells.confirmed !== null || cells.appealResult !== '') continue;
        expect(Number(product[3])).toBeCloseTo(Number(product[1]) * Number(product[2]), 1);
        expect(cells.proposed).toBeCloseTo(-Number(product[3]), 6);
      }
    });
  });
});

describe('what is locked', () => {
  it('scores and rankings of a locked period are never touched', () => {
    fc.assert(fc.property(arbitraryWorld, fc.constantFrom('2026-03', '2026-06', '2026Q2', '2026-11', '2026'), (world, locked) => {
      const { memory, deliveries } = build(world);
      memory.add('parameters', { key: 'lockedThrough', value: locked, effectiveFrom: '2026-01-01' });
      const through = parsePeriod(locked)!.last;
      const workbook = parse(memory);
      const monthAt = (sheet: 'scores' | 'rankings', ref: unknown): string => {
        const row = workbook.sheets[sheet].rows.find((candidate) => candidate.ref === ref)!;
        return 'month' in row.cells ? row.cells.month : row.cells.period;
      };
      for (const change of planRun(workbook, world.now, deliveries).changes) {
        if (change.kind === 'home' || (change.sheet !== 'scores' && change.sheet !== 'rankings')) continue;
        const id = change.kind === 'cell' ? monthAt(change.sheet, change.row.ref) : change.values[change.sheet === 'scores' ? 'month' : 'period'] as string;
        expect(parsePeriod(id)!.last, JSON.stringify(change)).toBeGreaterThan(through);
      }
    }), { numRuns: 40 });
  });

  it('no parameter or calendar entry moves the limits of an item that was issued', () => {
    const parameter = fc.constantFrom<readonly [string, Cell]>(
      ['superiorDays', 20], ['proposalDays', 30], ['documentWorkdays', 20], ['urgentDocumentWorkdays', 9], ['legWorkdays', 9], ['startDayCounts', '是'],
      ['lastDayRolls', '否'], ['extensionCutoff', 'before-deadline'], ['extensionCutoff', 'any'], ['maxExtensions', 1], ['latenessBase', 'original'], ['effectiveFrom', '2027-01-01'],
    );
    fc.assert(fc.property(arbitraryWorld, parameter, fc.integer({ min: day('2026-01-05'), max: day('2027-03-01') }), (world, [key, value], off) => {
      const { memory, deliveries } = build(world);
      run(memory, world.now, deliveries);
      const limits = (): string[] => {
        const { sheets, index } = parse(memory);
        return sheets.items.rows.filter(({ cells }) => {
          const { effectiveStatus, issuedAt } = index.baseline.get(cells.itemId)!.cells;
          const group = groupOf(effectiveStatus as Parameters<typeof groupOf>[0]);
          return group !== 'before' && (group !== 'void' || issuedAt !== null);
        }).map(({ cells }) => `${cells.itemId} ${cells.deadlineOriginal} ${cells.deadlineCurrent}`).sort();
      };
      const before = limits();
      const parameters = memory.sheets.get('parameters')!;
      parameters.rows = parameters.rows.filter((row) => row.cells[parameters.keys.indexOf('key')] !== key);
      memory.add('parameters', { key, value });
      for (let next = 0; next < 3; next += 1) memory.add('calendar', { date: serialOfDay((off + next) as Day), type: '休' });
      run(memory, (world.now + 60) as Moment, deliveries);
      expect(limits()).toEqual(before);
    }), { numRuns: 60 });
  });
});

describe('notices', () => {
  it('have unique keys, are planned for working days only, and never for a moment before first sight', () => {
    holds(60, (world) => {
      const { memory, deliveries } = build(world);
      const workbook = parse(memory);
      const plan = planRun(workbook, world.now, deliveries);
      const keys = plan.notices.map((notice) => notice.noticeId);
      expect(new Set(keys).size).toBe(keys.length);
      const firstSeen = new Map(plan.items.map(({ facts }) => [facts.id, facts.firstSeen]));
      for (const notice of plan.notices) {
        expect(workbook.calendar.isWorkingDay(notice.plannedOn), notice.noticeId).toBe(true);
        const seen = firstSeen.get(notice.itemId);
        const moment = /\/(?:due|overdue|lead)\/(\d{4}-\d{2}-\d{2})/.exec(notice.noticeId)?.[1];
        if (seen !== undefined) expect(notice.plannedOn).toBeGreaterThanOrEqual(dayOf(seen));
        if (seen !== undefined && moment !== undefined && /\/overdue\//.test(notice.noticeId)) {
          expect(workbook.calendar.nextWorkingDay(addDays(day(moment), 1)), notice.noticeId).toBeGreaterThanOrEqual(dayOf(seen));
        }
      }
    });
  });

  it('tell each duty once in one digest per person and day, over a fortnight with holidays and an outage', () => {
    const fortnight = fc.record({
      start: fc.constantFrom(day('2026-02-09'), day('2026-04-27'), day('2026-09-21'), day('2026-06-01')), outage: fc.nat(10), length: fc.nat(4),
      hours: fc.array(fc.integer({ min: 6, max: 22 }), { minLength: 1, maxLength: 3 }),
    });
    fc.assert(fc.property(arbitraryWorld, fortnight, (world, { start, outage, length, hours }) => {
      const { memory } = build({ ...world, earlier: null });
      const deliveries = new Map<string, Delivery>();
      const sent: Delivery[] = [];
      for (let offset = 0; offset < 15; offset += 1) {
        if (offset >= outage && offset < outage + length) continue;
        for (const hour of [...new Set(hours)].sort((a, b) => a - b)) {
          const on = addDays(start, offset);
          const round = run(memory, at(on, hour), deliveries);
          if (!parse(memory).calendar.isWorkingDay(on)) expect(round.sent).toEqual([]);
          sent.push(...round.sent);
        }
      }
      expect(new Set(sent.map((delivery) => delivery.key)).size).toBe(sent.length);
      const digests = sent.filter((delivery) => delivery.key.startsWith('每日摘要/'));
      const told = digests.flatMap((delivery) => delivery.members);
      expect(new Set(told).size).toBe(told.length);
      const end = addDays(start, 14);
      const { calendar, sheets } = parse(memory);
      for (const { cells } of sheets.notices.rows) {
        if (cells.channel !== '摘要' || cells.plannedOn === null || cells.plannedOn > end || !calendar.isWorkingDay(end)) continue;
        expect(told, cells.noticeId).toContain(cells.noticeId);
        expect(cells.status).toBe('已发');
      }
    }), { numRuns: 25 });
  });

  it('keep a confidential item to its number and to the people named on it', () => {
    holds(60, (world) => {
      const { memory, deliveries } = build(world);
      const workbook = parse(memory);
      const plan = planRun(workbook, world.now, deliveries);
      const fresh = plan.notices.filter((notice) => !workbook.index.notice.has(notice.noticeId));
      const words = fresh.map((notice) => `${notice.subject}\n${notice.body}`).join('\n');
      world.rows.items!.forEach((row, index) => {
        if (row['confidentiality'] !== '保密') return;
        expect(words).not.toContain(titleOf(index));
        const { cells } = plan.items.find(({ facts }) => facts.id === itemId(index))!.facts;
        const named = [cells.handler, cells.dutyPerson, cells.leaderInCharge, cells.supervisingLeader];
        for (const notice of fresh) {
          if (notice.itemId !== itemId(index)) continue;
          for (const name of [notice.recipient, ...splitNames(notice.copy)]) expect(named, notice.noticeId).toContain(name);
        }
      });
    });
  });
});

describe('parsing and planning', () => {
  it('never throw, whatever the cells hold', () => {
    const plain = fc.oneof(
      fc.constantFrom<Cell>(null, '', NaN, Infinity, -Infinity, -1, 0, 1e15, -46_000.5, 2_958_466, true, false, { error: '#REF!' }, '=1+1', '4月底前', '2026-02-30', '9999-12-31 23:59', 'x'.repeat(50_000), '\u0000', '\ud800'),
      fc.double(), fc.string({ maxLength: 12 }), fc.integer({ min: 45_900, max: 46_600 }).map((serial): Cell => serial),
      fc.constantFrom<Cell>(...['已下发', '办理中', '已办结', '已退办', '同意', '延期', '是', '自动', '生效', '待发', '摘要', '邮件', 'DB-2026-001', '2026-03', 'maxExtensions', 'policy', '催办通知']),
    );
    const cell = fc.oneof({ weight: 4, arbitrary: plain }, {
      weight: 1, arbitrary: fc.record({ formula: fc.string({ maxLength: 5 }), value: plain as fc.Arbitrary<null> }),
    });
    const rows = (key: SheetKey): fc.Arbitrary<Cell[][]> => fc.array(fc.array(cell, { minLength: columnsOf(key).length, maxLength: columnsOf(key).length }), { maxLength: 3 });
    const sheets = fc.record(Object.fromEntries(SHEET_KEYS.map((key) => [key, rows(key)])));
    fc.assert(fc.property(sheets, fc.constantFrom(...Object.keys(POLICIES)), (content, policy) => {
      const memory = new MemoryWorkbook();
      memory.add('parameters', { key: 'policy', value: policy });
      for (const key of SHEET_KEYS) {
        const names = columnsOf(key).map((column) => column.key);
        for (const row of content[key] ?? []) memory.add(key, Object.fromEntries(names.map((name, place) => [name, row[place] ?? null])));
      }
      const { workbook } = parseWorkbook(memory.snapshot(), POLICIES);
      expect(workbook).not.toBeNull();
      planRun(workbook!, at(day('2026-03-02'), 9));
    }), { numRuns: 80 });
  });
});

describe('the home page', () => {
  it('counts what a recount counts', () => {
    holds(40, (world) => {
      const { memory, deliveries } = build(world);
      run(memory, world.now, deliveries);
      const { sheets } = parse(memory);
      const lights = { countGreen: '绿', countYellow: '黄', countRed: '红', countBlue: '蓝', countGrey: '灰', countDone: '完' };
      for (const [key, light] of Object.entries(lights)) {
        expect(memory.home[key] ?? 0, key).toBe(sheets.items.rows.filter(({ cells }) => cells.light === light).length);
      }
      const { index } = parse(memory);
      expect(memory.home['toReview']).toBe([...index.baseline.values()].filter(({ cells }) => cells.effectiveStatus === '待审核').length);
      expect(memory.home['toApprove']).toBe(sheets.requests.rows.filter(({ cells }) => cells.type === '延期' && cells.outcome === '审批中' && index.item.has(cells.itemId)).length);
      expect(memory.home['toSign']).toBe(sheets.notices.rows.filter(({ cells }) => cells.status === '待签').length);
      expect(memory.home['toConfirm']).toBe(sheets.scores.rows.filter(({ cells }) => cells.status === '建议' || cells.status === '待认定').length);
    });
  });
});
