import { dayOf, yearOf, type Day, type Moment } from '../calendar/plain-date.ts';
import { bindColumns } from './bind-columns.ts';
import { isFormula, valueOf, type Cell, type PlainCell } from './cell.ts';
import {
  choiceIssue, dateIssue, errorIssue, formulaIssue, lengthIssue, listIssue, LONG_TEXT, mergeIssue, numberIssue, percentIssue, secrecyIssue,
  type CellPlace,
} from './cell-issue.ts';
import type { Column } from './column-types.ts';
import { columnsOf, SHEETS, type CellsOf, type ColumnKey, type SheetKey } from './columns.ts';
import { cleanText } from './half-width.ts';
import type { RowIssue } from './issue.ts';
import { splitNames } from './names.ts';
import { choiceReader, readList, readName, readNumber, readPercent, readText, type Content } from './parse-cell.ts';
import { isDateSerial, readDay, readLimit, readMoment } from './read-date.ts';
import { isStateSecretGrade } from './secrecy.ts';
import { readStatusWord } from './status-words.ts';
import { lazyRowClass, valueFor, type LazyRow, type LazyRowClass, type Value } from './row-cells.ts';
import type { RowRef, RowSnapshot, SheetSnapshot } from './snapshot.ts';

export interface ParsedRow<S extends SheetKey> {
  readonly ref: RowRef;
  readonly cells: CellsOf<S>;
  readonly raw: readonly Cell[];
  /** Canonical values by physical column; `raw` itself where nothing needed cleaning, so that no formula or junk hides in it. */
  readonly values: readonly Cell[];
}

export interface ParsedSheet<S extends SheetKey> {
  readonly key: S;
  /** False where the sheet or its header row is missing. */
  readonly present: boolean;
  /** Its name as people see it. */
  readonly name: string;
  /** 0-based physical column by contract key; a missing column has none. */
  readonly columns: Readonly<Partial<Record<ColumnKey<S>, number>>>;
  /** Where the header is, and the keys of columns that are gone and come back with this run, at the places that `columns` gives them. */
  readonly header: { readonly ref: RowRef; readonly restored: readonly string[] } | null;
  /** Physical columns, by row, that a merge hides. */
  readonly covered: ReadonlyMap<RowRef, ReadonlySet<number>>;
  /** Rows with at least one filled contract cell, in the sheet's order. */
  readonly rows: readonly ParsedRow<S>[];
}

/** Dropdown lists that come from the policy, by `${sheetKey}.${columnKey}`; an empty list allows any text. */
export type ChoiceLists = Readonly<Partial<Record<string, readonly string[]>>>;

/** Rows parsed together: few enough to stay in the processor's cache while column after column is read. */
const BLOCK = 256;
/** The names by which unit and person columns of other sheets refer to these rows. */
const NAME_COLUMNS: ReadonlySet<string> = new Set(['units.name', 'people.name']);

type Cells = Readonly<Record<string, Value>>;
/** A column's reader gives null for what it can't read. */
type Reader = (value: Content) => Value;
interface ColumnPlan {
  readonly key: string;
  readonly place: number;
  readonly column: Column;
  readonly read: Reader;
  readonly allowed: readonly string[];
}
/** A parsed row of any sheet. */
interface UntypedRow { readonly ref: RowRef; readonly cells: object }
/** A cell whose content could not be taken as it is. */
interface Trouble { readonly ref: RowRef; readonly cells: Cells; readonly plan: ColumnPlan; readonly cell: Cell }

/** What reading a block of rows finds out, by its place in the block. */
interface Block {
  /** Rows with a filled contract cell. */
  readonly filled: boolean[];
  /** The values of rows that hold something other than its canonical form; other rows are read where they lie. */
  readonly values: (Cell[] | undefined)[];
  readonly troubles: { readonly index: number; readonly plan: ColumnPlan; readonly cell: Cell }[];
}

