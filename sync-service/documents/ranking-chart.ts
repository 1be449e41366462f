import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { renderAsync } from '@resvg/resvg-js';
import { BarChart } from 'echarts/charts';
import { GridComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { isRanked } from './bulletin-data.ts';
import { percentText, plainText } from './document-text.ts';

use([BarChart, GridComponent, TitleComponent, SVGRenderer]);

/** Logical size; the picture has twice as many pixels, so that it is sharp on paper and on a phone. */
const WIDTH = 720;
const PIXEL_RATIO = 2;
const BAR_STEP = 32;
/** More bars than this can't be read on one page; the table lists them all. */
const MAX_BARS = 40;
const NAME_SIZE = 14;
const NAME_WIDTH = 15 * NAME_SIZE;
const FAMILY = 'Noto Sans S Chinese';
const INK = '#1f2329';
const FAINT = '#8a919f';
const RANKED = '#2b6cb0';
const UNRANKED = '#b8c0cc';

export interface ChartRow {
  readonly unit: string;
  /** Between 0 and 1. */
  readonly rate: number | null;
  readonly rank: string;
}

/**
 * A PNG with a horizontal bar for each unit, best first, those without a rank last and grey. Drawn without the machine's
 * fonts, so that it looks the same everywhere. Width 1440 pixels.
 */
export async function rankingChartPng(rows: readonly ChartRow[], title: string): Promise<Uint8Array> {
  const sorted = [...rows].sort((a, b) => position(a) - position(b));
  const shown = sorted.slice(0, MAX_BARS);
  const heading = plainText(title) + (sorted.length > shown.length ? `（前 ${shown.length} 个单位）` : '');
  const fonts = join(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')), '..', 'fonts');
  const image = await renderAsync(rankingSvg(shown, heading), {
    fitTo: { mode: 'zoom', value: PIXEL_RATIO },
    background: '#ffffff',
    font: {
      loadSystemFonts: false,
      fontFiles: ['NotoSansHans-Regular.otf', 'NotoSansHans-Bold.otf'].map((file) => join(fonts, file)),
      defaultFontFamily: FAMILY,
    },
  });
  return image.asPng();
}

function rankingSvg(rows: readonly ChartRow[], title: string): string {
  const names = rows.map(({ rank, unit }) => ({ rank: isRanked(rank) ? rank : '', unit: shorten(plainText(unit)) }));
  const nameWidth = Math.max(48, ...names.map(({ unit }) => widthOf(unit)));
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: 64 + Math.max(1, rows.length) * BAR_STEP + 16 });
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: FAMILY, color: INK },
      title: { text: title, left: 20, top: 16, textStyle: { fontFamily: FAMILY, fontSize: 20, fontWeight: 'bold', color: INK } },
      grid: { left: 20 + 34 + nameWidth + 12, right: 76, top: 60, bottom: 16 },
      xAxis: { type: 'value', min: 0, max: 1, interval: 0.25, axisLabel: { show: false }, splitLine: { lineStyle: { color: '#eceef2' } } },
      yAxis: {
        type: 'category',
        inverse: true,
        data: names.map(({ rank, unit }) => `{rank|${rank}}{name|${unit}}`),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: {
          margin: 12,
          interval: 0,
          rich: {
            rank: { width: 34, align: 'left', fontFamily: FAMILY, fontSize: 14, fontWeight: 'bold', color: RANKED },
            name: { width: nameWidth, align: 'left', fontFamily: FAMILY, fontSize: NAME_SIZE, color: INK },
          },
        },
      },
      series: [{
        type: 'bar',
        barWidth: 18,
        showBackground: true,
        backgroundStyle: { color: '#f4f6f9', borderRadius: [0, 3, 3, 0] },
        data: rows.map(({ rank, rate }) => ({
          value: rate ?? 0,
          itemStyle: { color: isRanked(rank) ? RANKED : UNRANKED, borderRadius: [0, 3, 3, 0] },
          label: {
            show: true,
            position: 'right' as const,
            distance: 8,
            formatter: percentText(rate),
            fontFamily: FAMILY,
            fontSize: 14,
            fontWeight: 'bold' as const,
            color: isRanked(rank) ? INK : FAINT,
          },
        })),
      }],
    });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

function position({ rank }: ChartRow): number {
  return isRanked(rank) ? Number(rank) : Number.MAX_SAFE_INTEGER;
}

/** A name as wide as there is room for. Braces would end ECharts' markup, so they become full-width. */
function shorten(name: string): string {
  const line = name.replaceAll('\n', ' ').replaceAll('{', '\uff5b').replaceAll('}', '\uff5d');
  if (widthOf(line) <= NAME_WIDTH) return line;
  let kept = '';
  for (const sign of line) {
    if (widthOf(`${kept}${sign}…`) > NAME_WIDTH) break;
    kept += sign;
  }
  return `${kept}…`;
}

/** Chinese signs are as wide as high, Latin letters about 0.6 of it. */
function widthOf(text: string): number {
  return Array.from(text).reduce((sum, sign) => sum + (sign.codePointAt(0)! < 0x2e80 && sign !== '…' ? 0.6 : 1) * NAME_SIZE, 0);
}
