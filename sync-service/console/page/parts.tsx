import { render, type ComponentChildren, type JSX } from 'preact';
import type { ItemLine } from '../../../screens/api-types.ts';
import type { Loaded } from './api.ts';
import { itemPath } from './router.ts';

const LIGHT_CLASS: Readonly<Record<string, string>> = { 红: 'red', 黄: 'yellow', 绿: 'green', 蓝: 'blue', 灰: 'grey', 完: 'done' };
const LIGHT_MEANING: Readonly<Record<string, string>> = { 红: '已超期', 黄: '临近时限', 绿: '正常办理', 蓝: '已上报待审', 灰: '未计时', 完: '已办结' };

export function lightClass(light: string): string {
  return LIGHT_CLASS[light] ?? 'grey';
}

export function lightMeaning(light: string): string {
  return LIGHT_MEANING[light] ?? '';
}

/** 灯号: colour and character, for those who don't see colours. */
export function Light({ of }: { readonly of: string }): JSX.Element {
  return of === '' ? <span class="light none" /> : <span class={`light ${lightClass(of)}`} title={lightMeaning(of)}>{of}</span>;
}

export function Panel({ title, aside, children, class: name = '' }: { readonly title: string; readonly aside?: ComponentChildren; readonly children: ComponentChildren; readonly class?: string }): JSX.Element {
  return <section class={`panel ${name}`}><header><h2>{title}</h2>{aside !== undefined && <span class="aside">{aside}</span>}</header>{children}</section>;
}

export function Nothing({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <p class="nothing">{children}</p>;
}

/** A loaded view, or in its place what keeps it away; the space is kept while it loads. */
export function Shown<T>({ loaded, children }: { readonly loaded: Loaded<T>; readonly children: (view: T) => JSX.Element }): JSX.Element {
  switch (loaded.state) {
    case 'loading': return <div class="loading" aria-busy="true" aria-label="正在读取" />;
    case 'failed': return <p class="failed" role="alert">{loaded.message}</p>;
    case 'ready': return children(loaded.view);
  }
}

export function percent(rate: number | null): string {
  return rate === null ? '—' : `${(rate * 100).toFixed(1)}%`;
}

/** Items one below the other: light, title, who, when. */
export function ItemList({ items, empty }: { readonly items: readonly ItemLine[]; readonly empty: string }): JSX.Element {
  if (items.length === 0) return <Nothing>{empty}</Nothing>;
  return <ul class="items">{items.map((item) => <li key={item.id}><a href={itemPath(item.id)}>
    <Light of={item.light} /><span class="what"><b>{item.title}</b><small>{[item.id, item.unit, item.handler].filter((text) => text !== '').join(' · ')}</small></span>
    <span class="when"><b class={item.left.startsWith('超') ? 'late' : ''}>{item.left || item.status}</b><small>{item.limit}</small></span>
  </a></li>)}</ul>;
}

export interface TableRow { readonly key: string; readonly cells: readonly ComponentChildren[] }

/** A table; on a phone each row is a card with the heads beside its cells. A head that begins with # is of numbers. */
export function Table({ label, heads, rows }: { readonly label: string; readonly heads: readonly string[]; readonly rows: readonly TableRow[] }): JSX.Element {
  const kind = (head: string): string => (head.startsWith('#') ? 'number' : '');
  return <table aria-label={label}><thead><tr>{heads.map((head) => <th key={head} scope="col" class={kind(head)}>{head.replace('#', '')}</th>)}</tr></thead>
    <tbody>{rows.map(({ key, cells }) => <tr key={key}>{heads.map((head, place) => <td key={head} class={kind(head)} data-label={head.replace('#', '')}>{cells[place]}</td>)}</tr>)}</tbody></table>;
}

/** A letter as the workbook keeps it: `## ` begins a heading, 【红】 an item. */
export function Letter({ text }: { readonly text: string }): JSX.Element {
  return <div class="letter" tabIndex={0}>{text.split(/\r?\n/).map((line, place) => {
    const item = /^【([红黄绿蓝灰完])】\s*(.*)$/.exec(line);
    if (item !== null) return <p key={place} class="of-light"><Light of={item[1]!} /><span>{item[2]}</span></p>;
    return line.startsWith('## ') ? <h3 key={place}>{line.slice(3)}</h3> : line === '' ? <br key={place} /> : <p key={place}>{line}</p>;
  })}</div>;
}

/** Puts the page in the place of what stood there while it loaded. */
export function mount(page: JSX.Element): void {
  const place = document.getElementById('app')!;
  place.replaceChildren();
  render(page, place);
}

/** A value chosen among a few, as links that can be opened apart. */
export function Choices({ label, values, value, href }: { readonly label: string; readonly values: readonly string[]; readonly value: string; readonly href: (value: string) => string }): JSX.Element {
  return <nav class="choices" aria-label={label}>{values.map((one) => <a key={one} href={href(one)} aria-current={one === value ? 'true' : undefined}>{one === '' ? '全部' : one}</a>)}</nav>;
}
