import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { OverviewView } from '../../../screens/api-types.ts';
import { useView } from './api.ts';
import { ItemList, lightClass, lightMeaning, Nothing, Panel, percent, Shown } from './parts.tsx';

const ORDER = ['红', '黄', '绿', '蓝', '灰', '完'] as const;

export function Overview({ base }: { readonly base: string }): JSX.Element {
  return <Shown loaded={useView<OverviewView>(`${base}/overview`)}>{(view) => <>
    <h1 class="sr">总览</h1>
    <p class="as-of">{view.policy}{view.isDrill && <b class="tag">演练</b>}{view.isCopy && <b class="tag">副本,不发通知</b>}<span>{view.lastRun === '' ? '还没有巡检过' : `数据写于 ${view.lastRun}`}</span></p>
    {view.notes.length > 0 && <details class="notes" open={view.notes.length <= 3}><summary>需要处理({view.notes.length} 条)</summary><ul>{view.notes.map((note) => <li key={note}>{note}</li>)}</ul></details>}
    <Lights lights={view.lights} />
    <ul class="todo">{view.todo.map(({ label, count, page }) => <li key={label}><a href={`/${page}`} class={count > 0 ? 'some' : ''}><b>{count}</b>{label}</a></li>)}</ul>
    <div class="grid2">
      <Panel title="按时办结率" aside={view.ratesOf}>
        <div class="rates">
          <p class="big"><b>{percent(view.month.rate)}</b><span>本月</span></p>
          <p><b>{percent(view.lastMonth.rate)}</b><span>上月</span></p>
          <p><b>{percent(view.month.extensionRate)}</b><span>本月延期率</span></p>
        </div>
        <Chart kind="trend" view={view} label={`近十二个月按时办结率:${view.trend.map(({ period, rate }) => `${period} ${percent(rate)}`).join(',')}`} />
        <p class="basis">{[view.month.basis, view.coverage].filter((text) => text !== '').join(';')}</p>
      </Panel>
      <Panel title="排名" aside={<a href="/rankings">{view.ranking.period || '全部'}</a>}>
        {view.ranking.rows.length === 0 ? <Nothing>还没有可看的排名</Nothing>
          : <Chart kind="ranking" view={view} label={`${view.ranking.period} 办结率:${view.ranking.rows.map(({ unit, rate }) => `${unit} ${percent(rate)}`).join(',')}`} />}
      </Panel>
      <Panel title="已超期" aside={view.overdueCount > view.overdue.length ? <a href="/ledger?light=红">共 {view.overdueCount} 件</a> : `${view.overdueCount} 件`}><ItemList items={view.overdue} empty="没有超期的事项" /></Panel>
      <Panel title="即将到期" aside={`${view.dueSoon.length} 件`}><ItemList items={view.dueSoon} empty="近几个工作日没有到期的事项" /></Panel>
    </div>
  </>}</Shown>;
}

/** All items as one bar, cut by light; each part leads to its items. */
function Lights({ lights }: { readonly lights: OverviewView['lights'] }): JSX.Element {
  const total = ORDER.reduce((sum, light) => sum + (lights[light] ?? 0), 0);
  return <nav class="lights" aria-label="在册事项灯号">
    <div class="strip" aria-hidden="true">{ORDER.map((light) => <i key={light} class={lightClass(light)} style={{ flexGrow: total === 0 ? 1 : lights[light] ?? 0 }} />)}</div>
    <ul>{ORDER.map((light) => <li key={light}><a href={`/ledger?light=${light}`}><span class={`light ${lightClass(light)}`}>{light}</span><b>{lights[light] ?? 0}</b><small>{lightMeaning(light)}</small></a></li>)}</ul>
  </nav>;
}

/** A picture whose code comes after the first view; its place is kept, so that nothing moves. */
function Chart({ kind, view, label }: { readonly kind: 'trend' | 'ranking'; readonly view: OverviewView; readonly label: string }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const said = JSON.stringify(kind === 'trend' ? view.trend : view.ranking);
  useEffect(() => {
    let stop = (): void => undefined;
    let gone = false;
    void import('./charts.ts').then(({ drawChart }) => { if (!gone && place.current !== null) stop = drawChart(place.current, kind, view); });
    return () => { gone = true; stop(); };
  }, [kind, said]);
  const groups = new Set(view.ranking.rows.map(({ group }) => group)).size;
  const rows = Math.min(12, view.ranking.rows.length + (groups < 2 ? 0 : groups));
  return <div class="chart" role="img" aria-label={label} ref={place} style={{ height: kind === 'trend' ? '150px' : `${Math.max(3, rows) * 26 + 12}px` }} />;
}
