import { FormulaMover } from './formula-mover.ts';
import { columnLetters } from './cell-address.ts';
import type { LoadedSheet, LoadedWorkbook } from './read-snapshot.ts';
import { rowMoves, type RowMoves } from './row-moves.ts';
import { shiftedHead, shiftedTail, unknownPlaces } from './shift-frame.ts';
import { drawingsWithin, shiftedBookParts, shiftedSheetParts, tablesWithin, unknownRelations, withoutCalcChain } from './shift-parts.ts';
import { scanPlaces, shiftedRows } from './shift-rows.ts';
import { textOfPart } from './small-xml.ts';

/** Which rows of a workbook can go for good, and which can only be made blank, because something else hangs on their place. */
export interface RemovableRows {
  readonly removable: ReadonlyMap<string, ReadonlySet<number>>;
  readonly blank: ReadonlyMap<string, ReadonlySet<number>>;
  /** Why rows stay as blank ones, in sentences. */
  readonly reasons: readonly string[];
}

/** Looks at everything in the workbook that knows rows by their place. `gone`: row numbers by sheet name. */
export function removableRows(workbook: LoadedWorkbook, gone: ReadonlyMap<string, ReadonlySet<number>>): RemovableRows {
  const blank = new Map<string, Set<number>>();
  const reasons: string[] = [];
  const wanted = new Map([...gone].filter(([, rows]) => rows.size > 0));
  const keep = (name: string, rows: Iterable<number>, why: string): void => {
    const kept = blank.get(name) ?? new Set<number>();
    const before = kept.size;
    for (const row of rows) if (wanted.get(name)?.has(row) === true) kept.add(row);
    if (kept.size > before) reasons.push(`「${name}」有 ${kept.size - before} 行只能清空,不能删去:${why}`);
    blank.set(name, kept);
  };
  const moves = new Map([...wanted].map(([name, rows]): [string, RowMoves] => [name, rowMoves(rows)]));
  const shared = [...workbook.zip.entries.keys()].some((name) => name.startsWith('xl/revisions/'));
  for (const sheet of workbook.sheets) {
    const { name } = sheet.snapshot;
    const rows = wanted.get(name);
    if (rows === undefined) continue;
    const why = shared ? '这是“共享工作簿”,修订记录按行号记' : obstacleOf(workbook, sheet);
    if (why !== null) {
      keep(name, rows, why);
      continue;
    }
    for (const { place, why: reason } of tiesOf(workbook, sheet, moves.get(name)!)) keep(name, place, reason);
  }
  const mover = new FormulaMover(moves);
  movedParts(workbook, mover);
  if (mover.spansSheets) for (const [name, rows] of wanted) keep(name, rows, '有公式跨多张表取数(如 表1:表3!A1)');
  for (const { sheet, firstRow, lastRow } of mover.lost) keep(sheet, [firstRow], `有公式、图表或名称指向这里(${firstRow === lastRow ? `第 ${firstRow} 行` : `第 ${firstRow} 至 ${lastRow} 行`})`);
  return {
    blank, reasons, removable: new Map([...wanted].map(([name, rows]): [string, Set<number>] => [name, new Set([...rows].filter((row) => blank.get(name)?.has(row) !== true))]).filter(([, rows]) => rows.size > 0)),
  };
}

/**
 * The parts of a workbook that change when rows that `removableRows` found are taken out: the rows below move up, and with
 * them whatever names them, in every sheet; null for a part that goes. `workbook` must hold every sheet.
 */
export function withoutRows(workbook: LoadedWorkbook, removable: ReadonlyMap<string, ReadonlySet<number>>): [string, Buffer | null][] {
  if (removable.size === 0) return [];
  const mover = new FormulaMover(new Map([...removable].map(([name, rows]): [string, RowMoves] => [name, rowMoves(rows)])));
  return [...movedParts(workbook, mover), ...withoutCalcChain(workbook.zip, workbook.parts.workbookPart)];
}

