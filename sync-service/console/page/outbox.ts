import type { ActionResult } from '../../../screens/api-types.ts';
import { send } from './api.ts';

/** What was typed and not yet sent, by form; kept in this browser alone. */
export function loadDraft(key: string): Record<string, string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(`draft:${key}`) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept as Record<string, string> : {};
  } catch {
    // Private windows have no store: the form still works.
    return {};
  }
}

export function keepDraft(key: string, draft: Readonly<Record<string, string>>): void {
  try {
    if (Object.values(draft).every((text) => text.trim() === '')) localStorage.removeItem(`draft:${key}`);
    else localStorage.setItem(`draft:${key}`, JSON.stringify(draft));
  } catch {
    // As above.
  }
}

interface Waiting { readonly path: string; readonly body: unknown; readonly draft: string }

/** Acts that a lost line or an open workbook kept back: sent again until the server took or refused them. */
export function waiting(): readonly Waiting[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem('outbox') ?? '[]');
    return Array.isArray(kept) ? kept as Waiting[] : [];
  } catch {
    return [];
  }
}

function keep(list: readonly Waiting[]): void {
  try {
    localStorage.setItem('outbox', JSON.stringify(list));
  } catch {
    // Without a store nothing waits: the form says that it was not sent.
  }
}

/** Sends an act; one that can't go now waits here, and its draft with it. */
export async function sendOrKeep(path: string, body: unknown, draft: string): Promise<ActionResult> {
  const result = await send(path, body);
  if (result.kind === 'held') {
    const others = waiting().filter((one) => one.draft !== draft);
    keep([...others, { path, body, draft }]);
    if (waiting().some((one) => one.draft === draft)) return { kind: 'held', message: `${result.message}。已存在本机,稍后自动送出` };
    return result;
  }
  keep(waiting().filter((one) => one.draft !== draft));
  if (result.kind === 'done') keepDraft(draft, {});
  return result;
}

/** Sends what waits, one after the other; the server takes the same act twice for one. */
export async function flush(told: (result: ActionResult, draft: string) => void): Promise<void> {
  for (const one of waiting()) {
    const result = await sendOrKeep(one.path, one.body, one.draft);
    if (result.kind === 'held') return;
    told(result, one.draft);
  }
}
