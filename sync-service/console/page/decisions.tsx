import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ActionResult, BulletinView, FeedbackView, NoticeView, ScoreView } from '../../../screens/api-types.ts';
import { Told } from './act-forms.tsx';
import { refresh, send } from './api.ts';
import { itemPath } from './router.ts';

type Values = Readonly<Record<string, string>>;
interface Field { readonly key: string; readonly label: string; readonly kind: 'line' | 'number' | 'long' | 'longest'; readonly required?: boolean }
interface Choice { readonly label: string; readonly body: (values: Values) => object }

/** A small form under a button: fields, one button a choice, and what came of it. What was refused stays as it was typed. */
function Decide({ path, open, fields, initial, choices, children }: {
  readonly path: string; readonly open: string; readonly fields: readonly Field[]; readonly initial: Values; readonly choices: readonly Choice[]; readonly children?: ComponentChildren;
}): JSX.Element {
  const [isOpen, setOpen] = useState(fields.length === 0);
  const [values, setValues] = useState<Values>(initial);
  const [result, setResult] = useState<ActionResult | null>(null);
  const [busy, setBusy] = useState(false);
  const act = async (choice: Choice): Promise<void> => {
    setBusy(true);
    const told = await send(path, choice.body(values));
    setBusy(false);
    setResult(told);
    if (told.kind === 'done') refresh();
  };
  if (!isOpen) return <button type="button" class="quiet small" onClick={() => setOpen(true)}>{open}</button>;
  const [first, ...others] = choices;
  return <form class="decide" onSubmit={(event) => { event.preventDefault(); void act(first!); }}>
    {children}
    {fields.map(({ key, label, kind, required = false }) => <label key={key}><span>{label}</span>{kind === 'long' || kind === 'longest'
      ? <textarea rows={kind === 'long' ? 2 : 12} required={required} value={values[key] ?? ''} onInput={(event) => setValues({ ...values, [key]: event.currentTarget.value })} />
      : <input inputMode={kind === 'number' ? 'decimal' : 'text'} required={required} value={values[key] ?? ''} onInput={(event) => setValues({ ...values, [key]: event.currentTarget.value })} />}</label>)}
    <div class="buttons"><button class="primary" disabled={busy}>{first!.label}</button>
      {others.map((choice) => <button key={choice.label} type="button" disabled={busy} onClick={() => { void act(choice); }}>{choice.label}</button>)}
      {fields.length > 0 && <button type="button" class="quiet" onClick={() => { setOpen(false); setResult(null); }}>收起</button>}</div>
    <Told result={result} />
  </form>;
}

/** 考核确认, 申诉 and 复核 of one score. */
export function ScoreActs({ score, path }: { readonly score: ScoreView; readonly path: string }): JSX.Element | null {
  const { acts, id } = score;
  if (!acts.confirm && !acts.appeal && !acts.review) return null;
  const points = score.confirmed || score.proposed;
  return <div class="score-acts">
    {acts.confirm && <Decide path={path} open="确认" initial={{ points, note: '' }} fields={[{ key: 'points', label: '确认分值(扣分为负)', kind: 'number', required: true }, { key: 'note', label: '说明', kind: 'line' }]}
      choices={[{ label: '确认分值', body: (values) => ({ act: 'confirm-score', scoreId: id, points: values['points'] ?? '', seen: score.confirmed, note: values['note'] ?? '' }) }]} />}
    {acts.appeal && <Decide path={path} open="申诉" initial={{}} fields={[{ key: 'reason', label: '申诉理由', kind: 'long', required: true }]}
      choices={[{ label: '提出申诉', body: (values) => ({ act: 'appeal', scoreId: id, reason: values['reason'] ?? '' }) }]} />}
    {acts.review && <Decide path={path} open="复核" initial={{ points, note: '' }} fields={[{ key: 'note', label: '理由(调整、撤销须写)', kind: 'long' }, { key: 'points', label: '调整为', kind: 'number' }]}
      choices={(['维持', '调整', '撤销'] as const).map((result) => ({ label: result, body: (values) => ({ act: 'review-appeal', scoreId: id, result, points: values['points'] ?? '', note: values['note'] ?? '' }) }))} />}
  </div>;
}

/** What may still be decided on a letter. */
export function NoticeActs({ notice, path }: { readonly notice: NoticeView; readonly path: string }): JSX.Element | null {
  return notice.decisions.length === 0 ? null : <Decide path={path} open="" initial={{}} fields={[]} choices={notice.decisions.map((decision) => ({ label: decision, body: () => ({ act: 'sign-notice', noticeId: notice.id, decision }) }))} />;
}

/** Rewriting a draft, and signing it. */
export function BulletinActs({ bulletin, path }: { readonly bulletin: BulletinView; readonly path: string }): JSX.Element | null {
  const { acts, id, body } = bulletin;
  if (!acts.draft && !acts.sign) return null;
  return <div class="buttons">
    {acts.draft && <Decide key={body} path={path} open="修改" initial={{ body }} fields={[{ key: 'body', label: '正文', kind: 'longest', required: true }]} choices={[
      { label: '保存', body: (values) => ({ act: 'draft-bulletin', bulletinId: id, seen: body, body: values['body'] ?? '' }) },
      { label: '保存并送签', body: (values) => ({ act: 'draft-bulletin', bulletinId: id, seen: body, body: values['body'] ?? '', handUp: true }) },
    ]} />}
    {acts.sign && <Decide path={path} open="签发" initial={{}} fields={[]} choices={[{ label: '签发并锁定', body: () => ({ act: 'sign-bulletin', bulletinId: id, seen: body }) }]}>
      {bulletin.warning !== '' && <p class="hint">{bulletin.warning}</p>}</Decide>}
  </div>;
}

/** One report of a unit, with what the 责任人 or the head still has to do. */
export function FeedbackCard({ feedback, path, withItem = false }: { readonly feedback: FeedbackView; readonly path: string; readonly withItem?: boolean }): JSX.Element {
  const { acts, id } = feedback;
  return <article class="request">
    <header><b>{feedback.type}</b>{withItem && <a class="title" href={itemPath(feedback.itemId)}>{feedback.itemId} {feedback.title}</a>}<small>{[feedback.by, feedback.at].filter((text) => text !== '').join(' · ')}</small></header>
    <p class="reason">{feedback.progress}</p>
    {feedback.nextPlan !== '' && <p class="basis">下步计划:{feedback.nextPlan}</p>}
    {feedback.attachments.length > 0 && <p class="basis">附件:{feedback.attachments.map((name) => name.split('/').at(-1)).join('、')}</p>}
    {feedback.submittedAt !== '' && <p class="basis">{feedback.submittedBy} {feedback.submittedAt} 提报:{feedback.submission}</p>}
    {feedback.reviewedAt !== '' && <p class="basis">负责人已审阅 {feedback.reviewedAt}</p>}
    {acts.submit && <Decide path={path} open="提报" initial={{ text: feedback.progress }} fields={[{ key: 'text', label: '提报内容(可修改,原反馈保留)', kind: 'long', required: true }]}
      choices={[{ label: '提报', body: (values) => ({ act: 'submit', feedbackId: id, text: values['text'] ?? '' }) }]} />}
    {acts.review && <Decide path={path} open="" initial={{}} fields={[]} choices={[{ label: '已审阅', body: () => ({ act: 'review-feedback', feedbackId: id }) }]} />}
  </article>;
}
