import { columnsOf, isLetter, type ClearedSheet, type Mention, type RenderedValue } from '#core';
import { columnLetters } from './cell-address.ts';
import { patchSheet } from './patch-sheet.ts';
import type { LoadedSheet, LoadedWorkbook } from './read-snapshot.ts';
import { removableRows, withoutRows, withParts, type RemovableRows } from './remove-rows.ts';
import type { ScannedSheet } from './sheet-scan.ts';
import { scanSheet } from './sheet-scan.ts';
import { NO_STRINGS } from './shared-strings.ts';
import { textOfPart } from './small-xml.ts';
import { decodeText } from './xml-text.ts';
import { readRelations } from './workbook-parts.ts';
import type { ZipArchive } from './zip.ts';
import { writeZip } from './zip-write.ts';

/** A workbook without what was to go, not saved yet. */
export interface ClearedWorkbook {
  readonly bytes: Buffer;
  /** Cells that had to stay: merged with rows of others. */
  readonly kept: readonly string[];
  /** Which rows are gone, and which could only be made blank. */
  readonly removal: RemovableRows;
}

/**
 * Takes rows and words out of a workbook's bytes: rows go for good and what names others by their place follows; where
 * something can't follow, its rows become blank and keep their looks. Comments of blank rows lose their text, and texts that
 * no cell shows any more leave the shared strings. Needs a workbook that was loaded whole.
 */
export async function clearedWorkbook(workbook: LoadedWorkbook, sheets: readonly ClearedSheet[]): Promise<ClearedWorkbook> {
  const { zip } = workbook;
  const removal = removableRows(workbook, rowsBySheet(sheets));
  const parts = new Map<string, Buffer | null>();
  const kept: string[] = [];
  for (const cleared of sheets) {
    const sheet = workbook.sheets.find(({ snapshot }) => snapshot.name === cleared.name)!;
    const rows = removal.blank.get(cleared.name) ?? new Set<number>();
    parts.set(sheet.part, withTexts(workbook, sheet, blankRows(sheet, rows, kept), cleared));
    for (const [part, xml] of clearedComments(zip, sheet.part, rows)) parts.set(part, xml);
  }
  for (const [part, xml] of withoutRows(withParts(workbook, parts), removal.removable)) parts.set(part, xml);
  const { sharedStringsPart } = workbook.parts;
  if (sharedStringsPart !== null) {
    const used = usedStrings(workbook.sheets.map(({ part, xml }) => parts.get(part) ?? xml));
    parts.set(sharedStringsPart, withoutUnused(zip.read(sharedStringsPart)!, used));
  }
  return { bytes: Buffer.concat(await writeZip(zip, parts)), kept, removal };
}

/** Row numbers to take out, by sheet name. */
export function rowsBySheet(sheets: readonly ClearedSheet[]): Map<string, Set<number>> {
  return new Map(sheets.map(({ name, rows }) => [name, new Set(rows.map(Number))]));
}

/** Parts other than sheets that still name an item or hold its title: caches of pivots and charts, drawings, comments. */
export function partsNaming(zip: ZipArchive, sheetParts: ReadonlySet<string>, mention: Mention): string[] {
  return [...zip.entries.keys()].filter((name) => {
    if (!/\.(?:xml|vml|rels)$/i.test(name) || sheetParts.has(name)) return false;
    const text = plainText(zip.read(name)!);
    return mention.names(text) || mention.titles(text);
  });
}

/** The text of an XML part, element by element. */
export function plainText(bytes: Buffer): string {
  const text = textOfPart(bytes).replaceAll(/<[^>]*>/g, '\n');
  const raw = Buffer.from(text, 'utf8');
  return decodeText(raw, 0, raw.length);
}

function blankRows({ xml, scanned, snapshot }: LoadedSheet, rows: ReadonlySet<number>, kept: string[]): Buffer {
  const pieces: Buffer[] = [];
  let at = 0;
  const order = scanned.numbers.map((_, index) => index).filter((index) => rows.has(scanned.numbers[index]!)).sort((a, b) => scanned.starts[a]! - scanned.starts[b]!);
  for (const index of order) {
    const number = scanned.numbers[index]!;
    for (const { column, start, end, style } of scanned.scanner.places(scanned.starts[index]!, scanned.contentEnd)) {
      const shared = scanned.merges.find((merge) => merge.firstRow === number && merge.firstColumn === column && !rowsWithin(merge.firstRow, merge.lastRow, rows));
      if (shared !== undefined) {
        kept.push(`「${snapshot.name}」${columnLetters(column)}${number} 与其他行合并,没有清`);
        continue;
      }
      const p = scanned.prefix;
      const formula = formulaOfOthers(xml, scanned, start, end);
      const open = `<${p}c r="${columnLetters(column)}${number}"${style === 0 ? '' : ` s="${style}"`}`;
      pieces.push(xml.subarray(at, start), Buffer.from(formula === '' ? `${open}/>` : `${open}>${formula}</${p}c>`, 'utf8'));
      at = end;
    }
  }
  return Buffer.concat([...pieces, xml.subarray(at)]);
}

