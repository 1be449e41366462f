/** Text as XML 1.0 can hold it: signs that would make a file unreadable are dropped, every kind of line break is `\n`. */
export function plainText(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '');
}

/** Text with clauses as people call them: `bus-11.2c` is 第十一条2. Paper is read where no register is at hand. */
export function namedClauses(text: string, articleOf: (clause: string) => string): string {
  return text.replace(/\b(?:bus|logistics|expo|company|platform|tax)-\d[\w.]*\b/g, articleOf);
}

/** A rate between 0 and 1 as people read it, `89.8%`; `—` where there is none. */
export function percentText(rate: number | null): string {
  return rate === null ? '—' : `${(rate * 100).toFixed(1)}%`;
}
