import type { Area, Shift } from './area.ts';
import { intersects, lastColumnOf, lastRowOf, shifted } from './area.ts';
import type { ConditionalRule } from './conditional-format.ts';
import type { ChartState } from './chart.ts';
import { RunLayer } from './run-layer.ts';
import type { Stored } from './stored-cell.ts';
import { DateSerial } from './stored-cell.ts';
import { compareForSort } from './sort-order.ts';
import type { ValidationRule } from './validation-rule.ts';

/** What cells can wear. Formats that only please the eye are kept too, so that tests can look at them. */
export interface Styles {
  numberFormat: string; background: string; fontColor: string; fontWeight: string; fontSize: number; fontFamily: string;
  horizontalAlignment: string; verticalAlignment: string; wrap: string; border: string; note: string;
}
export type StyleName = keyof Styles;

/** An area that follows the sheet's rows and columns; null once all of it was deleted. */
export class Place {
  readonly sheet: SheetModel;
  area: Area | null;
  constructor(sheet: SheetModel, area: Area) {
    this.sheet = sheet;
    this.area = area;
  }
}

export interface ColumnGroup { readonly depth: number; readonly collapsed: boolean }

/** One sheet: cells by row, everything else as runs or followed places, so that 20 000 rows stay cheap. */
export class SheetModel {
  readonly id: number;
  name: string;
  readonly rows: (Stored | undefined)[][] = [];
  maxRows: number;
  maxColumns: number;
  readonly styles: { readonly [K in StyleName]: RunLayer<Styles[K]> } = {
    numberFormat: new RunLayer(), background: new RunLayer(), fontColor: new RunLayer(), fontWeight: new RunLayer(), fontSize: new RunLayer(), fontFamily: new RunLayer(),
    horizontalAlignment: new RunLayer(), verticalAlignment: new RunLayer(), wrap: new RunLayer(), border: new RunLayer(), note: new RunLayer(),
  };
  readonly validations = new RunLayer<ValidationRule>();
  /** Column properties lie in row 1 of a layer, row properties in column 1: they follow shifts like cells. */
  readonly columnWidths = new RunLayer<number>();
  readonly hiddenColumns = new RunLayer<true>();
  readonly columnGroups = new RunLayer<ColumnGroup>();
  readonly rowHeights = new RunLayer<number>();
  readonly places = new Set<Place>();
  merges: Place[] = [];
  conditionalRules: ConditionalRule[] = [];
  charts: ChartState[] = [];
  filter: Place | null = null;
  hidden = false;
  tabColor: string | null = null;
  frozenRows = 0;
  frozenColumns = 0;
  hiddenGridlines = false;

  constructor(id: number, name: string, maxRows = 1000, maxColumns = 26) {
    this.id = id;
    this.name = name;
    this.maxRows = maxRows;
    this.maxColumns = maxColumns;
  }

  read(row: number, column: number): Stored {
    return this.rows[row - 1]?.[column - 1] ?? null;
  }

  write(row: number, column: number, stored: Stored): void {
    while (this.rows.length < row) this.rows.push([]);
    const cells = this.rows[row - 1]!;
    const before = cells[column - 1];
    // A cell that once took a date stays formatted as one, whatever comes next.
    if (before instanceof DateSerial && !(stored instanceof DateSerial) && this.styles.numberFormat.get(row, column) === undefined) {
      this.styles.numberFormat.set({ row, column, rows: 1, columns: 1 }, before.format);
    }
    while (cells.length < column - 1) cells.push(undefined);
    cells[column - 1] = stored ?? undefined;
  }

  formatAt(row: number, column: number): string | undefined {
    return this.styles.numberFormat.get(row, column);
  }

  /** Content only: formats and validations don't count (notes 1.5). A formula counts whatever it shows. */
  lastRow(): number {
    for (let row = this.rows.length; row > 0; row--) if (this.rows[row - 1]!.some((cell) => cell !== undefined)) return row;
    return 0;
  }

  lastColumn(): number {
    let last = 0;
    for (const cells of this.rows) {
      let width = cells.length;
      while (width > last && cells[width - 1] === undefined) width--;
      last = Math.max(last, width);
    }
    return last;
  }

