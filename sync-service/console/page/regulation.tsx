import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ClausesView, ParametersView } from '../../../screens/api-types.ts';
import { useView } from './api.ts';
import { Nothing, Panel, Shown, Table } from './parts.tsx';

export function Parameters({ base }: { readonly base: string }): JSX.Element {
  const [text, setText] = useState('');
  return <><h1>制度参数</h1><Filter text={text} change={setText} />
    <Shown loaded={useView<ParametersView>(`${base}/parameters`)}>{(view) => <Panel title={view.policy} aside="要改值,请在工作簿「制度参数」复制一行,填新值和生效日">
      <Table label="制度参数" heads={['参数', '现行值', '依据', '说明']} rows={view.rows.filter((row) => holds(text, row.label, row.key, row.clauseText, row.note, row.article)).map((row) => ({ key: row.key, cells: [
        <>{row.label}<small>{row.key}</small></>,
        <><b>{row.value === '' ? '不设' : row.value}</b> {row.value === '' ? '' : row.unit}{row.later.map((later) => <small key={later}>{later}</small>)}</>,
        <>{row.article === '' ? '程序设置' : row.article}{!row.inText && row.article !== '' && <small class="assumed">原文没有规定</small>}<small>{row.clauseText}</small></>,
        row.note,
      ] }))} /></Panel>}</Shown></>;
}

export function Clauses({ base }: { readonly base: string }): JSX.Element {
  const [text, setText] = useState('');
  return <><h1>条款对照</h1><Filter text={text} change={setText} />
    <Shown loaded={useView<ClausesView>(`${base}/clauses`)}>{(view) => {
      const rows = view.rows.filter((row) => holds(text, row.id, row.article, row.summary, row.realised));
      return <Panel title={view.policy} aside={`${rows.length} 条`}>{rows.length === 0 ? <Nothing>没有这样的条款</Nothing> : <Table label="条款对照" heads={['条款', '要求', '在本系统何处']} rows={rows.map((row) => ({ key: row.id, cells: [<>{row.article}<small>{row.id}</small></>, row.summary, row.realised] }))} />}</Panel>;
    }}</Shown></>;
}

function Filter({ text, change }: { readonly text: string; readonly change: (text: string) => void }): JSX.Element {
  return <input class="filter" type="search" aria-label="筛选" placeholder="筛选" value={text} onInput={(event) => change(event.currentTarget.value)} />;
}

function holds(text: string, ...words: readonly string[]): boolean {
  return text.trim() === '' || words.some((word) => word.includes(text.trim()));
}
