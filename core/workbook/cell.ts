import type { Day, Moment } from '../calendar/plain-date.ts';

/** What a cell can hold, as a host reads it. Dates arrive as spreadsheet serial numbers of the 1900 system. */
export type Cell = PlainCell | FormulaCell;
export type PlainCell = null | string | number | boolean | ErrorCell;

export interface ErrorCell { readonly error: string }
/** A formula people wrote. Automation reads its cached value and never writes over it. */
export interface FormulaCell { readonly formula: string; readonly value: PlainCell }

/**
 * What automation writes. Hosts turn it into a raw cell with `renderCell`, so that
 * all of them write the same: a day as a whole serial number, a moment with its fraction.
 */
export type OutValue =
  | null
  | string
  | number
  | { readonly kind: 'day'; readonly day: Day }
  | { readonly kind: 'moment'; readonly moment: Moment };

export function isFormula(cell: Cell): cell is FormulaCell {
  return typeof cell === 'object' && cell !== null && 'formula' in cell;
}

export function isError(cell: Cell): cell is ErrorCell {
  return typeof cell === 'object' && cell !== null && 'error' in cell;
}

/** The value behind a cell: a formula's cached result, else the cell itself. */
export function valueOf(cell: Cell): PlainCell {
  return isFormula(cell) ? cell.value : cell;
}

/** Equality of two cells as a host sees them; a blank text equals an empty cell. */
export function sameCell(a: Cell, b: Cell): boolean {
  if (a === b) return true;
  if (isBlank(a) && isBlank(b)) return true;
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) < 1e-9;
  if (isFormula(a) && isFormula(b)) return a.formula === b.formula;
  if (isError(a) && isError(b)) return a.error === b.error;
  return false;
}

/** The longest text a spreadsheet cell can hold. */
const MAX_CELL_TEXT = 32_767;

/**
 * Text as a cell can hold and give back: cut to 32 767 characters, the cut marked by an
 * ellipsis, a broken surrogate as U+FFFD. Plans compare this, or the same cut would be planned at every run.
 */
export function cellText(text: string): string {
  const cut = text.length > MAX_CELL_TEXT ? `${text.slice(0, MAX_CELL_TEXT - 1)}…` : text;
  return cut.replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}

export function isBlank(cell: Cell): boolean {
  return cell === null || cell === '';
}
