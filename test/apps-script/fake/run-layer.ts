import type { Area, Shift } from './area.ts';
import { lastColumnOf, lastRowOf } from './area.ts';

interface Run<T> { readonly from: number; readonly to: number; readonly value: T }

/**
 * A property of cells (a format, a validation, a note) kept as runs of equal values down each column:
 * sheets are painted by columns, so 20 000 rows cost as little as one.
 */
export class RunLayer<T> {
  #columns = new Map<number, Run<T>[]>();

  get(row: number, column: number): T | undefined {
    const runs = this.#columns.get(column);
    const run = runs?.[indexAtOrAfter(runs, row)];
    return run !== undefined && run.from <= row ? run.value : undefined;
  }

  /** Undefined erases. */
  set(area: Area, value: T | undefined): void {
    for (let column = area.column; column <= lastColumnOf(area); column++) this.#setRows(column, area.row, lastRowOf(area), value);
  }

  shift(shift: Shift, inherit: 'before' | 'after'): void {
    if (shift.dimension === 'columns') this.#shiftColumns(shift, inherit);
    else for (const [column, runs] of this.#columns) this.#columns.set(column, shiftedRuns(runs, shift, inherit));
  }

  /** Rows of the area take the values that stood at `order[i]`, as a sort moves them. */
  reorder(area: Area, order: readonly number[]): void {
    for (let column = area.column; column <= lastColumnOf(area); column++) {
      if ((this.#columns.get(column)?.length ?? 0) === 0) continue;
      const values = order.map((row) => this.get(row, column));
      for (let start = 0, end = 0; start < values.length; start = end) {
        while (end < values.length && values[end] === values[start]) end++;
        this.#setRows(column, area.row + start, area.row + end - 1, values[start]);
      }
    }
  }

  /** Every run as the area of one column. */
  *entries(): Generator<{ area: Area; value: T }> {
    for (const [column, runs] of this.#columns) {
      for (const run of runs) yield { area: { row: run.from, rows: run.to - run.from + 1, column, columns: 1 }, value: run.value };
    }
  }

  #setRows(column: number, from: number, to: number, value: T | undefined): void {
    const runs = this.#columns.get(column) ?? [];
    // One run further on either side, so that equal neighbours join.
    const start = indexAtOrAfter(runs, from - 1);
    let end = start;
    while (end < runs.length && runs[end]!.from <= to + 1) end++;
    const touched = runs.slice(start, end);
    const before = touched.filter((run) => run.from < from).map((run) => ({ ...run, to: Math.min(run.to, from - 1) }));
    const after = touched.filter((run) => run.to > to).map((run) => ({ ...run, from: Math.max(run.from, to + 1) }));
    const middle = value === undefined ? [] : [{ from, to, value }];
    runs.splice(start, end - start, ...joined([...before, ...middle, ...after]));
    this.#columns.set(column, runs);
  }

  #shiftColumns({ at, count }: Shift, inherit: 'before' | 'after'): void {
    const moved = new Map<number, Run<T>[]>();
    for (const [column, runs] of this.#columns) {
      if (column < at) moved.set(column, runs);
      else if (count > 0 || column >= at - count) moved.set(column + count, runs);
    }
    const source = inherit === 'before' ? at - 1 : at;
    const inherited = this.#columns.get(source);
    if (inherited !== undefined) for (let step = 0; step < count; step++) moved.set(at + step, [...inherited]);
    this.#columns = moved;
  }
}

/** Index of the first run that ends at `row` or later. */
function indexAtOrAfter<T>(runs: readonly Run<T>[], row: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[middle]!.to < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

function joined<T>(runs: readonly Run<T>[]): Run<T>[] {
  const result: Run<T>[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last !== undefined && last.value === run.value && last.to + 1 === run.from) result[result.length - 1] = { ...last, to: run.to };
    else result.push(run);
  }
  return result;
}

function shiftedRuns<T>(runs: readonly Run<T>[], { at, count }: Shift, inherit: 'before' | 'after'): Run<T>[] {
  const result: Run<T>[] = [];
  if (count > 0) {
    // Inserted rows look like the row they were inserted after (or before): that run grows.
    const heir = inherit === 'before' ? at - 1 : at;
    for (const run of runs) {
      const grows = run.from <= heir && heir <= run.to;
      const from = run.from >= at && !(grows && run.from === at) ? run.from + count : run.from;
      const to = run.to >= at || (grows && run.to === at - 1) ? run.to + count : run.to;
      result.push({ from, to, value: run.value });
    }
    return result;
  }
  const cutEnd = at - count;
  const landed = (row: number): number => (row < at ? row : row < cutEnd ? at : row + count);
  for (const run of runs) {
    const from = landed(run.from);
    const to = run.to >= cutEnd || run.to < at ? landed(run.to) : at - 1;
    if (to >= from) result.push({ from, to, value: run.value });
  }
  return joined(result);
}
