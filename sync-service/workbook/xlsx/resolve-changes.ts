import {
  bindColumns, cellText, columnsOf, dayOf, findSheet, isEndOfDay, isError, isFormula, MINUTES_PER_DAY, sameCell, serialOfDay, serialOfMoment, SHEETS,
  valueOf, type Cell, type CellWrite, type Change, type Column, type HomeWrite, type OutValue, type RowAddress, type RowAppend, type SheetKey,
} from '#core';
import type { Conflict } from '../store.ts';
import type { CellRange } from './cell-address.ts';
import type { NewValue } from './patch-sheet.ts';
import { cellAt, type LoadedSheet, type LoadedWorkbook } from './read-snapshot.ts';

/** Edits of one sheet, by place. */
export interface ResolvedSheet {
  readonly sheet: LoadedSheet;
  readonly headerRow: number;
  readonly cells: Map<number, Map<number, NewValue>>;
  readonly appended: Map<number, NewValue>[];
}

export interface ResolvedChanges {
  readonly sheets: readonly ResolvedSheet[];
  readonly written: number;
  readonly conflicts: readonly Conflict[];
}

interface Bound extends ResolvedSheet {
  readonly columns: Readonly<Record<string, number>>;
  readonly idColumn: number | undefined;
  /** Row number by id; null where two rows share it. */
  rowsById: Map<string, number | null> | null;
  readonly appendedById: Map<string, Map<number, NewValue>>;
  /** Rows without an id that this plan gives one, by that id. */
  readonly named: Map<string, number>;
}

/** Finds the place of every change and checks that it still holds what the plan saw. Writes nothing. */
export function resolveChanges(workbook: LoadedWorkbook, changes: readonly Change[]): ResolvedChanges {
  const bySheet = new Map<LoadedSheet, Bound>();
  const byKey = new Map<SheetKey, Bound | null>();
  const conflicts: Conflict[] = [];
  let written = 0;

  for (const change of changes) {
    const conflict = resolve(change);
    if (conflict === 'done') continue;
    if (conflict === null) written += 1;
    else conflicts.push(conflict);
  }
  return { sheets: [...bySheet.values()].filter(({ cells, appended }) => cells.size > 0 || appended.length > 0), written, conflicts };

  function resolve(change: Change): Conflict | 'done' | null {
    switch (change.kind) {
      case 'cell': return resolveCell(change);
      case 'append': return resolveAppend(change);
      case 'home': return resolveHome(change);
    }
  }

  function resolveCell(change: CellWrite): Conflict | 'done' | null {
    const bound = boundSheet(change.sheet);
    const column = bound?.columns[change.column];
    if (bound === null || column === undefined) return { change, reason: 'column-gone', found: '' };
    const value = newValue(change.after, columnsOf(change.sheet).find(({ key }) => key === change.column));
    const appended = change.row.id === null ? undefined : bound.appendedById.get(change.row.id);
    if (appended !== undefined) {
      appended.set(column, value);
      return null;
    }
    const row = findRow(bound, change.row) ?? rowNamedByPlan(bound, change);
    if (row === null) return { change, reason: 'row-gone', found: '' };
    return put(change, bound, row, column, value);
  }

  function resolveHome(change: HomeWrite): Conflict | 'done' | null {
    const place = workbook.home.get(change.key);
    if (place === undefined) return { change, reason: 'column-gone', found: '' };
    return put(change, unbound(place.sheet), place.row, place.column, newValue(change.after, undefined));
  }

  function resolveAppend(change: RowAppend): Conflict | null {
    const bound = boundSheet(change.sheet);
    if (bound === null) return { change, reason: 'column-gone', found: '' };
    if (change.id !== null && (idsOf(bound).has(plainId(change.id)) || bound.appendedById.has(change.id))) {
      return { change, reason: 'row-exists', found: change.id };
    }
    const row = new Map<number, NewValue>();
    for (const definition of columnsOf(change.sheet)) {
      const value = change.values[definition.key];
      const column = bound.columns[definition.key];
      if (value === undefined || value === null || column === undefined) continue;
      row.set(column, newValue(value, definition));
    }
    if (row.size === 0) return { change, reason: 'column-gone', found: '' };
    bound.appended.push(row);
    if (change.id !== null) bound.appendedById.set(change.id, row);
    return null;
  }

  function put(change: CellWrite | HomeWrite, target: ResolvedSheet, row: number, column: number, value: NewValue): Conflict | 'done' | null {
    const held = target.cells.get(row)?.get(column);
    const now: Cell = held === undefined ? cellAt(target.sheet, row, column) : held.value;
    const after = value.value;
    // A block's blank cells belong to its formula too.
    if (isFormula(now) || target.sheet.scanned.arrays.some((range) => within(range, row, column))) return { change, reason: 'formula', found: shownCell(now) };
    // Where the cell already holds it, an earlier run was cut off after its save.
    if (sameCell(now, after)) return 'done';
    if (!sameCell(now, change.before)) return { change, reason: 'cell-changed', found: shownCell(now) };
    const merge = target.sheet.scanned.merges.find((range) => within(range, row, column));
    // Excel hides what lies under a merge: the write would never be seen and be planned for ever.
    if (merge !== undefined && (merge.firstRow !== row || merge.firstColumn !== column)) {
      return { change, reason: 'cell-changed', found: '合并单元格' };
    }
    let cells = target.cells.get(row);
    if (cells === undefined) target.cells.set(row, cells = new Map<number, NewValue>());
    cells.set(column, value);
    return null;
  }

  function boundSheet(key: SheetKey): Bound | null {
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const snapshot = findSheet(workbook.snapshot, key);
    const sheet = workbook.sheets.find((candidate) => candidate.snapshot === snapshot);
    const binding = bindColumns(snapshot, key, []);
    let bound: Bound | null = null;
    if (sheet !== undefined && snapshot !== undefined && binding !== null) {
      const id = SHEETS[key].id;
      bound = {
        sheet, headerRow: Number(snapshot.rows[binding.headerRow]!.ref), columns: binding.columns, appended: [],
        // People may have moved a home cell into this sheet: its write may be here already.
        cells: bySheet.get(sheet)?.cells ?? new Map<number, Map<number, NewValue>>(),
        idColumn: id === null ? undefined : binding.columns[id], rowsById: null, appendedById: new Map(), named: new Map(),
      };
      bySheet.set(sheet, bound);
    }
    byKey.set(key, bound);
    return bound;
  }

  function unbound(sheet: LoadedSheet): ResolvedSheet {
    const known = bySheet.get(sheet);
    if (known !== undefined) return known;
    const made: Bound = { sheet, headerRow: 0, columns: {}, cells: new Map(), appended: [], idColumn: undefined, rowsById: null, appendedById: new Map(), named: new Map() };
    bySheet.set(sheet, made);
    return made;
  }
}

