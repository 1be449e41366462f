/**
 * A short fingerprint (53 bits, cyrb53) of the values the program stands by. It tells a hand edit of automation's cells
 * from a value that time or a request has moved; it is no proof against forgery (the chain of 流转记录 is).
 */
export function sealOf(values: readonly (string | number | null)[]): string {
  let h1 = 0xdeadbeef;
  let h2 = 0x41c6ce57;
  for (const value of values) {
    if (typeof value === 'number' && Number.isInteger(value)) {
      h1 = Math.imul(h1 ^ value, 2654435761);
      h2 = Math.imul(h2 ^ (value / 4294967296) ^ 30, 1597334677) ^ value;
      continue;
    }
    const text = value === null ? '' : String(value);
    for (let i = 0; i <= text.length; i += 1) {
      const code = i === text.length ? 31 : text.charCodeAt(i);
      h1 = Math.imul(h1 ^ code, 2654435761);
      h2 = Math.imul(h2 ^ code, 1597334677);
    }
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
  return (4294967296 * (2097151 & h2) + (h1 >>> 0)).toString(36);
}

/** Marks a limit that was counted on a calendar not published yet. */
const PROVISIONAL_MARK = '~';

/**
 * What 印 holds of an item: the fingerprint of its limits, whether they rest on a calendar not published yet, what its signed
 * months count and, once it is issued, its lead unit in words, which a sentence can name: `1a2b3c~{2026-03:征管科:-3:0}|征管科`.
 */
export function sealText(fingerprint: string, unit: string, isProvisional: boolean, signedSums: string): string {
  return `${fingerprint}${isProvisional ? PROVISIONAL_MARK : ''}${signedSums === '' ? '' : `{${signedSums}}`}${unit === '' ? '' : `|${unit}`}`;
}

export function sealedPrint(seal: string): string {
  return headOf(seal).replace(PROVISIONAL_MARK, '');
}

export function sealedUnit(seal: string): string {
  const bar = seal.indexOf('|');
  return bar < 0 ? '' : seal.slice(bar + 1);
}

export function sealedProvisional(seal: string): boolean {
  return headOf(seal).endsWith(PROVISIONAL_MARK);
}

/** What signed months count, as `sealText` got it. */
export function sealedSums(seal: string): string {
  const open = seal.indexOf('{');
  const bar = seal.indexOf('|');
  return open < 0 || (bar >= 0 && bar < open) ? '' : seal.slice(open + 1, seal.indexOf('}', open));
}

/** The fingerprint and its mark. */
function headOf(seal: string): string {
  const end = seal.search(/[{|]/);
  return end < 0 ? seal : seal.slice(0, end);
}
