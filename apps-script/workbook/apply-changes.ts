import { locateChanges, type Change, type Conflict, type LocatedSheet, type SheetKey, type SheetSnapshot } from '#core';
import { appendRequests, cellRequests, columnsTouched, MOST_LOOKS, overlaid, restoreDisplaced, SHAPE_CHANGED, slicesOf, stands, tailOf, WriteLedger, type Tail } from '#google';
import { messageOf } from '../host-error.ts';
import type { TimeBudget } from '../jobs/time-budget.ts';
import type { GRequest } from './google.ts';
import { readBook, whole as wholeOf, type Book, type Wanted } from './read-book.ts';

export interface Applied {
  /** Cells written and rows appended. */
  readonly written: number;
  readonly conflicts: readonly Conflict[];
  /** False where time ran out, or people changed the sheet's shape meanwhile: the next run goes on with what still differs. */
  readonly finished: boolean;
}

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

class Writer {
  readonly book: Book;
  private readonly seen: Book;
  private readonly wanted: Wanted;
  private readonly ledger = new WriteLedger();
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
    for (const located of sheets) this.ledger.remember(located);
    if (!this.send(requests)) return false;
    for (const located of sheets) {
      const tail = tails.get(located);
      this.ledger.follow(located, tail);
      if (tail !== undefined) this.maxRows.set(located.sheet, tail.maxRows + located.appended.length);
    }
    return true;
  }

  /** Looks at the columns written; only where something moved, at the whole sheet, and again after mending it. */
  restore(): void {
    const writes = this.ledger.written();
    if (writes.size === 0) return;
    const written = new Map([...writes.values()].map(({ key }) => [key, this.wanted.get(key)!]));
    const now = readBook(this.book.spreadsheet, written).snapshot.sheets;
    for (const [before, { key, rows }] of writes) {
      const after = now.find((sheet) => sheet.anchor === key);
      if (after !== undefined && stands(key, before, after, rows)) continue;
      const earlier = overlaid(key, before, this.seen.snapshot.sheets.find((sheet) => sheet.anchor === key), rows);
      for (let look = 0; look < MOST_LOOKS; look += 1) {
        const [whole] = readBook(this.book.spreadsheet, wholeOf(key)).snapshot.sheets;
        const requests = whole === undefined ? [] : restoreDisplaced(key, this.idOf(before), earlier, whole, rows);
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
}
