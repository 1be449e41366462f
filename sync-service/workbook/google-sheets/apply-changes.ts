import { randomUUID } from 'node:crypto';
import type { sheets_v4 } from '@googleapis/sheets';
import { locateChanges, type Change, type Conflict, type LocatedSheet, type SheetSnapshot } from '#core';
import {
  appendRequests, BATCH_MARK, cellRequests, columnsTouched, markRequest, MOST_LOOKS, overlaid, restoreDisplaced, SHAPE_CHANGED, slicesOf, stands, tailOf, WriteLedger,
  type SheetRequest, type Tail,
} from '#google';
import { StoreError, type ApplyResult } from '../store.ts';
import { OutcomeUnknownError, type SheetsApi } from './client.ts';
import { assemble, rangesWanted, reloadWorkbook, type LoadedWorkbook, type Wanted } from './read-snapshot.ts';
import { DATA_FIELDS } from './structure.ts';

/**
 * Writes a plan that was made from `seen`: reads the columns concerned once more, finds the place of every change, sends what
 * still fits in one call (more only where it is more than a call carries), and sees in that call's answer whether people's
 * sorting or inserting misled it; then it is taken back. A call whose answer was lost is not repeated blindly: its mark in
 * the spreadsheet tells whether it was carried out.
 */
export async function applyChanges(api: SheetsApi, seen: LoadedWorkbook, changes: readonly Change[]): Promise<ApplyResult> {
  const wanted = columnsTouched(changes);
  const writer = new Writer(api, seen, await reloadWorkbook(api, seen, wanted), wanted);
  const slices = slicesOf(changes);
  for (const [index, slice] of slices.entries()) await writer.write(slice, index === slices.length - 1);
  await writer.restore();
  const { written, conflicts } = writer;
  return { written, conflicts, state: written > 0 ? 'saved' : 'unchanged' };
}

class Writer {
  written = 0;
  readonly conflicts: Conflict[] = [];
  private readonly api: SheetsApi;
  private readonly seen: LoadedWorkbook;
  private readonly wanted: Wanted;
  private readonly ledger = new WriteLedger();
  private readonly maxRows = new Map<SheetSnapshot, number>();
  private ground: LoadedWorkbook;
  /** What stood after the last write, in the columns written; null where its answer didn't say. */
  private after: LoadedWorkbook | null = null;
  private isMarked: boolean;

  constructor(api: SheetsApi, seen: LoadedWorkbook, ground: LoadedWorkbook, wanted: Wanted) {
    this.api = api;
    this.seen = seen;
    this.ground = ground;
    this.wanted = wanted;
    this.isMarked = ground.structure.isMarked;
  }

  /** A part of the plan, whole or not at all. `isLast`: the answer shall tell what stands afterwards. */
  async write(slice: readonly Change[], isLast: boolean): Promise<void> {
    for (let look = 1; ; look += 1) {
      const located = locateChanges(this.ground, slice);
      const isWritten = located.sheets.length === 0 || await this.send(located.sheets, isLast);
      if (isWritten) {
        this.written += located.written;
        this.conflicts.push(...located.conflicts);
        return;
      }
      if (look === MOST_LOOKS) throw new StoreError('changed-meanwhile', '谷歌表格的行列在写入期间一再变动:程序会重新读取并计划');
      this.ground = await reloadWorkbook(this.api, this.seen, this.wanted);
      this.maxRows.clear();
    }
  }

  /** Only where something moved, the whole sheet is looked at, and again after mending it. */
  async restore(): Promise<void> {
    const writes = this.ledger.written();
    if (writes.size === 0) return;
    const after = this.after ?? await reloadWorkbook(this.api, this.ground, new Map([...writes.values()].map(({ key }) => [key, this.wanted.get(key)!])));
    for (const [before, { key, rows }] of writes) {
      const now = after.snapshot.sheets.find((sheet) => sheet.anchor === key);
      if (now !== undefined && stands(key, before, now, rows)) continue;
      const earlier = overlaid(key, before, this.seen.snapshot.sheets.find((sheet) => sheet.anchor === key), rows);
      for (let look = 0; look < MOST_LOOKS; look += 1) {
        const whole = await reloadWorkbook(this.api, this.ground, new Map([[key, 'all']]));
        const found = whole.snapshot.sheets.find((sheet) => sheet.anchor === key);
        const requests = found === undefined ? [] : restoreDisplaced(key, whole.grids.get(found)!.id, earlier, found, rows);
        if (requests.length === 0) break;
        await this.update(requests, null);
      }
    }
  }

