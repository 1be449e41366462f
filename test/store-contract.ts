import { afterEach, describe, expect, it } from 'vitest';
import {
  bindColumns, columnsOf, day, endOfDay, findSheet, moment, serialOfDay, serialOfMoment, SHEETS,
  type Cell, type CellWrite, type Change, type OutValue, type RowAppend, type SheetKey, type WorkbookSnapshot,
} from '#core';
import { POLICIES } from '#policies';
import { runWorkbook, type DeliveryMemory, type RunOutcome } from '../sync-service/jobs/run-workbook.ts';
import { StoreError, type ApplyResult, type WorkbookStore } from '../sync-service/workbook/store.ts';
import type { Rows } from './google/plain-book.ts';

/** One workbook of a host, as its store sees it and as people see it in their own program. */
export interface ContractWorkbook {
  readonly store: WorkbookStore;
  /** A person changes a sheet's cells: all of them from the top, header included, and what they become. */
  edit(key: SheetKey, change: (grid: Cell[][]) => Cell[][]): Promise<void>;
  /** A person inserts a column of his own before a 0-based place. */
  insertColumn(key: SheetKey, place: number, header: string): Promise<void>;
  /** Makes the store's next write fail half-way or lose its answer, where the host can: each way a name. */
  readonly breakdowns: readonly { readonly name: string; next(): void }[];
  close(): Promise<void>;
}

const ITEM: Readonly<Record<string, Cell>> = { itemId: 'DB-1', title: '办理甲事', leadUnit: '征管科', form: '一般', category: '局领导交办', status: '办理中' };
const NOW = moment('2026-03-02 09:00');

