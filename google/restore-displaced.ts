import { bindColumns, columnsOf, isFormula, sameCell, SHEETS, type Cell, type RowSnapshot, type SheetKey, type SheetSnapshot } from '#core';
import { cellData } from './write-requests.ts';
import type { SheetRequest } from './requests.ts';
import { CellSet, RowOwners } from './row-owner.ts';

/** Cells of a row that were written, with the row as it was before. */
export interface WrittenRow {
  readonly row: number;
  readonly before: readonly Cell[];
  readonly written: ReadonlyMap<number, Cell>;
}

/** True where every cell written lies in its own row and column, as far as ids and headers tell. */
export function stands(key: SheetKey, before: SheetSnapshot, after: SheetSnapshot, writes: readonly WrittenRow[]): boolean {
  const [old, now] = [bindColumns(before, key, []), bindColumns(after, key, [])];
  if (old === null || now === null || old.headerRow !== now.headerRow) return false;
  if (Object.entries(old.columns).some(([column, place]) => now.columns[column] !== place)) return false;
  const { id } = SHEETS[key];
  const place = id === null ? undefined : old.columns[id];
  return writes.every(({ row, before: own, written }) => {
    const cells = after.rows[row - 1]?.cells ?? [];
    const kept = [...written].every(([column, value]) => sameCell(cells[column] ?? null, value));
    // Without an id to tell rows apart, nothing but an untouched neighbourhood counts.
    const named = place === undefined ? null : written.get(place) ?? own[place] ?? null;
    return kept && place !== undefined && named !== null && sameCell(cells[place] ?? null, named) && !written.has(place);
  });
}

/** Of the ground that was written on only some columns were read anew; the rest is as the plan saw it. */
export function overlaid(key: SheetKey, before: SheetSnapshot, seen: SheetSnapshot | undefined, writes: readonly WrittenRow[]): SheetSnapshot {
  if (seen === undefined) return before;
  const { id } = SHEETS[key];
  const [old, first] = [bindColumns(before, key, []), bindColumns(seen, key, [])];
  const place = id === null ? undefined : old?.columns[id];
  const firstPlace = id === null ? undefined : first?.columns[id];
  const byId = new Map(firstPlace === undefined ? [] : seen.rows.map((row) => [row.cells[firstPlace] ?? null, row.cells] as const));
  const originals = new Map(writes.map((write) => [write.row, write.before]));
  const rows = before.rows.map((row, index): RowSnapshot => {
    const own = originals.get(Number(row.ref)) ?? row.cells;
    const name = place === undefined ? null : own[place] ?? null;
    const whole = (name === null ? undefined : byId.get(name)) ?? seen.rows[index]?.cells ?? [];
    return { ref: row.ref, cells: Array.from({ length: Math.max(whole.length, own.length) }, (_, column) => own[column] ?? whole[column] ?? null) };
  });
  return { ...before, rows };
}

/**
 * Google can't compare and write in one step: where people inserted, sorted or deleted rows or columns between the last
 * look and the write, values landed on their neighbours. Finds them wherever they are by now, and gives back to every cell
 * of people's what it held. What did not arrive, and automation's own cells of known rows, the next run puts right.
 */
