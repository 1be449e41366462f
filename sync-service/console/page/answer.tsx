import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ActionResult, AnswerPageView } from '../../../screens/api-types.ts';
import { ActForms, RequestCard, Told } from './act-forms.tsx';
import { refresh, useView } from './api.ts';
import { FeedbackCard } from './decisions.tsx';
import { flush, waiting } from './outbox.ts';
import { Light, mount, Shown } from './parts.tsx';

const base = location.pathname.replace(/\/$/, '');
const RETRY_MS = 20_000;

/** The page behind a link of a mail: one item or one request, for a phone. */
function Answer(): JSX.Element {
  const loaded = useView<AnswerPageView>(`${base}/view`);
  const [result, setResult] = useState<ActionResult | null>(waiting().length > 0 ? { kind: 'held', message: '有未送出的内容,正在重试' } : null);
  useEffect(() => {
    const again = (): void => { void flush((told) => { setResult(told); refresh(); }); };
    again();
    addEventListener('online', again);
    const timer = setInterval(again, RETRY_MS);
    return () => { removeEventListener('online', again); clearInterval(timer); };
  }, []);
  // What was refused or waits is said beside what was typed.
  const told = (next: ActionResult): void => { setResult(next.kind === 'done' ? next : null); if (next.kind === 'done') refresh(); };
  return <main class="answer"><Shown loaded={loaded}>{(view) => <>
    <header><p class="office">{view.office}</p><h1>{view.item.title}</h1>
      <p class="line"><Light of={view.item.light} /><b class={view.item.left.startsWith('超') ? 'late' : ''}>{view.item.left || view.item.status}</b><span>{view.item.id}</span></p></header>
    <dl class="facts"><div><dt>状态</dt><dd>{view.item.status}</dd></div><div><dt>时限</dt><dd>{view.item.limit || '未定'}</dd></div><div><dt>牵头单位</dt><dd>{view.item.unit}</dd></div>
      {view.item.requirement !== '' && <div><dt>内容及要求</dt><dd>{view.item.requirement}</dd></div>}
      {view.item.progress !== '' && <div><dt>最近进展</dt><dd>{view.item.progress}</dd></div>}</dl>
    {view.request !== null && <RequestCard request={view.request} path={`${base}/act`} decided={told} />}
    {view.feedback.map((feedback) => <FeedbackCard key={feedback.id} feedback={feedback} path={`${base}/act`} />)}
    <ActForms acts={view.acts} itemId={view.item.id} path={`${base}/act`} done={told} />
    {view.request === null && !view.acts.feedback && view.feedback.length === 0 && <p class="nothing">此事项现在不需要您办理。</p>}
    <Told result={result} />
    <footer><p>以「{view.name}」的名义办理,写入工作簿并留痕。链接 {view.expires} 前有效,请勿转发。</p><p>{view.secrecyNotice}</p></footer>
  </>}</Shown></main>;
}

mount(<Answer />);
