import { locateChanges, SHEETS, type Cell, type Change, type Conflict, type LocatedSheet, type RenderedValue, type RowSnapshot, type SheetKey, type SheetSnapshot } from '#core';
import { messageOf } from '../host-error.ts';
import type { TimeBudget } from '../jobs/time-budget.ts';
import type { GRequest } from './google.ts';
import { readBook, whole as wholeOf, type Book, type Wanted } from './read-book.ts';
import { overlaid, restoreDisplaced, stands, type WrittenRow } from './restore-displaced.ts';
import { slicesOf } from './slices.ts';
import { appendRequests, cellRequests, tailOf, type Tail } from './write-requests.ts';

export interface Applied {
  /** Cells written and rows appended. */
  readonly written: number;
  readonly conflicts: readonly Conflict[];
  /** False where time ran out, or people changed the sheet's shape meanwhile: the next run goes on with what still differs. */
  readonly finished: boolean;
}

/** What Google says when rows, columns or sheets that were there a moment ago are not. */
const SHAPE_CHANGED = /exceeds grid limits|No grid with id|no grid/i;

/** People may move rows again while a write is put right. */
const MOST_LOOKS = 4;

/**
 * Writes a plan that was made from `seen`: reads the columns concerned once more, finds the place of every change, and sends
 * what still fits in a few calls, each applied whole or not at all; then looks again and undoes what people's sorting or
 * inserting misled.
 */
export function applyChanges(seen: Book, changes: readonly Change[], budget: TimeBudget): Applied {
  if (changes.length === 0) return { written: 0, conflicts: [], finished: true };
  const wanted = columnsTouched(changes);
  const writer = new Writer(readBook(seen.spreadsheet, wanted), seen, wanted);
  const conflicts: Conflict[] = [];
  let written = 0;
  let finished = true;
  for (const slice of slicesOf(changes)) {
    if (budget.isSpent()) {
      finished = false;
      break;
    }
    const located = locateChanges(writer.book, slice);
    conflicts.push(...located.conflicts);
    if (!writer.write(located.sheets)) {
      finished = false;
      break;
    }
    written += located.written;
  }
  writer.restore();
  return { written, conflicts, finished };
}

/** What must be known of a sheet to write there: ids, the columns written, and of rows to append where the data end. */
function columnsTouched(changes: readonly Change[]): Wanted {
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

interface Written { readonly key: SheetKey; readonly rows: Map<number, WrittenRow & { readonly written: Map<number, Cell> }> }

class Writer {
  readonly book: Book;
  private readonly seen: Book;
  private readonly wanted: Wanted;
  private readonly writes = new Map<SheetSnapshot, Written>();
  private readonly ids = new Map<SheetSnapshot, number>();
  private readonly maxRows = new Map<SheetSnapshot, number>();

  constructor(book: Book, seen: Book, wanted: Wanted) {
    this.book = book;
    this.seen = seen;
    this.wanted = wanted;
  }

  /** One call. False where the sheet's shape is no longer what was read; nothing is written then. */
  write(sheets: readonly LocatedSheet[]): boolean {
    const tails = new Map(sheets.flatMap((located) => (located.key === null || located.appended.length === 0 ? [] : [[located, this.tail(located, located.key)] as const])));
    const requests = sheets.flatMap((located) => [
      ...this.columnsFor(located),
      ...cellRequests(this.idOf(located.sheet), located),
      ...(tails.has(located) ? appendRequests(this.idOf(located.sheet), located, tails.get(located)!) : []),
    ]);
    if (requests.length === 0) return true;
    for (const located of sheets) this.remember(located);
    if (!this.send(requests)) return false;
    for (const located of sheets) this.follow(located, tails.get(located));
    return true;
  }

  /** Looks at the columns written; only where something moved, at the whole sheet, and again after mending it. */
  restore(): void {
    if (this.writes.size === 0) return;
    const written = new Map([...this.writes.values()].map(({ key }) => [key, this.wanted.get(key)!]));
    const now = readBook(this.book.spreadsheet, written).snapshot.sheets;
    for (const [before, { key, rows }] of this.writes) {
      const after = now.find((sheet) => sheet.anchor === key);
      if (after !== undefined && stands(key, before, after, [...rows.values()])) continue;
      const earlier = overlaid(key, before, this.seen.snapshot.sheets.find((sheet) => sheet.anchor === key), [...rows.values()]);
      for (let look = 0; look < MOST_LOOKS; look += 1) {
        const [whole] = readBook(this.book.spreadsheet, wholeOf(key)).snapshot.sheets;
        const requests = whole === undefined ? [] : restoreDisplaced(key, this.idOf(before), earlier, whole, [...rows.values()]);
        if (requests.length === 0) break;
        this.send(requests);
      }
    }
  }

  private send(requests: GRequest[]): boolean {
    try {
      Sheets!.Spreadsheets.batchUpdate({ requests }, this.book.spreadsheet.getId());
      return true;
    } catch (error) {
      if (SHAPE_CHANGED.test(messageOf(error))) return false;
      throw error;
    }
  }

  /** Columns of automation's that are gone come back right of all others, where the grid may end. */
  private columnsFor({ sheet, cells, appended }: LocatedSheet): GRequest[] {
    const rightmost = Math.max(-1, ...[...cells.values(), ...appended].map((values) => Math.max(...values.keys())));
    if (sheet.firstFree === undefined || rightmost < sheet.firstFree) return [];
    const missing = rightmost + 1 - this.book.sheets.get(sheet)!.getMaxColumns();
    return missing <= 0 ? [] : [{ appendDimension: { sheetId: this.idOf(sheet), dimension: 'COLUMNS', length: missing } }];
  }

  private tail(located: LocatedSheet, key: SheetKey): Tail {
    let maxRows = this.maxRows.get(located.sheet);
    if (maxRows === undefined) this.maxRows.set(located.sheet, maxRows = this.book.sheets.get(located.sheet)!.getMaxRows());
    return tailOf(located, key, maxRows);
  }

  private idOf(snapshot: SheetSnapshot): number {
    let id = this.ids.get(snapshot);
    if (id === undefined) this.ids.set(snapshot, id = this.book.sheets.get(snapshot)!.getSheetId());
    return id;
  }

  private remember({ sheet, key, cells }: LocatedSheet): void {
    if (key === null || cells.size === 0) return;
    const { rows } = this.writes.get(sheet) ?? { rows: new Map<number, Written['rows'] extends Map<number, infer R> ? R : never>() };
    this.writes.set(sheet, { key, rows });
    for (const [ref, values] of cells) {
      const row = Number(ref);
      const known = rows.get(row) ?? { row, before: [...sheet.rows[row - 1]!.cells], written: new Map<number, Cell>() };
      rows.set(row, known);
      for (const [place, { value }] of values) known.written.set(place, value);
    }
  }

  /** What was written now stands on the ground on which later parts are located. */
  private follow({ sheet, cells, appended }: LocatedSheet, tail: Tail | undefined): void {
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
    this.maxRows.set(sheet, tail.maxRows + added.length);
  }
}

function put(cells: Cell[] | undefined, values: ReadonlyMap<number, RenderedValue>): void {
  if (cells !== undefined) for (const [place, { value }] of values) cells[place] = value;
}
