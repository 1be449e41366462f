import type { Area } from './area.ts';
import { parseA1 } from './area.ts';
import { ScriptException } from './exception.ts';
import type { Execution } from './execution.ts';
import type { GRange, GSheet } from './google.ts';
import { checkArea } from './range-base.ts';
import type { SheetModel } from './sheet-model.ts';
import { Fake, face } from './strict-proxy.ts';
import { mayWrite } from './write-cells.ts';

type Members = 'getRange' | 'getDataRange' | 'getLastRow' | 'getLastColumn' | 'getMaxRows' | 'getMaxColumns'
  | 'insertRowsAfter' | 'insertRowsBefore' | 'insertRowAfter' | 'insertRowBefore' | 'insertRows' | 'insertColumnsAfter' | 'insertColumnsBefore' | 'insertColumnAfter' | 'insertColumnBefore'
  | 'deleteRow' | 'deleteRows' | 'deleteColumn' | 'deleteColumns';

/** A sheet's grid: its size, its ranges, its rows and columns coming and going. */
export class SheetStructure extends Fake implements Pick<GSheet, Members> {
  readonly model: SheetModel;
  constructor(run: Execution, model: SheetModel) {
    super('Sheet', run);
    this.model = model;
  }

  getRange(first: number | string, column?: number, numRows = 1, numColumns = 1): GRange {
    const area = typeof first === 'string' ? this.#areaOf(first) : { row: first, column: column!, rows: numRows, columns: numColumns };
    checkArea(this.model, area);
    return this.run.fakes.range(this.model, area);
  }

  getDataRange(): GRange {
    return this.run.fakes.range(this.model, { row: 1, column: 1, rows: Math.max(1, this.model.lastRow()), columns: Math.max(1, this.model.lastColumn()) });
  }

  getLastRow(): number { return this.model.lastRow(); }
  getLastColumn(): number { return this.model.lastColumn(); }
  getMaxRows(): number { return this.model.maxRows; }
  getMaxColumns(): number { return this.model.maxColumns; }

  insertRowAfter(afterPosition: number): GSheet { return this.insertRowsAfter(afterPosition, 1); }
  insertRowBefore(beforePosition: number): GSheet { return this.insertRowsBefore(beforePosition, 1); }
  insertRowsAfter(afterPosition: number, howMany: number): GSheet { return this.#insertRows(afterPosition, afterPosition + 1, howMany, 'before'); }
  insertRowsBefore(beforePosition: number, howMany: number): GSheet { return this.#insertRows(beforePosition, beforePosition, howMany, 'after'); }
  insertRows(rowIndex: number, numRows = 1): void { this.insertRowsBefore(rowIndex, numRows); }
  insertColumnAfter(afterPosition: number): GSheet { return this.insertColumnsAfter(afterPosition, 1); }
  insertColumnBefore(beforePosition: number): GSheet { return this.insertColumnsBefore(beforePosition, 1); }
  insertColumnsAfter(afterPosition: number, howMany: number): GSheet { return this.#insertColumns(afterPosition, afterPosition + 1, howMany, 'before'); }
  insertColumnsBefore(beforePosition: number, howMany: number): GSheet { return this.#insertColumns(beforePosition, beforePosition, howMany, 'after'); }

  deleteRow(rowPosition: number): GSheet {
    this.deleteRows(rowPosition, 1);
    return face(this);
  }

  deleteRows(rowPosition: number, howMany: number): void {
    if (rowPosition < 1 || howMany < 1 || rowPosition + howMany - 1 > this.model.maxRows) throw new ScriptException('Those rows are out of bounds.');
    if (this.model.maxRows - howMany <= this.model.frozenRows) throw new ScriptException('Sorry, it is not possible to delete all non-frozen rows.');
    if (this.#mayChange({ row: rowPosition, rows: howMany, column: 1, columns: this.model.maxColumns })) this.model.deleteRows(rowPosition, howMany);
  }

  deleteColumn(columnPosition: number): GSheet {
    this.deleteColumns(columnPosition, 1);
    return face(this);
  }

  deleteColumns(columnPosition: number, howMany: number): void {
    if (columnPosition < 1 || howMany < 1 || columnPosition + howMany - 1 > this.model.maxColumns) throw new ScriptException('Those columns are out of bounds.');
    if (this.model.maxColumns - howMany <= this.model.frozenColumns) throw new ScriptException('Sorry, it is not possible to delete all non-frozen columns.');
    if (this.#mayChange({ column: columnPosition, columns: howMany, row: 1, rows: this.model.maxRows })) this.model.deleteColumns(columnPosition, howMany);
  }

  #insertRows(existing: number, at: number, howMany: number, inherit: 'before' | 'after'): GSheet {
    if (existing < 1 || existing > this.model.maxRows || howMany < 1) throw new ScriptException('Those rows are out of bounds.');
    if (this.#mayChange({ row: existing, rows: 1, column: 1, columns: this.model.maxColumns }, true)) this.model.insertRows(at, howMany, inherit);
    return face(this);
  }

  #insertColumns(existing: number, at: number, howMany: number, inherit: 'before' | 'after'): GSheet {
    if (existing < 1 || existing > this.model.maxColumns || howMany < 1) throw new ScriptException('Those columns are out of bounds.');
    if (this.#mayChange({ column: existing, columns: 1, row: 1, rows: this.model.maxRows }, true)) this.model.insertColumns(at, howMany, inherit);
    return face(this);
  }

  /** Inserting is refused only by a protection of the whole sheet; deleting also by protected cells within. */
  #mayChange(area: Area, inserting = false): boolean {
    return inserting && !this.run.world.book.protections.some((state) => state.sheet === this.model && state.place === null) ? true : mayWrite(this.run, this.model, area);
  }

  #areaOf(a1: string): Area {
    const parsed = parseA1(a1);
    if (parsed !== null && (parsed.sheet === null || parsed.sheet === this.model.name)) return parsed.area;
    const named = this.run.world.book.namedRanges.find(({ name }) => name === a1)?.place;
    if (named?.sheet === this.model && named.area !== null) return named.area;
    throw new ScriptException('Range not found');
  }
}
