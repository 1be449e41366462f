import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shifted } from './fake/area.ts';
import { RunLayer } from './fake/run-layer.ts';

const SIZE = 8;
type Cells = (string | undefined)[][];

const span = fc.tuple(fc.integer({ min: 1, max: SIZE }), fc.integer({ min: 1, max: SIZE })).map(([a, b]) => ({ start: Math.min(a, b), length: Math.abs(a - b) + 1 }));
const step = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), rows: span, columns: span, value: fc.constantFrom('x', 'y', undefined) }),
  fc.record({ kind: fc.constant('insert' as const), dimension: fc.constantFrom('rows' as const, 'columns' as const), at: fc.integer({ min: 2, max: SIZE }), count: fc.integer({ min: 1, max: 3 }), inherit: fc.constantFrom('before' as const, 'after' as const) }),
  fc.record({ kind: fc.constant('delete' as const), dimension: fc.constantFrom('rows' as const, 'columns' as const), lines: span }),
  fc.record({ kind: fc.constant('reorder' as const), rows: span, columns: span }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The same on a plain grid of cells, line by line. */
function naive(cells: Cells, change: Step): Cells {
  const lines = <T>(list: T[]): T[] => {
    if (change.kind === 'insert') {
      const heir = list[change.inherit === 'before' ? change.at - 2 : change.at - 1];
      return [...list.slice(0, change.at - 1), ...Array.from({ length: change.count }, () => heir as T), ...list.slice(change.at - 1)];
    }
    if (change.kind === 'delete') return [...list.slice(0, change.lines.start - 1), ...list.slice(change.lines.start - 1 + change.lines.length)];
    return list;
  };
  if (change.kind === 'insert' || change.kind === 'delete') return (change.dimension === 'rows' ? lines(cells) : cells.map(lines)).map((row) => [...row]);
  const { rows, columns } = change;
  return cells.map((row, r) => row.map((cell, c) => {
    const inside = r + 1 >= rows.start && r + 1 < rows.start + rows.length && c + 1 >= columns.start && c + 1 < columns.start + columns.length;
    if (!inside) return cell;
    return change.kind === 'set' ? change.value : cells[2 * (rows.start - 1) + rows.length - 1 - r]![c];
  }));
}

function applied(layer: RunLayer<string>, change: Step): void {
  switch (change.kind) {
    case 'set': layer.set({ row: change.rows.start, rows: change.rows.length, column: change.columns.start, columns: change.columns.length }, change.value); break;
    case 'insert': layer.shift({ dimension: change.dimension, at: change.at, count: change.count }, change.inherit); break;
    case 'delete': layer.shift({ dimension: change.dimension, at: change.lines.start, count: -change.lines.length }, 'before'); break;
    case 'reorder': {
      const { start, length } = change.rows;
      layer.reorder({ row: start, rows: length, column: change.columns.start, columns: change.columns.length }, Array.from({ length }, (_, index) => start + length - 1 - index));
    }
  }
}

describe('what lies under the sheets', () => {
  it('a layer of runs holds what a grid of cells would', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const layer = new RunLayer<string>();
      // Wide enough that deleting never leaves a step without its lines.
      let cells: Cells = Array.from({ length: SIZE * 14 }, () => Array.from({ length: SIZE * 14 }, () => undefined));
      for (const change of steps) {
        applied(layer, change);
        cells = naive(cells, change);
      }
      for (let row = 1; row <= SIZE * 2; row++) for (let column = 1; column <= SIZE * 2; column++) expect(layer.get(row, column)).toBe(cells[row - 1]![column - 1]);
    }), { numRuns: 300 });
  });

  it.each([
    ['moves down for rows above', { at: 1, count: 2 }, { row: 5, rows: 4 }],
    ['grows for rows within', { at: 4, count: 2 }, { row: 3, rows: 6 }],
    ['stays for rows just below', { at: 7, count: 2 }, { row: 3, rows: 4 }],
    ['shrinks by what is deleted within', { at: 4, count: -2 }, { row: 3, rows: 2 }],
    ['loses its top', { at: 1, count: -3 }, { row: 1, rows: 3 }],
    ['is gone with all its rows', { at: 2, count: -6 }, null],
  ])('an area %s', (_, change, expected) => {
    expect(shifted({ row: 3, rows: 4, column: 1, columns: 1 }, { dimension: 'rows', ...change })).toEqual(expected && { ...expected, column: 1, columns: 1 });
  });
});
