import { noticeBlocks, plainWords, type Light, type NoticeBlock } from '#core';

/** A card of Feishu (JSON 2.0), as far as the program makes any. */
export interface Card {
  readonly schema: '2.0';
  readonly config: { readonly update_multi: true; readonly summary: { readonly content: string } };
  readonly header: { readonly title: PlainText; readonly template: 'red' | 'orange' | 'blue' | 'green' | 'grey' };
  readonly body: { readonly elements: readonly CardElement[] };
}
interface PlainText { readonly tag: 'plain_text'; readonly content: string }
export type CardElement =
  | { readonly tag: 'markdown'; readonly content: string; readonly text_size?: 'notation' }
  | { readonly tag: 'hr' }
  | { readonly tag: 'column_set'; readonly flex_mode: 'flow'; readonly horizontal_spacing: '8px'; readonly columns: readonly { readonly tag: 'column'; readonly width: 'auto'; readonly elements: readonly CardButton[] }[] };
export interface CardButton {
  readonly tag: 'button';
  readonly text: PlainText;
  readonly type: 'primary' | 'default' | 'danger';
  readonly confirm?: { readonly title: PlainText; readonly text: PlainText };
  readonly behaviors: readonly ({ readonly type: 'open_url'; readonly default_url: string } | { readonly type: 'callback'; readonly value: DecideValue })[];
}

/** What the button of a decision brings back. It names no person: who pressed it is Feishu's word. */
export interface DecideValue { readonly act: 'decide'; readonly book: string; readonly notice: string; readonly request: string; readonly decision: '同意' | '不同意' }

/** What the reader of a card may do from it. `url`: the page on which he does; null where there is none. */
export type CardAct =
  | { readonly kind: 'item'; readonly name: string; readonly url: string | null; readonly mayExtend: boolean }
  | { readonly kind: 'request'; readonly name: string; readonly requestId: string; readonly url: string | null };

export interface CardText {
  readonly subject: string;
  /** 正文 as stored. */
  readonly body: string;
  readonly footer: readonly string[];
}

export interface CardDeeds {
  readonly acts: readonly CardAct[];
  /** Where decisions by button come from; null where nobody would hear them. */
  readonly callback: { readonly book: string; readonly notice: string } | null;
  /** What came of a decision; null before. */
  readonly result: { readonly ok: boolean; readonly words: string } | null;
}

/** A card is refused beyond 30 KB; with its request around it. */
const MOST_BYTES = 26_000;
const MORE = '……内容较长,其余见督办台账。';
const COLOURS: Readonly<Record<Light, string>> = { 红: 'red', 黄: 'orange', 绿: 'green', 蓝: 'blue', 灰: 'grey', 完: 'grey' };

/** A notice as a card: its frozen words, and under them what its reader may do. */
export function noticeCard(text: CardText, deeds: CardDeeds): Card {
  const blocks = noticeBlocks(text.body);
  const tail: CardElement[] = [
    ...resultOf(deeds.result), ...deeds.acts.flatMap((act) => actOf(act, deeds.callback)),
    ...(text.footer.length === 0 ? [] : [{ tag: 'hr' as const }, { tag: 'markdown' as const, text_size: 'notation' as const, content: text.footer.map((line) => `<font color='grey'>${words(line)}</font>`).join('\n') }]),
  ];
  const card = (content: readonly CardElement[]): Card => ({
    schema: '2.0', config: { update_multi: true, summary: { content: plainWords(text.subject) } },
    header: { title: plain(text.subject), template: templateOf(blocks, deeds.result) },
    body: { elements: [...content, ...tail] },
  });
  let left = MOST_BYTES - sizeOf(card([]));
  const content = blocks.map(contentOf);
  const cut = content.findIndex((element) => (left -= sizeOf(element)) < 0);
  return card(cut < 0 ? content : [...content.slice(0, cut), { tag: 'markdown', content: MORE }]);
}

/** Bytes of a part of a card in a request, where it is JSON within JSON. */
function sizeOf(part: unknown): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify(part)));
}

function contentOf(block: NoticeBlock): CardElement {
  switch (block.kind) {
    case 'heading': return { tag: 'markdown', content: `**${words(block.text)}**` };
    case 'paragraph': return { tag: 'markdown', content: block.lines.map(words).join('\n') };
    case 'items': return { tag: 'markdown', content: block.items.map(({ light, text }) => `<font color='${COLOURS[light]}'>**【${light}】**</font>${words(text)}`).join('\n') };
  }
}

function words(text: string): string {
  return withoutNumbers(plainWords(text));
}

/** Feishu's leak check refuses messages that bear a mobile's number as it is. */
function withoutNumbers(text: string): string {
  return text.replace(/(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)/g, '$1····$2');
}

function templateOf(blocks: readonly NoticeBlock[], result: CardDeeds['result']): Card['header']['template'] {
  if (result !== null) return result.ok ? 'green' : 'grey';
  const lights = new Set(blocks.flatMap((block) => (block.kind === 'items' ? block.items.map(({ light }) => light) : [])));
  return lights.has('红') ? 'red' : lights.has('黄') ? 'orange' : 'blue';
}

function resultOf(result: CardDeeds['result']): CardElement[] {
  return result === null ? [] : [{ tag: 'markdown', content: `<font color='${result.ok ? 'green' : 'grey'}'>**${words(result.words)}**</font>` }];
}

function actOf(act: CardAct, callback: CardDeeds['callback']): CardElement[] {
  const buttons = act.kind === 'item' ? itemButtons(act) : [...(callback === null ? [] : decisionButtons(act, callback)), ...(act.url === null ? [] : [link(callback === null ? '去审批' : '写意见、改期限', act.url, callback === null ? 'primary' : 'default')])];
  if (buttons.length === 0) return [];
  return [
    { tag: 'markdown', content: `**${words(act.name)}**` },
    { tag: 'column_set', flex_mode: 'flow', horizontal_spacing: '8px', columns: buttons.map((button) => ({ tag: 'column', width: 'auto', elements: [button] })) },
  ];
}

function itemButtons({ url, mayExtend }: Extract<CardAct, { kind: 'item' }>): CardButton[] {
  if (url === null) return [];
  const page = (form: string): string => `${url}#act=${encodeURIComponent(form)}`;
  return [link('去反馈', page('反馈进展'), 'primary'), ...(mayExtend ? [link('申请延期', page('申请延期'), 'default')] : [])];
}

function decisionButtons({ requestId }: Extract<CardAct, { kind: 'request' }>, { book, notice }: NonNullable<CardDeeds['callback']>): CardButton[] {
  return (['同意', '不同意'] as const).map((decision): CardButton => ({
    tag: 'button', text: plain(decision), type: decision === '同意' ? 'primary' : 'danger',
    confirm: { title: plain(`${decision}?`), text: plain(`${decision}申请 ${requestId},写入台账并留痕。`) },
    behaviors: [{ type: 'callback', value: { act: 'decide', book, notice, request: requestId, decision } }],
  }));
}

function link(label: string, url: string, type: CardButton['type']): CardButton {
  return { tag: 'button', text: plain(label), type, behaviors: [{ type: 'open_url', default_url: url }] };
}

function plain(content: string): PlainText {
  return { tag: 'plain_text', content };
}
