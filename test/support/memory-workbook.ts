import {
  columnsOf, formatDay, formatLimit, formatMoment, HOME_KEYS, isFormula, parseSheet, renderValue, sameCell, SHEET_KEYS, SHEETS,
  type Cell, type Change, type ColumnType, type Moment, type RowIssue,
  type SheetKey, type WorkbookSnapshot,
} from '#core';

/**
 * A workbook in memory that reads and applies like a host: for scenarios and properties. `order` lets a test shuffle
 * columns and rows, `junk` adds columns that the contract doesn't know.
 */
export class MemoryWorkbook {
  readonly sheets = new Map<SheetKey, { keys: (string | null)[]; rows: { ref: number; cells: Cell[] }[]; headers: Cell[] }>();
  readonly home: Record<string, Cell> = Object.fromEntries(HOME_KEYS.map((key) => [key, null]));
  modifiedAt: Moment | null = null;
  isCopy = false;
  private nextRef = 2;

  constructor() {
    for (const key of SHEET_KEYS) {
      const columns = columnsOf(key);
      this.sheets.set(key, { keys: columns.map((column) => column.key), headers: columns.map((column) => column.header), rows: [] });
    }
  }

  /** Adds a row of raw cells by contract key. */
  add(key: SheetKey, cells: Readonly<Record<string, Cell>>): number {
    const sheet = this.sheets.get(key)!;
    const ref = this.nextRef;
    this.nextRef += 1;
    sheet.rows.push({ ref, cells: sheet.keys.map((column) => (column === null ? null : cells[column] ?? null)) });
    return ref;
  }

  cell(key: SheetKey, ref: number, column: string): Cell {
    const sheet = this.sheets.get(key)!;
    return sheet.rows.find((row) => row.ref === ref)?.cells[sheet.keys.indexOf(column)] ?? null;
  }

  /** A hand edit of the row whose id column, else its first, holds `id`. */
  edit(key: SheetKey, id: string, column: string, value: Cell): void {
    const sheet = this.sheets.get(key)!;
    const idPlace = sheet.keys.indexOf(SHEETS[key].id ?? columnsOf(key)[0]!.key);
    const row = sheet.rows.find((candidate) => candidate.cells[idPlace] === id);
    if (row === undefined) throw new Error(`no row ${id} in ${key}`);
    row.cells[sheet.keys.indexOf(column)] = value;
  }

  snapshot(): WorkbookSnapshot {
    return {
      sheets: [...this.sheets].map(([key, sheet]) => ({
        name: SHEETS[key].name, anchor: null, columnAnchors: {},
        rows: [{ ref: 1, cells: sheet.headers }, ...sheet.rows.map((row) => ({ ref: row.ref, cells: [...row.cells] }))],
      })),
      home: { ...this.home }, modifiedAt: this.modifiedAt, isCopy: this.isCopy,
    };
  }

  /** Applies changes in order, stopping after `limit` of them; returns how many conflicted. */
  apply(changes: readonly Change[], limit = changes.length): number {
    let conflicts = 0;
    for (const change of changes.slice(0, limit)) {
      switch (change.kind) {
        case 'home': this.home[change.key] = renderValue(change.after, undefined).value; break;
        case 'append': conflicts += this.append(change) ? 0 : 1; break;
        case 'cell': conflicts += this.write(change) ? 0 : 1; break;
      }
    }
    return conflicts;
  }

  /** The rows of a sheet as people read them, by header; blanks left out. */
  shown(key: SheetKey): Record<string, string>[] {
    const issues: RowIssue[] = [];
    const sheet = parseSheet(this.snapshot().sheets.find((candidate) => candidate.name === SHEETS[key].name), key, {}, issues);
    return sheet.rows.map((row) => {
      const entries = columnsOf(key).map((column) => [column.header, shownValue((row.cells as Record<string, string | number | null>)[column.key] ?? null, column.type)] as const);
      return Object.fromEntries(entries.filter(([, value]) => value !== ''));
    });
  }

  private append(change: Extract<Change, { kind: 'append' }>): boolean {
    const sheet = this.sheets.get(change.sheet)!;
    const idPlace = SHEETS[change.sheet].id === null ? -1 : sheet.keys.indexOf(SHEETS[change.sheet].id);
    if (idPlace >= 0 && change.id !== null && sheet.rows.some((row) => row.cells[idPlace] === change.id)) return false;
    const types = new Map(columnsOf(change.sheet).map((column) => [column.key, column.type]));
    this.add(change.sheet, Object.fromEntries(Object.entries(change.values).map(([column, value]) => [column, renderValue(value, types.get(column)).value])));
    return true;
  }

  private write(change: Extract<Change, { kind: 'cell' }>): boolean {
    const sheet = this.sheets.get(change.sheet)!;
    const place = sheet.keys.indexOf(change.column);
    const row = sheet.rows.find((candidate) => candidate.ref === change.row.ref);
    if (row === undefined || place < 0) return false;
    const now = row.cells[place] ?? null;
    if (isFormula(now) || !sameCell(now, change.before)) return false;
    row.cells[place] = renderValue(change.after, columnsOf(change.sheet).find((column) => column.key === change.column)!.type).value;
    return true;
  }
}

function shownValue(value: string | number | null, type: ColumnType): string {
  if (value === null || typeof value === 'string') return value ?? '';
  switch (type) {
    case 'day': return formatDay(value as Parameters<typeof formatDay>[0]);
    case 'limit': return formatLimit(value as Moment);
    case 'moment': return formatMoment(value as Moment);
    case 'percent': return `${(value * 100).toFixed(2)}%`;
    default: return String(value);
  }
}
