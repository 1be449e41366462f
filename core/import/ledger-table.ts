import { isError, valueOf, type Cell } from '../workbook/cell.ts';
import { columnsOf, type ColumnKey } from '../workbook/columns.ts';
import { cleanHeader, cleanText } from '../workbook/half-width.ts';
import type { RowSnapshot, SheetSnapshot } from '../workbook/snapshot.ts';

/** A column of 督办台账 that an office's own table can fill. */
export type ImportKey = ColumnKey<'items'>;

/** How an office's header was understood: in the contract's words, a known other name, a similar one, as told, or not. */
export type MatchKind = 'header' | 'synonym' | 'similar' | 'told' | 'none';

export interface LedgerColumn {
  /** 0-based physical column. */
  readonly place: number;
  /** The header as people read it; the two lines of a double header joined by `/`. */
  readonly header: string;
  readonly key: ImportKey | null;
  readonly match: MatchKind;
}

export interface LedgerTable {
  readonly sheet: string;
  readonly columns: readonly LedgerColumn[];
  readonly rows: readonly RowSnapshot[];
}

/** What an office says about its headers: header to contract header; null leaves the column out. */
export type HeaderMap = Readonly<Record<string, string | null>>;

const SEARCHED_ROWS = 20;
const LEAST_MATCHES = 2;
/** Other names that mean something in a foreign ledger only; in a workbook of the contract they would be people's own columns. */
const FOREIGN_NAMES: Readonly<Partial<Record<ImportKey, readonly string[]>>> = {
  handler: ['经办', '联系人', '具体负责人', '工作人员'],
  dutyPerson: ['责任人员', '单位责任人', '主要责任人'],
  leaderInCharge: ['责任领导', '牵头领导', '包抓领导', '主管领导', '分管副总'],
  submittedAt: ['实际完成时间', '办结时间', '实际办结时间', '完成日期', '实际完成日期'],
  title: ['重点工作', '督查事项', '督查督办事项', '议定事项', '决议事项', '项目名称', '主要任务'],
  requirement: ['任务要求', '目标要求', '具体内容', '主要内容'],
  sourceRef: ['会议名称', '依据', '来源依据'],
  deadlineSet: ['计划完成时间', '完成节点', '时间节点', '办结时限', '时限要求', '时间要求', '完成要求'],
  percent: ['完成率', '完成比例'],
  issuedAt: ['立项日期', '交办日期'],
};

interface Names { readonly headers: ReadonlyMap<string, ImportKey>; readonly synonyms: ReadonlyMap<string, ImportKey> }
const NAMES = namesOfItems();

/**
 * The table of a foreign sheet: its header (one line or two, below any title, merged or not) in the first 20 rows, and
 * the rows under it. Null where no row reads like the header of a ledger.
 */
export function findLedgerTable(sheet: SheetSnapshot, told: HeaderMap): LedgerTable | null {
  let best: { columns: LedgerColumn[]; count: number; last: number } | null = null;
  const end = Math.min(SEARCHED_ROWS, sheet.rows.length);
  for (let index = 0; index < end; index += 1) {
    for (const lines of [1, 2]) {
      if (index + lines > sheet.rows.length || (lines === 2 && isTitle(sheet.rows[index]!))) continue;
      const columns = readHeader(sheet.rows.slice(index, index + lines), told);
      const count = columns.filter(({ key }) => key !== null).length;
      // A second line must say more than the first alone, or it is the first row of the data.
      if (count >= LEAST_MATCHES && (best === null || count > best.count)) best = { columns, count, last: index + lines - 1 };
    }
  }
  return best === null ? null : { sheet: sheet.name, columns: best.columns, rows: sheet.rows.slice(best.last + 1) };
}

/** One text alone, merged or not: what stands above a table, and no line of its header. */
function isTitle({ cells }: RowSnapshot): boolean {
  return new Set(cells.map(textOf).filter((text) => text !== '')).size === 1;
}

