import { dayOf, isEndOfDay, serialOfDay, serialOfMoment, type Day, type Moment } from '../calendar/plain-date.ts';
import type { Cell } from './cell.ts';
import type { Column, ColumnType } from './column-types.ts';
import type { RowRef } from './snapshot.ts';
import { readDay, readLimit, readMoment } from './read-date.ts';

/** A cell whose content needs no more reading: canonical text, a number, or a date as its serial number. */
export type Value = string | number | null;

/**
 * One row and its typed cells, read from their values when asked for. A ledger has far more cells than a run looks at, so a
 * row costs one small object and none of its columns. Columns are accessors of the class: `{ ...cells }` copies nothing.
 */
export interface LazyRow {
  readonly ref: RowRef;
  /** The cells as the host read them. */
  readonly raw: readonly Cell[];
  /** Their canonical values: `raw` itself where every cell is canonical already. */
  readonly values: readonly Cell[];
  readonly cells: object;
}
export type LazyRowClass = new (ref: RowRef, raw: readonly Cell[], values: readonly Cell[]) => LazyRow;

/** Classes by sheet and layout: workbooks of one layout share them, and with them the engine's fast paths. */
const CLASSES = new Map<string, LazyRowClass>();

/** The class whose objects read a sheet's columns at these 0-based places. */
export function lazyRowClass(sheet: string, columns: readonly Column[], places: Readonly<Record<string, number>>): LazyRowClass {
  const layout = `${sheet}:${columns.map(({ key }) => places[key] ?? '').join(',')}`;
  const known = CLASSES.get(layout);
  if (known !== undefined) return known;
  const made = class implements LazyRow {
    // Declared only: a field that is also initialised costs a second call for every row.
    declare readonly ref: RowRef;
    declare readonly raw: readonly Cell[];
    declare readonly values: readonly Cell[];
    constructor(ref: RowRef, raw: readonly Cell[], values: readonly Cell[]) {
      this.ref = ref;
      this.raw = raw;
      this.values = values;
    }
    get cells(): this {
      return this;
    }
  };
  for (const { key, type } of columns) Object.defineProperty(made.prototype, key, { get: accessor(type, places[key]), enumerable: true });
  CLASSES.set(layout, made);
  return made;
}

function accessor(type: ColumnType, place: number | undefined): (this: LazyRow) => Value {
  const blank = blankOf(type);
  if (place === undefined) return () => blank;
  switch (type) {
    case 'day': return dated(place, readDay);
    case 'limit': return dated(place, readLimit);
    case 'moment': return dated(place, readMoment);
    case 'number': case 'percent':
      return function read() {
        const value = this.values[place];
        return typeof value === 'number' ? value : null;
      };
    default:
      return function read() {
        const value = this.values[place];
        return typeof value === 'string' ? value : '';
      };
  }
}

function dated(place: number, of: (serial: number) => number | null): (this: LazyRow) => Value {
  return function read() {
    const value = this.values[place];
    return typeof value === 'number' ? of(value) : null;
  };
}

/** What a blank cell of a column reads as. */
export function blankOf(type: ColumnType): '' | null {
  switch (type) {
    case 'day': case 'limit': case 'moment': case 'number': case 'percent': return null;
    default: return '';
  }
}

/** The value that reads back as `parsed`: dates become serial numbers, all else is its own value. */
export function valueFor(type: ColumnType, parsed: Value): Value {
  if (typeof parsed !== 'number') return parsed;
  switch (type) {
    case 'day': return serialOfDay(parsed as Day);
    case 'limit': return isEndOfDay(parsed as Moment) ? serialOfDay(dayOf(parsed as Moment)) : serialOfMoment(parsed as Moment);
    case 'moment': return serialOfMoment(parsed as Moment);
    default: return parsed;
  }
}