/** The row number of an address: where it was seen if it still shows the id, else wherever the id is now. */
function findRow(bound: Bound, address: RowAddress): number | null {
  const seenAt = Number(address.ref);
  if (address.id === null || bound.idColumn === undefined) return Number.isInteger(seenAt) && seenAt > bound.headerRow ? seenAt : null;
  if (idOf(cellAt(bound.sheet, seenAt, bound.idColumn)) === plainId(address.id)) return seenAt;
  return idsOf(bound).get(plainId(address.id)) ?? null;
}

/** A row that a person added has no id yet: the plan's own write of the id into its blank cell says which row is meant. */
function rowNamedByPlan(bound: Bound, change: CellWrite): number | null {
  const { id, ref } = change.row;
  const row = Number(ref);
  if (id === null || bound.idColumn === undefined || idsOf(bound).has(plainId(id)) || row <= bound.headerRow) return null;
  if (idOf(cellAt(bound.sheet, row, bound.idColumn)) !== '') return null;
  if (change.column === SHEETS[change.sheet].id && change.after === id) bound.named.set(id, row);
  return bound.named.get(id) === row ? row : null;
}

function idsOf(bound: Bound): ReadonlyMap<string, number | null> {
  if (bound.rowsById !== null) return bound.rowsById;
  const rows = new Map<string, number | null>();
  const { idColumn } = bound;
  if (idColumn !== undefined) {
    for (const { ref, cells } of bound.sheet.scanned.rows) {
      if (Number(ref) <= bound.headerRow) continue;
      const id = idOf(cells[idColumn] ?? null);
      if (id !== '') rows.set(id, rows.has(id) ? null : Number(ref));
    }
  }
  bound.rowsById = rows;
  return rows;
}

function idOf(cell: Cell): string {
  const value = valueOf(cell);
  return value === null || isError(value) ? '' : plainId(String(value));
}

function plainId(text: string): string {
  return text.normalize('NFKC').trim();
}

/**
 * What a cell will hold. A limit that ends with its day is a whole serial number; a moment is rounded to its minute by
 * being one.
 */
function newValue(out: OutValue, column: Column | undefined): NewValue {
  if (out === null || out === '') return { value: null, format: null };
  if (typeof out === 'string') return { value: cellText(out), format: null };
  if (typeof out === 'number') return { value: Number.isFinite(out) ? out : null, format: null };
  if (out.kind === 'day') return { value: serialOfDay(out.day), format: 'date' };
  if (column?.type === 'limit' && isEndOfDay(out.moment)) return { value: serialOfDay(dayOf(out.moment)), format: 'date' };
  if (column?.type === 'day') return { value: serialOfDay(dayOf(out.moment)), format: 'date' };
  return { value: serialOfMoment(out.moment), format: out.moment % MINUTES_PER_DAY === 0 ? 'any' : 'datetime' };
}

function within(range: CellRange, row: number, column: number): boolean {
  return row >= range.firstRow && row <= range.lastRow && column >= range.firstColumn && column <= range.lastColumn;
}

function shownCell(cell: Cell): string {
  const value = valueOf(cell);
  if (isFormula(cell)) return `=${cell.formula}`;
  return value === null ? '' : isError(value) ? value.error : String(value);
}