function rowsWithin(first: number, last: number, rows: ReadonlySet<number>): boolean {
  for (let row = first; row <= last; row += 1) if (!rows.has(row)) return false;
  return true;
}

/** A formula on which cells of other rows rest: shared with them, or filling a block; '' where the cell has none such. */
function formulaOfOthers(xml: Buffer, { prefix }: ScannedSheet, start: number, end: number): string {
  const cell = xml.toString('utf8', start, end);
  const formula = new RegExp(String.raw`<${prefix}f\b[^>]*?(?:/>|>[\s\S]*?</${prefix}f>)`).exec(cell)?.[0] ?? '';
  return /^<[^>]*\st=["'](?:shared|array|dataTable)["']/.test(formula) ? formula : '';
}

function withTexts(workbook: LoadedWorkbook, sheet: LoadedSheet, xml: Buffer, { cells }: ClearedSheet): Buffer {
  if (cells.length === 0) return xml;
  const byRow = new Map<number, Map<number, RenderedValue>>();
  for (const { ref, column, text } of cells) {
    const row = byRow.get(Number(ref)) ?? new Map<number, RenderedValue>();
    byRow.set(Number(ref), row.set(column, { value: text, format: null }));
  }
  const { anchor, columnAnchors } = sheet.snapshot;
  const letters = new Set(anchor === null ? [] : columnsOf(anchor).filter(isLetter).flatMap(({ key }) => columnAnchors[key] ?? []));
  const scanned = scanSheet(xml, { strings: NO_STRINGS, dateStyles1904: null }, true);
  const { pieces } = patchSheet(xml, scanned, workbook.styles, { cells: byRow, appended: [], headerRow: 0, date1904: workbook.parts.date1904, letters });
  return Buffer.concat([...pieces()]);
}

function clearedComments(zip: ZipArchive, sheetPart: string, rows: ReadonlySet<number>): [string, Buffer][] {
  return readRelations(zip, sheetPart).filter(({ type }) => /\/(?:comments|threadedComment)$/.test(type)).flatMap(({ target }): [string, Buffer][] => {
    const part = zip.find(target);
    if (part === null) return [];
    const xml = textOfPart(zip.read(part)!);
    const cleared = xml.replaceAll(/<((?:\w+:)?(?:comment|threadedComment))\s[^>]*?ref="[A-Z]+(\d+)"[^>]*>[\s\S]*?<\/\1>/g, (whole, _name: string, row: string) =>
      (rows.has(Number(row)) ? whole.replaceAll(/(<(?:\w+:)?(?:t|text)(?:\s[^>]*)?>)[^<]+/g, '$1') : whole));
    return cleared === xml ? [] : [[part, Buffer.from(cleared, 'utf8')]];
  });
}

/** Numbers of the shared strings that cells show. */
function usedStrings(sheets: readonly Buffer[]): Set<number> {
  const used = new Set<number>();
  for (const xml of sheets) {
    for (const [, number] of xml.toString('latin1').matchAll(/<(?:\w+:)?c\s[^>]*?\bt=["']s["'][^>]*>[^<]*<(?:\w+:)?v[^>]*>(\d+)</g)) used.add(Number(number));
  }
  return used;
}

/** Texts that no cell shows any more are empty; the others keep their numbers. */
function withoutUnused(xml: Buffer, used: ReadonlySet<number>): Buffer {
  let number = -1;
  return Buffer.from(textOfPart(xml).replaceAll(/<((?:\w+:)?)si(?:\s[^>]*)?(?:\/>|>[\s\S]*?<\/\1si>)/g, (whole, prefix: string) => {
    number += 1;
    return used.has(number) ? whole : `<${prefix}si><${prefix}t/></${prefix}si>`;
  }), 'utf8');
}