/** A workbook loaded whole, as it is with some parts replaced: for reading on, not for saving. */
export function withParts(workbook: LoadedWorkbook, parts: ReadonlyMap<string, Buffer | null>): LoadedWorkbook {
  const { zip } = workbook;
  return {
    ...workbook, zip: { ...zip, read: (name) => parts.get(zip.find(name) ?? name) ?? zip.read(name) },
    sheets: workbook.sheets.map((sheet) => {
      const xml = parts.get(sheet.part) ?? sheet.xml;
      return xml.equals(sheet.xml) ? sheet : { ...sheet, xml, scanned: { ...scanPlaces(xml), lastRow: sheet.scanned.lastRow } };
    }),
  };
}

/** Every part that changes where rows move. */
function movedParts({ zip, sheets, parts }: LoadedWorkbook, mover: FormulaMover): [string, Buffer][] {
  return [
    ...sheets.flatMap((sheet): [string, Buffer][] => {
      const { name } = sheet.snapshot;
      const moves = mover.of(name);
      const { xml, scanned } = sheet;
      const [head, tail] = [textOfPart(xml.subarray(0, scanned.dataStart)), xml.toString('utf8', scanned.dataEnd)];
      const next = Buffer.concat([Buffer.from(shiftedHead(head, moves)), shiftedRows(xml, scanned, name, mover), Buffer.from(shiftedTail(tail, name, mover, scanned.lastRow))]);
      return [...(next.equals(xml) ? [] : [[sheet.part, next] as [string, Buffer]]), ...(moves === undefined ? [] : shiftedSheetParts(zip, sheet.part, moves))];
    }),
    ...shiftedBookParts(zip, parts.workbookPart, mover),
  ];
}

/** What of a sheet knows its rows in a way that can't be followed; null where all of it can. */
function obstacleOf({ zip }: LoadedWorkbook, { xml, scanned, part }: LoadedSheet): string | null {
  if (scanned.plain !== xml) return '文件里有注释或 CDATA';
  if (/<(?:\w+:)?f\s[^>]*\st=["']dataTable["']/.test(xml.toString('latin1', scanned.dataStart, scanned.dataEnd))) return '有模拟运算表';
  const unknown = [...unknownPlaces(xml.toString('utf8', 0, scanned.dataStart)), ...unknownPlaces(xml.toString('utf8', scanned.dataEnd)), ...unknownRelations(zip, part)];
  return unknown.length === 0 ? null : `表里有程序不认识的内容(${unknown.join('、')})`;
}

/** Rows that hang together with rows that stay. */
function tiesOf({ zip }: LoadedWorkbook, { xml, scanned, part }: LoadedSheet, moves: RowMoves): { place: Iterable<number>; why: string }[] {
  const ties: { place: Iterable<number>; why: string }[] = [];
  for (const [ranges, what] of [[scanned.merges, '合并单元格'], [scanPlacesOfArrays(scanned), '数组公式']] as const) {
    for (const { firstRow, lastRow, firstColumn } of ranges) {
      const count = moves.goneWithin(firstRow, lastRow);
      if (count > 0 && count < lastRow - firstRow + 1) ties.push({ place: span(firstRow, lastRow), why: `${what}(${columnLetters(firstColumn)}${firstRow})跨到留下的行` });
    }
  }
  ties.push({ place: drawingsWithin(zip, part, moves), why: '上面有图片或图表' }, { place: tablesWithin(zip, part, moves), why: '表格至少要有一行' });
  const sparklines = [...xml.toString('latin1', scanned.dataEnd).matchAll(/<(?:\w+:)?sparkline>(?:(?!<\/(?:\w+:)?sparkline>)[\s\S])*?<(?:\w+:)?sqref>[A-Z]+(\d+)/g)].map(([, row]) => Number(row)).filter(moves.isGone);
  ties.push({ place: sparklines, why: '上面有迷你图' });
  return ties;
}

function scanPlacesOfArrays(scanned: LoadedSheet['scanned']): LoadedSheet['scanned']['arrays'] {
  return scanned.arrays.filter(({ firstRow, lastRow }) => lastRow > firstRow);
}

function* span(first: number, last: number): Generator<number> {
  for (let row = first; row <= last; row += 1) yield row;
}
