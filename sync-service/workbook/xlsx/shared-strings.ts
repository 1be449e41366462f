import { richText, withoutOddities } from './xml-text.ts';

/** The shared strings of a workbook; each is decoded when first asked for, since most histories are never looked at. */
export interface SharedStrings {
  at(index: number): string;
}

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const COLON = 0x3a;

export const NO_STRINGS: SharedStrings = { at: () => '' };

/** Finds where each `<si>` begins; `xml` is the whole part. An index out of range reads as empty text. */
export function indexSharedStrings(xml: Buffer): SharedStrings {
  const plain = withoutOddities(xml);
  const starts = startsOfItems(plain);
  const decoded: (string | undefined)[] = [];
  return {
    at(index) {
      const known = decoded[index];
      if (known !== undefined) return known;
      const from = starts[index];
      if (from === undefined) return '';
      const text = richText(plain, from, starts[index + 1] ?? plain.length);
      decoded[index] = text;
      return text;
    },
  };
}

function startsOfItems(xml: Buffer): Uint32Array {
  let starts = new Uint32Array(4096);
  let count = 0;
  const end = xml.length - 3;
  for (let at = 0; at < end; at += 1) {
    if (xml[at] !== LT || xml[at + 1] === SLASH) continue;
    let name = at + 1;
    if (xml[name] !== 0x73) {
      const prefix = prefixEnd(xml, name);
      if (prefix === name) continue;
      name = prefix;
    }
    if (xml[name] !== 0x73 || xml[name + 1] !== 0x69) continue;
    const after = xml[name + 2]!;
    if (after !== GT && after !== SLASH && after > 0x20) continue;
    if (count === starts.length) {
      const wider = new Uint32Array(count * 2);
      wider.set(starts);
      starts = wider;
    }
    starts[count] = at;
    count += 1;
  }
  return starts.subarray(0, count);
}

/** Where the local name begins after `prefix:`; the offset itself where there is no prefix. */
function prefixEnd(xml: Buffer, from: number): number {
  for (let at = from; at < from + 16; at += 1) {
    const byte = xml[at]!;
    if (byte === COLON) return at + 1;
    if (byte === GT || byte === SLASH || byte <= 0x20) return from;
  }
  return from;
}
