import type { Change } from '../plan/plan.ts';

/** What a person's tap on a screen comes to: cells to write in that person's name, or a sentence why not. */
export type Answer =
  | { readonly kind: 'done'; readonly changes: readonly Change[] }
  | { readonly kind: 'refused'; readonly message: string };

export function refused(message: string): Extract<Answer, { kind: 'refused' }> {
  return { kind: 'refused', message };
}
