import type { Area } from './area.ts';
import { instantFrom } from './clock.ts';
import type { SimOptions } from './driver.ts';
import { Driver } from './driver.ts';
import type { ExecutionRecord } from './execution-record.ts';
import type { SentMail } from './mail.ts';
import { mayEdit } from './protection.ts';
import type { Latencies } from './service-calls.ts';
import type { SheetModel } from './sheet-model.ts';
import { areaOf, SpreadsheetView } from './spreadsheet-view.ts';
import type { Stored } from './stored-cell.ts';
import { DateSerial, resultOf } from './stored-cell.ts';
import type { UiState } from './ui-state.ts';
import { refusal } from './validation-rule.ts';
import type { LogEntry, ServiceCall } from './world.ts';

export interface Gesture {
  readonly user?: string;
  /** False: the script gets no event, as when its queue was full or it did not run. */
  readonly event?: boolean;
}

/**
 * The test's driver: simulated people at the spreadsheet, simulated troubles in the services.
 *
 * The fake is unverified against Google. It follows ../shared/notes/apps-script.md and, where those are silent,
 * takes the answer that is worse for the bundle; `selfTest` in the bundle is what can confirm it.
 */
export class Sim extends Driver {
  readonly spreadsheet: SpreadsheetView;

  constructor(options: SimOptions = {}) {
    super(options);
    this.spreadsheet = new SpreadsheetView(this.world.book);
  }

  // --- people ---

  /**
   * Types one value into a cell, or pastes rows of values. False where the sheet refuses: a protected cell, or a
   * typed value against a strict validation (a paste gets past validations). Then nothing is written and no event fires.
   */
  edit(sheetName: string, a1: string, values: unknown, { user = this.user, event = true }: Gesture = {}): boolean {
    const sheet = this.spreadsheet.sheet(sheetName);
    const rows = Array.isArray(values) ? (values as unknown[][]) : [[values]];
    const corner = areaOf(a1);
    const area = { ...corner, rows: rows.length, columns: Math.max(...rows.map(({ length }) => length)) };
    const entered = rows.map((line, r) => line.map((value, c) => this.world.book.enter(value, sheet.formatAt(area.row + r, area.column + c))));
    const single = area.rows === 1 && area.columns === 1;
    if (single && refusal(this.world.book, sheet, area.row, area.column, entered[0]![0]!) !== null) return false;
    return this.#change(sheet, area, entered, user, event);
  }

  /** Drags the first row of an area down over the rest of it. */
  fillDown(sheetName: string, a1: string, { user = this.user, event = true }: Gesture = {}): boolean {
    const sheet = this.spreadsheet.sheet(sheetName);
    const area = areaOf(a1);
    const source = Array.from({ length: area.columns }, (_, c) => sheet.read(area.row, area.column + c));
    const below = { ...area, row: area.row + 1, rows: area.rows - 1 };
    return this.#change(sheet, below, Array.from({ length: below.rows }, () => source), user, event);
  }

  /** Inserts rows above row `at`. */
  insertRow(sheetName: string, at: number, count = 1, { user = this.user, event = true }: Gesture = {}): void {
    this.spreadsheet.sheet(sheetName).insertRows(at, count, 'after');
    if (event) this.fireChange('INSERT_ROW', user);
  }

  /** False where a protected cell lies in the rows. */
  deleteRow(sheetName: string, at: number, count = 1, { user = this.user, event = true }: Gesture = {}): boolean {
    const sheet = this.spreadsheet.sheet(sheetName);
    if (!mayEdit(this.world.book, sheet, { row: at, rows: count, column: 1, columns: sheet.maxColumns }, user)) return false;
    sheet.deleteRows(at, count);
    if (event) this.fireChange('REMOVE_ROW', user);
    return true;
  }

  insertColumn(sheetName: string, at: number, { user = this.user, event = true }: Gesture = {}): void {
    this.spreadsheet.sheet(sheetName).insertColumns(at, 1, 'after');
    if (event) this.fireChange('INSERT_COLUMN', user);
  }