/** What every store of a workbook does, whatever the host. `formulas`: whether one stands in a cell, or is a whole column's. */
export function storeContract(host: string, open: (rows: Rows) => Promise<ContractWorkbook>, formulas: 'cell' | 'column' = 'cell'): void {
  let workbook: ContractWorkbook | null = null;
  const opened = async (rows: Rows): Promise<ContractWorkbook> => workbook = await open(rows);

  afterEach(async () => {
    await workbook?.close();
    workbook = null;
  });

  describe(`the store of ${host}`, () => {
    it('reads values of every kind as they stand, dates as serial numbers, formulas with what they show', async () => {
      const cells = {
        ...ITEM, deadlineSet: serialOfDay(day('2026-03-05')), receivedAt: serialOfMoment(moment('2026-03-01 14:30')), percent: 0.5, remark: '=不是公式', requirement: '两行\n文字 😀 <&>',
        progress: { formula: 'LEN(C2)', value: 4 }, ...(formulas === 'cell' ? { result: { formula: 'C2/0', value: { error: '#DIV/0!' } } } : {}), attachments: true, coUnits: '法规科、办税科',
      };
      const { store } = await opened({ items: [cells] });
      const snapshot = await store.read();
      for (const [column, cell] of Object.entries(cells)) expect(cellOf(snapshot, 'items', 'DB-1', column), column).toEqual(cell);
      expect(cellOf(snapshot, 'items', 'DB-1', 'dutyPerson')).toBeNull();
      expect(snapshot.isCopy).toBe(false);
    });

    it('writes text as text, days and moments as dates, blanks as blanks', async () => {
      const { store } = await opened({ items: [{ ...ITEM, hint: '旧提示' }] });
      const wanted: [column: string, before: Cell, after: OutValue, held: Cell][] = [
        ['light', null, '=1+1', '=1+1'], ['deadlineBasis', null, '+86 @办公室', '+86 @办公室'], ['hint', '旧提示', null, null], ['daysLeft', null, -3, -3],
        ['closedAt', null, { kind: 'day', day: day('2026-03-09') }, serialOfDay(day('2026-03-09'))],
        ['deadlineCurrent', null, { kind: 'moment', moment: moment('2026-03-09 12:30') }, serialOfMoment(moment('2026-03-09 12:30'))],
        ['deadlineOriginal', null, { kind: 'moment', moment: endOfDay(day('2026-03-10')) }, serialOfDay(day('2026-03-10'))],
      ];
      const result = await apply(store, wanted.map(([column, before, after]) => cell('DB-1', column, before, after)));
      expect(result).toMatchObject({ written: wanted.length, conflicts: [], state: 'saved' });
      const snapshot = await store.read();
      for (const [column, , , held] of wanted) {
        const found = cellOf(snapshot, 'items', 'DB-1', column);
        expect(typeof held === 'number' ? Math.abs(Number(found) - held) < 1e-9 : found === held, `${column}: ${JSON.stringify(found)}`).toBe(true);
      }
    });

    it('appends below the last row, with a column that the contract doesn\'t know left blank', async () => {
      const own = await opened({ items: [ITEM] });
      await own.insertColumn('items', 3, '自己的列');
      await own.edit('items', (grid) => grid.map((row, index) => (index === 1 ? row.map((cell, at) => (at === 3 ? '人写的' : cell)) : row)));
      const result = await apply(own.store, [append('DB-2', '=新事项'), append('DB-3', '再一件')]);
      expect(result).toMatchObject({ written: 2, conflicts: [] });
      const snapshot = await own.store.read();
      expect(cellOf(snapshot, 'items', 'DB-2', 'title')).toBe('=新事项');
      expect(cellOf(snapshot, 'items', 'DB-2', 'deadlineSet')).toBe(serialOfDay(day('2026-05-06')));
      expect(rowsOf(snapshot, 'items').map((row) => row[3] ?? null)).toEqual(['人写的', null, null]);
      expect((await apply(own.store, [append('DB-3', '又一件')])).conflicts.map(({ reason }) => reason)).toEqual(['row-exists']);
    });

    it('writes only where the cell still holds what the plan saw, and tells the rest', async () => {
      const computed = { formula: 'A1', value: '灯号' };
      const own = await opened({ items: [ITEM, { ...ITEM, itemId: 'DB-2', light: '绿' }, { ...ITEM, itemId: 'DB-3', deadlineBasis: computed }] });
      const result = await apply(own.store, [cell('DB-1', 'light', null, '黄'), cell('DB-2', 'light', '黄', '红'), cell('DB-3', 'deadlineBasis', '灯号', '红'), cell('DB-9', 'light', null, '红')]);
      expect(result.written).toBe(1);
      expect(result.conflicts.map(({ reason }) => reason)).toEqual(['cell-changed', 'formula', 'row-gone']);
      const snapshot = await own.store.read();
      expect(['DB-1', 'DB-2'].map((id) => cellOf(snapshot, 'items', id, 'light'))).toEqual(['黄', '绿']);
      expect(cellOf(snapshot, 'items', 'DB-3', 'deadlineBasis')).toEqual(computed);
    });

    it('does nothing where everything stands already', async () => {
      const { store } = await opened({ items: [ITEM] });
      const changes = [cell('DB-1', 'light', null, '黄'), cell('DB-1', 'daysLeft', null, 3)];
      expect((await apply(store, changes)).written).toBe(2);
      expect(await apply(store, changes)).toEqual({ written: 0, conflicts: [], state: 'unchanged' });
      expect(await apply(store, [])).toEqual({ written: 0, conflicts: [], state: 'unchanged' });
    });

    it('finds rows and columns that people moved between reading and writing', async () => {
      const own = await opened({ items: [ITEM, { ...ITEM, itemId: 'DB-2', title: '乙' }, { ...ITEM, itemId: 'DB-3', title: '丙' }] });
      const result = await apply(own.store, ['DB-1', 'DB-2', 'DB-3'].map((id) => cell(id, 'remark', null, `给${id}`)), async () => {
        await own.edit('items', ([head, ...rows]) => [head!, ...rows.reverse()]);
        await own.insertColumn('items', 2, '插入的列');
      });
      expect(result).toMatchObject({ written: 3, conflicts: [] });
      const snapshot = await own.store.read();
      expect(['DB-1', 'DB-2', 'DB-3'].map((id) => cellOf(snapshot, 'items', id, 'remark'))).toEqual(['给DB-1', '给DB-2', '给DB-3']);
      expect(rowsOf(snapshot, 'items').map((row) => row[2] ?? null)).toEqual([null, null, null]);
    });

    it('reads past a title above the header, renamed headers and people\'s own sheets', async () => {
      const own = await opened({ items: [ITEM] });
      await own.edit('items', ([head, ...rows]) => [['某单位督办台账'], head!.map((name) => (name === '现行时限' ? '现行时限(勿改)' : name === '备 注' ? '备注' : name)), ...rows]);
      expect((await apply(own.store, [cell('DB-1', 'light', null, '黄')])).written).toBe(1);
      expect(cellOf(await own.store.read(), 'items', 'DB-1', 'light')).toBe('黄');
    });

    it('remembers mishaps beside the workbook', async () => {
      const { store } = await opened({ items: [ITEM] });
      const snapshot = await store.read();
      store.noteMishaps(snapshot, [{ at: NOW, message: '有一处已恢复' }]);
      store.noteMishaps(snapshot, [{ at: NOW, message: '有一处已恢复' }]);
      expect((await store.read()).mishaps).toEqual([{ at: NOW, message: '有一处已恢复' }]);
    });

    it('a run writes and sends, a second one at the same moment does nothing, also after people edited meanwhile', async () => {
      const own = await opened(office());
      const memory = deliveryMemory();
      const editing = { ...own.store, apply: async (snapshot: WorkbookSnapshot, changes: readonly Change[]) => {
        editing.apply = own.store.apply.bind(own.store);
        await own.edit('items', (grid) => grid.map((row, index) => (index === 2 ? row.map((cell, at) => (at === place('items', 'progress') ? '刚写的进展' : cell)) : row)));
        return own.store.apply(snapshot, changes);
      } };
      const first = await run(editing, memory);
      expect(first.writes).toBeGreaterThan(10);
      await run(own.store, memory);
      const last = await run(own.store, memory);
      expect({ writes: last.writes, notices: last.notices, delivered: last.delivered, state: last.state }).toEqual({ writes: 0, notices: 0, delivered: 0, state: 'unchanged' });
      const snapshot = await own.store.read();
      expect(rowsOf(snapshot, 'items').map((row) => row[place('items', 'progress')] ?? null)).toContain('刚写的进展');
      expect(memory.sent).toEqual([...new Set(memory.sent)]);
    });

    it('a run whose write breaks down is finished by itself or the next, with what an unbroken one leaves', async () => {
      const whole = await opened(office());
      await run(whole.store, deliveryMemory());
      const wanted = shape(await whole.store.read());
      for (let way = 0; way < whole.breakdowns.length; way += 1) {
        await workbook!.close();
        const own = await opened(office());
        const memory = deliveryMemory();
        own.breakdowns[way]!.next();
        await run(own.store, memory).catch((error: unknown) => { if (!(error instanceof StoreError)) throw error; });
        await run(own.store, memory);
        expect(shape(await own.store.read()), own.breakdowns[way]!.name).toEqual(wanted);
        expect((await run(own.store, memory)).state).toBe('unchanged');
      }
    });
  });
}

