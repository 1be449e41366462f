import { useEffect, useState } from 'preact/hooks';
import { line } from './line-http.ts';

export interface Place { readonly page: string; readonly id: string; readonly query: URLSearchParams }

function placeNow(): Place {
  const [path = '', search = ''] = line.place().split('?');
  const [page = '', id = ''] = path.split('/').filter((part) => part !== '').map(decodeURIComponent);
  return { page: page === '' ? 'overview' : page, id, query: new URLSearchParams(search) };
}

const MOVED = 'duban:moved';

export function go(path: string, replace = false): void {
  line.go(path.startsWith('/') ? path : `/${path}`, replace);
  dispatchEvent(new Event(MOVED));
}

export function itemPath(id: string): string {
  return `/item/${encodeURIComponent(id)}`;
}

export function usePlace(): Place {
  const [place, setPlace] = useState(placeNow);
  useEffect(() => {
    const moved = (): void => setPlace(placeNow());
    // Links stay links, to be opened in another tab; a plain click changes the screen alone.
    const clicked = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (link === null || link.origin !== location.origin || link.target !== '' || link.hasAttribute('download') || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
      if (link.pathname.startsWith('/sign') || link.pathname.startsWith('/assets')) return;
      event.preventDefault();
      go(link.pathname + link.search);
      scrollTo(0, 0);
    };
    addEventListener(MOVED, moved);
    const stop = line.onMoved(moved);
    document.addEventListener('click', clicked);
    return () => {
      removeEventListener(MOVED, moved);
      stop();
      document.removeEventListener('click', clicked);
    };
  }, []);
  return place;
}
