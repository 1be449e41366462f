import type { Area } from './area.ts';
import { a1Of, lastColumnOf, lastRowOf } from './area.ts';
import { ScriptException } from './exception.ts';
import type { Execution } from './execution.ts';
import type { GRange, GSheet } from './google.ts';
import type { SheetModel } from './sheet-model.ts';
import { Fake, face, fakeOf } from './strict-proxy.ts';

type Members = 'getRow' | 'getColumn' | 'getLastRow' | 'getLastColumn' | 'getNumRows' | 'getNumColumns' | 'getA1Notation' | 'getSheet' | 'getGridId' | 'getCell' | 'offset' | 'activate';

/** Where a Range lies. It is a fixed rectangle: it does not follow rows that are inserted above it. */
export class RangeBase extends Fake implements Pick<GRange, Members> {
  readonly sheet: SheetModel;
  /** As it was asked for: `A:A` is open below, which only metadata cares about. */
  readonly asked: Area;
  readonly area: Area;

  constructor(run: Execution, sheet: SheetModel, asked: Area) {
    super('Range', run);
    this.sheet = sheet;
    this.asked = asked;
    this.area = bounded(sheet, asked);
  }

  getRow(): number { return this.area.row; }
  getColumn(): number { return this.area.column; }
  getLastRow(): number { return lastRowOf(this.area); }
  getLastColumn(): number { return lastColumnOf(this.area); }
  getNumRows(): number { return this.area.rows; }
  getNumColumns(): number { return this.area.columns; }
  getA1Notation(): string { return a1Of(this.asked); }
  getSheet(): GSheet { return this.run.fakes.sheet(this.sheet); }
  getGridId(): number { return this.sheet.id; }

  getCell(row: number, column: number): GRange {
    if (row < 1 || column < 1 || row > this.area.rows || column > this.area.columns) throw new ScriptException('Cell reference out of range');
    return this.offset(row - 1, column - 1, 1, 1);
  }

  offset(rowOffset: number, columnOffset: number, numRows = this.area.rows, numColumns = this.area.columns): GRange {
    const area = { row: this.area.row + rowOffset, column: this.area.column + columnOffset, rows: numRows, columns: numColumns };
    checkArea(this.sheet, area);
    return this.run.fakes.range(this.sheet, area);
  }

  activate(): GRange {
    const { book, ui } = this.run.world;
    book.active = this.sheet;
    ui.selection = { sheet: this.sheet, area: this.area };
    return face(this);
  }
}

function bounded(sheet: SheetModel, area: Area): Area {
  return {
    ...area,
    rows: Math.min(area.rows, sheet.maxRows - area.row + 1),
    columns: Math.min(area.columns, sheet.maxColumns - area.column + 1),
  };
}

/** Google's refusals of an impossible range (notes 1.5). */
export function checkArea(sheet: SheetModel, area: Area): void {
  if (!(area.row >= 1)) throw new ScriptException('The starting row of the range is too small.');
  if (!(area.column >= 1)) throw new ScriptException('The starting column of the range is too small.');
  if (!(area.rows >= 1)) throw new ScriptException('The number of rows in the range must be at least 1.');
  if (!(area.columns >= 1)) throw new ScriptException('The number of columns in the range must be at least 1.');
  const open = area.rows === Infinity || area.columns === Infinity;
  const beyond = open ? area.row > sheet.maxRows || area.column > sheet.maxColumns : lastRowOf(area) > sheet.maxRows || lastColumnOf(area) > sheet.maxColumns;
  if (beyond) throw new ScriptException('The coordinates of the range are outside the dimensions of the sheet.');
}

/** The cells behind a Range that the script passed to a service. */
export function cellsOf(range: GRange): { sheet: SheetModel; area: Area } {
  const fake = fakeOf(RangeBase, range);
  if (fake === undefined) throw new ScriptException('The parameters don\'t match the method signature: a Range was expected.');
  return fake;
}
