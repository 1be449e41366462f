import { valueOf, type Cell } from '#core';

/** Heights in points, for body text of 10 points in a font as tall as 微软雅黑. */
const ROW_HEIGHT = 20;
const LINE_HEIGHT = 15;
const ROW_PADDING = 6;
/** A row shows no more lines than these; longer texts, and all letters, are read in the cell itself. */
const MOST_LINES = 8;
const LETTER_LINES = 4;
/** Excel's width for columns of which a sheet says nothing. */
const USUAL_WIDTH = 8.43;
/** A last `col` element mostly reaches to the end of the sheet; no table does. */
const WIDEST_TABLE = 1024;

export interface ShownText {
  /** 0-based. */
  readonly column: number;
  readonly text: string;
}

export interface RowHeight {
  readonly points: number;
  /** True where not all lines have room: programs must cut them off, not paint them over the rows beside. */
  readonly cut: boolean;
}

/** The height that wrapped texts need; a width is in characters, 0 where a column is hidden. `letters` are 0-based columns. */
export function heightFor(texts: Iterable<ShownText>, widthOf: (column: number) => number, letters: ReadonlySet<number>): RowHeight {
  let lines = 1;
  let cut = false;
  for (const { column, text } of texts) {
    const width = widthOf(column);
    if (width <= 0) continue;
    const own = linesOf(text, width);
    const most = letters.has(column) ? LETTER_LINES : MOST_LINES;
    if (own > most) cut = true;
    lines = Math.max(lines, Math.min(own, most));
  }
  return { points: lines === 1 ? ROW_HEIGHT : lines * LINE_HEIGHT + ROW_PADDING, cut };
}

/** What fits the rows of one sheet of a file to their text; programs fit a row only where people type in it. */
export interface RowFitter {
  /** The height attributes of a new row. */
  attributes(texts: readonly ShownText[]): string;
  /** Whether a row with this start tag may need another height for these new texts; never where somebody set one by hand. */
  mayChange(tag: string, newTexts: readonly ShownText[]): boolean;
  /** The height of a row with all its texts as a change of its start tag; offsets count from the tag. */
  heightInTag(tag: string, texts: readonly ShownText[]): { readonly from: number; readonly to: number; readonly text: string };
}

const HEIGHT = /\sht=["']([\d.]+)["']/;

/** `head` is the XML before the rows, `nameEnd` where the name ends in a row's start tag. */
export function createRowFitter(head: string, nameEnd: number, letters: ReadonlySet<number>): RowFitter {
  const widthOf = readColumnWidths(head);
  /** An attribute may stand once only: LibreOffice writes customHeight="false" into every row. */
  const attributes = (texts: readonly ShownText[], tag = ''): string => {
    const { points, cut } = heightFor(texts, widthOf, letters);
    return ` ht="${points}"${cut && !tag.includes('customHeight=') ? ' customHeight="1"' : ''}`;
  };
  return {
    attributes,
    mayChange(tag, newTexts) {
      if (/\scustomHeight=["'](?:1|true)["']/.test(tag)) return false;
      const had = Number(HEIGHT.exec(tag)?.[1] ?? ROW_HEIGHT);
      return had > ROW_HEIGHT || heightFor(newTexts, widthOf, letters).points > ROW_HEIGHT;
    },
    heightInTag(tag, texts) {
      const own = HEIGHT.exec(tag);
      const from = own?.index ?? nameEnd;
      return { from, to: from + (own?.[0].length ?? 0), text: attributes(texts, tag) };
    },
  };
}

/** The texts among a row's cells that take several lines where they must. */
export function shownTexts(cells: Iterable<readonly [column: number, cell: Cell]>, wraps: (column: number) => boolean): ShownText[] {
  const texts: ShownText[] = [];
  for (const [column, cell] of cells) {
    const text = valueOf(cell);
    if (typeof text === 'string' && wraps(column)) texts.push({ column, text });
  }
  return texts;
}

/** Widths as the head of a worksheet's XML gives them. */
function readColumnWidths(head: string): (column: number) => number {
  const usual = numberIn(/<(?:\w+:)?sheetFormatPr\s[^>]*>/.exec(head)?.[0] ?? '', 'defaultColWidth') ?? USUAL_WIDTH;
  const widths: number[] = [];
  for (const [tag] of head.matchAll(/<(?:\w+:)?col\s[^>]*>/g)) {
    const width = /\shidden=["'](?:1|true)["']/.test(tag) ? 0 : numberIn(tag, 'width') ?? usual;
    const last = Math.min(numberIn(tag, 'max') ?? 0, WIDEST_TABLE);
    for (let column = numberIn(tag, 'min') ?? 1; column <= last; column += 1) widths[column - 1] = width;
  }
  return (column) => widths[column] ?? usual;
}

function numberIn(tag: string, name: string): number | null {
  const text = new RegExp(String.raw`\s${name}=["']([\d.]+)["']`).exec(tag)?.[1];
  return text === undefined ? null : Number(text);
}

/** Lines that a wrapped text takes: a Chinese character is as wide as two letters. */
function linesOf(text: string, width: number): number {
  const room = Math.max(1, width - 1);
  return text.split('\n').reduce((lines, line) => {
    const letters = line.length + (line.match(/[^\u0000-\u00ff]/g)?.length ?? 0);
    return lines + Math.max(1, Math.ceil(letters / room));
  }, 0);
}
