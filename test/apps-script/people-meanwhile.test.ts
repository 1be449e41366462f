import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, SHEETS, type Cell } from '#core';
import type { Sim } from './fake/sim.ts';
import { placeOf, rowsOf, setCell } from './office.ts';
import { ITEMS, smallOffice, TAG_HEADER } from './small-office.ts';

const LEDGER = SHEETS.items.name;
/** No rule of this office moves a status by itself, so 状态 is people's here too. */
const PEOPLES = columnsOf('items').filter(({ key, editor }) => editor === 'P' || editor === 'P*' || key === 'status').map(({ key }) => key);
/** Cells that automation may fill where they are blank (contract, P*). */
const FILLED = new Set(columnsOf('items').filter(({ editor }) => editor === 'P*').map(({ key }) => key));

const RUNS = Number(process.env['DUBAN_RUNS'] ?? 20);

type Act =
  | { readonly kind: 'edit'; readonly row: number; readonly column: 'title' | 'remark' | 'handler'; readonly text: string }
  | { readonly kind: 'insert'; readonly row: number }
  | { readonly kind: 'delete'; readonly row: number }
  | { readonly kind: 'sort'; readonly column: number; readonly ascending: boolean }
  | { readonly kind: 'column'; readonly at: number };

const row = fc.integer({ min: 2, max: ITEMS.length + 1 });
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('edit' as const), row, column: fc.constantFrom('title' as const, 'remark' as const, 'handler' as const), text: fc.constantFrom('改过', '=A1', '经办') }),
  fc.record({ kind: fc.constant('insert' as const), row }),
  fc.record({ kind: fc.constant('delete' as const), row }),
  fc.record({ kind: fc.constant('sort' as const), column: fc.constantFrom(2, 3, 4, 6), ascending: fc.boolean() }),
  fc.record({ kind: fc.constant('column' as const), at: fc.integer({ min: 1, max: 12 }) }),
);

/** What people have in their cells, by the tag that they gave each row. */
class Model {
  readonly rows = new Map<string, Record<string, Cell>>();
  /** Texts typed into rows without a tag. */
  readonly typed = new Set<string>();
  readonly sim: Sim;
  constructor(sim: Sim) {
    this.sim = sim;
    ITEMS.forEach((cells, index) => this.rows.set(`甲${index + 1}`, Object.fromEntries(PEOPLES.map((key) => [key, cells[key] ?? null]))));
  }

  perform(action: Act): void {
    const { spreadsheet } = this.sim;
    const columns = this.columns();
    switch (action.kind) {
      case 'edit': {
        const tag = this.tagAt(action.row);
        spreadsheet.sheet(LEDGER).write(action.row, columns.get(action.column)!, action.text);
        const own = tag === null ? undefined : this.rows.get(tag);
        if (own === undefined) this.typed.add(action.text);
        if (own !== undefined) own[action.column] = action.text;
        break;
      }
      case 'insert': this.sim.insertRow(LEDGER, action.row); break;
      case 'delete': {
        const tag = this.tagAt(action.row);
        this.sim.deleteRow(LEDGER, action.row);
        if (tag !== null) this.rows.delete(tag);
        break;
      }
      case 'sort': this.sim.sort(LEDGER, action.column, { ascending: action.ascending }); break;
      case 'column': this.sim.insertColumn(LEDGER, action.at); break;
    }
  }

