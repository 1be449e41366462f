import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { dayOf, formatDay, formatMoment, officeOverview, type Day, type HomeKey, type HomeValue, type Light, type OverviewRow, type RunPlan, type Workbook } from '#core';
import { BOARD_CSS } from './board-css.ts';

type Html = ReturnType<typeof html>;
/** What 首页 calls text. */
const textOf = (value: HomeValue): string => (typeof value === 'string' ? value : '');

/** More rows than anyone reads on a page; the rest is in the workbook. */
const SHOWN_ROWS = 200;
const TODAY = { toReview: '待审核', toApprove: '待批延期', toSign: '待签催办', toConfirm: '待确认扣分', forLeaders: '需领导决定', hints: '提示' } as const satisfies Partial<Record<HomeKey, string>>;
const COUNTS: Readonly<Record<Light, HomeKey>> = { 红: 'countRed', 黄: 'countYellow', 绿: 'countGreen', 蓝: 'countBlue', 灰: 'countGrey', 完: 'countDone' };
const LIGHT_ORDER: readonly Light[] = ['红', '黄', '绿', '蓝', '灰', '完'];

export interface BoardInput {
  readonly workbook: Workbook;
  readonly plan: RunPlan;
  /** File name of the workbook, to be opened for changes. */
  readonly workbookName: string;
  /** True while an editor holds the workbook: what is shown waits in the journal. */
  readonly isHeld: boolean;
}

/**
 * 督办看板: what 首页 and the open items say, as one self-contained page to read in a browser or on a phone, also while
 * somebody has the workbook open. Nothing can be changed on it. Confidential items appear by number alone. Equal input
 * gives equal text.
 */
export function boardHtml(input: BoardInput): string {
  const { workbook, plan } = input;
  const rows = officeOverview(workbook, plan.items);
  const confidential = new Set(plan.items.filter(({ facts }) => facts.cells.confidentiality === '保密').map(({ facts }) => facts.id));
  const freshUntil = workbook.calendar.nextWorkingDay((dayOf(plan.clock.now) + 1) as Day);
  const page = html`<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
<meta name="duban-workbook" content="${input.workbookName}"><title>督办看板 · ${workbook.policy.name}</title>
<style>${BOARD_CSS}</style></head>
<body data-fresh-until="${formatDay(freshUntil)}"><main>
<header><h1>督办看板</h1><p class="policy">${workbook.policy.name}${workbook.isDrill ? html`<span class="drill">演练</span>` : ''}</p>
<p class="as-of">数据截至 <b>${formatMoment(plan.clock.now)}</b></p></header>
<p class="stale" hidden>数据已过期:督办程序没有按时运行,请联系督办办公室</p>
${input.isHeld ? html`<p class="held">台账正被打开,这里按最后一次保存的内容显示;改动在台账关闭后写入</p>` : ''}
${notesOf(plan)}
<div class="columns"><div class="summary">
${today(plan)}
${lights(plan)}
${rates(plan)}
${units(rows.filter((row) => !confidential.has(row.id)))}
</div>
${items(rows, confidential)}
</div>
<footer>此页只供查看,由督办程序自动更新;要修改,请打开「${input.workbookName}」</footer>
</main>
<script>var until=document.body.dataset.freshUntil;if(Date.now()>Date.parse(until+'T23:59:59+08:00'))document.querySelector('.stale').hidden=false</script>
</body></html>
`;
  // Nothing in it is awaited.
  return (page as HtmlEscapedString).toString();
}

function today({ home }: RunPlan): Html {
  return html`<section><h2>今日要办</h2><ul class="tiles">${Object.entries(TODAY).map(([key, label]) => {
    const count = Number(home[key as HomeKey] ?? 0);
    return html`<li class="${count > 0 ? 'todo' : 'none'}"><b>${count}</b><span>${label}</span></li>`;
  })}</ul></section>`;
}

