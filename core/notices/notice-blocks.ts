import { LIGHTS, type Light } from '../workbook/values.ts';

/** What 正文 of a notice is made of, for a host that shows it: in a mail, on a card, in a group. */
export type NoticeBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly lines: string[] }
  | { readonly kind: 'items'; readonly items: { readonly light: Light; readonly text: string }[] };

/**
 * Reads 正文 as stored: a line beginning with 【红】 or another light is an item, `## ` begins a heading, a blank line parts
 * paragraphs, everything else is text.
 */
export function noticeBlocks(body: string): NoticeBlock[] {
  const blocks: NoticeBlock[] = [];
  let open: NoticeBlock | null = null;
  for (const raw of body.split(/\r\n|[\r\n\u2028\u2029]/)) {
    const line = raw.trimEnd();
    const item = /^【(?<light>.)】\s*(?<text>.*)$/u.exec(line)?.groups;
    if (line === '') {
      open = null;
    } else if (line.startsWith('## ')) {
      blocks.push({ kind: 'heading', text: line.slice(3).trim() });
      open = null;
    } else if (item !== undefined && isLight(item['light']!)) {
      if (open?.kind !== 'items') blocks.push(open = { kind: 'items', items: [] });
      open.items.push({ light: item['light'], text: item['text']! });
    } else {
      if (open?.kind !== 'paragraph') blocks.push(open = { kind: 'paragraph', lines: [] });
      open.lines.push(line);
    }
  }
  return blocks;
}

function isLight(sign: string): sign is Light {
  return LIGHTS.some((light) => light === sign);
}
