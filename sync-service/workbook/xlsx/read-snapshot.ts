import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import {
  HOME_KEYS, HOME_SHEET_NAME, SHEETS, SHEET_KEYS, momentFromEpoch, type Cell, type SheetKey, type SheetSnapshot,
  type WorkbookSnapshot,
} from '#core';
import { StoreError } from '../store.ts';
import { parseRange } from './cell-address.ts';
import { roleOf, type WorkbookRole } from './copy-choice.ts';
import { identityAt, readIdentity, type WorkbookIdentity } from './identity.ts';
import type { ScanContext } from './row-scan.ts';
import { indexSharedStrings, NO_STRINGS } from './shared-strings.ts';
import { scanSheet, type ScannedSheet } from './sheet-scan.ts';
import { NO_STYLES, readStyles, type Styles } from './styles.ts';
import { readWorkbookParts, type DefinedName, type WorkbookParts } from './workbook-parts.ts';
import { readZip, type ZipArchive } from './zip.ts';

/** What a file looked like when it was read: enough to tell whether anybody changed it since. */
export interface FileState {
  readonly modifiedMs: number;
  readonly size: number;
  readonly inode: number;
  readonly sha256: string;
}

export interface LoadedSheet {
  /** 0-based place in the workbook, counting every kind of sheet. */
  readonly index: number;
  readonly part: string;
  /** The part's own bytes. */
  readonly xml: Buffer;
  readonly scanned: ScannedSheet;
  readonly snapshot: SheetSnapshot;
}

/** A place that a hidden name of the home sheet points at. */
export interface HomeCell {
  readonly sheet: LoadedSheet;
  readonly row: number;
  readonly column: number;
}

/** A workbook in memory: the snapshot for core, and what patching it needs. */
export interface LoadedWorkbook {
  readonly path: string;
  readonly file: FileState;
  readonly zip: ZipArchive;
  readonly parts: WorkbookParts;
  readonly styles: Styles;
  readonly sheets: readonly LoadedSheet[];
  readonly home: ReadonlyMap<string, HomeCell>;
  readonly identity: WorkbookIdentity;
  readonly role: WorkbookRole;
  readonly snapshot: WorkbookSnapshot;
}

type ScannedWorkbook = Omit<LoadedWorkbook, 'path' | 'file' | 'snapshot' | 'identity' | 'role'>;

/**
 * Reads an .xlsx for a run: each sheet is scanned as soon as the thread pool has inflated it. Throws a StoreError where the
 * file is missing, unreadable or no plain .xlsx.
 */
export async function loadWorkbook(path: string): Promise<LoadedWorkbook> {
  const { bytes, file } = readStable(path);
  const opened = openWorkbook(bytes, false);
  const sheets = await Promise.all(opened.wanted.map(async (sheet) =>
    scannedSheet(opened, sheet, await opened.zip.inflate(sheet.part), sheet.key !== null && 'tailOnly' in SHEETS[sheet.key])));
  return loadedAt(path, file, withHome(opened, sheets));
}

/** As `loadWorkbook`, with every row of every sheet, people's own too. `bytes`: what the file is about to hold. */
export function loadWholeWorkbook(path: string, bytes?: Buffer): LoadedWorkbook {
  const { bytes: found, file } = readStable(path);
  return loadedAt(path, file, scanWholeWorkbook(bytes ?? found));
}

function loadedAt(path: string, file: FileState, scanned: ScannedWorkbook): LoadedWorkbook {
  const identity = identityAt(scanned.parts, path);
  const role = roleOf(identity, path);
  return { ...scanned, path, file, identity, role, snapshot: snapshotOf(scanned, file.modifiedMs, role) };
}

/** An .xlsx held in memory with every row of every sheet, also those that a run needs only the last of. Throws a StoreError. */
export function readEveryRow(bytes: Buffer, modifiedMs: number): Pick<LoadedWorkbook, 'identity' | 'snapshot'> {
  const scanned = scanWholeWorkbook(bytes);
  return { identity: readIdentity(scanned.parts), snapshot: snapshotOf(scanned, modifiedMs, 'home') };
}