  follow(area: Area): Place {
    const place = new Place(this, area);
    this.places.add(place);
    return place;
  }

  release(place: Place): void {
    this.places.delete(place);
  }

  insertRows(at: number, count: number, inherit: 'before' | 'after'): void {
    if (at <= this.rows.length) this.rows.splice(at - 1, 0, ...Array.from({ length: count }, () => []));
    this.maxRows += count;
    this.#shift({ dimension: 'rows', at, count }, inherit);
  }

  deleteRows(at: number, count: number): void {
    this.rows.splice(at - 1, count);
    this.maxRows -= count;
    this.#shift({ dimension: 'rows', at, count: -count }, 'before');
  }

  insertColumns(at: number, count: number, inherit: 'before' | 'after'): void {
    const blanks = Array.from({ length: count }, () => undefined);
    for (const cells of this.rows) if (cells.length >= at) cells.splice(at - 1, 0, ...blanks);
    this.maxColumns += count;
    this.#shift({ dimension: 'columns', at, count }, inherit);
  }

  deleteColumns(at: number, count: number): void {
    for (const cells of this.rows) cells.splice(at - 1, count);
    this.maxColumns -= count;
    this.#shift({ dimension: 'columns', at, count: -count }, 'before');
  }

  /** Moves cells, formats, notes and validations; protections, names and metadata stay where they are. */
  sort(area: Area, keys: readonly { column: number; ascending: boolean }[]): void {
    const zone = Array.from({ length: Math.min(lastRowOf(area), this.maxRows) - area.row + 1 }, (_, index) => area.row + index);
    const order = [...zone].sort((a, b) => {
      for (const { column, ascending } of keys) {
        const difference = compareForSort(this.read(a, column), this.read(b, column), ascending);
        if (difference !== 0) return difference;
      }
      return a - b;
    });
    const taken = order.map((row) => Array.from({ length: area.columns }, (_, offset) => this.read(row, area.column + offset)));
    for (const layer of [...Object.values(this.styles), this.validations]) layer.reorder(area, order);
    taken.forEach((cells, index) => {
      while (this.rows.length < area.row + index) this.rows.push([]);
      const target = this.rows[area.row + index - 1]!;
      cells.forEach((cell, offset) => {
        while (target.length < area.column + offset - 1) target.push(undefined);
        target[area.column + offset - 1] = cell ?? undefined;
      });
    });
  }

  /** Only the top left cell of merged cells holds a value; the rest is lost, as on Google. */
  merge(area: Area): void {
    for (let row = area.row; row <= lastRowOf(area); row++) {
      for (let column = area.column; column <= lastColumnOf(area); column++) if (row > area.row || column > area.column) this.write(row, column, null);
    }
    this.merges.push(this.follow(area));
  }

  mergesIn(area: Area): Area[] {
    return this.merges.flatMap((place) => (place.area !== null && intersects(place.area, area) ? [place.area] : []));
  }

  unmerge(area: Area): void {
    const gone = this.merges.filter((place) => place.area !== null && intersects(place.area, area));
    gone.forEach((place) => this.release(place));
    this.merges = this.merges.filter((place) => !gone.includes(place));
  }

  #shift(shift: Shift, inherit: 'before' | 'after'): void {
    const both = [...Object.values(this.styles), this.validations];
    const perLine = shift.dimension === 'rows' ? [this.rowHeights] : [this.columnWidths, this.hiddenColumns, this.columnGroups];
    for (const layer of [...both, ...perLine]) layer.shift(shift, inherit);
    for (const place of [...this.places]) {
      place.area = place.area && shifted(place.area, shift);
      if (place.area === null) this.places.delete(place);
    }
    this.merges = this.merges.filter((place) => place.area !== null);
    if (this.filter?.area === null) this.filter = null;
    this.conditionalRules = this.conditionalRules
      .map((rule) => ({ ...rule, places: rule.places.filter((place) => place.area !== null) }))
      .filter((rule) => rule.places.length > 0);
  }
}
