import type { Area } from './area.ts';
import { parseA1 } from './area.ts';
import { displayOf } from './display.ts';
import type { SheetModel } from './sheet-model.ts';
import type { PlainStored, Stored, Visible } from './stored-cell.ts';
import { DateSerial, Formula, resultOf } from './stored-cell.ts';
import type { WorkbookModel } from './workbook-model.ts';

/** A test's own look at the spreadsheet and hand on it: no events, no counters, no rights, no latency. */
export class SpreadsheetView {
  readonly model: WorkbookModel;
  constructor(model: WorkbookModel) {
    this.model = model;
  }

  names(): string[] { return this.model.sheets.map(({ name }) => name); }

  sheet(name: string): SheetModel {
    const sheet = this.model.sheet(name);
    if (sheet === undefined) throw new Error(`no sheet ${name}; there are ${this.names().join(', ')}`);
    return sheet;
  }

  /** All cells with content as `getValues` gives them, from A1. */
  grid(name: string): Visible[][] {
    const sheet = this.sheet(name);
    const width = sheet.lastColumn();
    return Array.from({ length: sheet.lastRow() }, (_, row) => Array.from({ length: width }, (_unused, column) => this.model.visible(sheet, row + 1, column + 1)));
  }

  /** As people see it. */
  display(name: string): string[][] {
    const sheet = this.sheet(name);
    const width = sheet.lastColumn();
    return Array.from({ length: sheet.lastRow() }, (_, row) => Array.from({ length: width }, (_unused, column) => displayOf(sheet.read(row + 1, column + 1), sheet.formatAt(row + 1, column + 1))));
  }

  value(name: string, a1: string): Visible {
    const { row, column } = areaOf(a1);
    return this.model.visible(this.sheet(name), row, column);
  }

  /** A new last sheet with these cells, entered like typing; grows as needed. */
  addSheet(name: string, rows: readonly (readonly unknown[])[] = []): SheetModel {
    const sheet = this.model.addSheet(name, this.model.sheets.length);
    sheet.maxRows = Math.max(sheet.maxRows, rows.length);
    sheet.maxColumns = Math.max(sheet.maxColumns, ...rows.map(({ length }) => length));
    if (rows.length > 0) this.put(name, 'A1', rows);
    return sheet;
  }

  /** Values entered like typing from a corner on. */
  put(name: string, corner: string, rows: readonly (readonly unknown[])[]): void {
    const sheet = this.sheet(name);
    const { row, column } = areaOf(corner);
    rows.forEach((line, r) => line.forEach((value, c) => sheet.write(row + r, column + c, this.model.enter(value, sheet.formatAt(row + r, column + c)))));
  }

  /** Cells as they stand: text stays text whatever it looks like, a date is its serial number (under a format set apart). */
  putRaw(name: string, corner: string, rows: readonly (readonly (PlainStored | undefined)[])[]): void {
    const sheet = this.sheet(name);
    const { row, column } = areaOf(corner);
    rows.forEach((line, r) => line.forEach((value, c) => sheet.write(row + r, column + c, value === '' ? null : (value ?? null))));
  }

  /** Cells as core's hosts see them: null for a blank, serial numbers for dates, formulas with their value. */
  cells(name: string): RawCell[][] {
    const sheet = this.sheet(name);
    const width = sheet.lastColumn();
    return Array.from({ length: sheet.lastRow() }, (_, row) => Array.from({ length: width }, (_unused, column) => rawCell(sheet.read(row + 1, column + 1))));
  }

  setNumberFormat(name: string, a1: string, format: string): void {
    this.sheet(name).styles.numberFormat.set(areaOf(a1), format);
  }

  putFormula(name: string, a1: string, formula: string, value: PlainStored): void {
    const { row, column } = areaOf(a1);
    this.sheet(name).write(row, column, new Formula(formula, value));
  }
}

type RawPlain = null | string | number | boolean;
type RawCell = RawPlain | { readonly formula: string; readonly value: RawPlain };

function rawCell(stored: Stored): RawCell {
  const value = resultOf(stored);
  const plain = value instanceof DateSerial ? value.serial : value;
  return stored instanceof Formula ? { formula: stored.text, value: plain } : plain;
}

export function areaOf(a1: string): Area {
  const parsed = parseA1(a1);
  if (parsed === null) throw new Error(`not A1 notation: ${a1}`);
  return parsed.area;
}
