import { SHEETS, type Cell, type Change, type LocatedSheet, type RenderedValue, type RowSnapshot, type Sheet, type SheetKey, type SheetSnapshot } from '#core';
import type { WrittenRow } from './restore-displaced.ts';
import type { Tail } from './write-requests.ts';

/** What Google says when rows, columns or sheets that were there a moment ago are not. */
export const SHAPE_CHANGED = /exceeds grid limits|No grid with id|no grid/i;
/** People may move rows again while a write is put right. */
export const MOST_LOOKS = 4;

/** What must be known of a sheet to write there: ids, the columns written, and of rows to append where the data end. */
export function columnsTouched(changes: readonly Change[]): Map<SheetKey | 'home', ReadonlySet<string>> {
  const wanted = new Map<SheetKey | 'home', Set<string>>();
  for (const change of changes) {
    const key = change.kind === 'home' ? 'home' : change.sheet;
    const columns = wanted.get(key) ?? new Set<string>();
    wanted.set(key, columns);
    if (change.kind === 'home') continue;
    const { id, frozenThrough } = SHEETS[change.sheet];
    if (id !== null) columns.add(id);
    columns.add(change.kind === 'cell' ? change.column : frozenThrough);
  }
  return wanted;
}

export interface WrittenSheet { readonly key: SheetKey; readonly rows: readonly WrittenRow[] }

/** What was written into people's rows, in case it has to be taken back, and the ground as it lies since. */
export class WriteLedger {
  private readonly writes = new Map<SheetSnapshot, { readonly key: SheetKey; readonly rows: Map<number, WrittenRow & { readonly written: Map<number, Cell> }> }>();

  /** The sheets written into, each as it was read. */
  written(): Map<SheetSnapshot, WrittenSheet> {
    return new Map([...this.writes].map(([sheet, { key, rows }]) => [sheet, { key, rows: [...rows.values()] }]));
  }

  /** Before the write: what the cells held. Of rows without ids that only the program fills (排名) the next run makes all right. */
  remember({ sheet, key, cells }: LocatedSheet): void {
    if (key === null || cells.size === 0 || isOurs(SHEETS[key])) return;
    const known = this.writes.get(sheet) ?? { key, rows: new Map<number, WrittenRow & { written: Map<number, Cell> }>() };
    this.writes.set(sheet, known);
    for (const [ref, values] of cells) {
      const row = Number(ref);
      const own = known.rows.get(row) ?? { row, before: [...sheet.rows[row - 1]!.cells], written: new Map<number, Cell>() };
      known.rows.set(row, own);
      for (const [place, { value }] of values) own.written.set(place, value);
    }
  }

  /** After it: what was written now stands on the ground on which later parts are located. `tail`: where appended rows went. */
  follow({ sheet, cells, appended }: LocatedSheet, tail: Tail | undefined): void {
    for (const [ref, values] of cells) put(sheet.rows[Number(ref) - 1]?.cells as Cell[] | undefined, values);
    if (tail === undefined) return;
    const rows = sheet.rows as RowSnapshot[];
    const added = appended.map((values, index) => {
      const row: Cell[] = [];
      put(row, values);
      return { ref: tail.at + index, cells: row };
    });
    const index = rows.findIndex((row) => Number(row.ref) >= tail.at);
    const below = index < 0 ? [] : rows.splice(index).map((row) => ({ ref: Number(row.ref) + added.length, cells: row.cells }));
    for (const row of [...added, ...below]) rows.push(row);
  }
}

function isOurs(sheet: Sheet): boolean {
  return sheet.protected === true && sheet.id === null;
}

function put(cells: Cell[] | undefined, values: ReadonlyMap<number, RenderedValue>): void {
  if (cells !== undefined) for (const [place, { value }] of values) cells[place] = value;
}
