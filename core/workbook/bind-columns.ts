import { isError, valueOf, type Cell } from './cell.ts';
import type { Column } from './column-types.ts';
import { columnsOf, SHEETS, type SheetKey } from './columns.ts';
import { cleanHeader } from './half-width.ts';
import { shown, type RowIssue } from './issue.ts';
import type { RowSnapshot, SheetSnapshot, WorkbookSnapshot } from './snapshot.ts';

/** Where a sheet's contract columns lie. */
export interface Binding {
  /** Index in the snapshot's rows of the row that holds the headers; the data follow. */
  readonly headerRow: number;
  /** 0-based physical column by contract key; a missing column has none. */
  readonly columns: Readonly<Record<string, number>>;
  /** The free places where columns that are gone and that the program can fill come back. */
  readonly restored: Readonly<Record<string, number>>;
}

/** People put titles, notes and group headings above the header. */
const HEADER_SEARCH_ROWS = 20;
/** One matching cell is not a header: a title may read like a column. */
const LEAST_HEADERS = 2;
/** Without these sheets a run cannot know what it may do. */
const INDISPENSABLE: ReadonlySet<SheetKey> = new Set<SheetKey>(['items', 'notices', 'parameters', 'baseline']);

/**
 * The snapshot's sheet for a contract sheet: by anchor, then by name, then by a name that differs in spaces or width, then
 * (a renamed tab whose anchors a program dropped) the only one that bears most of its headers.
 */
export function findSheet(snapshot: WorkbookSnapshot, key: SheetKey): SheetSnapshot | undefined {
  const { name } = SHEETS[key];
  const unclaimed = snapshot.sheets.filter((sheet) => sheet.anchor === null);
  return snapshot.sheets.find((sheet) => sheet.anchor === key)
    ?? unclaimed.find((sheet) => sheet.name === name)
    ?? unclaimed.find((sheet) => cleanHeader(sheet.name) === cleanHeader(name))
    ?? onlyOne(unclaimed.filter((sheet) => !CONTRACT_NAMES.has(cleanHeader(sheet.name)) && bearsHeadersOf(sheet, key)));
}

const CONTRACT_NAMES: ReadonlySet<string> = new Set(Object.values(SHEETS).map(({ name }) => cleanHeader(name)));

function onlyOne<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}

/** Three quarters of the headers, word for word: no sheet of people's own does that by chance. */
function bearsHeadersOf(sheet: SheetSnapshot, key: SheetKey): boolean {
  const { headers: wanted } = wordsOf(key);
  return sheet.rows.slice(0, HEADER_SEARCH_ROWS).some((row) => {
    const found = new Set(row.cells.map((cell) => cleanHeader(headerText(cell))).filter((text) => wanted.has(text)));
    return found.size >= LEAST_HEADERS && found.size >= wanted.size * 0.75;
  });
}

/**
 * Finds the header row and the columns: by hidden anchor, then by header, then by synonym. Null where the sheet or its
 * header is missing. Adds an issue for whatever is missing or doubled.
 */
export function bindColumns(snapshot: SheetSnapshot | undefined, key: SheetKey, issues: RowIssue[]): Binding | null {
  if (snapshot === undefined) {
    issues.push(sheetIssue('sheet-missing', INDISPENSABLE.has(key) ? 'error' : 'hint', SHEETS[key].name, null, '',
      `缺少工作表「${SHEETS[key].name}」:请从备份把这张表复制回来(没有备份才用空白模板),表名和表头保持不变`));
    return null;
  }
  const contract = columnsOf(key);
  const headerRow = findHeaderRow(snapshot, key);
  if (headerRow === null) {
    issues.push(sheetIssue('header-missing', INDISPENSABLE.has(key) ? 'error' : 'hint', snapshot.name, null, '',
      `「${snapshot.name}」前 ${HEADER_SEARCH_ROWS} 行里没有找到表头:请恢复含「${contract.slice(0, 3).map((column) => column.header).join('、')}」等列名的表头行`));
    return null;
  }
  return { headerRow, ...bind(snapshot, snapshot.rows[headerRow]!, key, issues) };
}

