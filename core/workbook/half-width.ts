/**
 * Text as people meant it. Chinese input methods leave full-width digits, letters, brackets and spaces; pasted text
 * carries invisible characters; two-character names are often padded to three (`王　芳`).
 */

const INVISIBLE = /[\u200B-\u200D\u2060\uFEFF]/g;
const SPACE_BESIDE_CHINESE = /(?<=[\u2E80-\u9FFF])\s+|\s+(?=[\u2E80-\u9FFF])/g;

/** Full-width ASCII and the ideographic space as their half-width forms; other characters stay. */
export function halfWidth(text: string): string {
  let result = '';
  let copied = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x3000) result += `${text.slice(copied, index)} `;
    else if (code >= 0xFF01 && code <= 0xFF5E) result += text.slice(copied, index) + String.fromCharCode(code - 0xFEE0);
    else continue;
    copied = index + 1;
  }
  return copied === 0 ? text : result + text.slice(copied);
}

/** Running text without surrounding white space; everything inside stays as typed. */
export function cleanText(text: string): string {
  return isPlainEdge(text.charCodeAt(0)) && isPlainEdge(text.charCodeAt(text.length - 1)) ? text : trimmed(text);
}

/** A name, id or choice: half-width, without invisible characters, without padding inside Chinese names. */
export function cleanName(text: string): string {
  return isCanonicalName(text) ? text : cleanedName(text);
}

/** A header as it is compared: without any white space, line break, and the mark that offices put on required columns. */
export function cleanHeader(text: string): string {
  // The contract's own words are compared thousands of times a run.
  if (isCanonicalName(text) && !text.startsWith('*') && !text.endsWith('*') && !text.endsWith(':')) return text;
  return cleanName(text).replace(/\s+/g, '').replace(/^\*+|[*:]+$/g, '');
}

function trimmed(text: string): string {
  return text.replace(/^[\s\u200B-\u200D\u2060]+|[\s\u200B-\u200D\u2060]+$/g, '');
}

function cleanedName(text: string): string {
  return halfWidth(text.replace(INVISIBLE, '')).trim().replace(/\s+/g, ' ').replace(SPACE_BESIDE_CHINESE, '');
}

function isPlainEdge(code: number): boolean {
  return (code > 0x20 && code < 0xA0) || (code >= 0x2E80 && code < 0xFE00 && code !== 0x3000);
}

function isCanonicalName(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (!((code > 0x20 && code < 0x7F) || (code > 0x3000 && code < 0xFE00))) return false;
  }
  return true;
}