  /** False where nothing was written: the sheets' shape is no longer what was read, or Google failed before doing it. */
  private async send(sheets: readonly LocatedSheet[], isLast: boolean): Promise<boolean> {
    const tails = new Map(sheets.flatMap((located) => (located.key === null || located.appended.length === 0 ? [] : [[located, this.tail(located)] as const])));
    const requests = sheets.flatMap((located) => [
      ...this.columnsFor(located),
      ...cellRequests(this.gridOf(located).id, located),
      ...(tails.has(located) ? appendRequests(this.gridOf(located).id, located, tails.get(located)!) : []),
    ]);
    const looked = new Map(sheets.flatMap(({ key, cells }) => (key === null || cells.size === 0 ? [] : [[key, this.wanted.get(key)!] as const])));
    const ranges = isLast && looked.size > 0 ? rangesWanted(this.ground, new Map([...[...this.ledger.written().values()].map(({ key }) => [key, this.wanted.get(key)!] as const), ...looked])) : null;
    const answer = await this.update(requests, ranges);
    if (answer === null) return false;
    for (const located of sheets) {
      this.ledger.remember(located);
      const tail = tails.get(located);
      this.ledger.follow(located, tail);
      if (tail !== undefined) this.maxRows.set(located.sheet, tail.maxRows + located.appended.length);
    }
    const { updatedSpreadsheet } = answer;
    this.after = updatedSpreadsheet === undefined ? null
      : assemble(this.ground.spreadsheetId, this.ground.structure, { sheets: updatedSpreadsheet.sheets ?? [], namedRanges: updatedSpreadsheet.namedRanges ?? [] }, this.ground);
    return true;
  }

  /** One call. Null where it was not carried out; an answer without `updatedSpreadsheet` where nobody knows what stands since. */
  private async update(requests: readonly SheetRequest[], ranges: readonly string[] | null): Promise<sheets_v4.Schema$BatchUpdateSpreadsheetResponse | null> {
    const mark = randomUUID();
    const { spreadsheetId } = this.ground;
    const body = {
      requests: [...requests, markRequest(mark, this.isMarked)],
      ...(ranges === null ? {} : { includeSpreadsheetInResponse: true, responseIncludeGridData: true, responseRanges: [...ranges] }),
    };
    try {
      const answer = await this.api.batchUpdate(spreadsheetId, body, ranges === null ? 'spreadsheetId' : `updatedSpreadsheet(${DATA_FIELDS})`);
      this.isMarked = true;
      return answer;
    } catch (error) {
      if (error instanceof StoreError && error.code === 'refused' && SHAPE_CHANGED.test(error.message)) return null;
      if (!(error instanceof OutcomeUnknownError)) throw error;
      const { developerMetadata = [] } = await this.api.get(spreadsheetId, [], 'developerMetadata(metadataKey,metadataValue)');
      const marks = developerMetadata.filter(({ metadataKey }) => metadataKey === BATCH_MARK);
      this.isMarked = marks.length > 0;
      return marks.some(({ metadataValue }) => metadataValue === mark) ? {} : null;
    }
  }

  /** Columns of automation's that are gone come back right of all others, where the grid may end. */
  private columnsFor(located: LocatedSheet): SheetRequest[] {
    const { sheet, cells, appended } = located;
    const rightmost = Math.max(-1, ...[...cells.values(), ...appended].map((values) => Math.max(...values.keys())));
    if (sheet.firstFree === undefined || rightmost < sheet.firstFree) return [];
    const { id, columnCount } = this.gridOf(located);
    const missing = rightmost + 1 - columnCount;
    return missing <= 0 ? [] : [{ appendDimension: { sheetId: id, dimension: 'COLUMNS', length: missing } }];
  }

  private tail(located: LocatedSheet): Tail {
    return tailOf(located, located.key!, this.maxRows.get(located.sheet) ?? this.gridOf(located).rowCount);
  }

  private gridOf({ sheet }: LocatedSheet): { readonly id: number; readonly rowCount: number; readonly columnCount: number } {
    return this.ground.grids.get(sheet)!;
  }
}