function bind(snapshot: SheetSnapshot, header: RowSnapshot, key: SheetKey, issues: RowIssue[]): Pick<Binding, 'columns' | 'restored'> {
  const contract = columnsOf(key);
  const names = Array.from(header.cells, (cell) => cleanHeader(headerText(cell)));
  const places = placesByName(names);
  const columns: Record<string, number> = {};
  const taken = new Set<number>();
  const take = (column: Column, place: number | undefined): void => {
    if (place === undefined || column.key in columns || taken.has(place)) return;
    columns[column.key] = place;
    taken.add(place);
  };
  const firstFree = (name: string): number | undefined => places.get(cleanHeader(name))?.find((place) => !taken.has(place));

  // A program that moves cells but not names leaves anchors pointing at the neighbour: a header of the contract's own
  // words over another column proves it, a header in other words is a person's renaming.
  const { headers } = wordsOf(key);
  const isStale = contract.some(({ key }) => {
    const place = anchoredPlace(snapshot, key);
    const named = place === undefined ? undefined : headers.get(names[place] ?? '');
    return named !== undefined && named !== key && anchoredPlace(snapshot, named) !== undefined;
  });
  if (!isStale) for (const column of contract) take(column, anchoredPlace(snapshot, column.key));
  for (const column of contract) if (!(column.key in columns)) take(column, firstFree(column.header));
  for (const column of contract) for (const synonym of column.key in columns ? [] : column.synonyms ?? []) take(column, firstFree(synonym));

  const restored: Record<string, number> = {};
  for (const column of contract) {
    const place = columns[column.key];
    if (place === undefined) {
      if (snapshot.firstFree !== undefined && isRestorable(key, column)) {
        restored[column.key] = snapshot.firstFree + Object.keys(restored).length;
        issues.push(sheetIssue('column-restored', 'hint', snapshot.name, column.header, '', `「${snapshot.name}」的「${column.header}」列不见了,程序已在末尾重建`));
      } else {
        const isIdentity = INDISPENSABLE.has(key) && column.key === (SHEETS[key].id ?? 'key');
        issues.push(sheetIssue('column-missing', isIdentity ? 'error' : 'hint', snapshot.name, column.header, '',
          `「${snapshot.name}」缺少「${column.header}」列${isIdentity ? '' : ',按空白处理'}:请撤销删除,或从备份复制回来,列名写作「${column.header}」`));
      }
      continue;
    }
    const others = (places.get(names[place] ?? '') ?? []).filter((other) => other !== place && !taken.has(other));
    if (others.length > 0) {
      issues.push(sheetIssue('column-doubled', 'hint', snapshot.name, column.header, shown(headerText(header.cells[place])),
        `「${snapshot.name}」有多列名为「${shown(headerText(header.cells[place]))}」,只读第 ${place + 1} 列:请给第 ${others.map((other) => other + 1).join('、')} 列改名`));
    }
  }
  return { columns, restored };
}

/** What automation writes, what 底账 remembers (S), and the ids: all this comes back by itself. */
function isRestorable(key: SheetKey, column: Column): boolean {
  return column.editor === 'A' || column.editor === 'S' || column.key === SHEETS[key].id;
}

/** The row whose cells name most of the contract's columns, the first of equals; else the one that anchors point at. */
function findHeaderRow(snapshot: SheetSnapshot, sheet: SheetKey): number | null {
  const contract = columnsOf(sheet);
  const { names } = wordsOf(sheet);
  const end = Math.min(HEADER_SEARCH_ROWS, snapshot.rows.length);
  let best: number | null = null;
  let most = LEAST_HEADERS - 1;
  for (let index = 0; index < end && most < contract.length; index++) {
    const found = new Set<string>();
    for (const cell of snapshot.rows[index]!.cells) {
      const key = typeof cell === 'string' || (typeof cell === 'object' && cell !== null) ? names.get(cleanHeader(headerText(cell))) : undefined;
      if (key !== undefined) found.add(key);
    }
    if (found.size > most) {
      most = found.size;
      best = index;
    }
  }
  return best ?? anchoredHeaderRow(snapshot, contract, end);
}

interface ContractWords {
  /** Column key by header, as headers are compared. */
  readonly headers: ReadonlyMap<string, string>;
  /** By header or synonym; a header wins. */
  readonly names: ReadonlyMap<string, string>;
}

const words = new Map<SheetKey, ContractWords>();

/** The contract's words for a sheet's columns, cleaned once: a sheet is bound several times a run. */
function wordsOf(sheet: SheetKey): ContractWords {
  let known = words.get(sheet);
  if (known === undefined) {
    const contract = columnsOf(sheet);
    const headers = new Map(contract.map((column) => [cleanHeader(column.header), column.key]));
    const synonyms = contract.flatMap((column) => (column.synonyms ?? []).map((synonym) => [cleanHeader(synonym), column.key] as const));
    words.set(sheet, known = { headers, names: new Map([...synonyms, ...headers]) });
  }
  return known;
}

/** Where every header was renamed: the first row with several different texts in the anchored columns. */
function anchoredHeaderRow(snapshot: SheetSnapshot, contract: readonly Column[], end: number): number | null {
  for (let index = 0; index < end; index++) {
    const texts = new Set<string>();
    for (const column of contract) {
      const place = anchoredPlace(snapshot, column.key);
      const text = place === undefined ? '' : headerText(snapshot.rows[index]!.cells[place]);
      if (text !== '') texts.add(text);
    }
    if (texts.size >= LEAST_HEADERS) return index;
  }
  return null;
}

function anchoredPlace(snapshot: SheetSnapshot, key: string): number | undefined {
  return Object.hasOwn(snapshot.columnAnchors, key) ? snapshot.columnAnchors[key] : undefined;
}

function placesByName(names: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, name] of names.entries()) {
    if (name === '') continue;
    const list = places.get(name);
    if (list === undefined) places.set(name, [place]);
    else list.push(place);
  }
  return places;
}

function headerText(cell: Cell | undefined): string {
  const value = cell === undefined ? null : valueOf(cell);
  return value === null || isError(value) ? '' : String(value);
}

function sheetIssue(
  code: RowIssue['code'], severity: RowIssue['severity'], sheet: string, column: string | null, value: string, message: string,
): RowIssue {
  return { code, severity, sheet, row: null, column, value, message, because: null };
}
