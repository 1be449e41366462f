import { bindColumns, columnsOf, isFormula, sameCell, SHEETS, type Cell, type RowSnapshot, type SheetKey, type SheetSnapshot } from '#core';
import { cellData } from './write-requests.ts';
import type { GRequest } from './google.ts';

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
export function restoreDisplaced(key: SheetKey, sheetId: number, before: SheetSnapshot, after: SheetSnapshot, writes: readonly WrittenRow[]): GRequest[] {
  const binding = bindColumns(after, key, []);
  if (binding === null) return [];
  const placeBefore = columnMap(key, before, after);
  const meant = new Map(writes.map(({ row, written }) => [row, written]));
  const values = new Map<number, Cell[]>();
  for (const { written } of writes) for (const [place, value] of written) if (value !== null) values.set(place, [...(values.get(place) ?? []), value]);
  const places = [...new Set(writes.flatMap(({ written }) => [...written.keys()]))];
  const automations = new Set(places.filter((place) => isAutomations(key, binding.columns, place)));
  const ours = (row: number, place: number, cell: Cell): boolean =>
    cell === null ? meant.get(row)?.get(place) === null : values.get(place)?.some((value) => sameCell(value, cell)) === true;

  const restored: GRequest[] = [];
  for (const { ref, cells } of after.rows.slice(binding.headerRow + 1)) {
    const suspects = places.filter((place) => ours(Number(ref), place, cells[place] ?? null));
    if (suspects.length === 0) continue;
    const covered = new Set([...values.keys()].filter((place) => ours(Number(ref), place, cells[place] ?? null)));
    const owner = ownerOf(Number(ref), cells, before.rows, placeBefore, covered, idPlace(key, after));
    for (const place of suspects) {
      // A row that came meanwhile must stay blank: any filled cell would make it an item.
      if (automations.has(place) && owner !== null) continue;
      const source = placeBefore(place);
      const cell = cells[place] ?? null;
      if (owner !== null && source !== null && sameCell(meant.get(Number(owner.ref))?.get(source) ?? NOTHING, cell)) continue;
      const original = owner === null || source === null ? null : owner.cells[source] ?? null;
      if (sameCell(original, cell)) continue;
      restored.push({ updateCells: { start: { sheetId, rowIndex: Number(ref) - 1, columnIndex: place }, rows: [{ values: [restoredCell(original)] }], fields: 'userEnteredValue' } });
    }
  }
  return restored;
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

/** The earlier row that a present one was: by its id, else the one that agrees most in what was not written; of equals, that of the same place. */
function ownerOf(
  ref: number, now: readonly Cell[], earlier: readonly RowSnapshot[], placeBefore: (place: number) => number | null, covered: ReadonlySet<number>, id: number | undefined,
): RowSnapshot | null {
  if (id !== undefined && !covered.has(id)) {
    const source = placeBefore(id);
    const wanted = now[id] ?? null;
    const same = wanted === null || source === null ? [] : earlier.filter((row) => sameCell(row.cells[source] ?? null, wanted));
    if (same.length === 1) return same[0]!;
  }
  let best: RowSnapshot | null = null;
  let most = 0;
  const inPlace = earlier[ref - 1];
  for (const row of inPlace === undefined ? earlier : [inPlace, ...earlier]) {
    const { cells } = row;
    let agree = 0;
    now.forEach((cell, place) => {
      const source = placeBefore(place);
      if (covered.has(place) || source === null) return;
      if (!sameCell(cell, cells[source] ?? null)) agree -= 1;
      else if (cell !== null) agree += 1;
    });
    if (agree > most) [best, most] = [row, agree];
  }
  return best;
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
