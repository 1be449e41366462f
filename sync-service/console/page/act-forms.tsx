import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ActionResult, ItemView, RequestView } from '../../../screens/api-types.ts';
import { Files } from './files.tsx';
import { keepDraft, loadDraft, sendOrKeep } from './outbox.ts';

interface FieldSpec { readonly key: string; readonly label: string; readonly kind: 'long' | 'date'; readonly required?: boolean }
interface FormSpec { readonly act: Readonly<Record<string, string>>; readonly title: string; readonly button: string; readonly fields: readonly FieldSpec[]; readonly takesFiles?: boolean }

function specOf(act: string): FormSpec {
  if (act === '反馈进展') return { act: { act: 'feedback' }, title: act, button: '提交反馈', takesFiles: true, fields: [{ key: 'progress', label: '进展情况', kind: 'long', required: true }, { key: 'nextPlan', label: '下步计划', kind: 'long' }] };
  if (act === '反馈结果') return { act: { act: 'feedback', type: '结果' }, title: act, button: '提交结果', takesFiles: true, fields: [{ key: 'progress', label: '办理结果(由单位负责人审阅)', kind: 'long', required: true }] };
  if (act === '上报办结') return { act: { act: 'hand-in' }, title: act, button: '上报办结', fields: [{ key: 'result', label: '办理结果', kind: 'long', required: true }] };
  const type = act.replace('申请', '');
  return { act: { act: 'request', type }, title: `申请${type}`, button: '提出申请', fields: [
    ...(type === '延期' ? [{ key: 'limit', label: '申请时限', kind: 'date', required: true } as const] : []),
    { key: 'reason', label: '原因', kind: 'long', required: true }, { key: 'workDone', label: '办理进度', kind: 'long' },
  ] };
}

/** The buttons of what a person may do on an item, and the form of the one that was pressed. `path` takes the act. */
export function ActForms({ acts, itemId, path, done }: { readonly acts: ItemView['acts']; readonly itemId: string; readonly path: string; readonly done: (result: ActionResult) => void }): JSX.Element | null {
  // A button of a card leads straight to its form.
  const [open, setOpen] = useState(() => new URLSearchParams(location.hash.slice(1)).get('act') ?? '');
  const names = [...(acts.feedback ? ['反馈进展'] : []), ...(acts.result ? ['反馈结果'] : []), ...(acts.handIn ? ['上报办结'] : []), ...acts.requests.map((type) => `申请${type}`)];
  if (names.length === 0) return null;
  return <div class="acts">
    <div class="buttons">{names.map((name, place) => <button key={name} type="button" class={place === 0 ? 'primary' : ''} aria-expanded={open === name} onClick={() => setOpen(open === name ? '' : name)}>{name}</button>)}</div>
    {names.includes(open) && <ActForm key={open} spec={specOf(open)} itemId={itemId} path={path} done={(result) => { if (result.kind === 'done') setOpen(''); done(result); }} />}
  </div>;
}

function ActForm({ spec, itemId, path, done }: { readonly spec: FormSpec; readonly itemId: string; readonly path: string; readonly done: (result: ActionResult) => void }): JSX.Element {
  const draft = `${itemId}/${spec.title}`;
  const [values, setValues] = useState(() => loadDraft(draft));
  const [result, setResult] = useState<ActionResult | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (key: string, text: string): void => {
    const next = { ...values, [key]: text };
    setValues(next);
    keepDraft(draft, next);
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const { attachments, ...typed } = values;
    const told = await sendOrKeep(path, { ...spec.act, itemId, ...typed, ...(spec.takesFiles === true ? { attachments: namesIn(attachments) } : {}) }, draft);
    setBusy(false);
    setResult(told);
    done(told);
  };
  return <form class="act" onSubmit={(event) => { void submit(event); }}>
    <h3>{spec.title}</h3>
    {spec.fields.map(({ key, label, kind, required = false }) => <label key={key}><span>{label}{required && <i aria-hidden="true"> *</i>}</span>
      {kind === 'long' ? <textarea rows={3} required={required} maxLength={4000} value={values[key] ?? ''} onInput={(event) => change(key, event.currentTarget.value)} />
        : <input type="date" required={required} value={values[key] ?? ''} onInput={(event) => change(key, event.currentTarget.value)} />}
    </label>)}
    {spec.takesFiles === true && <Files path={path.replace(/\/acts?$/, '/attachments')} itemId={itemId} names={namesIn(values['attachments'])} change={(names) => change('attachments', names.join('、'))} />}
    <div class="buttons"><button class="primary" disabled={busy}>{busy ? '正在提交…' : spec.button}</button></div>
    <Told result={result} />
  </form>;
}