/** What a cell shows, as one line of text. */
export function textOf(cell: Cell | undefined): string {
  const value = cell === undefined ? null : valueOf(cell);
  return value === null || isError(value) ? '' : cleanText(String(value));
}

function readHeader(lines: readonly RowSnapshot[], told: HeaderMap): LedgerColumn[] {
  const width = Math.max(...lines.map(({ cells }) => cells.length));
  const taken = new Set<ImportKey>();
  const drafts = Array.from({ length: width }, (_, place) => {
    const parts = [...new Set(lines.map(({ cells }) => textOf(cells[place])))].filter((part) => part !== '');
    return { place, header: parts.join('/'), candidates: [parts.at(-1) ?? '', parts.join(''), parts[0] ?? ''] };
  }).filter(({ header }) => header !== '');
  const found = new Map<number, { key: ImportKey | null; match: MatchKind }>();
  // The surer the match, the earlier it takes its column: a similar header never pushes an exact one aside.
  for (const match of ['told', 'header', 'synonym', 'similar'] as const) {
    for (const { place, header, candidates } of drafts) {
      if (found.has(place)) continue;
      const key = keyFor(match, header, candidates, told);
      if (key === undefined || (key !== null && taken.has(key))) continue;
      if (key !== null) taken.add(key);
      found.set(place, { key, match });
    }
  }
  return drafts.map(({ place, header }) => ({ place, header, ...(found.get(place) ?? { key: null, match: 'none' as const }) }));
}

/** Undefined: this way of matching has nothing to say; null: told to leave the column out. */
function keyFor(match: Exclude<MatchKind, 'none'>, header: string, candidates: readonly string[], told: HeaderMap): ImportKey | null | undefined {
  switch (match) {
    case 'told': {
      if (!Object.hasOwn(told, header)) return undefined;
      const wanted = told[header] ?? null;
      return wanted === null ? null : NAMES.headers.get(cleanHeader(wanted));
    }
    case 'header': return firstOf(candidates, (name) => NAMES.headers.get(name));
    case 'synonym': return firstOf(candidates, (name) => NAMES.synonyms.get(name));
    case 'similar': return firstOf(candidates, similarKey);
  }
}

function firstOf(candidates: readonly string[], find: (name: string) => ImportKey | undefined): ImportKey | undefined {
  for (const candidate of candidates) {
    const key = candidate === '' ? undefined : find(cleanHeader(candidate));
    if (key !== undefined) return key;
  }
  return undefined;
}

/** The column of the longest known name within the header, its brackets left out; undefined where two columns vie for it. */
function similarKey(name: string): ImportKey | undefined {
  const plain = name.replaceAll(/\([^)]*\)|【[^】]*】|\[[^\]]*\]/g, '');
  const exact = NAMES.headers.get(plain) ?? NAMES.synonyms.get(plain);
  if (exact !== undefined) return exact;
  let longest = 2;
  let keys = new Set<ImportKey>();
  for (const [known, key] of [...NAMES.headers, ...NAMES.synonyms]) {
    if (known.length < longest || !plain.includes(known)) continue;
    if (known.length > longest) keys = new Set();
    longest = known.length;
    keys.add(key);
  }
  return keys.size === 1 ? [...keys][0] : undefined;
}

function namesOfItems(): Names {
  const headers = new Map<string, ImportKey>();
  const synonyms = new Map<string, ImportKey>();
  for (const column of columnsOf('items')) {
    // What the program fills is computed anew, never taken over.
    if (column.editor === 'A') continue;
    const key = column.key as ImportKey;
    headers.set(cleanHeader(column.header), key);
    for (const name of [...column.synonyms ?? [], ...FOREIGN_NAMES[key] ?? []]) synonyms.set(cleanHeader(name), key);
  }
  for (const name of headers.keys()) synonyms.delete(name);
  return { headers, synonyms };
}