/** An office with items that a run has much to do with. */
function office(): Rows {
  return {
    parameters: [{ key: 'policy', value: 'tax' }],
    units: [{ name: '征管科', head: '征管科科长', active: '是' }, { name: '法规科', head: '法规科科长', active: '是' }],
    people: [
      { name: '督办专员', unit: '征管科', roles: '督办专员', email: 'office@example.com' }, { name: '征管科科长', unit: '征管科', roles: '单位负责人', email: 'head@example.com' },
      { name: '法规科科长', unit: '法规科', roles: '单位负责人', email: 'law@example.com' },
    ],
    items: [
      { ...ITEM, itemId: null, status: '已下发', deadlineSet: serialOfDay(day('2026-03-04')) },
      { ...ITEM, itemId: null, title: '乙', leadUnit: '法规科', deadlineSet: serialOfDay(day('2026-02-20')) },
      { ...ITEM, itemId: null, title: '丙', status: null, deadlineSet: '4月底前' },
    ],
  };
}

/** What the data sheets hold, but for the times and numbers of the runs themselves. */
function shape(snapshot: WorkbookSnapshot): unknown {
  return (['items', 'notices', 'history', 'baseline', 'scores'] as const).map((key) => rowsOf(snapshot, key).map((row) => columnsOf(key).map(({ key: column }) => {
    const cell = row[binding(snapshot, key).columns[column] ?? -1] ?? null;
    return key === 'history' && ['chain', 'runId'].includes(column) ? null : typeof cell === 'number' ? Math.round(cell * 1e6) : cell;
  })));
}

