/** Text in and out of spreadsheet XML, on bytes. */

const LT = 0x3c;
const GT = 0x3e;
const AMP = 0x26;
const SLASH = 0x2f;
const UNDERSCORE = 0x5f;
const CR = 0x0d;
/** Stand-ins inside a plain copy (see `withoutOddities`); XML forbids these bytes, so they can't be the file's own. */
const FILLER = 0x00;
const HIDDEN_LT = 0x01;
const HIDDEN_AMP = 0x02;

/**
 * The same XML at the same offsets without comments, processing instructions and CDATA, so that scanners need not know
 * them: what is no text becomes NUL, and `<` and `&` of a CDATA section become bytes that `decodeText` turns back.
 * Returns the buffer itself where there is nothing to do, which is nearly always.
 */
export function withoutOddities(xml: Buffer): Buffer {
  // Searching from "!" and not "<" lets the native search skip ahead: sheets are full of "<".
  if (!xml.includes('!--') && !xml.includes('![CDATA[')) return xml;
  const plain = Buffer.from(xml);
  let at = plain.indexOf('<!');
  while (at >= 0) {
    let next = at + 2;
    if (plain.toString('latin1', at, at + 4) === '<!--') {
      const close = plain.indexOf('-->', at + 4);
      next = close < 0 ? plain.length : close + 3;
      plain.fill(FILLER, at, next);
    } else if (plain.toString('latin1', at, at + 9) === '<![CDATA[') {
      const found = plain.indexOf(']]>', at + 9);
      const close = found < 0 ? plain.length : found;
      plain.fill(FILLER, at, at + 9);
      for (let index = at + 9; index < close; index += 1) {
        if (plain[index] === LT) plain[index] = HIDDEN_LT;
        else if (plain[index] === AMP) plain[index] = HIDDEN_AMP;
      }
      next = Math.min(close + 3, plain.length);
      plain.fill(FILLER, close, next);
    }
    at = plain.indexOf('<!', next);
  }
  return plain;
}

/** The characters between two offsets: UTF-8, entities and `_xHHHH_` escapes resolved, line ends as \n. */
export function decodeText(xml: Buffer, from: number, to: number): string {
  let ascii = true;
  let special = false;
  for (let index = from; index < to; index += 1) {
    const byte = xml[index]!;
    if (byte >= 0x80) ascii = false;
    else if (byte === AMP || byte === UNDERSCORE || byte === CR || byte <= HIDDEN_AMP) special = true;
  }
  const raw = ascii ? xml.toString('latin1', from, to) : xml.toString('utf8', from, to);
  return special ? resolveEscapes(raw) : raw;
}