/** Reads a sheet into typed rows. Never throws on content: what can't be read stays blank and becomes an issue. */
export function parseSheet<S extends SheetKey>(
  snapshot: SheetSnapshot | undefined, key: S, choices: ChoiceLists, issues: RowIssue[],
): ParsedSheet<S> {
  const binding = bindColumns(snapshot, key, issues);
  if (snapshot === undefined || binding === null) {
    return { key, present: false, name: snapshot?.name ?? SHEETS[key].name, columns: {} as ParsedSheet<S>['columns'], header: null, covered: NOTHING_COVERED, rows: [] };
  }
  const columns = { ...binding.columns, ...binding.restored };
  const plans = columnsOf(key).flatMap((column) => {
    const place = columns[column.key];
    return place === undefined ? [] : [planColumn(key, column, place, choices)];
  });
  const Row = lazyRowClass(key, columnsOf(key), columns);
  // Of the size it will have at most: an array that grows is copied again and again.
  const rows = new Array<ParsedRow<S>>(snapshot.rows.length);
  const troubles: Trouble[] = [];
  const block: Block = { filled: [], values: [], troubles: [] };
  let count = 0;
  for (let start = binding.headerRow + 1; start < snapshot.rows.length; start += BLOCK) {
    count = readBlock(plans, snapshot.rows, start, Row, block, rows, count, troubles);
  }
  rows.length = count;
  explain(snapshot.name, plans, rows, troubles, issues);
  const covered = snapshot.covered ?? NOTHING_COVERED;
  if (covered.size > 0) explainMerges(snapshot.name, plans, rows, covered, issues);
  return {
    key, present: true, name: snapshot.name, columns: columns as ParsedSheet<S>['columns'],
    header: { ref: snapshot.rows[binding.headerRow]!.ref, restored: Object.keys(binding.restored) }, covered, rows,
  };
}

const NOTHING_COVERED: ReadonlyMap<RowRef, ReadonlySet<number>> = new Map();

/** People's merges read as the value repeated; under one of automation's columns nothing can be written. */
function explainMerges(
  sheet: string, plans: readonly ColumnPlan[], rows: readonly UntypedRow[], covered: ReadonlyMap<RowRef, ReadonlySet<number>>, issues: RowIssue[],
): void {
  for (const { ref } of rows) {
    const hidden = plans.filter(({ column, place }) => column.editor !== 'P' && covered.get(ref)?.has(place) === true).map(({ column }) => column.header);
    if (hidden.length > 0) issues.push(mergeIssue(sheet, ref, hidden));
  }
}

/** The raw cell behind a parsed one; null where the column or the cell is absent. */
export function rawCell<S extends SheetKey>(sheet: ParsedSheet<S>, row: ParsedRow<S>, column: ColumnKey<S>): Cell {
  const place = sheet.columns[column];
  return place === undefined ? null : row.raw[place] ?? null;
}

/** Reads a block of rows into `rows` from place `count` on; returns how many are filled then. */
function readBlock(
  plans: readonly ColumnPlan[], from: readonly RowSnapshot[], start: number, Row: LazyRowClass, block: Block, rows: LazyRow[], count: number, troubles: Trouble[],
): number {
  const size = Math.min(BLOCK, from.length - start);
  block.filled.length = block.values.length = block.troubles.length = 0;
  for (const plan of plans) readColumn(plan, from, start, size, block);
  for (let index = 0; index < size; index++) {
    if (block.filled[index] !== true) continue;
    const { ref, cells } = from[start + index]!;
    rows[count++] = new Row(ref, cells, block.values[index] ?? cells);
  }
  for (const { index, plan, cell } of block.troubles) {
    const { ref, cells } = from[start + index]!;
    troubles.push({ ref, cells: new Row(ref, cells, block.values[index] ?? cells) as object as Cells, plan, cell });
  }
  return count;
}

/** The inner loop: one column over one block of rows. */
function readColumn(plan: ColumnPlan, rows: readonly RowSnapshot[], start: number, size: number, block: Block): void {
  const { place, read, column } = plan;
  const isDate = isDateColumn(column);
  for (let index = 0; index < size; index++) {
    const { cells } = rows[start + index]!;
    const cell = cells[place];
    if (cell === null || cell === undefined || cell === '') continue;
    if (isDate && typeof cell === 'number' && isDateSerial(cell)) {
      block.filled[index] = true;
      continue;
    }
    const value: PlainCell = typeof cell === 'object' ? valueOf(cell) : cell;
    const parsed: Value = value === null || typeof value === 'object' ? null : read(value);
    if (parsed !== null && parsed === cell) {
      block.filled[index] = true;
      if (typeof parsed === 'string' && parsed.length > LONG_TEXT) block.troubles.push({ index, plan, cell });
      continue;
    }
    (block.values[index] ??= [...cells])[place] = valueFor(column.type, parsed);
    if (value === null || ((parsed === null || parsed === '') && typeof value === 'string' && cleanText(value) === '')) continue;
    block.filled[index] = true;
    if (parsed === null || typeof cell === 'object' || (typeof parsed === 'string' && parsed.length > LONG_TEXT)) {
      block.troubles.push({ index, plan, cell });
    }
  }
}