function deliveryMemory(): DeliveryMemory & { readonly sent: string[] } {
  const entries = new Map<string, Parameters<DeliveryMemory['record']>[0]>();
  return { workbookId: 'contract', sent: [], entries: () => entries, record: (delivery) => void entries.set(delivery.key, delivery), reached: () => new Set<string>() };
}

async function run(store: WorkbookStore, memory: ReturnType<typeof deliveryMemory>): Promise<RunOutcome> {
  return runWorkbook({
    store, policies: POLICIES, now: NOW, policyExpected: null, memory, dryRun: false, digests: 'at-once', version: 'test', progress: { step: () => undefined, count: () => undefined }, elapsed: () => 1,
    transport: {
      name: 'smtp', check: () => Promise.resolve({ ok: true }), close: () => Promise.resolve(),
      send(mail) {
        memory.sent.push(mail.key);
        return Promise.resolve({ ok: true });
      },
    },
  });
}

/** As a run does it: where the whole workbook moved on, it is read again. `meanwhile` happens once, between reading and writing. */
async function apply(store: WorkbookStore, changes: readonly Change[], meanwhile?: () => Promise<void>): Promise<ApplyResult> {
  const snapshot = await store.read();
  await meanwhile?.();
  try {
    return await store.apply(snapshot, changes);
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'changed-meanwhile') throw error;
    return store.apply(await store.read(), changes);
  }
}

function cell(id: string, column: string, before: Cell, after: OutValue): CellWrite {
  return { kind: 'cell', sheet: 'items', row: { id, ref: 2 }, column, before, after, because: 'test' };
}

function append(id: string, title: string): RowAppend {
  return { kind: 'append', sheet: 'items', id, because: 'test', values: { itemId: id, title, deadlineSet: { kind: 'moment', moment: endOfDay(day('2026-05-06')) } } };
}

function binding(snapshot: WorkbookSnapshot, key: SheetKey): NonNullable<ReturnType<typeof bindColumns>> {
  return bindColumns(findSheet(snapshot, key), key, [])!;
}

function rowsOf(snapshot: WorkbookSnapshot, key: SheetKey): (readonly Cell[])[] {
  return findSheet(snapshot, key)!.rows.slice(binding(snapshot, key).headerRow + 1).map(({ cells }) => cells).filter((cells) => cells.some((cell) => cell !== null));
}

function cellOf(snapshot: WorkbookSnapshot, key: SheetKey, id: string, column: string): Cell {
  const { columns } = binding(snapshot, key);
  const row = rowsOf(snapshot, key).find((cells) => cells[columns[SHEETS[key].id!]!] === id);
  return row?.[columns[column]!] ?? null;
}

function place(key: SheetKey, column: string): number {
  return columnsOf(key).findIndex((candidate) => candidate.key === column);
}
