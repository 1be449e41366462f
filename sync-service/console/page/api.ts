import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ActionResult } from '../../../screens/api-types.ts';
import { line } from './line-http.ts';

/** The server's answer to a read: what a screen shows, or the sentence why not. */
export type Loaded<T> = { readonly state: 'loading' } | { readonly state: 'ready'; readonly view: T } | { readonly state: 'failed'; readonly message: string; readonly code: string };

export const LOST = '连不上督办程序:请看看它是否还在运行';

/** Reads a view. */
export async function read<T>(path: string): Promise<Loaded<T>> {
  try {
    const { status, body } = await line.ask(path);
    if (status === 200) return { state: 'ready', view: body as T };
    const { code, message } = body as { code: string; message: string };
    if (status === 401) line.signIn();
    return { state: 'failed', code, message };
  } catch {
    return { state: 'failed', code: 'offline', message: LOST };
  }
}

/** Does something. A lost line is `held`: what was typed waits and goes later. */
export async function send(path: string, body: unknown): Promise<ActionResult> {
  try {
    const answer = await line.ask(path, body);
    const result = answer.body as ActionResult | { code: string; message: string };
    if ('kind' in result) return result;
    return { kind: answer.status === 401 ? 'signed-out' : 'failed', message: result.message };
  } catch {
    return { kind: 'held', message: LOST };
  }
}

/** What changes in the workbook, told by the server; screens read again. */
const listeners = new Set<() => void>();

export function listenTo(book: string): void {
  line.listen(book, refresh);
}

export function refresh(): void {
  for (const listener of listeners) listener();
}

export function useChanges(changed: () => void): void {
  const latest = useRef(changed);
  latest.current = changed;
  useEffect(() => {
    const listener = (): void => latest.current();
    listeners.add(listener);
    return () => { listeners.delete(listener); };
  }, []);
}

/** A view that stays what it was while it is read again, so that nothing jumps. */
export function useView<T>(path: string): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' });
  const asked = useRef('');
  const load = useCallback(async () => {
    asked.current = path;
    const next = await read<T>(path);
    if (asked.current === path) setLoaded((now) => (next.state === 'failed' && next.code === 'offline' && now.state === 'ready' ? now : next));
  }, [path]);
  useEffect(() => { void load(); }, [load]);
  useChanges(() => { void load(); });
  return loaded;
}
