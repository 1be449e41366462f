import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { OverviewView } from '../../../screens/api-types.ts';

use([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer]);

const MOST = 12;
const FONT = 12;
type Option = Parameters<ReturnType<typeof init>['setOption']>[0];

/** Draws a picture into its place, in the page's own colours, and again when the place or the colours change; answers how to end. */
export function drawChart(place: HTMLElement, kind: 'trend' | 'ranking', view: OverviewView): () => void {
  const chart = init(place, null, { renderer: 'svg' });
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const draw = (): void => chart.setOption(kind === 'trend' ? trend(view, coloursOf(place)) : ranking(view, coloursOf(place)), true);
  draw();
  const resized = new ResizeObserver(() => chart.resize());
  resized.observe(place);
  dark.addEventListener('change', draw);
  return () => {
    resized.disconnect();
    dark.removeEventListener('change', draw);
    chart.dispose();
  };
}

interface Colours { readonly ink: string; readonly faint: string; readonly line: string; readonly card: string; readonly bar: string }

function coloursOf(place: HTMLElement): Colours {
  const style = getComputedStyle(place);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  return { ink: of('--ink'), faint: of('--faint'), line: of('--line'), card: of('--card'), bar: of('--bar') };
}

const share = (value: unknown): string => (typeof value === 'number' ? `${(value * 100).toFixed(1)}%` : '—');

function trend({ trend: points }: OverviewView, { ink, faint, line, card }: Colours): Option {
  return {
    animation: false, grid: { left: 4, right: 12, top: 12, bottom: 4, containLabel: true },
    tooltip: { trigger: 'axis', backgroundColor: card, borderColor: line, textStyle: { color: ink, fontSize: FONT }, valueFormatter: share },
    xAxis: { type: 'category', boundaryGap: false, data: points.map(({ period }) => `${Number(period.slice(5))}月`), axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, axisLabel: { color: faint, fontSize: FONT } },
    yAxis: { type: 'value', min: 0, max: 1, interval: 0.5, splitLine: { lineStyle: { color: line } }, axisLabel: { color: faint, fontSize: FONT, formatter: (value: number) => `${value * 100}%` } },
    series: [
      { name: '按时办结率', type: 'line', data: points.map(({ rate }) => rate), connectNulls: true, symbol: 'circle', symbolSize: 5, lineStyle: { color: ink, width: 2 }, itemStyle: { color: ink } },
      { name: '延期率', type: 'line', data: points.map(({ extensionRate }) => extensionRate), connectNulls: true, symbol: 'none', lineStyle: { color: faint, width: 1.5, type: 'dashed' }, itemStyle: { color: faint } },
    ],
  };
}

/** Each group apart where the regulation ranks them apart; the rate stands at the end of the line, whatever its bar. */
function ranking({ ranking: { rows } }: OverviewView, { ink, faint, line, bar }: Colours): Option {
  const groups = [...new Set(rows.map(({ group }) => group))];
  const shown = (groups.length < 2 ? rows : groups.flatMap((group) => [{ unit: group, rank: '', rate: null, group, isHead: true }, ...rows.filter((row) => row.group === group)])).slice(0, MOST);
  const names = shown.map((row) => ('isHead' in row ? `{head|${row.unit}}` : /^\d+$/.test(row.rank) ? `${row.unit}  ${row.rank}` : row.unit));
  const rates = shown.map((row) => ('isHead' in row ? '' : share(row.rate)));
  const axis = { type: 'category', inverse: true, axisLine: { show: false }, axisTick: { show: false } } as const;
  return {
    animation: false, grid: { left: 4, right: 4, top: 4, bottom: 4, containLabel: true },
    xAxis: { type: 'value', min: 0, max: 1, show: false },
    yAxis: [
      { ...axis, data: names, axisLabel: { color: ink, fontSize: FONT + 1, width: 150, overflow: 'truncate', rich: { head: { color: faint, fontSize: FONT } } } },
      { ...axis, position: 'right', data: rates.map((rate, place) => `${place}|${rate}`), axisLabel: { color: faint, fontSize: FONT, formatter: (text: string) => text.split('|')[1]! } },
    ],
    series: [{ type: 'bar', data: shown.map((row) => ('isHead' in row ? '-' : row.rate ?? 0)), barWidth: 12, itemStyle: { color: bar, borderRadius: 2 } },
      { type: 'bar', data: shown.map((row) => ('isHead' in row ? '-' : 1)), barWidth: 12, barGap: '-100%', z: 1, itemStyle: { color: line, borderRadius: 2 }, silent: true }],
  };
}
