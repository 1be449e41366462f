import { bindColumns, findSheet } from '../workbook/bind-columns.ts';
import { isError, isFormula, sameCell, valueOf, type Cell } from '../workbook/cell.ts';
import { columnsOf, SHEETS, type SheetKey } from '../workbook/columns.ts';
import type { RowRef, RowSnapshot, SheetSnapshot, WorkbookSnapshot } from '../workbook/snapshot.ts';
import type { CellWrite, Change, HomeWrite, RowAddress, RowAppend } from './plan.ts';
import { renderValue, type RenderedValue } from './render-value.ts';

/** A change that was not applied because the cell no longer held what the plan saw, or its row was gone. */
export interface Conflict {
  readonly change: Change;
  readonly reason: 'cell-changed' | 'row-gone' | 'row-exists' | 'formula' | 'column-gone';
  /** What the cell holds now, as text for people. */
  readonly found: string;
}

/** Why a place can't be written, whatever it holds; hosts know more of a cell than its content. */
export interface Bar { readonly reason: 'cell-changed' | 'formula'; readonly found: string }

/** A workbook as it lies before a host at the moment of writing. */
export interface Ground {
  readonly snapshot: WorkbookSnapshot;
  /** Where the named cells of 首页 are. */
  readonly home: ReadonlyMap<string, { readonly sheet: SheetSnapshot; readonly ref: RowRef; readonly column: number }>;
  readonly barred?: (sheet: SheetSnapshot, ref: RowRef, column: number) => Bar | null;
}

/** Edits of one sheet by place: row reference, then 0-based physical column. */
export interface LocatedSheet {
  readonly sheet: SheetSnapshot;
  readonly key: SheetKey | null;
  /** The header's index in the snapshot's rows; -1 where only named cells of the sheet are written. */
  readonly headerRow: number;
  readonly cells: ReadonlyMap<RowRef, ReadonlyMap<number, RenderedValue>>;
  readonly appended: readonly ReadonlyMap<number, RenderedValue>[];
  /** 0-based physical place of each column of the contract that the sheet has. */
  readonly columns: Readonly<Record<string, number>>;
}

export interface LocatedChanges {
  readonly sheets: readonly LocatedSheet[];
  readonly written: number;
  readonly conflicts: readonly Conflict[];
}

interface Bound extends LocatedSheet {
  readonly cells: Map<RowRef, Map<number, RenderedValue>>;
  readonly appended: Map<number, RenderedValue>[];
  readonly idColumn: number | undefined;
  /** Place in the snapshot's rows by row reference. */
  readonly places: ReadonlyMap<RowRef, number>;
  /** Row by id; null where two rows share it. */
  rowsById: Map<string, RowRef | null> | null;
  readonly appendedById: Map<string, Map<number, RenderedValue>>;
}

/**
 * Finds the place of every change in the workbook as it is now, and checks that it still holds what the plan saw. Every
 * host writes what this returns and nothing else.
 */