  deleteColumn(sheetName: string, at: number, { user = this.user, event = true }: Gesture = {}): boolean {
    const sheet = this.spreadsheet.sheet(sheetName);
    if (!mayEdit(this.world.book, sheet, { row: 1, rows: sheet.maxRows, column: at, columns: 1 }, user)) return false;
    sheet.deleteColumns(at, 1);
    if (event) this.fireChange('REMOVE_COLUMN', user);
    return true;
  }

  renameSheet(sheetName: string, to: string): void {
    this.spreadsheet.sheet(sheetName).name = to;
    this.fireChange('OTHER', this.user);
  }

  /** Sorts the rows from `fromRow` to the last one with content. False where they hold a cell protected against the user. */
  sort(sheetName: string, column: number, { ascending = true, fromRow = 2, user = this.user }: { ascending?: boolean; fromRow?: number; user?: string } = {}): boolean {
    const sheet = this.spreadsheet.sheet(sheetName);
    const area = { row: fromRow, rows: Math.max(1, sheet.lastRow() - fromRow + 1), column: 1, columns: sheet.maxColumns };
    if (!mayEdit(this.world.book, sheet, area, user)) return false;
    sheet.sort(area, [{ column, ascending }]);
    this.fireChange('OTHER', user);
    return true;
  }

  // --- time and trouble ---

  get now(): Date { return new Date(this.world.clock.now); }
  /** Only forward; time triggers on the way do not fire (see runDue). */
  moveTo(instant: string | number): void { this.world.clock.moveTo(instantFrom(instant)); }

  /** The n-th service call from here of the outermost execution kills it, before the call does anything. */
  killAfter(calls: number): void { this.world.killIn = calls; }
  /** Acts before each service call of the outermost execution; null stops it. What it does is not hooked again. */
  beforeCall(act: ((call: ServiceCall) => void) | null): void {
    if (act === null) {
      this.world.beforeCall = null;
      return;
    }
    let acting = false;
    this.world.beforeCall = (call) => {
      if (acting) return;
      acting = true;
      try {
        act(call);
      } finally {
        acting = false;
      }
    };
  }
  /** The next call of that member throws instead of doing anything. */
  failNext(member: string, error: Error): void { this.world.faults.set(member, error); }
  /** By its short name: 'script.send_mail'. */
  withholdScope(scope: string): void { this.world.withheldScopes.add(scope); }
  grantScope(scope: string): void { this.world.withheldScopes.delete(scope); }
  /** Somebody else's run holds the lock until then. */
  holdLock(which: 'document' | 'script', until: string | number): void { this.world.locks[which].foreignUntil = instantFrom(until); }
  useLatencies(latencies: Latencies): void { this.world.latencies = latencies; }

  // --- what happened ---

  get calls(): ReadonlyMap<string, number> { return this.world.calls; }
  get outbox(): readonly SentMail[] { return this.world.mail.outbox; }
  get ui(): UiState { return this.world.ui; }
  get log(): readonly LogEntry[] { return this.world.log; }
  get executions(): readonly ExecutionRecord[] { return this.world.executions; }
  resetCalls(): void { this.world.calls.clear(); }

  #change(sheet: SheetModel, area: Area, entered: readonly (readonly Stored[])[], user: string, event: boolean): boolean {
    if (!mayEdit(this.world.book, sheet, area, user)) return false;
    const before = sheet.read(area.row, area.column);
    const growBy = area.row + area.rows - 1 - sheet.maxRows;
    if (growBy > 0) sheet.insertRows(sheet.maxRows + 1, growBy, 'before');
    entered.forEach((line, r) => line.forEach((stored, c) => sheet.write(area.row + r, area.column + c, stored)));
    if (!event) return true;
    const single = area.rows === 1 && area.columns === 1;
    this.fireEdit({ sheet, area, user, value: single ? eventText(entered[0]![0]!) : undefined, oldValue: single ? eventText(before) : undefined });
    this.fireChange('EDIT', user);
    return true;
  }
}

/** Event values are texts, dates their serial numbers; a blank cell has none (notes 3.2). */
function eventText(stored: Stored): string | undefined {
  const value = resultOf(stored);
  if (value === null) return undefined;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return String(value instanceof DateSerial ? value.serial : value);
}
