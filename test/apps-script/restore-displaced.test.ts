import { expect, it } from 'vitest';
import { columnsOf, type Cell, type SheetSnapshot } from '#core';
import { restoreDisplaced, type WrittenRow } from '#google';
import { placeOf } from './office.ts';

const HEADER = columnsOf('items').map(({ header }) => header);
const [ID, TITLE, LIGHT] = ['itemId', 'title', 'light'].map((key) => placeOf('items', key)) as [number, number, number];

function row(cells: Readonly<Record<number, Cell>>): Cell[] {
  return HEADER.map((_, place) => cells[place] ?? null);
}

function sheet(rows: readonly (readonly Cell[])[]): SheetSnapshot {
  return { name: '督办台账', anchor: 'items', columnAnchors: {}, rows: [HEADER, ...rows].map((cells, index) => ({ ref: index + 1, cells })) };
}

it('eight thousand new rows that one more row moved get their blank ids back in one request, in a moment', { timeout: 20_000 }, () => {
  const titles = Array.from({ length: 8_000 }, (_, index) => `事项${index}`);
  const before = sheet(titles.map((title) => row({ [TITLE]: title })));
  const writes = titles.map((_, index): WrittenRow => ({
    row: index + 2, before: before.rows[index + 1]!.cells, written: new Map<number, Cell>([[ID, `DB-${index}`], [LIGHT, '绿']]),
  }));
  // Somebody inserted a row above them all just before the write: every id and light landed one row too high.
  const there = (at: number): Readonly<Record<number, Cell>> => (at < titles.length ? { [ID]: `DB-${at}`, [LIGHT]: '绿' } : {});
  const after = sheet([row(there(0)), ...titles.map((title, index) => row({ [TITLE]: title, ...there(index + 1) }))]);

  const requests = restoreDisplaced('items', 7, before, after, writes);
  const cleared = requests.map(({ updateCells }) => [updateCells!.start.columnIndex, updateCells!.start.rowIndex, updateCells!.rows.length, updateCells!.rows.every(({ values }) => values[0]!.userEnteredValue === undefined)]);
  expect(cleared).toEqual([[ID, 1, 8_000, true], [LIGHT, 1, 1, true]]);
});