function snapshotOf({ sheets, home, parts }: ScannedWorkbook, modifiedMs: number, role: WorkbookRole): WorkbookSnapshot {
  const hasHome = home.size > 0 || parts.sheets.some((sheet) => sheet?.name === HOME_SHEET_NAME);
  return {
    sheets: sheets.map(({ snapshot }) => snapshot),
    home: hasHome ? Object.fromEntries([...home].map(([key, place]) => [key, cellAt(place.sheet, place.row, place.column)])) : null,
    modifiedAt: momentFromEpoch(modifiedMs),
    isCopy: role === 'copy' || role === 'archive',
    isDrill: role === 'drill',
  };
}

interface WantedSheet {
  readonly index: number;
  readonly name: string;
  readonly part: string;
  readonly anchor: SheetKey | null;
  readonly key: SheetKey | null;
}

interface OpenedWorkbook extends Pick<LoadedWorkbook, 'zip' | 'parts' | 'styles'> {
  readonly context: ScanContext;
  readonly anchors: Anchors;
  readonly wanted: readonly WantedSheet[];
}

/** What is known of a workbook before its sheets are inflated. */
function openWorkbook(bytes: Buffer, everySheet: boolean): OpenedWorkbook {
  const zip = readZip(bytes);
  const parts = readWorkbookParts(zip);
  const stylesBytes = parts.stylesPart === null ? null : zip.read(parts.stylesPart);
  const styles = parts.stylesPart === null || stylesBytes === null ? NO_STYLES : readStyles(parts.stylesPart, stylesBytes);
  const stringBytes = parts.sharedStringsPart === null ? null : zip.read(parts.sharedStringsPart);
  const context = {
    strings: stringBytes === null ? NO_STRINGS : indexSharedStrings(stringBytes),
    dateStyles1904: parts.date1904 ? styles.dateStyles : null,
  };
  const anchors = readAnchors(parts);
  const known = parts.sheets.flatMap((sheet, index): WantedSheet[] => {
    if (sheet === null) return [];
    const anchor = anchors.sheets.get(sheet.name) ?? null;
    return [{ index, name: sheet.name, part: sheet.part, anchor, key: anchor ?? contractKeyOf(sheet.name) }];
  });
  // Where a contract sheet isn't among the known ones it may have been renamed, or this is a foreign ledger: every sheet counts.
  const keys = new Set(known.map(({ key }) => key));
  const isComplete = SHEET_KEYS.every((key) => keys.has(key));
  const wanted = everySheet || !isComplete ? known
    : known.filter(({ key, name }) => key !== null || name === HOME_SHEET_NAME || anchors.homeSheets.has(name));
  return { zip, parts, styles, context, anchors, wanted };
}

function scanWholeWorkbook(bytes: Buffer): ScannedWorkbook {
  const opened = openWorkbook(bytes, true);
  return withHome(opened, opened.wanted.map((sheet) => scannedSheet(opened, sheet, opened.zip.read(sheet.part), false)));
}

function scannedSheet({ context, anchors }: OpenedWorkbook, { index, name, part, anchor }: WantedSheet, xml: Buffer | null, tailOnly: boolean): LoadedSheet | null {
  if (xml === null) return null;
  const scanned = scanSheet(xml, context, tailOnly);
  return {
    index, part, xml, scanned,
    snapshot: { name, anchor, columnAnchors: anchors.columns.get(name) ?? {}, rows: scanned.rows, firstFree: scanned.width, covered: scanned.covered },
  };
}

function withHome({ zip, parts, styles, anchors }: OpenedWorkbook, found: readonly (LoadedSheet | null)[]): ScannedWorkbook {
  const sheets = found.filter((sheet) => sheet !== null);
  return { zip, parts, styles, sheets, home: findHome(anchors.home, sheets) };
}

/** The cell at a row number and 0-based column; null where it is blank or there is no such row. */
export function cellAt(sheet: LoadedSheet, row: number, column: number): Cell {
  const rows = sheet.scanned.rows;
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const number = Number(rows[middle]!.ref);
    if (number === row) return rows[middle]!.cells[column] ?? null;
    if (number < row) low = middle + 1;
    else high = middle - 1;
  }
  return null;
}

