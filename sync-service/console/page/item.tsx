import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ActionResult, ItemView } from '../../../screens/api-types.ts';
import { ActForms, RequestCard, Told } from './act-forms.tsx';
import { refresh, useView } from './api.ts';
import { EditableCell } from './cell-editor.tsx';
import { ItemList, Light, Nothing, Panel, Shown } from './parts.tsx';
import { Attachment, Paper } from './files.tsx';
import { FeedbackCard } from './decisions.tsx';
import { NoticeCard, ScoreTable } from './publications.tsx';
import { itemPath } from './router.ts';

/** Shown in the head already. */
const IN_HEAD: ReadonlySet<string> = new Set(['light', 'itemId', 'daysLeft', 'hint']);
const GROUPS = ['', '立项信息', '办结考核'] as const;

export function Item({ base, id }: { readonly base: string; readonly id: string }): JSX.Element {
  const [result, setResult] = useState<ActionResult | null>(null);
  // What was refused or waits is said beside what was typed.
  const told = (next: ActionResult): void => { setResult(next.kind === 'done' ? next : null); if (next.kind === 'done') refresh(); };
  return <Shown loaded={useView<ItemView>(`${base}/items/${encodeURIComponent(id)}`)}>{(view) => <article class="item">
    <header class="item-head">
      <p class="crumbs"><a href="/ledger">台账</a>{view.parent !== null && <> / <a href={itemPath(view.parent.id)}>{view.parent.id} {view.parent.title}</a></>}</p>
      <h1><Light of={view.light} />{view.title}</h1>
      <p class="line"><span>{view.id}</span><span>{view.unit}</span><b class={view.left.startsWith('超') ? 'late' : ''}>{view.left}</b><span class="state">{view.status}</span></p>
      {view.hints.map((hint) => <p class="hint" key={hint}>{hint}</p>)}
    </header>
    <ActForms acts={view.acts} itemId={view.id} path={`${base}/acts`} done={told} />
    <Told result={result} />
    <div class="grid2 wide-left">
      <div>
        {view.limits.length > 0 && <Panel title="时限"><ol class="limits">{view.limits.map(({ label, value, note }) => <li key={label}><span>{label}</span><b>{value}</b><small>{note}</small></li>)}</ol></Panel>}
        {(view.forms.length > 0 || view.attachments.length > 0) && <Panel title="文书和附件"><p class="papers">{view.forms.map((name) => <Paper key={name} base={base} what="form" of={{ name, item: view.id }} label={name} />)}</p>{view.attachments.length > 0 && <p class="papers">{view.attachments.map((path) => <Attachment key={path} base={base} itemId={view.id} path={path} />)}</p>}</Panel>}
        {GROUPS.map((group) => <Fields key={group} base={base} view={view} group={group} told={told} />)}
      </div>
      <div>
        {view.requests.length > 0 && <Panel title="申请与审批">{view.requests.map((request) => <RequestCard key={request.id} request={request} path={`${base}/acts`} decided={told} />)}</Panel>}
        {view.feedback.length > 0 && <Panel title="进展反馈" aside={`${view.feedback.length} 条`}>{view.feedback.map((feedback) => <FeedbackCard key={feedback.id} feedback={feedback} path={`${base}/acts`} />)}</Panel>}
        {view.children.length > 0 && <Panel title="下级事项"><ItemList items={view.children} empty="" /></Panel>}
        {view.whole && <Panel title="经过" aside={`${view.timeline.length} 条`}><Timeline view={view} /></Panel>}
        {view.notices.length > 0 && <Panel title="通知">{view.notices.map((notice) => <NoticeCard key={notice.id} notice={notice} path={`${base}/acts`} />)}</Panel>}
      </div>
    </div>
    {view.scores.length > 0 && <Panel title="计分"><ScoreTable rows={view.scores} path={`${base}/acts`} /></Panel>}
  </article>}</Shown>;
}

/** The filled cells of a group, and the blank ones that this person fills. */
function Fields({ base, view, group, told }: { readonly base: string; readonly view: ItemView; readonly group: string; readonly told: (result: ActionResult) => void }): JSX.Element | null {
  const shown = view.columns.map((column, place) => ({ column, place })).filter(({ column, place }) => column.group === group && !IN_HEAD.has(column.key) && (view.row.cells[place] !== '' || view.row.fills.includes(place)));
  if (shown.length === 0) return null;
  return <Panel title={group === '' ? '事项' : group}><dl class="fields">{shown.map(({ column, place }) => <div key={column.key}><dt id={`field-${column.key}`}>{column.header}</dt>
    <dd>{view.row.fills.includes(place) ? <EditableCell base={base} itemId={view.id} column={column.key === 'status' ? { ...column, options: [view.row.cells[place]!, ...view.nextStatuses] } : column} value={view.row.cells[place]!} told={told} /> : view.row.cells[place]}</dd></div>)}</dl></Panel>;
}

const SHORT = 12;

function Timeline({ view }: { readonly view: ItemView }): JSX.Element {
  const [all, setAll] = useState(false);
  if (view.timeline.length === 0) return <Nothing>还没有记录</Nothing>;
  const shown = all ? view.timeline : view.timeline.slice(0, SHORT);
  return <><ol class="timeline">{shown.map((line, place) => <li key={place}><time>{line.at}</time><p><b>{line.kind}</b> {line.text}</p><small>{[line.by, line.clause].filter((text) => text !== '').join(' · ')}</small></li>)}</ol>
    {!all && view.timeline.length > SHORT && <button type="button" class="quiet" onClick={() => setAll(true)}>再看 {view.timeline.length - SHORT} 条</button>}</>;
}
