import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LedgerView } from '../../../screens/api-types.ts';
import { read, useChanges } from './api.ts';
import { Paper } from './files.tsx';
import { Grid, type Sorting } from './grid.tsx';
import { Nothing } from './parts.tsx';
import { go } from './router.ts';
import { keepView, savedViews } from './saved-views.ts';

const LIGHTS = ['红', '黄', '绿', '蓝', '灰', '完'] as const;
const VIEWS = ['办理中', '办结', '延期', '暂停'] as const;
/** Sets of columns; the first is what fits a screen. */
const SETS: Readonly<Record<string, readonly string[] | null>> = {
  常用: ['light', 'itemId', 'title', 'leadUnit', 'handler', 'deadlineCurrent', 'daysLeft', 'status', 'progress', 'hint'],
  立项信息: ['light', 'itemId', 'title', 'category', 'form', 'sourceType', 'sourceRef', 'initiatorUnit', 'coUnits', 'dutyPerson', 'leaderInCharge', 'urgency', 'importance', 'deadlineSet', 'requirement'],
  时限明细: ['light', 'itemId', 'title', 'issuedAt', 'signedAt', 'deadlineSet', 'deadlineOriginal', 'deadlineCurrent', 'deadlineAssessed', 'extensionCount', 'nextFeedback', 'latestFeedback'],
  办结考核: ['light', 'itemId', 'title', 'percent', 'result', 'submittedAt', 'closedAt', 'onTime', 'daysLate', 'chaseCount', 'pointsTotal', 'returnReason', 'returnDue'],
  全部列: null,
};
const PAGE = 100;

/** 台账: what is asked for stands in the address, so that a view can be kept as a bookmark or sent on. */
export function Ledger({ base, query }: { readonly base: string; readonly query: URLSearchParams }): JSX.Element {
  const asked = query.toString();
  const pages = useRef(new Map<number, LedgerView['rows']>());
  const [head, setHead] = useState<LedgerView | null>(null);
  const [failed, setFailed] = useState('');
  const [, draw] = useState(0);
  const pending = useRef(new Set<number>());
  const latest = useRef('');
  const load = async (page: number, fresh = false): Promise<void> => {
    const key = `${asked}#${page}`;
    if (!fresh && (pages.current.has(page) || pending.current.has(page))) return;
    pending.current.add(page);
    latest.current = asked;
    const parameters = new URLSearchParams(asked);
    parameters.delete('columns');
    parameters.set('offset', String(page * PAGE));
    parameters.set('limit', String(PAGE));
    const loaded = await read<LedgerView>(`${base}/ledger?${parameters.toString()}`);
    pending.current.delete(page);
    if (`${latest.current}#${page}` !== key) return;
    if (loaded.state === 'failed') setFailed(loaded.message);
    if (loaded.state !== 'ready') return;
    setFailed('');
    pages.current.set(page, loaded.view.rows);
    setHead(loaded.view);
    draw((count) => count + 1);
  };
  useEffect(() => {
    pages.current = new Map();
    pending.current = new Set();
    void load(0, true);
  }, [base, asked]);
  // What is shown stays until the new rows are there.
  useChanges(() => { for (const page of pages.current.keys()) void load(page, true); });
  const change = (changes: Readonly<Record<string, string>>): void => {
    const next = new URLSearchParams(asked);
    for (const [key, value] of Object.entries(changes)) if (value === '') next.delete(key); else next.set(key, value);
    go(`/ledger${next.size === 0 ? '' : `?${next.toString()}`}`, true);
  };
  const value = (key: string): string => query.get(key) ?? '';
  const sorting: Sorting = { column: value('sort'), descending: value('desc') === '1' };
  const set = value('columns') || '常用';
  const places = head === null ? [] : SETS[set] == null ? head.columns.map((_, place) => place) : SETS[set].map((key) => head.columns.findIndex((column) => column.key === key)).filter((place) => place >= 0);
  return <>
    <h1 class="sr">台账</h1>
    <div class="filters">
      <nav class="choices light-choices" aria-label="灯号">{LIGHTS.map((light) => <button key={light} type="button" aria-pressed={value('light') === light} onClick={() => change({ light: value('light') === light ? '' : light })}>{light}</button>)}</nav>
      <Choose label="视图" value={value('view')} values={VIEWS} blank="全部视图" change={(view) => change({ view })} />
      <Choose label="状态" value={value('status')} values={head?.statuses ?? []} blank="全部状态" change={(status) => change({ status })} />
      <Choose label="单位" value={value('unit')} values={head?.units ?? []} blank="全部单位" change={(unit) => change({ unit })} />
      <Choose label="列" value={set} values={Object.keys(SETS)} blank="" change={(columns) => change({ columns: columns === '常用' ? '' : columns })} />
      <Saved asked={asked} />
      {head !== null && head.registers.length + head.forms.length > 0 && <Print base={base} asked={asked} registers={head.registers} forms={head.forms} />}
      {value('q') !== '' && <button type="button" class="quiet" onClick={() => change({ q: '' })}>查找「{value('q')}」 ✕</button>}
      <span class="count" role="status">{head === null ? '' : `${head.total} 件`}</span>
    </div>
    {failed !== '' && <p class="failed" role="alert">{failed}</p>}
    {head === null ? <div class="loading tall" aria-busy="true" /> : head.total === 0 ? <Nothing>没有符合条件的事项</Nothing>
      : <Grid base={base} columns={head.columns} places={places} total={head.total} rowAt={(index) => pages.current.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null}
        need={(first, last) => { for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page += 1) void load(page); }}
        sorting={sorting} sort={(column) => change({ sort: column, desc: sorting.column === column && !sorting.descending ? '1' : '' })} />}
  </>;
}

