import type { FormulaMover } from './formula-mover.ts';
import { parseRange } from './cell-address.ts';
import { movedRange, type RowMoves } from './row-moves.ts';
import { attributeOf } from './shift-rows.ts';
import { textOfPart } from './small-xml.ts';
import { readRelations } from './workbook-parts.ts';
import type { ZipArchive } from './zip.ts';

/** Parts that hang on a sheet and know its rows, by the last word of their relation's type. */
const OF_SHEET: Readonly<Record<string, (xml: string, moves: RowMoves) => string>> = {
  table: tableMoved, comments: commentsMoved, threadedComment: commentsMoved, vmlDrawing: notesMoved, drawing: drawingMoved,
};
/** Parts that hang on a sheet and know nothing of its rows. */
const ROWLESS: ReadonlySet<string> = new Set(['hyperlink', 'printerSettings', 'customProperty', 'image', 'slicer', 'timeline']);

/** Relations of a sheet whose parts know its rows in a way that can't be followed: the last words of their types. */
export function unknownRelations(zip: ZipArchive, sheetPart: string): string[] {
  return readRelations(zip, sheetPart).map(({ type }) => type.slice(type.lastIndexOf('/') + 1)).filter((type) => !Object.hasOwn(OF_SHEET, type) && !ROWLESS.has(type));
}

/** Tables, comments and drawings of a sheet that loses rows; only those that change. */
export function shiftedSheetParts(zip: ZipArchive, sheetPart: string, moves: RowMoves): [string, Buffer][] {
  return readRelations(zip, sheetPart).flatMap(({ type, target }): [string, Buffer][] => {
    const change = OF_SHEET[type.slice(type.lastIndexOf('/') + 1)];
    return change === undefined ? [] : changed(zip, zip.find(target), (xml) => change(xml, moves));
  });
}