function resolveEscapes(raw: string): string {
  let text = raw;
  if (text.includes('\r')) text = text.replaceAll(/\r\n?/g, '\n');
  if (text.includes('&')) text = text.replaceAll(/&(#x[0-9a-fA-F]+|#\d+|lt|gt|amp|quot|apos);/g, (whole, name: string) => entity(whole, name));
  text = text.replaceAll(/[\u0000-\u0002]/g, (byte) => (byte === '\u0001' ? '<' : byte === '\u0002' ? '&' : ''));
  if (text.includes('_x')) text = text.replaceAll(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return text;
}

function entity(whole: string, name: string): string {
  switch (name) {
    case 'lt': return '<';
    case 'gt': return '>';
    case 'amp': return '&';
    case 'quot': return '"';
    case 'apos': return "'";
    default: {
      const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    }
  }
}

/** The text of a string item or inline string: its `<t>` elements joined, phonetic hints left out. */
export function richText(xml: Buffer, from: number, to: number, decode: TextReader = decodeText): string {
  return onlyText(xml, from, to, decode) ?? joinedText(xml, from, to);
}

export type TextReader = (xml: Buffer, from: number, to: number) => string;

const REMEMBERED = 4096;
const LONGEST_REMEMBERED = 48;

/**
 * A `decodeText` that gives one string for texts that stand again and again (a ledger repeats few units, statuses and
 * names): comparing bytes is cheaper than making a string, and what is one string is hashed once by whoever looks it up.
 */
export function rememberingReader(): TextReader {
  const places = new Int32Array(REMEMBERED).fill(-1);
  const texts: string[] = [];
  return (xml, from, to) => {
    const length = to - from;
    if (length > LONGEST_REMEMBERED) return decodeText(xml, from, to);
    let hash = length;
    for (let index = from; index < to; index += 1) hash = Math.imul(hash, 31) + xml[index]!;
    const slot = (hash ^ (hash >>> 15)) & (REMEMBERED - 1);
    const known = places[slot]!;
    // Both end at a `<`: equal bytes up to there are equal texts.
    if (known >= 0) {
      let same = 0;
      while (same < length && xml[known + same] === xml[from + same]) same += 1;
      if (same === length && xml[known + length] === LT) return texts[slot]!;
    }
    places[slot] = from;
    return texts[slot] = decodeText(xml, from, to);
  };
}

/**
 * The usual `<is><t>…</t></is>`: one element with one text and no attributes or prefixes; null for anything else. Texts are
 * short, so plain loops beat the native search.
 */
function onlyText(xml: Buffer, from: number, to: number, decode: TextReader): string | null {
  let open = from + 1;
  while (open < to && xml[open] !== GT) open += 1;
  open += 1;
  if (xml[open] !== LT || xml[open + 1] !== 0x74 || xml[open + 2] !== GT) return null;
  let close = open + 3;
  while (close < to && xml[close] !== LT) close += 1;
  if (xml[close + 1] !== SLASH || xml[close + 2] !== 0x74 || xml[close + 3] !== GT || xml[close + 4] !== LT || xml[close + 5] !== SLASH) return null;
  let end = close + 6;
  while (end < to && xml[end] !== GT) end += 1;
  return end === to - 1 ? decode(xml, open + 3, close) : null;
}

function joinedText(xml: Buffer, from: number, to: number): string {
  let text = '';
  let at = xml.indexOf(LT, from);
  let phonetic = false;
  while (at >= 0 && at < to) {
    const closing = xml[at + 1] === SLASH;
    let nameStart = closing ? at + 2 : at + 1;
    let nameEnd = nameStart;
    for (let byte = xml[nameEnd]; nameEnd < to && byte !== GT && byte !== SLASH && byte! > 0x20; byte = xml[nameEnd]) {
      nameEnd += 1;
      if (byte === 0x3a) nameStart = nameEnd;
    }
    const tagEnd = xml.indexOf(GT, nameEnd);
    if (tagEnd < 0) break;
    const length = nameEnd - nameStart;
    const selfClosing = xml[tagEnd - 1] === SLASH;
    if (length === 3 && xml.toString('latin1', nameStart, nameEnd) === 'rPh') phonetic = !closing && !selfClosing;
    const next = xml.indexOf(LT, tagEnd);
    const textEnd = next < 0 || next > to ? to : next;
    if (length === 1 && xml[nameStart] === 0x74 && !closing && !selfClosing && !phonetic) text += decodeText(xml, tagEnd + 1, textEnd);
    at = next;
  }
  return text;
}

const NEEDS_ESCAPE = /[&<>\r\uD800-\uDFFF\uFFFE\uFFFF\u0000-\u0008\u000B\u000C\u000E-\u001F]|_x[0-9a-fA-F]{4}_/;
const ESCAPED = /[\uD800-\uDBFF][\uDC00-\uDFFF]|[&<>\r\uD800-\uDFFF\uFFFE\uFFFF\u0000-\u0008\u000B\u000C\u000E-\u001F]|_(?=x[0-9a-fA-F]{4}_)/g;

/** Text as the content of a `<t>` element; characters that XML can't hold become `_xHHHH_`, broken surrogates U+FFFD. */
export function escapeText(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return text;
  return text.replaceAll(ESCAPED, (found) => {
    if (found.length === 2) return found;
    switch (found) {
      case '&': return '&amp;';
      case '<': return '&lt;';
      case '>': return '&gt;';
      case '_': return '_x005F_';
      default: {
        const code = found.charCodeAt(0);
        if (code >= 0xd800 && code <= 0xdfff) return '\uFFFD';
        return `_x${code.toString(16).toUpperCase().padStart(4, '0')}_`;
      }
    }
  });
}
