import type { Answered, Line } from './line.ts';

let source: EventSource | null = null;

export const line: Line = {
  async ask(path, body): Promise<Answered> {
    const response = await fetch(path, body === undefined ? { headers: { accept: 'application/json' } } : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    return { status: response.status, body: await response.json() as unknown };
  },
  listen(book, changed) {
    source?.close();
    source = new EventSource(`/api/w/${book}/events`);
    source.addEventListener('changed', changed);
  },
  place: () => location.pathname + location.search,
  go: (path, replace) => { history[replace ? 'replaceState' : 'pushState'](null, '', path); },
  onMoved(moved) {
    addEventListener('popstate', moved);
    return () => removeEventListener('popstate', moved);
  },
  signIn: () => { location.assign('/sign-in'); },
  icon: '/assets/icon.svg',
  hasFiles: true,
  signsOut: true,
};