/** Views under names of one's own. */
function Saved({ asked }: { readonly asked: string }): JSX.Element {
  const [views, setViews] = useState(savedViews);
  const now = views.find(({ query }) => query === asked);
  const keep = (): void => {
    const name = prompt('给现在的筛选、排序和列起个名字', now?.name ?? '')?.trim() ?? '';
    if (name !== '') setViews(keepView(name, asked));
  };
  return <>{views.length > 0 && <select aria-label="我的视图" value={now?.name ?? ''} onChange={(event) => { const chosen = views.find(({ name }) => name === event.currentTarget.value); go(`/ledger${chosen === undefined || chosen.query === '' ? '' : `?${chosen.query}`}`, true); }}>
    <option value="">我的视图</option>{views.map(({ name }) => <option key={name} value={name}>{name}</option>)}</select>}
    {now === undefined ? asked !== '' && <button type="button" class="quiet" onClick={keep}>存为视图</button> : <button type="button" class="quiet" onClick={() => setViews(keepView(now.name, null))}>删除视图</button>}</>;
}

/** Papers of the items that are shown: a register, or a form of each to which it belongs. */
function Print({ base, asked, registers, forms }: { readonly base: string; readonly asked: string; readonly registers: readonly string[]; readonly forms: readonly string[] }): JSX.Element {
  return <details class="print"><summary>打印</summary><div>{registers.map((name) => <Paper key={name} base={base} what="register" of={{ name }} label={name} />)}
    {forms.map((name) => <Paper key={name} base={base} what="form" of={{ ...Object.fromEntries(new URLSearchParams(asked)), name }} label={name} />)}</div></details>;
}

function Choose({ label, value, values, blank, change }: { readonly label: string; readonly value: string; readonly values: readonly string[]; readonly blank: string; readonly change: (value: string) => void }): JSX.Element {
  return <select aria-label={label} value={value} onChange={(event) => change(event.currentTarget.value)}>{blank !== '' && <option value="">{blank}</option>}{values.map((one) => <option key={one} value={one}>{one}</option>)}</select>;
}