  /** Every person's cell holds what people put there; a blank P* cell may have been filled. */
  check(): void {
    const columns = this.columns();
    const grid = this.sim.spreadsheet.cells(LEDGER);
    const tagPlace = grid[0]!.indexOf(TAG_HEADER);
    const found = new Set<string>();
    for (const cells of grid.slice(1)) {
      const tag = cells[tagPlace] ?? null;
      if (tag === null) {
        // An edit below the data begins a new row, which may get its id; nothing else of people's may be filled there.
        const typed = this.typed.size > 0 && [...this.typed].some((text) => cells.includes(text));
        for (const key of PEOPLES) {
          const now = cells[columns.get(key)! - 1] ?? null;
          if (!typed || !FILLED.has(key)) expect(now === null || (typed && this.typed.has(now as string)), `${key} of an untouched row holds ${JSON.stringify(now)}`).toBe(true);
        }
        continue;
      }
      found.add(tag as string);
      const own = this.rows.get(tag as string)!;
      for (const key of PEOPLES) {
        const now = cells[columns.get(key)! - 1] ?? null;
        if (own[key] === null && FILLED.has(key)) continue;
        expect(now, `${tag as string} ${key}`).toEqual(own[key]);
      }
    }
    expect(found).toEqual(new Set(this.rows.keys()));
    const ids = rowsOf(this.sim, 'items').map((cells) => cells['itemId']).filter((id) => id !== '');
    expect(new Set(ids).size, 'no id stands twice').toBe(ids.length);
  }

  private columns(): Map<string, number> {
    const header = this.sim.spreadsheet.cells(LEDGER)[0]!;
    return new Map(columnsOf('items').map((column) => [column.key, header.indexOf(column.header) + 1]));
  }

  private tagAt(at: number): string | null {
    const grid = this.sim.spreadsheet.cells(LEDGER);
    return (grid[at - 1]?.[grid[0]!.indexOf(TAG_HEADER)] ?? null) as string | null;
  }
}

describe('people at the table while a run works', () => {
  it('never lose a cell, and the next runs put right what was misled', { timeout: 60_000 + RUNS * 4_000 }, () => {
    fc.assert(fc.property(fc.boolean(), fc.array(fc.tuple(fc.integer({ min: 0, max: 99 }), act), { minLength: 1, maxLength: 2 }), (second, actions) => {
      const sim = smallOffice();
      if (second) {
        sim.call('runNow');
        setCell(sim, 'items', 'T-2', 'status', '待审核');
        sim.moveTo('2026-03-03T09:05:00+08:00');
      }
      const model = new Model(sim);
      if (second) for (const cells of rowsOf(sim, 'items')) remember(model, sim, cells);
      const calls = countCalls(second);
      const due = actions.map(([share, action]) => ({ at: Math.floor((share / 100) * calls), action }));
      let seen = 0;
      sim.beforeCall(() => {
        for (const { at, action } of due) if (at === seen) model.perform(action);
        seen += 1;
      });
      sim.call('runNow');
      sim.beforeCall(null);
      for (let again = 0; again < 3; again += 1) sim.call('runNow');
      model.check();
      sim.resetCalls();
      sim.call('runNow');
      expect(sim.calls.get('Sheets.Spreadsheets.batchUpdate') ?? 0, sim.ui.alerts.at(-1)?.text).toBe(0);
    // A sort between two reads gave the number of one new row to another.
    }), { numRuns: RUNS, examples: [[false, [[5, { kind: 'sort', column: 2, ascending: false }]]]] });
  });
});

/** Ids that an earlier run gave are people's by now. */
function remember(model: Model, sim: Sim, cells: Readonly<Record<string, unknown>>): void {
  const grid = sim.spreadsheet.cells(LEDGER);
  const line = grid.findIndex((candidate) => candidate[placeOf('items', 'itemId')] === cells['itemId']);
  const own = model.rows.get(grid[line]![grid[0]!.indexOf(TAG_HEADER)] as string)!;
  for (const key of [...FILLED, 'status']) own[key] = grid[line]![placeOf('items', key)] ?? null;
}

const known = new Map<boolean, number>();

/** How many service calls a run makes on the first, or on the second day. */
function countCalls(second: boolean): number {
  const before = known.get(second);
  if (before !== undefined) return before;
  const sim = smallOffice();
  if (second) {
    sim.call('runNow');
    setCell(sim, 'items', 'T-2', 'status', '待审核');
    sim.moveTo('2026-03-03T09:05:00+08:00');
  }
  sim.call('runNow');
  const calls = sim.executions.at(-1)!.serviceCalls;
  known.set(second, calls);
  return calls;
}
