import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PersonRef, SessionView } from '../../../screens/api-types.ts';
import { listenTo, read, refresh, send, useView, type Loaded } from './api.ts';
import { MakesPdf } from './files.tsx';
import { line } from './line-http.ts';
import { Import } from './import.tsx';
import { Item } from './item.tsx';
import { Ledger } from './ledger.tsx';
import { Overview } from './overview.tsx';
import { mount, Shown } from './parts.tsx';
import { Bulletins, Notices, Rankings, Scores } from './publications.tsx';
import { Clauses, Parameters } from './regulation.tsx';
import { go, usePlace, type Place } from './router.ts';
import { Mine, Requests } from './work.tsx';

const PAGES = [
  ['overview', '总览'], ['ledger', '台账'], ['mine', '我的'], ['requests', '申请与审批'], ['scores', '考核'], ['rankings', '排名'], ['bulletins', '通报'], ['notices', '通知'], ['parameters', '制度参数'], ['clauses', '条款对照'],
] as const;
/** What a thumb reaches on a phone; the rest is under 更多. */
const THUMB = 4;

function Console(): JSX.Element {
  const place = usePlace();
  const [session, setSession] = useState<Loaded<SessionView>>({ state: 'loading' });
  const [chosen, setChosen] = useState(() => sessionStorage.getItem('workbook') ?? '');
  const load = async (): Promise<void> => setSession(await read<SessionView>('/api/session'));
  useEffect(() => { void load(); }, []);
  const workbooks = session.state === 'ready' ? session.view.workbooks : [];
  const book = workbooks.find(({ key }) => key === chosen) ?? workbooks[0];
  useEffect(() => { if (book !== undefined) listenTo(book.key); }, [book?.key]);
  const title = place.page === 'item' ? place.id : PAGES.find(([page]) => page === place.page)?.[1] ?? '';
  useEffect(() => { document.title = title === '' ? '督办' : `${title} · 督办`; }, [title]);
  if (session.state !== 'ready') return <main class="plain"><Shown loaded={session}>{() => <span />}</Shown></main>;
  if (book === undefined) return <main class="plain"><p class="failed">「人员」表中没有您,请联系督办办公室。</p></main>;
  const choose = (key: string): void => { sessionStorage.setItem('workbook', key); setChosen(key); };
  return <>
    <a class="skip" href="#main">跳到内容</a>
    <header class="bar">
      <a class="brand" href="/"><img src={line.icon} alt="" width="22" height="22" />督办</a>
      {workbooks.length > 1 ? <select aria-label="工作簿" value={book.key} onChange={(event) => choose(event.currentTarget.value)}>{workbooks.map(({ key, name }) => <option key={key} value={key}>{name}</option>)}</select> : <span class="book">{book.name}</span>}
      <Search />
      <Who session={session.view} book={book.key} changed={() => { void load(); refresh(); }} />
    </header>
    <nav class="pages" aria-label="页面">{PAGES.map(([page, name], index) => <a key={page} href={page === 'overview' ? '/' : `/${page}`} class={index < THUMB ? 'thumb' : ''} aria-current={place.page === page || (page === 'ledger' && place.page === 'item') ? 'page' : undefined}>{name}</a>)}
      <details class="more"><summary>更多</summary><div>{PAGES.slice(THUMB).map(([page, name]) => <a key={page} href={`/${page}`} onClick={(event) => event.currentTarget.closest('details')?.removeAttribute('open')}>{name}</a>)}</div></details></nav>
    <main id="main" tabIndex={-1}><MakesPdf.Provider value={session.view.pdf}><Page key={`${book.key}/${session.view.name}`} place={place} book={book.key} session={session.view} /></MakesPdf.Provider></main>
  </>;
}

function Page({ place, book, session }: { readonly place: Place; readonly book: string; readonly session: SessionView }): JSX.Element {
  const base = `/api/w/${book}`;
  switch (place.page) {
    case 'overview': return <Overview base={base} />;
    case 'ledger': return <Ledger base={base} query={place.query} />;
    case 'item': return <Item key={place.id} base={base} id={place.id} />;
    case 'mine': return <Mine base={base} name={session.name} />;
    case 'requests': return <Requests base={base} />;
    case 'scores': return <Scores base={base} query={place.query} />;
    case 'rankings': return <Rankings base={base} query={place.query} />;
    case 'bulletins': return <Bulletins base={base} />;
    case 'notices': return <Notices base={base} query={place.query} />;
    case 'parameters': return <Parameters base={base} />;
    case 'clauses': return <Clauses base={base} />;
    case 'import': return <Import base={base} />;
    default: return <p class="failed">没有这个页面</p>;
  }
}

/** Search from anywhere: text, a name, or its initials. `/` goes there. */
function Search(): JSX.Element {
  const [text, setText] = useState('');
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const busy = event.target instanceof HTMLElement && (event.target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(event.target.tagName));
      if (event.key !== '/' || busy) return;
      event.preventDefault();
      document.querySelector<HTMLInputElement>('#search')?.focus();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
  return <form class="search" role="search" onSubmit={(event) => { event.preventDefault(); go(`/ledger?q=${encodeURIComponent(text)}`); }}>
    <input id="search" type="search" aria-label="查找事项:文字、人名或简拼" placeholder="查找:文字、人名、简拼" value={text} onInput={(event) => setText(event.currentTarget.value)} />
  </form>;
}

function Who({ session, book, changed }: { readonly session: SessionView; readonly book: string; readonly changed: () => void }): JSX.Element {
  const choices = useView<{ people: readonly PersonRef[] }>(`/api/w/${book}/choices`);
  const leave = async (): Promise<void> => { await send('/api/sign-out', {}); line.signIn(); };
  const actAs = async (name: string): Promise<void> => { await send(`/api/w/${book}/act-as`, { name }); changed(); };
  return <details class="who"><summary><span class="name">{session.name}</span></summary><div>
    <p>{[session.unit, session.roles.join('、')].filter((text) => text !== '').join(' · ')}</p>
    {session.isOwner && choices.state === 'ready' && <label><span>您在本机启动了程序,可以换人办理;流转记录会写明「本机代办」</span>
      <select value={session.name} onChange={(event) => { void actAs(event.currentTarget.value); }}>{choices.view.people.map((one) => <option key={one.name} value={one.name}>{one.name}({one.roles || one.unit})</option>)}</select></label>}
    {line.hasFiles && session.roles.includes('督办管理员') && <p><a href="/import">导入原有台账</a></p>}
    {line.signsOut && <button type="button" onClick={() => { void leave(); }}>退出</button>}
  </div></details>;
}

mount(<Console />);