function namesIn(text = ''): string[] {
  return text.split('、').filter((name) => name !== '');
}

/** What came of the last action, said aloud by screen readers. */
export function Told({ result }: { readonly result: ActionResult | null }): JSX.Element {
  return <p class={`told ${result === null ? '' : result.kind === 'done' ? 'ok' : result.kind === 'held' ? 'held' : 'no'}`} role="status">{result?.message ?? ''}</p>;
}

/** A request with its chain, and the decision where it waits for this person. */
export function RequestCard({ request, path, decided, href }: { readonly request: RequestView; readonly path: string; readonly decided: (result: ActionResult) => void; readonly href?: string }): JSX.Element {
  const [result, setResult] = useState<ActionResult | null>(null);
  const [opinion, setOpinion] = useState('');
  const [limit, setLimit] = useState(request.requestedLimit.slice(0, 10));
  const decide = async (decision: string): Promise<void> => {
    const told = await sendOrKeep(path, { act: 'decide', requestId: request.id, decision, opinion, limit: decision === '同意' ? limit : '' }, `decide/${request.id}`);
    setResult(told);
    decided(told);
  };
  return <article class={`request ${request.mine ? 'mine' : ''}`}>
    <header><b>{request.type}</b><span class={`outcome ${request.outcome === '审批中' ? 'open' : ''}`}>{request.outcome}</span>{href !== undefined && <a class="title" href={href}>{request.itemId} {request.title}</a>}</header>
    <p class="reason">{request.reason}</p>
    <dl class="facts">
      <div><dt>申请人</dt><dd>{request.applicant} {request.appliedAt}</dd></div>
      {request.requestedLimit !== '' && <div><dt>申请时限</dt><dd>{request.requestedLimit}</dd></div>}
      {request.grantedLimit !== '' && <div><dt>批准时限</dt><dd>{request.grantedLimit}</dd></div>}
      {request.workDone !== '' && <div><dt>办理进度</dt><dd>{request.workDone}</dd></div>}
      {request.waitsFor !== '' && <div><dt>当前应批人</dt><dd>{request.waitsFor}</dd></div>}
      {request.replyDue !== '' && <div><dt>批复期限</dt><dd>{request.replyDue}</dd></div>}
      <div><dt>依据</dt><dd>{request.clause}</dd></div>
    </dl>
    {request.levels.length > 0 && <ol class="levels">{request.levels.map((level, place) => <li key={place}><b>{level.by}</b> {level.decision} {level.opinion}<small>{level.at}</small></li>)}</ol>}
    {request.hint !== '' && <p class="hint">{request.hint}</p>}
    {request.mine && result?.kind !== 'done' && <form class="decide" onSubmit={(event) => { event.preventDefault(); void decide('同意'); }}>
      <label><span>意见</span><input value={opinion} maxLength={2000} onInput={(event) => setOpinion(event.currentTarget.value)} /></label>
      {request.type === '延期' && <label><span>批准时限</span><input type="date" value={limit} onInput={(event) => setLimit(event.currentTarget.value)} /></label>}
      <div class="buttons"><button class="primary">同意</button><button type="button" onClick={() => { void decide('不同意'); }}>不同意</button></div>
    </form>}
    <Told result={result} />
  </article>;
}
