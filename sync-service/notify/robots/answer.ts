import { headerText } from '../mail.ts';

/** The number in a platform's answer; null where there is none. */
export function codeOf(answer: Readonly<Record<string, unknown>>, key: string): number | null {
  const code = answer[key];
  return typeof code === 'number' ? code : null;
}

/** A platform's own words, in one short line. */
export function said(answer: Readonly<Record<string, unknown>>, codeKey: string, wordsKey: string): string {
  const [code, words] = [answer[codeKey], answer[wordsKey]];
  return headerText(`${typeof code === 'number' ? code : '没有编号'} ${typeof words === 'string' ? words : ''}`, 160);
}