function lights({ home }: RunPlan): Html {
  return html`<section><h2>在册事项</h2><ul class="lights">${LIGHT_ORDER.map((light) =>
    html`<li class="light ${classOf(light)}"><span>${light}</span><b>${Number(home[COUNTS[light]] ?? 0)}</b></li>`)}</ul></section>`;
}

function rates({ home }: RunPlan): Html {
  const rate = (key: HomeKey, label: string): Html => html`<li><b>${typeof home[key] === 'number' ? `${(home[key] * 100).toFixed(1)}%` : '—'}</b><span>${label}</span></li>`;
  return html`<section><h2>办结率</h2><ul class="tiles rates">${rate('monthRate', '本月按时办结率')}${rate('lastMonthRate', '上月按时办结率')}${rate('extensionRate', '延期率')}</ul>
<p class="basis">${textOf(home.monthRateBasis)};${textOf(home.coverage)}</p></section>`;
}

/** A vanished row can't say any more whether it was confidential: its number must do. */
function notesOf({ notes }: RunPlan): Html | string {
  if (notes.length === 0) return '';
  const lines = notes.map(({ code, message }) => (code === 'row-vanished' ? message.replace(/「.*」的行/, ' 的行') : message));
  return html`<section class="notes"><h2>需要处理</h2><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul></section>`;
}

function units(rows: readonly OverviewRow[]): Html | string {
  const counts = new Map<string, Record<Light, number>>();
  for (const { unit, light } of rows) {
    const own = counts.get(unit) ?? { 红: 0, 黄: 0, 绿: 0, 蓝: 0, 灰: 0, 完: 0 };
    own[light] += 1;
    counts.set(unit, own);
  }
  if (counts.size === 0) return '';
  const sorted = [...counts].sort(([a, ofA], [b, ofB]) => ofB.红 - ofA.红 || ofB.黄 - ofA.黄 || (a < b ? -1 : 1));
  return html`<section><h2>各单位在办</h2><ul class="units">${sorted.map(([unit, own]) => html`<li><span class="name">${unit === '' ? '(未定单位)' : unit}</span>${LIGHT_ORDER.filter((light) => own[light] > 0)
    .map((light) => html`<span class="light ${classOf(light)}">${light} ${own[light]}</span>`)}</li>`)}</ul></section>`;
}

function items(rows: readonly OverviewRow[], confidential: ReadonlySet<string>): Html {
  const more = rows.length - SHOWN_ROWS;
  return html`<section><h2>在办事项(${rows.length} 件,急的在前)</h2><ol class="items">${rows.slice(0, SHOWN_ROWS).map((row) => item(row, confidential.has(row.id)))}</ol>
${more > 0 ? html`<p class="basis">另有 ${more} 件,请看台账</p>` : ''}</section>`;
}

function item({ id, light, title, unit, daysLeft, percent, progress }: OverviewRow, isConfidential: boolean): Html {
  const left = daysLeft === null ? '' : daysLeft < 0 ? `超 ${-daysLeft} 天` : daysLeft === 0 ? '今天到期' : `剩 ${daysLeft} 天`;
  return html`<li><span class="light ${classOf(light)}">${light}</span><div class="matter"><p class="title">${isConfidential ? '' : title}</p>
<p class="facts"><span>${id}</span>${isConfidential || unit === '' ? '' : html`<span>${unit}</span>`}${isConfidential || percent === null ? '' : html`<span>进度 ${Math.round(percent * 100)}%</span>`}</p>
${isConfidential || progress === '' ? '' : html`<p class="progress">${progress}</p>`}</div><span class="left ${daysLeft !== null && daysLeft < 0 ? 'late' : ''}">${left}</span></li>`;
}

function classOf(light: Light): string {
  switch (light) {
    case '红': return 'red';
    case '黄': return 'yellow';
    case '绿': return 'green';
    case '蓝': return 'blue';
    case '灰': return 'grey';
    case '完': return 'done';
  }
}
