import type { Cell } from './cell.ts';
import type { SheetKey } from './columns.ts';
import type { Moment } from '../calendar/plain-date.ts';

/** Where a host finds a row again: the 1-based row number of a sheet, or a record id. Opaque to core. */
export type RowRef = number | string;

export interface RowSnapshot {
  readonly ref: RowRef;
  /** Raw cells by physical column, 0-based; shorter than the sheet's width where the rest is empty. */
  readonly cells: readonly Cell[];
}

export interface SheetSnapshot {
  /** The sheet's name as people see it. */
  readonly name: string;
  /** Contract sheet that a hidden anchor names, where the host keeps one. */
  readonly anchor: SheetKey | null;
  /** 0-based physical column by contract column key, from hidden anchors; headers decide where it is silent. */
  readonly columnAnchors: Readonly<Record<string, number>>;
  /** All rows from the top, title and header included; merged cells repeat their value. */
  readonly rows: readonly RowSnapshot[];
  /** The 0-based column right of all others, where a host lets columns of automation's that are gone come back. */
  readonly firstFree?: number;
  /** Physical columns, by row, that a merge hides (all its cells but the first): what is written there is never seen. */
  readonly covered?: ReadonlyMap<RowRef, ReadonlySet<number>>;
}

/** The workbook as a host read it, before any meaning is given to it. */
export interface WorkbookSnapshot {
  readonly sheets: readonly SheetSnapshot[];
  /** The named cells of the home sheet by key; null where the host has no home sheet. */
  readonly home: Readonly<Record<string, Cell>> | null;
  /** When the file or base was last changed, where the host knows. */
  readonly modifiedAt: Moment | null;
  /** True where the workbook lies elsewhere than its recorded home: a copy, which must send nothing. */
  readonly isCopy: boolean;
  /** True for a copy that the office keeps for exercises: it runs, its mails stay with it. */
  readonly isDrill?: boolean;
  /** Items whose 状态 people changed so lately that strict mode still leaves it to them; absent where the host can't tell. */
  readonly editedLately?: ReadonlySet<string>;
  /** Mishaps that the host keeps beside the workbook, told on 首页 for a while; absent where it keeps none. */
  readonly mishaps?: readonly Mishap[];
}

/** Something that went wrong with the table and was put right, in one sentence for 首页. */
export interface Mishap {
  readonly at: Moment;
  readonly message: string;
}