export function restoreDisplaced(key: SheetKey, sheetId: number, before: SheetSnapshot, after: SheetSnapshot, writes: readonly WrittenRow[]): SheetRequest[] {
  const binding = bindColumns(after, key, []);
  if (binding === null) return [];
  const width = Math.max(0, ...after.rows.slice(0, binding.headerRow + 2).map(({ cells }) => cells.length));
  const toSource = columnMap(key, before, after);
  const sources = Array.from({ length: width }, (_, place) => toSource(place));
  const owners = new RowOwners(before.rows, sources, idPlace(key, after));
  const meant = new Map(writes.map(({ row, written }) => [row, written]));
  const values = new Map<number, CellSet>();
  for (const { written } of writes) {
    for (const [place, value] of written) {
      if (value === null) continue;
      const set = values.get(place) ?? new CellSet();
      values.set(place, set);
      set.add(value);
    }
  }
  const places = [...new Set(writes.flatMap(({ written }) => [...written.keys()]))];
  const automations = new Set(places.filter((place) => isAutomations(key, binding.columns, place)));
  const ours = (row: number, place: number, cell: Cell): boolean =>
    cell === null ? meant.get(row)?.get(place) === null : values.get(place)?.has(cell) === true;

  const restored = new Map<number, { readonly row: number; readonly cell: Cell }[]>();
  for (const { ref, cells } of after.rows.slice(binding.headerRow + 1)) {
    const suspects = places.filter((place) => ours(Number(ref), place, cells[place] ?? null));
    if (suspects.length === 0) continue;
    const covered = new Set([...values.keys()].filter((place) => ours(Number(ref), place, cells[place] ?? null)));
    const owner = owners.find(Number(ref), cells, covered);
    for (const place of suspects) {
      // A row that came meanwhile must stay blank: any filled cell would make it an item.
      if (automations.has(place) && owner !== null) continue;
      const source = sources[place] ?? null;
      const cell = cells[place] ?? null;
      if (owner !== null && source !== null && sameCell(meant.get(Number(owner.ref))?.get(source) ?? NOTHING, cell)) continue;
      const original = owner === null || source === null ? null : owner.cells[source] ?? null;
      if (sameCell(original, cell)) continue;
      const column = restored.get(place) ?? [];
      restored.set(place, column);
      column.push({ row: Number(ref), cell: original });
    }
  }
  return [...restored].flatMap(([place, cells]) => runsOf(cells).map((run) => ({ updateCells: {
    start: { sheetId, rowIndex: run[0]!.row - 1, columnIndex: place }, rows: run.map(({ cell }) => ({ values: [restoredCell(cell)] })), fields: 'userEnteredValue',
  } })));
}

/** Cells of one column, in their order, as runs of neighbours: one row more or less moves thousands. */
function runsOf<T extends { readonly row: number }>(cells: readonly T[]): T[][] {
  const runs: T[][] = [];
  for (const cell of cells) {
    const last = runs.at(-1)?.at(-1);
    if (last?.row === cell.row - 1) runs.at(-1)!.push(cell);
    else runs.push([cell]);
  }
  return runs;
}

/** Equal to no cell. */
const NOTHING: Cell = { error: '' };

function isAutomations(key: SheetKey, columns: Readonly<Record<string, number>>, place: number): boolean {
  return columnsOf(key).some((column) => column.editor === 'A' && columns[column.key] === place);
}

/** The earlier place of a column by its present one: by contract key, then by header; null for a new column. */
function columnMap(key: SheetKey, before: SheetSnapshot, after: SheetSnapshot): (place: number) => number | null {
  const [old, now] = [bindColumns(before, key, []), bindColumns(after, key, [])];
  if (old === null || now === null) return (place) => place;
  const known = new Map<number, number>();
  for (const [column, place] of Object.entries(now.columns)) if (old.columns[column] !== undefined) known.set(place, old.columns[column]);
  const headers = before.rows[old.headerRow]!.cells;
  const taken = new Set(known.values());
  return (place) => {
    const mapped = known.get(place);
    if (mapped !== undefined) return mapped;
    const header = after.rows[now.headerRow]!.cells[place] ?? null;
    const found = headers.findIndex((candidate, index) => !taken.has(index) && header !== null && candidate === header);
    return found >= 0 ? found : header === null && !taken.has(place) && (headers[place] ?? null) === null ? place : null;
  };
}

function idPlace(key: SheetKey, sheet: SheetSnapshot): number | undefined {
  const { id } = SHEETS[key];
  return id === null ? undefined : bindColumns(sheet, key, [])?.columns[id];
}

function restoredCell(cell: Cell): ReturnType<typeof cellData> {
  if (isFormula(cell)) return { userEnteredValue: { formulaValue: `=${cell.formula}` } };
  if (typeof cell === 'boolean') return { userEnteredValue: { boolValue: cell } };
  return typeof cell === 'object' ? {} : cellData(cell);
}
