import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ActionResult, ImportView } from '../../../screens/api-types.ts';
import { Told } from './act-forms.tsx';
import { LOST, refresh } from './api.ts';
import { Nothing, Panel } from './parts.tsx';
import { go } from './router.ts';

type HeaderMap = Readonly<Record<string, string | null>>;

/** 导入原有台账: a file is read and shown; nothing is written before it was looked at and confirmed. */
export function Import({ base }: { readonly base: string }): JSX.Element {
  const [file, setFile] = useState<File | null>(null);
  const [told, setTold] = useState<HeaderMap>({});
  const [view, setView] = useState<ImportView | null>(null);
  const [result, setResult] = useState<ActionResult | null>(null);
  const [busy, setBusy] = useState(false);
  const ask = async (from: File, map: HeaderMap, confirm: string): Promise<void> => {
    setBusy(true);
    const answer = await post(`${base}/import?${new URLSearchParams({ map: JSON.stringify(map), confirm }).toString()}`, from);
    setBusy(false);
    if ('print' in answer) { setView(answer); setResult(null); return; }
    setResult(answer);
    if (answer.kind === 'done') { setView(null); setFile(null); refresh(); }
  };
  const choose = (chosen: File | undefined): void => {
    if (chosen === undefined) return;
    setFile(chosen); setTold({}); setView(null); setResult(null);
    void ask(chosen, {}, '');
  };
  const say = (header: string, to: string | null): void => {
    const map = { ...told, [header]: to };
    setTold(map);
    if (file !== null) void ask(file, map, '');
  };
  return <>
    <h1>导入原有台账</h1>
    <Panel title="选文件" aside={file?.name ?? ''}>
      <p class="basis">选本单位原有的台账(.xlsx):列名不同、合并表头、多张表都可以。先预览、核对,按「确认导入」之前什么也不写。</p>
      <p class="files"><label class="pick"><span>台账</span><b>选择文件…</b><input class="sr" type="file" accept=".xlsx" onChange={(event) => { choose(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }} /></label>{busy && <span aria-live="polite"> 正在读取…</span>}</p>
    </Panel>
    <Told result={result} />
    {result?.kind === 'done' && <p><button type="button" onClick={() => go('/ledger')}>看台账</button></p>}
    {view !== null && file !== null && <Preview view={view} busy={busy} say={say} confirm={() => { void ask(file, told, view.print); }} />}
  </>;
}

function Preview({ view, busy, say, confirm }: { readonly view: ImportView; readonly busy: boolean; readonly say: (header: string, to: string | null) => void; readonly confirm: () => void }): JSX.Element {
  return <>
    <Panel title="预览" aside={`${view.count} 件`}>
      <p>可导入 <b>{view.count}</b> 件,其中 <b>{view.doubtful}</b> 件有待核之处(记在「备注」,以“导入待核”开头);新单位 {view.units.length} 个{view.units.length > 0 && `:${view.units.join('、')}`};新人员 {view.people.length} 人{view.people.length > 0 && `:${view.people.join('、')}`}。</p>
      <p class="basis">{view.goLive}:此前的逾期只亮灯,不催办、不扣分;导入后第一次巡检只给督办办公室发信,放行后才通知各单位。</p>
      <p><button type="button" class="primary" disabled={busy || view.count === 0} onClick={confirm}>确认导入 {view.count} 件</button></p>
    </Panel>
    {view.tables.map(({ sheet, columns }) => <Panel key={sheet} title={`「${sheet}」列的对应`}><ul class="mapping">{columns.map(({ header, to, match, sure }) => <li key={header} class={sure ? '' : 'unsure'}>
      <span>{header}</span><select aria-label={`${header} 对应`} value={to} onChange={(event) => say(header, event.currentTarget.value === '' ? null : event.currentTarget.value)}><option value="">(不导入)</option>{view.headers.map((own) => <option key={own} value={own}>{own}</option>)}</select><small>{match}</small></li>)}</ul></Panel>)}
    <Panel title="事项" aside={view.count > view.items.length ? `前 ${view.items.length} 件,有待核的在先` : ''}>{view.items.length === 0 ? <Nothing>没有可导入的事项:请核对列的对应</Nothing>
      : <ul class="proposed">{view.items.map((item) => <li key={item.where}><b>{item.title}</b><small>{[item.where, item.unit, item.status, item.limit].filter((text) => text !== '').join(' · ')}</small>{item.doubts.map((doubt) => <p class="hint" key={doubt}>{doubt}</p>)}</li>)}</ul>}</Panel>
    {view.leftOut.length > 0 && <Panel title="不导入的行" aside={`${view.leftOut.length} 行`}><ul>{view.leftOut.map((line) => <li key={line}>{line}</li>)}</ul></Panel>}
  </>;
}

async function post(path: string, file: File): Promise<ImportView | ActionResult> {
  try {
    const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file });
    const body = (await response.json()) as ImportView | ActionResult | { message: string };
    return 'print' in body || 'kind' in body ? body : { kind: 'failed', message: body.message };
  } catch {
    return { kind: 'failed', message: LOST };
  }
}
