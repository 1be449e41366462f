import type { Card, CardElement } from '../../sync-service/feishu/card.ts';

const HEAD: Readonly<Record<Card['header']['template'], readonly [string, string]>> = { red: ['#feeceb', '#d83931'], orange: ['#fff1e5', '#c25705'], blue: ['#e1eaff', '#245bdb'], green: ['#e4f7e4', '#2ea121'], grey: ['#eff0f1', '#646a73'] };
const INK: Readonly<Record<string, string>> = { red: '#f54a45', orange: '#ed6d0c', green: '#2ea121', blue: '#3370ff', grey: '#8f959e' };

/** Cards as a page, near to how Feishu draws them on a phone: to be looked at, since no picture comes from Feishu here. */
export function cardPage(cards: readonly Card[]): string {
  return `<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><style>
body{margin:0;padding:16px;background:#f5f6f7;font:15px/24px 'PingFang SC','Noto Sans CJK SC',sans-serif;color:#1f2329;display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start}
article{width:345px;background:#fff;border:1px solid #dee0e3;border-radius:8px;overflow:hidden}header{padding:12px;font-weight:600;font-size:16px}
section{padding:12px;display:flex;flex-direction:column;gap:8px}p{margin:0;white-space:pre-line;overflow-wrap:anywhere}.notation{font-size:12px;line-height:18px}hr{border:0;border-top:1px solid #dee0e3;width:100%;margin:4px 0}
div{display:flex;flex-wrap:wrap;gap:8px}button{font:14px/20px inherit;font-family:inherit;padding:5px 12px;border:1px solid #d0d3d6;border-radius:6px;background:#fff;color:#1f2329}
.primary{color:#3370ff;border-color:#3370ff}.danger{color:#f54a45;border-color:#f54a45}</style>${cards.map(cardHtml).join('')}</html>`;
}

function cardHtml({ header: { title, template }, body }: Card): string {
  const [paper, ink] = HEAD[template];
  return `<article><header style="background:${paper};color:${ink}">${escape(title.content)}</header><section>${body.elements.map(elementHtml).join('')}</section></article>`;
}

function elementHtml(element: CardElement): string {
  switch (element.tag) {
    case 'hr': return '<hr>';
    case 'markdown': return `<p class="${element.text_size ?? ''}">${markdownHtml(element.content)}</p>`;
    case 'column_set': return `<div>${element.columns.flatMap(({ elements }) => elements).map(({ text, type }) => `<button class="${type}">${escape(text.content)}</button>`).join('')}</div>`;
  }
}

/** The two marks that the program's cards use: bold and coloured. */
function markdownHtml(text: string): string {
  return escape(text).replace(/&lt;font color='(\w+)'&gt;/g, (_, colour: string) => `<span style="color:${INK[colour] ?? 'inherit'}">`).replaceAll('&lt;/font&gt;', '</span>').replace(/\*\*(.+?)\*\*/g, '<b>$1</b>');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
