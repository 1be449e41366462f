/** What stands in place of words that were purged. */
export const CLEARED_WORDS = '〔已清除〕';

/** Finds and takes out what names one item. */
export interface Mention {
  /** Whether a text names the item by its number; a longer number that begins with it is another item's. */
  names(text: string): boolean;
  /** Whether a text holds one of its titles. Short titles are everyday words and are not looked for. */
  titles(text: string): boolean;
  /** The text without the lines that name it; null where nothing else was in it. */
  withoutLines(text: string): string | null;
  /** The text with number and titles taken out of the lines that name it; null where it was the number alone. */
  withoutWords(text: string): string | null;
}

const SHORTEST_TITLE = 4;

/** How an item is named: its number, and the titles it has had. */
export function mentionOf(itemId: string, titles: readonly string[]): Mention {
  const number = new RegExp(String.raw`(?<![A-Za-z0-9_-])${itemId.replaceAll(/[\^$.*+?()[\]{}|/]/g, String.raw`\$&`)}(?![A-Za-z0-9_-])`, 'gu');
  const long = titles.filter((title) => title.length >= SHORTEST_TITLE);
  const names = (text: string): boolean => text.includes(itemId) && text.search(number) >= 0;
  const rewritten = (text: string, rewrite: (line: string) => string): string | null => {
    if (text.trim() === itemId) return null;
    return text.split('\n').map((line) => (names(line) ? rewrite(line) : line)).join('\n');
  };
  return {
    names,
    titles: (text) => long.some((title) => text.includes(title)),
    withoutLines: (text) => rewritten(text, () => CLEARED_WORDS),
    withoutWords: (text) => rewritten(text, (line) => {
      let rest = line.replaceAll(number, CLEARED_WORDS);
      for (const title of titles) if (title !== '') rest = rest.replaceAll(title, CLEARED_WORDS);
      return rest;
    }),
  };
}
