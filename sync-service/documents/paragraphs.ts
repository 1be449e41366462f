import type { TemplateData } from 'easy-template-x';
import { namedClauses, plainText } from './document-text.ts';

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/**
 * The words of a letter or bulletin as paragraphs of a paper: what marks a heading in a mail is numbered as papers number it, a clause
 * is named as people call it, and who issued it isn't said again at the end.
 */
export function paragraphsOf(body: string, issuer: string, articleOf: (clause: string) => string): TemplateData[] {
  const lines = namedClauses(plainText(body), articleOf).split('\n').map((line) => line.trim()).filter((line) => line !== '');
  if (lines.at(-1) === issuer) lines.pop();
  let headings = 0;
  return lines.map((line) => {
    const isHeading = /^#+\s/.test(line);
    if (isHeading) headings += 1;
    const text = isHeading ? `${NUMERALS[headings - 1] ?? String(headings)}、${line.replace(/^#+\s*/, '')}` : line;
    return { 是标题: isHeading, 是正文: !isHeading, 文: text };
  });
}
