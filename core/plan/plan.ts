import type { Cell, OutValue } from '../workbook/cell.ts';
import type { SheetKey } from '../workbook/columns.ts';
import type { RowRef } from '../workbook/snapshot.ts';
import type { RowIssue } from '../workbook/issue.ts';

/**
 * How an existing row is found again at apply time: by id where it has one that is unique, else by the place it was
 * seen at and its content then.
 */
export interface RowAddress {
  readonly id: string | null;
  readonly ref: RowRef;
  /** What its id cell showed where that is not `id`: nothing on a new row, another number where people typed over it. */
  readonly seen?: string;
}

/** One cell to change. Applied only where the cell still holds `before`. */
export interface CellWrite {
  readonly kind: 'cell';
  readonly sheet: SheetKey;
  readonly row: RowAddress;
  readonly column: string;
  readonly before: Cell;
  readonly after: OutValue;
  /** The clause or parameter that caused the write. */
  readonly because: string;
  /** What it held in between, where 流转记录 tells each step: values and their clauses, in order. */
  readonly passed?: readonly { readonly value: string; readonly because: string }[];
}

/** One row to add. Skipped where a row with this id exists already. */
export interface RowAppend {
  readonly kind: 'append';
  readonly sheet: SheetKey;
  /** Value of the sheet's id column; null for sheets without one. */
  readonly id: string | null;
  readonly values: Readonly<Record<string, OutValue>>;
  readonly because: string;
}

/** One named cell of the home sheet. */
export interface HomeWrite {
  readonly kind: 'home';
  readonly key: string;
  readonly before: Cell;
  readonly after: OutValue;
  readonly because: string;
}

/** Everything automation can do to a workbook. A closed union: hosts handle it with an exhaustive switch. */
export type Change = CellWrite | RowAppend | HomeWrite;

export interface Plan {
  /** In the order in which they must be applied: a cut at any point leaves a state that the next run completes. */
  readonly changes: readonly Change[];
  /** What people should see to, with sheet, row, column and remedy. */
  readonly issues: readonly RowIssue[];
  readonly summary: PlanSummary;
}

export interface PlanSummary {
  readonly policy: string;
  readonly items: number;
  /** Cell writes, home writes and appended rows, without 运行记录 and 流转记录. */
  readonly writes: number;
  /** New rows of 通知. */
  readonly notices: number;
  readonly hints: number;
}