/** The names of the workbook, the charts and the sources of pivots, which follow rows of any sheet; only those that change. */
export function shiftedBookParts(zip: ZipArchive, workbookPart: string, mover: FormulaMover): [string, Buffer][] {
  const names = [...zip.entries.keys()];
  return [
    ...changed(zip, workbookPart, (xml) => xml.replaceAll(/(<(?:\w+:)?definedName\s[^>]*>)([^<]*)/g, (_whole, tag: string, formula: string) => tag + mover.move(formula, ''))),
    ...names.filter((name) => /^xl\/charts\/[^/]+\.xml$/.test(name)).flatMap((name) => changed(zip, name, (xml) =>
      xml.replaceAll(/(<(?:c|cx|c15|c16r?\d*):f(?:\s[^>]*)?>)([^<]*)/g, (_whole, tag: string, formula: string) => tag + mover.move(formula, '')))),
    ...names.filter((name) => /pivotCacheDefinition\d*\.xml$/.test(name)).flatMap((name) => changed(zip, name, (xml) =>
      xml.replace(/<(?:\w+:)?worksheetSource\s[^>]*>/, (tag) => {
        const moves = mover.of(attributeOf(tag, 'sheet'));
        return moves === undefined ? tag : tag.replace(/(\sref=["'])([^"']*)/, (_part, before: string, range: string) => before + (movedRange(range, moves) ?? range));
      }))),
  ];
}

/**
 * What goes when the order of calculation is forgotten, so that the reading program counts it anew: it lists cells by their
 * place. Empty where the workbook keeps none.
 */
export function withoutCalcChain(zip: ZipArchive, workbookPart: string): [string, Buffer | null][] {
  const relation = readRelations(zip, workbookPart).find(({ type }) => type.endsWith('/calcChain'));
  const part = relation === undefined ? null : zip.find(relation.target);
  if (relation === undefined || part === null) return [];
  const relations = zip.find(workbookPart.replace(/([^/]+)$/, '_rels/$1.rels'))!;
  const types = zip.find('[Content_Types].xml')!;
  return [
    [part, null],
    ...changed(zip, relations, (xml) => xml.replace(new RegExp(String.raw`<(?:\w+:)?Relationship\s[^>]*\bId=["']${relation.id}["'][^>]*?(?:\/>|>\s*<\/(?:\w+:)?Relationship>)`), '')),
    ...changed(zip, types, (xml) => xml.replace(new RegExp(String.raw`<(?:\w+:)?Override\s[^>]*PartName=["']/${part.replaceAll('.', String.raw`\.`)}["'][^>]*?(?:\/>|>\s*<\/(?:\w+:)?Override>)`, 'i'), '')),
  ];
}

/** Rows, 1-based, where a picture or chart begins that lies whole among rows that go. */
export function drawingsWithin(zip: ZipArchive, sheetPart: string, moves: RowMoves): number[] {
  return readRelations(zip, sheetPart).filter(({ type }) => type.endsWith('/drawing')).flatMap(({ target }) => {
    const part = zip.find(target);
    if (part === null) return [];
    return [...textOfPart(zip.read(part)!).matchAll(/<(?:\w+:)?(?:twoCellAnchor|oneCellAnchor)[\s>][\s\S]*?<\/(?:\w+:)?(?:twoCellAnchor|oneCellAnchor)>/g)].flatMap(([anchor]) => {
      const [first, last = first] = [...anchor.matchAll(/<(?:\w+:)?row>(\d+)</g)].map(([, row]) => Number(row) + 1);
      return first !== undefined && moves.goneWithin(first, last!) === last! - first + 1 ? [first] : [];
    });
  });
}

/** Rows, 1-based, that a table must keep: its first where all its rows would go. */
export function tablesWithin(zip: ZipArchive, sheetPart: string, moves: RowMoves): number[] {
  return readRelations(zip, sheetPart).filter(({ type }) => type.endsWith('/table')).flatMap(({ target }) => {
    const part = zip.find(target);
    const range = part === null ? null : parseRange(/<(?:\w+:)?table\s[^>]*?\sref=["']([^"']*)/.exec(textOfPart(zip.read(part)!))?.[1] ?? '');
    if (range === null) return [];
    const first = range.firstRow + 1;
    return first <= range.lastRow && moves.goneWithin(first, range.lastRow) === range.lastRow - first + 1 ? [first] : [];
  });
}

function tableMoved(xml: string, moves: RowMoves): string {
  return xml.replaceAll(/(<(?:\w+:)?(?:table|autoFilter|sortState|sortCondition)\s(?:[^>]*?\s)?ref=["'])([^"']*)/g, (_whole, before: string, range: string) => before + (movedRange(range, moves) ?? range));
}

function commentsMoved(xml: string, moves: RowMoves): string {
  return xml.replaceAll(/<((?:\w+:)?(?:comment|threadedComment))\s([^>]*)>[\s\S]*?<\/\1>/g, (comment, _name: string, attributes: string) => {
    const next = movedRange(attributeOf(` ${attributes}`, 'ref'), moves);
    return next === null ? '' : comment.replace(/(\sref=["'])[^"']*/, (_part, before: string) => before + next);
  });
}

/** The boxes of comments, and other shapes of the old kind, which know their rows from 0. */
function notesMoved(xml: string, moves: RowMoves): string {
  return xml.replaceAll(/<v:shape\s[\s\S]*?<\/v:shape>/g, (shape) => {
    const row = /<x:Row>\s*(\d+)\s*</.exec(shape)?.[1];
    if (row !== undefined && moves.isGone(Number(row) + 1)) return '';
    return shape.replace(/(<x:Row>\s*)\d+/, (_whole, before: string) => before + String(moves.moved(Number(row) + 1) - 1))
      .replace(/(<x:Anchor>)([^<]*)/, (_whole, before: string, text: string) => {
        const numbers = text.split(',');
        if (numbers.length !== 8) return before + text;
        return before + numbers.map((number, index) => (index === 2 || index === 6 ? ` ${String(moves.moved(Number(number) + 1) - 1)}` : number)).join(',');
      });
  });
}

function drawingMoved(xml: string, moves: RowMoves): string {
  return xml.replaceAll(/(<(?:\w+:)?row>)(\d+)(?=<)/g, (_whole, before: string, row: string) => before + String(moves.moved(Number(row) + 1) - 1));
}

function changed(zip: ZipArchive, part: string | null, change: (xml: string) => string): [string, Buffer][] {
  const bytes = part === null ? null : zip.read(part);
  if (part === null || bytes === null) return [];
  const xml = textOfPart(bytes);
  const next = change(xml);
  return next === xml ? [] : [[part, Buffer.from(next, 'utf8')]];
}
