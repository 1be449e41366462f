import { childOf, childrenOf, parseSmallXml, textOfPart, type XmlElement } from './small-xml.ts';

/** What a number format shows: nothing of a date, a date without time, or a time of day with or without a date. */
export type DateFormat = 'none' | 'date' | 'datetime' | 'time';

/** The cell formats of a workbook, and new ones on demand. */
export interface Styles {
  formatOf(style: number): DateFormat;
  /** Whether long text is shown on several lines. */
  wraps(style: number): boolean;
  /** Styles whose values are dates. */
  readonly dateStyles: ReadonlySet<number>;
  /** The style that looks like `base` but shows a date or a date with hours; added where no such style exists yet. */
  withFormat(base: number, format: 'date' | 'datetime'): number;
  /** The part with the added styles; null where none was added. */
  changed(): Buffer | null;
}

const BUILT_IN: Readonly<Record<number, DateFormat>> = {
  14: 'date', 15: 'date', 16: 'date', 17: 'date', 18: 'time', 19: 'time', 20: 'time', 21: 'time', 22: 'datetime',
  27: 'date', 28: 'date', 29: 'date', 30: 'date', 31: 'date', 32: 'time', 33: 'time', 34: 'time', 35: 'time', 36: 'date',
  45: 'time', 46: 'time', 47: 'time', 50: 'date', 51: 'date', 52: 'date', 53: 'date', 54: 'date', 55: 'time', 56: 'time',
  57: 'date', 58: 'date',
};
const FIRST_CUSTOM_FORMAT = 164;
const CODES = { date: 'yyyy-mm-dd', datetime: 'yyyy-mm-dd hh:mm' } as const;

/** Reads styles.xml; a workbook without one has no date formats. */
export function readStyles(part: string, bytes: Buffer): Styles {
  const source = textOfPart(bytes);
  const root = parseSmallXml(part, source);
  const formats = childOf(root, 'numFmts');
  const cellFormats = childOf(root, 'cellXfs');
  const codes = new Map(childrenOf(formats, 'numFmt').map(({ attributes }) => [Number(attributes['numFmtId']), attributes['formatCode'] ?? '']));
  const xfs = childrenOf(cellFormats, 'xf');
  const kinds = xfs.map(({ attributes }) => formatOfId(Number(attributes['numFmtId'] ?? 0), codes));
  const wrapping = xfs.map((xf) => /^(?:1|true)$/.test(childOf(xf, 'alignment')?.attributes['wrapText'] ?? ''));
  const dateStyles = new Set<number>();
  kinds.forEach((kind, style) => { if (kind === 'date' || kind === 'datetime') dateStyles.add(style); });
  const added = new Map<string, number>();
  const newXfs: string[] = [];
  const newFormats: string[] = [];
  const prefix = /^<(\w+:)?/.exec(source.slice(root.start))?.[1] ?? '';

  function formatId(format: 'date' | 'datetime'): number {
    for (const [id, code] of codes) if (code.toLowerCase() === CODES[format]) return id;
    const id = Math.max(FIRST_CUSTOM_FORMAT - 1, ...codes.keys()) + 1;
    codes.set(id, CODES[format]);
    newFormats.push(`<${prefix}numFmt numFmtId="${id}" formatCode="${CODES[format]}"/>`);
    return id;
  }

  return {
    dateStyles,
    formatOf: (style) => kinds[style] ?? 'none',
    wraps: (style) => wrapping[style] ?? false,
    withFormat(base, format) {
      const key = `${base} ${format}`;
      const known = added.get(key);
      if (known !== undefined) return known;
      const like = xfs[base] ?? xfs[0];
      // A style of this look may already be there, from an earlier run.
      const twin = like === undefined ? -1 : xfs.findIndex((xf, index) => kinds[index] === format && sameLook(source, like, xf));
      if (twin >= 0) { added.set(key, twin); return twin; }
      const id = formatId(format);
      const xml = like === undefined ? `<${prefix}xf numFmtId="0"/>` : source.slice(like.start, like.end);
      const close = /\/?>/.exec(xml)!.index;
      const tag = xml.slice(0, close).replaceAll(/\s(?:numFmtId|applyNumberFormat)=(?:"[^"]*"|'[^']*')/g, '');
      newXfs.push(`${tag} numFmtId="${id}" applyNumberFormat="1"${xml.slice(close)}`);
      const style = kinds.length;
      kinds.push(format);
      wrapping.push(wrapping[base] ?? false);
      dateStyles.add(style);
      added.set(key, style);
      return style;
    },
    changed() {
      if (newXfs.length === 0 || cellFormats === undefined) return null;
      let text = insertLast(source, cellFormats, newXfs);
      if (newFormats.length > 0) {
        text = formats === undefined
          ? `${text.slice(0, firstChildAt(root))}<${prefix}numFmts count="${newFormats.length}">${newFormats.join('')}</${prefix}numFmts>${text.slice(firstChildAt(root))}`
          : insertLast(text, formats, newFormats);
      }
      return Buffer.from(text, 'utf8');
    },
  };
}

export const NO_STYLES: Styles = {
  dateStyles: new Set(), formatOf: () => 'none', wraps: () => false, withFormat: (base) => base, changed: () => null,
};

function sameLook(source: string, a: XmlElement, b: XmlElement): boolean {
  return look(source, a) === look(source, b);
}

function look(source: string, xf: XmlElement): string {
  const attributes = Object.entries(xf.attributes).filter(([name]) => name !== 'numFmtId' && name !== 'applyNumberFormat');
  const inner = xf.children.map((child) => source.slice(child.start, child.end)).join('');
  return JSON.stringify(attributes.sort(([a], [b]) => (a < b ? -1 : 1))) + inner;
}

/** numFmts come before cellXfs, so an insertion there leaves the offsets of an earlier element valid. */
function insertLast(text: string, parent: XmlElement, children: readonly string[]): string {
  const count = parent.children.length + children.length;
  const open = text.slice(parent.start, text.indexOf('>', parent.start) + 1);
  const counted = /\scount=/.test(open) ? open.replace(/\scount=(?:"[^"]*"|'[^']*')/, ` count="${count}"`) : open;
  if (open.endsWith('/>')) {
    const name = /^<([^\s/>]+)/.exec(open)![1]!;
    return `${text.slice(0, parent.start)}${counted.slice(0, -2)}>${children.join('')}</${name}>${text.slice(parent.end)}`;
  }
  const close = text.lastIndexOf('</', parent.end - 1);
  return text.slice(0, parent.start) + counted + text.slice(parent.start + open.length, close) + children.join('') + text.slice(close);
}

function firstChildAt(root: XmlElement): number {
  return root.children[0]?.start ?? root.end;
}

function formatOfId(id: number, codes: ReadonlyMap<number, string>): DateFormat {
  const code = codes.get(id);
  return code === undefined ? BUILT_IN[id] ?? 'none' : formatOfCode(code);
}

/** Judges a number format by its first section: day or year letters make a date, hours or seconds a time. */
function formatOfCode(code: string): DateFormat {
  const elapsed = /\[(?:h+|m+|s+)\]/i.test(code);
  const bare = code.split(';')[0]!
    .replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').replaceAll(/am\/pm|a\/p|上午\/下午/gi, '').toLowerCase();
  if (bare.trim() === 'general') return 'none';
  const hasTime = elapsed || /[hs]/.test(bare);
  const hasDate = /[yd]/.test(bare) || (!hasTime && bare.includes('m'));
  if (hasDate) return hasTime ? 'datetime' : 'date';
  return hasTime ? 'time' : 'none';
}