function planColumn(sheet: SheetKey, column: Column, place: number, choices: ChoiceLists): ColumnPlan {
  const allowed = choices[`${sheet}.${column.key}`] ?? column.values ?? [];
  return { key: column.key, place, column, read: readerOf(sheet, column, allowed), allowed };
}

function readerOf(sheet: SheetKey, column: Column, allowed: readonly string[]): Reader {
  switch (column.type) {
    case 'day': return remembering(readDay);
    case 'limit': return remembering(readLimit);
    case 'moment': return remembering(readMoment);
    case 'number': return readNumber;
    case 'percent': return readPercent;
    case 'choice': return allowed.length === 0 ? readName : choiceReader(allowed);
    case 'list': return column.editor === 'A' ? readText : readList;
    case 'text': return NAME_COLUMNS.has(`${sheet}.${column.key}`) ? readName : readText;
    // What automation wrote is its own spelling already, and the keys of notices and scores must come back unchanged.
    case 'id': case 'ref': case 'unit': case 'person': return column.editor === 'A' ? readText : readName;
  }
}

/** Dates typed as text are slow to read and often repeated. */
function remembering(read: (value: Content) => number | null): Reader {
  const known = new Map<string, number | null>();
  return (value) => {
    if (typeof value !== 'string') return read(value);
    const remembered = known.get(value);
    if (remembered !== undefined) return remembered;
    const parsed = read(value);
    known.set(value, parsed);
    return parsed;
  };
}

function isDateColumn(column: Column): boolean {
  return column.type === 'day' || column.type === 'limit' || column.type === 'moment';
}

function explain(
  sheet: string, plans: readonly ColumnPlan[], rows: readonly UntypedRow[], troubles: readonly Trouble[], issues: RowIssue[],
): void {
  const dates = plans.filter((plan) => isDateColumn(plan.column));
  let sheetYear: number | null | undefined;
  const yearFor = (cells: Cells): number | null =>
    latestYear([cells], dates) ?? (sheetYear === undefined ? sheetYear = latestYear(rows.map((row) => row.cells as Cells), dates) : sheetYear);

  for (const { ref, cells, plan, cell } of troubles) {
    const { column } = plan;
    const place: CellPlace = { sheet, row: ref, column: column.header };
    const value = valueOf(cell);
    if (isFormula(cell) && column.type === 'text' && column.editor !== 'A') issues.push(formulaIssue(place, cell.formula));
    if (value === null) continue;
    if (typeof value === 'object') {
      issues.push(errorIssue(place, value.error));
      continue;
    }
    const parsed = plan.read(value);
    if (parsed === null) issues.push(unreadableIssue(place, plan, value, () => yearFor(cells)));
    else if (typeof parsed === 'string' && parsed.length > LONG_TEXT) issues.push(lengthIssue(place, parsed));
  }
  for (const { key, column, allowed } of plans) {
    if (column.type !== 'list' || allowed.length === 0) continue;
    for (const { ref, cells } of rows) {
      for (const name of splitNames((cells as Cells)[key] as string)) {
        if (!allowed.includes(name)) issues.push(listIssue({ sheet, row: ref, column: column.header }, name, allowed));
      }
    }
  }
}

function unreadableIssue(place: CellPlace, plan: ColumnPlan, value: Content, year: () => number | null): RowIssue {
  if (isDateColumn(plan.column)) return dateIssue(place, value, year());
  if (plan.column.type === 'percent') return percentIssue(place, value);
  if (plan.column.type === 'number') return numberIssue(place, value);
  if (plan.key === 'confidentiality' && isStateSecretGrade(readName(value))) return secrecyIssue(place, value);
  const proposal = plan.key === 'status' ? readStatusWord(readName(value), plan.allowed).status : null;
  return choiceIssue(place, value, plan.allowed, proposal !== null && plan.allowed.includes(proposal) ? proposal : null);
}

/** The year of the latest date in some rows: the one that a text without a year most likely means. */
function latestYear(rows: readonly Cells[], dates: readonly ColumnPlan[]): number | null {
  let latest: Day | null = null;
  for (const cells of rows) {
    for (const { key, column } of dates) {
      const value = cells[key];
      if (typeof value !== 'number') continue;
      const day = column.type === 'day' ? value as Day : dayOf(value as Moment);
      if (latest === null || day > latest) latest = day;
    }
  }
  return latest === null ? null : yearOf(latest);
}