export function locateChanges(ground: Ground, changes: readonly Change[]): LocatedChanges {
  const bySheet = new Map<SheetSnapshot, Bound>();
  const byKey = new Map<SheetKey, Bound | null>();
  const conflicts: Conflict[] = [];
  let written = 0;

  for (const change of changes) {
    const conflict = locate(change);
    if (conflict === 'done') continue;
    if (conflict === null) written += 1;
    else conflicts.push(conflict);
  }
  return { sheets: [...bySheet.values()].filter(({ cells, appended }) => cells.size > 0 || appended.length > 0), written, conflicts };

  function locate(change: Change): Conflict | 'done' | null {
    switch (change.kind) {
      case 'cell': return locateCell(change);
      case 'append': return locateAppend(change);
      case 'home': return locateHome(change);
    }
  }

  function locateCell(change: CellWrite): Conflict | 'done' | null {
    const bound = boundSheet(change.sheet);
    const column = bound?.columns[change.column];
    if (bound === null || column === undefined) return { change, reason: 'column-gone', found: '' };
    const value = renderValue(change.after, columnsOf(change.sheet).find(({ key }) => key === change.column)?.type);
    const appended = change.row.id === null ? undefined : bound.appendedById.get(change.row.id);
    if (appended !== undefined) {
      appended.set(column, value);
      return null;
    }
    const ref = findRow(bound, change.row);
    if (ref === null) return { change, reason: 'row-gone', found: '' };
    return put(change, bound, ref, column, value);
  }

  function locateHome(change: HomeWrite): Conflict | 'done' | null {
    const place = ground.home.get(change.key);
    if (place === undefined) return { change, reason: 'column-gone', found: '' };
    return put(change, unbound(place.sheet), place.ref, place.column, renderValue(change.after, undefined));
  }

  function locateAppend(change: RowAppend): Conflict | null {
    const bound = boundSheet(change.sheet);
    if (bound === null) return { change, reason: 'column-gone', found: '' };
    if (change.id !== null && (idsOf(bound).has(plainId(change.id)) || bound.appendedById.has(change.id))) {
      return { change, reason: 'row-exists', found: change.id };
    }
    const row = new Map<number, RenderedValue>();
    for (const definition of columnsOf(change.sheet)) {
      const value = change.values[definition.key];
      const column = bound.columns[definition.key];
      if (value === undefined || value === null || column === undefined) continue;
      row.set(column, renderValue(value, definition.type));
    }
    if (row.size === 0) return { change, reason: 'column-gone', found: '' };
    bound.appended.push(row);
    if (change.id !== null) bound.appendedById.set(change.id, row);
    return null;
  }

  function put(change: CellWrite | HomeWrite, target: Bound, ref: RowRef, column: number, value: RenderedValue): Conflict | 'done' | null {
    const held = target.cells.get(ref)?.get(column);
    const now: Cell = held === undefined ? cellAt(target, ref, column) : held.value;
    if (isFormula(now)) return { change, reason: 'formula', found: shownCell(now) };
    const bar = ground.barred?.(target.sheet, ref, column) ?? null;
    if (bar?.reason === 'formula') return { change, ...bar };
    // Where the cell already holds it, an earlier run was cut off after its save.
    if (sameCell(now, value.value)) return 'done';
    if (!sameCell(now, change.before)) return { change, reason: 'cell-changed', found: shownCell(now) };
    if (bar !== null) return { change, ...bar };
    let cells = target.cells.get(ref);
    if (cells === undefined) target.cells.set(ref, cells = new Map<number, RenderedValue>());
    cells.set(column, value);
    return null;
  }

  function boundSheet(key: SheetKey): Bound | null {
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const sheet = findSheet(ground.snapshot, key);
    const binding = bindColumns(sheet, key, []);
    let bound: Bound | null = null;
    if (sheet !== undefined && binding !== null) {
      const id = SHEETS[key].id;
      bound = {
        ...unbound(sheet), key, headerRow: binding.headerRow, columns: { ...binding.columns, ...binding.restored },
        idColumn: id === null ? undefined : binding.columns[id] ?? binding.restored[id],
      };
      bySheet.set(sheet, bound);
    }
    byKey.set(key, bound);
    return bound;
  }

  /** A sheet of which only named cells are known; people may have moved a home cell into any. */
  function unbound(sheet: SheetSnapshot): Bound {
    const known = bySheet.get(sheet);
    if (known !== undefined) return known;
    const made: Bound = {
      sheet, key: null, headerRow: -1, columns: {}, cells: new Map(), appended: [], idColumn: undefined,
      places: new Map(sheet.rows.map((row, place) => [row.ref, place])), rowsById: null, appendedById: new Map(),
    };
    bySheet.set(sheet, made);
    return made;
  }
}

/** The row of an address: where it was seen if it still shows the id, else wherever the id is now. */
function findRow(bound: Bound, address: RowAddress): RowRef | null {
  const { id, ref, seen } = address;
  if (id === null || bound.idColumn === undefined) return isInTable(bound, ref) ? ref : null;
  const shown = idOf(cellAt(bound, ref, bound.idColumn));
  if (shown === plainId(id)) return ref;
  const isNew = seen === '' && !idsOf(bound).has(plainId(id));
  if (seen !== undefined && shown === plainId(seen) && (isNew || seen !== '') && isDataRow(bound, ref)) return ref;
  return idsOf(bound).get(plainId(id)) ?? null;
}

function isDataRow(bound: Bound, ref: RowRef): boolean {
  const place = bound.places.get(ref);
  return place !== undefined && place > bound.headerRow;
}

/** The header counts: a column that was deleted gets it back. */
function isInTable(bound: Bound, ref: RowRef): boolean {
  const place = bound.places.get(ref);
  return place !== undefined && place >= bound.headerRow;
}

function cellAt(bound: Bound, ref: RowRef, column: number): Cell {
  const place = bound.places.get(ref);
  return place === undefined ? null : bound.sheet.rows[place]!.cells[column] ?? null;
}

function idsOf(bound: Bound): ReadonlyMap<string, RowRef | null> {
  if (bound.rowsById !== null) return bound.rowsById;
  const rows = new Map<string, RowRef | null>();
  const { idColumn } = bound;
  if (idColumn !== undefined) bound.sheet.rows.slice(bound.headerRow + 1).forEach((row: RowSnapshot) => {
    const id = idOf(row.cells[idColumn] ?? null);
    if (id !== '') rows.set(id, rows.has(id) ? null : row.ref);
  });
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

function shownCell(cell: Cell): string {
  const value = valueOf(cell);
  if (isFormula(cell)) return `=${cell.formula}`;
  return value === null ? '' : isError(value) ? value.error : String(value);
}
