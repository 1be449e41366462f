import { useEffect, useState } from 'preact/hooks';

export interface Place { readonly page: string; readonly id: string; readonly query: URLSearchParams }

function placeNow(): Place {
  const [page = '', id = ''] = location.pathname.split('/').filter((part) => part !== '').map(decodeURIComponent);
  return { page: page === '' ? 'overview' : page, id, query: new URLSearchParams(location.search) };
}

const MOVED = 'duban:moved';

export function go(path: string, replace = false): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', path.startsWith('/') ? path : `/${path}`);
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
    addEventListener('popstate', moved);
    document.addEventListener('click', clicked);
    return () => {
      removeEventListener(MOVED, moved);
      removeEventListener('popstate', moved);
      document.removeEventListener('click', clicked);
    };
  }, []);
  return place;
}