/** The state of a file on disk now; `sha256` is taken from `known` where time, size and inode are its own. */
export function fileStateOf(path: string, known: FileState): FileState {
  const { state } = withFile(path, (handle) => ({ state: fstatSync(handle) }));
  if (state.mtimeMs === known.modifiedMs && state.size === known.size && state.ino === known.inode) return known;
  return readStable(path).file;
}

function readStable(path: string): { bytes: Buffer; file: FileState } {
  return withFile(path, (handle) => {
    const bytes = readFileSync(handle);
    const state = fstatSync(handle);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { bytes, file: { modifiedMs: state.mtimeMs, size: state.size, inode: state.ino, sha256 } };
  });
}

function withFile<T>(path: string, use: (handle: number) => T): T {
  let handle: number;
  try {
    handle = openSync(path, 'r');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT') throw new StoreError('not-found', `找不到文件 ${path}:请检查路径和文件名`, { cause: error });
    if (code === 'EACCES' || code === 'EPERM' || code === 'EBUSY') {
      throw new StoreError('no-permission', `没有权限读取 ${path}:请检查文件权限,或先关闭正打开它的程序`, { cause: error });
    }
    throw error;
  }
  try {
    return use(handle);
  } finally {
    closeSync(handle);
  }
}

interface Anchors {
  /** Contract sheet by sheet name. */
  readonly sheets: ReadonlyMap<string, SheetKey>;
  readonly columns: ReadonlyMap<string, Record<string, number>>;
  readonly home: ReadonlyMap<string, { sheet: string; row: number; column: number }>;
  readonly homeSheets: ReadonlySet<string>;
}

function readAnchors(parts: WorkbookParts): Anchors {
  const sheets = new Map<string, SheetKey>();
  const columns = new Map<string, Record<string, number>>();
  const home = new Map<string, { sheet: string; row: number; column: number }>();
  const homeSheets = new Set<string>();
  for (const name of parts.definedNames) {
    const match = /^_duban\.(\w+)\.(\w+)$/.exec(name.name);
    const place = match === null ? null : placeOf(name);
    if (match === null || place === null) continue;
    const [, sheetKey, key] = match as unknown as [string, string, string];
    if (sheetKey === 'home') {
      if (!(HOME_KEYS as readonly string[]).includes(key)) continue;
      home.set(key, place);
      homeSheets.add(place.sheet);
    } else if (Object.hasOwn(SHEETS, sheetKey)) {
      // The first sheet that claims a contract sheet keeps it: a duplicated tab brings its own, local, names.
      if (name.localSheet !== null) continue;
      if (!sheets.has(place.sheet)) sheets.set(place.sheet, sheetKey as SheetKey);
      if (sheets.get(place.sheet) !== sheetKey) continue;
      const anchored = columns.get(place.sheet) ?? {};
      anchored[key] = place.column;
      columns.set(place.sheet, anchored);
    }
  }
  return { sheets, columns, home, homeSheets };
}

/** `'督办台账'!$C$1`; null where the cell was deleted (`#REF!`) or the name is something else. */
function placeOf(name: DefinedName): { sheet: string; row: number; column: number } | null {
  const bang = name.text.lastIndexOf('!');
  if (bang < 1) return null;
  const quoted = name.text.slice(0, bang);
  const range = parseRange(name.text.slice(bang + 1));
  if (range === null) return null;
  const sheet = quoted.startsWith("'") ? quoted.slice(1, -1).replaceAll("''", "'") : quoted;
  return { sheet, row: range.firstRow, column: range.firstColumn };
}

function findHome(
  anchors: ReadonlyMap<string, { sheet: string; row: number; column: number }>, sheets: readonly LoadedSheet[],
): Map<string, HomeCell> {
  const found = new Map<string, HomeCell>();
  for (const [key, { sheet: name, row, column }] of anchors) {
    const sheet = sheets.find((candidate) => candidate.snapshot.name === name);
    if (sheet !== undefined) found.set(key, { sheet, row, column });
  }
  return found;
}

function contractKeyOf(sheetName: string): SheetKey | null {
  const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '');
  return SHEET_KEYS.find((key) => plain(SHEETS[key].name) === plain(sheetName)) ?? null;
}
