import { displayOf } from './display.ts';
import { ScriptException } from './exception.ts';
import type { GRange } from './google.ts';
import { RangeBase } from './range-base.ts';
import { Formula } from './stored-cell.ts';
import type { Visible } from './stored-cell.ts';
import { face } from './strict-proxy.ts';
import { mayWrite, writeCells } from './write-cells.ts';

type Members = 'getValue' | 'getValues' | 'setValue' | 'setValues' | 'getDisplayValue' | 'getDisplayValues' | 'getFormula' | 'getFormulas' | 'setFormula'
  | 'clearContent' | 'isBlank' | 'sort' | 'merge' | 'getMergedRanges' | 'isPartOfMerge' | 'breakApart';

/** What a Range reads and writes. */
export class RangeValues extends RangeBase implements Pick<GRange, Members> {
  getValue(): Visible { return this.run.world.book.visible(this.sheet, this.area.row, this.area.column); }
  getValues(): Visible[][] {
    this.#charge('getValues');
    const { book } = this.run.world;
    return this.#map((row, column) => {
      const stored = this.sheet.rows[row - 1]?.[column - 1];
      return stored === undefined ? '' : typeof stored === 'string' ? stored : book.visible(this.sheet, row, column);
    });
  }

  setValue(value: unknown): GRange {
    if (Array.isArray(value)) throw new ScriptException('The parameters (Array) don\'t match the method signature for SpreadsheetApp.Range.setValue.');
    writeCells(this.run, this.sheet, this.area, () => value);
    return face(this);
  }

  setValues(values: unknown[][]): GRange {
    this.#charge('setValues');
    checkShape(values, this.area.rows, this.area.columns);
    writeCells(this.run, this.sheet, this.area, (row, column) => values[row]![column]);
    return face(this);
  }

  getDisplayValue(): string { return this.#display(this.area.row, this.area.column); }
  getDisplayValues(): string[][] {
    this.#charge('getDisplayValues');
    return this.#map((row, column) => this.#display(row, column));
  }

  getFormula(): string { return this.#formula(this.area.row, this.area.column); }
  getFormulas(): string[][] {
    this.#charge('getFormulas');
    return this.#map((row, column) => this.#formula(row, column));
  }
  setFormula(formula: string): GRange {
    writeCells(this.run, this.sheet, this.area, () => (formula.startsWith('=') ? formula : `=${formula}`));
    return face(this);
  }

  clearContent(): GRange {
    writeCells(this.run, this.sheet, this.area, () => null);
    return face(this);
  }

  isBlank(): boolean { return this.#map((row, column) => this.sheet.read(row, column) === null).flat().every(Boolean); }

  /** Takes a column number (of the sheet, not of the range), `{column, ascending}`, or an array of either. */
  sort(sortSpecObj: unknown): GRange {
    this.#charge('sort');
    const specs = (Array.isArray(sortSpecObj) ? sortSpecObj : [sortSpecObj]) as (number | { column: number; ascending?: boolean })[];
    const keys = specs.map((spec) => (typeof spec === 'number' ? { column: spec, ascending: true } : { column: spec.column, ascending: spec.ascending ?? true }));
    if (mayWrite(this.run, this.sheet, this.area)) this.sheet.sort(this.area, keys);
    return face(this);
  }

  merge(): GRange {
    if (mayWrite(this.run, this.sheet, this.area)) this.sheet.merge(this.area);
    return face(this);
  }
  getMergedRanges(): GRange[] {
    return this.sheet.mergesIn(this.area).map((area) => this.run.fakes.range(this.sheet, area));
  }
  isPartOfMerge(): boolean { return this.sheet.mergesIn(this.area).length > 0; }
  breakApart(): GRange {
    this.sheet.unmerge(this.area);
    return face(this);
  }

  #display(row: number, column: number): string {
    return displayOf(this.sheet.read(row, column), this.sheet.formatAt(row, column));
  }

  #formula(row: number, column: number): string {
    const stored = this.sheet.read(row, column);
    return stored instanceof Formula ? stored.text : '';
  }

  #charge(member: string): void {
    this.run.charge(`Range.${member}`, this.area.rows * this.area.columns);
  }

  #map<T>(at: (row: number, column: number) => T): T[][] {
    const { row, column, rows, columns } = this.area;
    return Array.from({ length: rows }, (_, r) => {
      const line: T[] = [];
      for (let c = 0; c < columns; c++) line.push(at(row + r, column + c));
      return line;
    });
  }
}

/** Data of another shape than the range is refused at once (notes 1.5). */
export function checkShape(data: unknown, rows: number, columns: number): asserts data is unknown[][] {
  if (!Array.isArray(data) || !data.every(Array.isArray)) throw new ScriptException('The parameters don\'t match the method signature: an array of rows was expected.');
  if (data.length !== rows) throw new ScriptException(shapeProblem('rows', data.length, rows));
  for (const line of data as unknown[][]) if (line.length !== columns) throw new ScriptException(shapeProblem('columns', line.length, columns));
}

function shapeProblem(what: string, has: number, wanted: number): string {
  return `The number of ${what} in the data does not match the number of ${what} in the range. The data has ${has} but the range has ${wanted}.`;
}
