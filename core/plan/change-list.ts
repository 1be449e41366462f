import { cellText, sameCell, type Cell, type OutValue, isBlank, isFormula } from '../workbook/cell.ts';
import { columnsOf, SHEETS, type CellsOf, type ColumnKey, type SheetKey } from '../workbook/columns.ts';
import { rawCell, type ParsedRow, type ParsedSheet } from '../workbook/parse-sheet.ts';
import type { CellWrite, Change, RowAppend } from './plan.ts';
import { formatDay, formatLimit, type Day, type Moment } from '../calendar/plain-date.ts';

type Desired = string | number | null;

/** Collects desired - observed for one sheet at a time: nothing is added where the cell already says so. */
export class ChangeList {
  readonly cells: CellWrite[] = [];
  readonly appends: RowAppend[] = [];

  /**
   * Wants a parsed value (text, number, Day or Moment as the column's type has it) in a cell. A formula of people is
   * left alone; returns false then.
   */
  want<S extends SheetKey>(
    sheet: ParsedSheet<S>, row: ParsedRow<S>, id: string | null, column: ColumnKey<S>, desired: Desired, because: string,
  ): boolean {
    if (sheet.columns[column] === undefined) return true;
    const observed = (row.cells as Readonly<Record<string, Desired>>)[column] ?? null;
    if (same(observed, desired)) {
      const raw = desired === null || desired === '' ? rawCell(sheet, row, column) : null;
      if (isBlank(raw)) return true;
      if (isFormula(raw)) return false;
    }
    const before: Cell = rawCell(sheet, row, column);
    if (isFormula(before)) return false;
    const after = outValue(sheet.key, column, desired);
    if (typeof after === 'string' && sameCell(before, after)) return true;
    this.cells.push({ kind: 'cell', sheet: sheet.key, row: { id, ref: row.ref }, column, before, after, because });
    return true;
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
