import { cellText, isBlank, isError, isFormula, sameCell, valueOf, type Cell, type OutValue } from '../workbook/cell.ts';
import { AS_WRITTEN, type Wording } from '../policy/wording.ts';
import { columnsOf, headerOf, SHEETS, type CellsOf, type ColumnKey, type SheetKey } from '../workbook/columns.ts';
import { rawCell, type ParsedRow, type ParsedSheet } from '../workbook/parse-sheet.ts';
import type { CellWrite, Change, RowAddress, RowAppend } from './plan.ts';
import { formatDay, formatLimit, type Day, type Moment } from '../calendar/plain-date.ts';

type Desired = string | number | null;

/** Collects desired - observed for one sheet at a time: nothing is added where the cell already says so. */
export class ChangeList {
  readonly cells: CellWrite[] = [];
  readonly appends: RowAppend[] = [];
  private readonly wording: Wording;

  /** `wording`: how the office words what stands in 提示. */
  constructor(wording: Wording = AS_WRITTEN) {
    this.wording = wording;
  }

  /**
   * Wants a parsed value (text, number, Day or Moment as the column's type has it) in a cell. A formula of people is
   * left alone; returns false then. `passed`: what 流转记录 tells in between.
   */
  want<S extends SheetKey>(
    sheet: ParsedSheet<S>, row: ParsedRow<S>, id: string | null, column: ColumnKey<S>, wanted: Desired, because: string, passed: NonNullable<CellWrite['passed']> = [],
  ): boolean {
    const place = sheet.columns[column];
    if (place === undefined || sheet.covered.get(row.ref)?.has(place) === true) return true;
    const desired = column === 'hint' && typeof wanted === 'string' ? this.wording(wanted) : wanted;
    const observed = (row.cells as Readonly<Record<string, Desired>>)[column] ?? null;
    const before: Cell = rawCell(sheet, row, column);
    if (same(observed, desired)) {
      // What parsing put in a blank cell (an id found again) is still to be written.
      if (isBlank(before) === (desired === null || desired === '')) return true;
      if (isFormula(before)) return desired !== null && desired !== '';
    }
    if (isFormula(before)) return false;
    const after = outValue(sheet.key, column, desired);
    if (typeof after === 'string' && sameCell(before, after)) return true;
    this.cells.push({ kind: 'cell', sheet: sheet.key, row: addressOf(sheet, row, id), column, before, after, because, ...(passed.length > 0 ? { passed } : {}) });
    return true;
  }

  /** The header of a column that is gone: what the run writes into the column needs a place. */
  restoreHeaders({ key, header }: Pick<ParsedSheet<SheetKey>, 'key' | 'header'>, because: string): void {
    for (const column of header?.restored ?? []) {
      this.cells.push({ kind: 'cell', sheet: key, row: { id: null, ref: header!.ref }, column, before: null, after: headerOf(key, column), because });
    }
  }

  append<S extends SheetKey>(sheet: S, values: Partial<CellsOf<S>>, because: string): void {
    const out: Record<string, OutValue> = {};
    for (const [column, value] of Object.entries(values) as [string, Desired][]) {
      if (value !== null && value !== '') out[column] = outValue(sheet, column, value);
    }
    const idColumn = SHEETS[sheet].id;
    const id = idColumn === null ? null : String((values as Readonly<Record<string, Desired>>)[idColumn] ?? '');
    this.appends.push({ kind: 'append', sheet, id, values: out, because });
  }

  all(): Change[] {
    return [...this.cells, ...this.appends];
  }
}

function addressOf<S extends SheetKey>(sheet: ParsedSheet<S>, row: ParsedRow<S>, id: string | null): RowAddress {
  const idColumn = SHEETS[sheet.key].id;
  if (id === null || idColumn === null) return { id, ref: row.ref };
  const shown = valueOf(rawCell(sheet, row, idColumn as ColumnKey<S>));
  const seen = shown === null || isError(shown) ? '' : String(shown);
  return seen === id ? { id, ref: row.ref } : { id, ref: row.ref, seen };
}

function same(observed: Desired, desired: Desired): boolean {
  if (observed === desired) return true;
  if ((observed === null || observed === '') && (desired === null || desired === '')) return true;
  return typeof observed === 'number' && typeof desired === 'number' && Math.abs(observed - desired) < 1e-9;
}

const TYPE_OF = new Map<string, string>();
for (const key of Object.keys(SHEETS) as SheetKey[]) {
  for (const column of columnsOf(key)) TYPE_OF.set(`${key}.${column.key}`, column.type);
}

function outValue(sheet: SheetKey, column: string, value: Desired): OutValue {
  if (value === null || value === '') return null;
  if (typeof value === 'string') return cellText(value);
  switch (TYPE_OF.get(`${sheet}.${column}`)) {
    case 'day': return { kind: 'day', day: value as Day };
    case 'limit': case 'moment': return { kind: 'moment', moment: value as Moment };
    default: return value;
  }
}

/** A value as 流转记录 shows it. */
export function describeOut(value: OutValue): string {
  if (value === null) return '';
  if (typeof value === 'object') return value.kind === 'day' ? formatDay(value.day) : formatLimit(value.moment);
  return String(value);
}
